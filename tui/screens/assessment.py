"""One assessment: the rating, the themes, the text with its evidence, the proof, and the ways to question it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from facts.fact import Span
from rules.assessment import Assessment
from tui import garbage
from tui.evidence import STANCES, Mark, Stance, marks
from tui.header import bars, header, moved, not_rated
from tui.messages import Go
from tui.offers import Command
from tui.panes.questions import WHY, Questions, ready
from tui.places import RulePlace
from tui.screens.session import SOON, SessionScreen
from tui.sentences import SHORT, Sentences, Uses
from tui.session import Session
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.delivered import Delivered
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader
from tui.widgets.step_tree import StepTree
from tui.widgets.theme_bars import ThemeBars

#: What is drawn in an announcement that is not rated.
_DECIDED: dict[Stance, str] = {"backdrop": "words that decided"}
_NO_TEXT = "There is no text: these facts were given by hand."
_ON_NO_WORDS = "This step rests on no words of the text. w goes back to the reasons."
#: Cells from which on the proof stands beside the text.
_WIDE = 120
#: Facts among which the idle ones are found while a key is held.
_FEW_FACTS = 60
_ASKED: Mapping[str, tuple[str, str]] = {
    "whynot": ("why not", "Why not another level, or a rule"),
    "whatif": ("what if", "Drop, edit or add facts, and see what changes"),
    "distance": ("distance", "The smallest changes to another level"),
    "ask": ("ask", "An interview for what is left open"),
}


class AssessmentScreen(SessionScreen):
    """Highlighting a step of the proof shows its sentence in the text; a sentence shows what it was used for."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    AssessmentScreen #panes {
        height: 1fr;
        width: 1fr;
    }
    AssessmentScreen AnnouncementText {
        width: 1fr;
        height: 1fr;
    }
    AssessmentScreen.-narrow Questions, AssessmentScreen.-narrow .-reading AnnouncementText {
        height: 2fr;
    }
    AssessmentScreen.-narrow .-reading Questions {
        height: 1fr;
    }
    AssessmentScreen.-narrow .-asking AnnouncementText, AssessmentScreen.-narrow .-asking.-reading Questions {
        display: none;
    }
    AssessmentScreen.-narrow .-asking.-reading AnnouncementText {
        display: block;
    }
    AssessmentScreen.-wide #panes {
        layout: horizontal;
    }
    AssessmentScreen.-wide Details {
        height: 6;
    }
    """

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

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(assessment)
        self._sentences = Sentences(assessment.announcement.text if assessment.announcement else "")
        self._uses: Uses | None = None

    def compose(self) -> ComposeResult:
        """Header, bars, proof beside (or above) the text, details, keys."""
        head = header(self.assessment)
        yield RatingHeader(head)
        if themes := bars(self.assessment):
            yield ThemeBars(themes)
        with Container(id="panes"):
            yield Questions(self.session, self.follow, self._told)
            text = self._sentences if self.assessment.announcement else Sentences(_NO_TEXT)
            shown = AnnouncementText(head.name, text, self._marks(), STANCES if themes else _DECIDED)
            shown.listener = self._read
            yield shown
        yield Details("In words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the reasons; what takes longer follows the first paint."""
        wide = self.app.size.width >= _WIDE  # told here already, else it is laid out twice
        self.set_class(wide, "-wide").set_class(not wide, "-narrow")
        self.sign()
        garbage.watch(self.app)
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
        if len(self._sentences.text) <= SHORT and len(self.assessment.facts) <= _FEW_FACTS:
            self._text.dim(self._unused())
        else:
            self.run_worker(self._look_through, group="sentences", thread=True)
        self.run_worker(ready, group="modules", thread=True)
        self.look_up()
        self.foresee()

    def _look_through(self) -> None:
        """In a thread: split a long text."""
        if not self._sentences.known:
            self._sentences.fill()
        found = self._unused()
        self.post_message(Delivered(lambda: self._text.dim(found)))

    def _unused(self) -> Sequence[Span]:
        """The sentences that no rule used."""
        uses = Uses(self.assessment)
        found = uses.dim(self._sentences)
        self._uses = uses
        return found

    # What is highlighted.

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is little room, what is gone to gets most of it."""
        if event.widget is self._text or self._questions in event.widget.ancestors:
            self.query_one("#panes").set_class(event.widget is self._text, "-reading")

    def _told(self, means: str, spans: Sequence[Span]) -> None:
        """Say what a step means, and show its words."""
        self._details.show(means)
        self._text.mark(spans if self.assessment.announcement else ())

    def _read(self, sentence: Span) -> None:
        """Say what came of a sentence."""
        if self.assessment.announcement and self.focused is self._text:
            self._details.show("\n".join(self._used.lines(sentence)))

    async def on_announcement_text_sentence_chosen(self, event: AnnouncementText.SentenceChosen) -> None:
        """To the first rule that used the sentence, in the proof; else to the first fact read from it."""
        uses = self._used.of(event.span)
        names = [*(code for use in uses for code in use.rules), *(use.fact.id for use in uses)]
        if not names:
            self.notify("No rule used this sentence.")
            return
        await self.action_why()
        proof = self._questions.proof
        next((name for name in names if proof.reveal(name)), None)

    @property
    def _used(self) -> Uses:
        if self._uses is None or self._uses.assessment is not self.session.current:
            self._uses = Uses(self.session.current)
        return self._uses

    @property
    def _questions(self) -> Questions:
        return self.query_one(Questions)

    @property
    def _text(self) -> AnnouncementText:
        return self.query_one(AnnouncementText)

    @property
    def _details(self) -> Details:
        return self.query_one(Details)

    def _marks(self) -> tuple[Mark, ...]:
        if self.assessment.rated is None and self.assessment.scope:
            return tuple(Mark(*span, "backdrop") for span in sorted(set(self.assessment.scope.words)))
        return marks(self.session.facts) if self.assessment.announcement else ()

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
        with self.app.batch_update():
            self.query_one("#panes").set_class(name != WHY, "-asking")
            await self._questions.open(name)

    def action_sentence(self) -> None:
        """To the sentence of the highlighted step."""
        with self.app.batch_update():
            if not self._text.marked:
                self._details.show(_ON_NO_WORDS)
            self._text.to_mark()
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

    def follow(self) -> None:
        """Head, bars, evidence and what is in front follow every change, in one paint."""
        with self.app.batch_update():
            self._follow(self.session)

        self.foresee()

    def _follow(self, session: Session) -> None:
        self.query_one(RatingHeader).show(moved(self.assessment, session.current, len(session.done)))
        for shown in self.query(ThemeBars):
            shown.show(bars(session.current, self.assessment))
        self._text.draw(self._marks())
        self._questions.follow()
