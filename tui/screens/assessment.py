"""One assessment: the rating, the themes, the text with its evidence, the proof, and the ways to question it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui import garbage
from tui.header import not_rated
from tui.messages import Go
from tui.offers import Command
from tui.panes.questions import WHY, Questions, ready
from tui.places import RulePlace
from tui.screens.assessment_view import AssessmentView
from tui.screens.session import SOON
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.proof_tree import ProofTree
from tui.widgets.step_tree import StepTree
from tui.widgets.still import at_once

_ON_NO_WORDS = "This step rests on no words of the text: it says what was looked for and is not there."
#: Kinds of steps that have no words to go to.
_WORDLESS = ("absence", "search")
_ASKED: Mapping[str, tuple[str, str]] = {
    "whynot": ("why not", "Why not another level, or a rule"),
    "whatif": ("what if", "Drop, edit or add facts, and see what changes"),
    "distance": ("distance", "The smallest changes to another level"),
    "ask": ("ask", "An interview for what is left open"),
}


class AssessmentScreen(AssessmentView):
    """Highlighting a step of the proof shows its sentence in the text; a sentence shows what it was used for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "why", "Why", id="assessment.why"),
        Binding("n", "pane('whynot')", "Why not", id="assessment.whynot"),
        Binding("x", "pane('whatif')", "What if", id="assessment.whatif"),
        Binding("d", "pane('distance')", "Distance", id="assessment.distance"),
        Binding("a", "pane('ask')", "Ask", id="assessment.ask"),
        Binding("s", "sentence", "Sentence", show=False, id="assessment.sentence"),
        Binding("r", "rule", "The page of the rule", show=False, id="assessment.rule"),
        Binding("escape", "leave", "To the proof, or back", show=False, id="assessment.leave"),
    ]

    HELP: ClassVar[str] = (
        "One announcement: level and what it hangs on, the themes from 0 to 100 (a higher score is more reason for "
        "caution), the proof, and the text. w why, n why not, x what if, d the smallest changes, a questions to ask, s "
        "the sentence. As text: caveat rate, why, whynot, whatif, distance, ask."
    )

    def on_mount(self) -> None:
        """Begin with the reasons; what takes longer follows the first paint."""
        self.sign()
        garbage.watch(self.app, "rating")
        self.query_one(ProofTree).focus()
        self.set_timer(SOON, self._look_around)

    def commands(self) -> Iterable[Command]:
        """What the palette offers here."""
        yield "assessment: why", "The proof, down to the sentence", self.action_why
        for name, what in _ASKED.items():
            yield f"assessment: {what[0]}", what[1], partial(self.action_pane, name)
        yield "assessment: sentence", "The words of the highlighted step", self.action_sentence
        yield "assessment: rule", "The page of the highlighted rule", self.action_rule
        yield "assessment: undo", "Take back the last change", self.action_undo
        yield "assessment: redo", "Make it again", self.action_redo
        if pane := self._questions.pane:
            yield from pane.commands()

    def kept(self) -> Mapping[str, object]:
        """The changes and answers, to be taken up again."""
        changes = self.session.kept()
        return {"changes": changes, "pane": self._questions.front} if changes else {}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take the changes up again."""
        changes = kept.get("changes")
        if isinstance(changes, list) and self.assessment.rated:
            self.session.take_up([[str(word) for word in step] for step in changes if isinstance(step, list)])
            self.run_worker(self.action_pane(str(kept.get("pane", WHY))))
            self.follow()

    # What follows the first paint.

    def _look_around(self) -> None:
        self.find_idle()
        self.run_worker(ready, group="modules", thread=True)
        self.look_up()
        self.foresee()
        if self.assessment.rated:
            self.set_timer(SOON, self._prepare)

    async def _prepare(self) -> None:
        """Make a pane before it is asked for; then rest, so that no key waits for more than one."""
        if self.query(Questions) and await self._questions.prepare():  # there are none while it is taken down
            self.set_timer(SOON, self._prepare)

    async def on_announcement_text_sentence_chosen(self, event: AnnouncementText.SentenceChosen) -> None:
        """To the first rule that used the sentence, in the proof; else to the first fact read from it."""
        uses = self._used.of(event.span)
        names = [*(code for use in uses for code in use.rules), *(use.fact.id for use in uses)]
        if not names:
            self.notify("No rule used this sentence.")
            return
        async with at_once(self.app):
            await self._questions.open(WHY)
            self.read(False)
            proof = self._questions.proof
            next((name for name in names if proof.reveal(name)), None)

    # What is asked.

    async def action_why(self) -> None:
        """To the proof."""
        await self._open(WHY)

    async def action_pane(self, name: str) -> None:
        """To a way to question the rating."""
        if self.assessment.rated is None and name != WHY:
            self.notify(f"{not_rated(self.assessment)}. There is no level to question.", title="Not rated")
            return
        await self._open(name)

    async def _open(self, name: str) -> None:
        async with at_once(self.app):
            await self._questions.open(name)
            self.read(False)

    async def action_sentence(self) -> None:
        """To the sentence of the highlighted step."""
        pointed = next((tree.pointed for tree in self.query(StepTree) if tree.has_focus), None)
        if pointed and pointed.kind in _WORDLESS:
            self._details.show(_ON_NO_WORDS)
            return
        async with at_once(self.app):
            self._text.to_mark()
            self.read(True)
            self.set_focus(self._text)

    def action_rule(self) -> None:
        """To the page of the rule that is highlighted, or that used the sentence."""
        codes = [node.rule for tree in self.query(StepTree) if tree.has_focus for node in tree.above if node.rule]
        if self._text.has_focus and self._text.here:
            codes = [code for use in self._used.of(self._text.here) for code in use.rules]
        if codes:
            self.post_message(Go(RulePlace(codes[0], self.session.current)))
        else:
            self.notify("No rule is highlighted; R lists them all.")

    async def action_leave(self) -> None:
        """From a pane to the proof; from there to where one was."""
        if self._questions.front != WHY:
            await self._open(WHY)
        else:
            await self.run_action("app.back")

    # The session.

    @property
    def tells_steps(self) -> bool:
        """The panes do; the proof does not."""
        return self._questions.pane is not None
