"""ASK: the interview, most decisive question first, until no answer can change the level."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rules.explain.interview import ANSWERS, Interview, Question
from rules.explain.prose import interview as wording
from rules.explain.prose import question_line
from rules.render.ask import asked, ended
from rules.render.json import dumps
from rules.render.style import Style
from tui.literal import one_line
from tui.panes.pane import Pane, Told
from tui.session import Session
from tui.tried import Facts
from tui.widgets.delivered import Delivered
from tui.widgets.options import Options
from tui.widgets.words import Words

_BRINGS = "A yes brings, as stated by you and not by the text: "
_LOOKING = "The most decisive question is being looked for …"
_NOT_KNOWN = "not known: the question stays open"


class AskPane(Pane):
    """One question with its three answers, and the answers so far."""

    NAME: ClassVar[str] = "Ask"
    KEYS: ClassVar[str] = "1 yes · 2 no · 3 not known · u undoes"
    HELP: ClassVar[str] = (
        "Ask: an interview for what the announcement leaves open, the most decisive question first. 1 is yes, 2 no, 3 "
        "not known; u takes an answer back. A yes brings facts that are marked as stated by you, not by the text; it "
        "ends when no answer left can change the level."
    )

    DEFAULT_CSS = """
    AskPane #question {
        height: 5;
    }
    AskPane OptionList {
        height: 4;
        border: none;
        margin: 0 1;
        background: $background;
    }
    AskPane #given {
        height: 1fr;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer('yes')", "Yes", show=False, id="ask.yes"),
        Binding("2", "answer('no')", "No", show=False, id="ask.no"),
        Binding("3", "answer('unknown')", "Not known", show=False, id="ask.unknown"),
    ]

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        super().__init__(session, changed, told)
        self._state: tuple[Facts, int] | None = None
        self._interview: Interview | None = None
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """The question, the answers to choose from, the answers so far."""
        yield Words(id="question")
        yield Options(markup=False, compact=True)
        yield Words(id="given")

    @property
    def first(self) -> Widget:
        """The answers take the focus."""
        return self.query_one(OptionList)

    def follow(self) -> None:
        """The next question of the session as it is now."""
        state = self.session.facts, len(self.session.done)
        if state == self._state:
            return
        if not self.session.answered_at_once:
            self._think()
            return
        self._state = state
        self._interview, self._question = self.session.asked
        self.query_one("#question", Words).show(self._asked())
        listed = self.query_one(OptionList)
        listed.set_options([Option(Text(text)) for text in self._answers()])
        listed.highlighted = 0 if self._question else None
        self.query_one("#given", Words).show(self._given())
        self.tell()

    def _think(self) -> None:
        """Among very many facts the next question is looked for in a thread."""
        self._question = None
        self.query_one("#question", Words).show(_LOOKING)
        self.query_one(OptionList).clear_options()
        work = self.session.foresight(ways=False)
        self.run_worker(lambda: self._search(work), exclusive=True, thread=True)

    def _search(self, work: Callable[[], None]) -> None:
        work()
        self.post_message(Delivered(self.follow))

    def tell(self) -> None:
        """What a yes would bring."""
        if self._interview is None:
            self.told(_LOOKING, ())
            return
        if self._question is None:
            self.told(self._asked().plain, ())
            return
        gone = self._question.candidate.removes
        spans = tuple(span for fact in self.session.facts if fact.id in gone for span in fact.spans)
        brings = "; ".join(self._question.candidate.changes())
        self.told(one_line(f"{_BRINGS}{brings}."), spans)

    def action_answer(self, answer: str) -> None:
        """Answer the question."""
        if self._question is None:
            return
        self.session.answer(self._question.name, next(each for each in ANSWERS if each == answer))
        self.changed()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_answer(ANSWERS[event.option_index])

    def _asked(self) -> Text:
        assert self._interview is not None
        if self._question is None:
            return Text(one_line(self._interview.ended()), "bold")
        number = len(self._interview.given) + 1
        text = Text(one_line(question_line(number, self._question.asks)), "bold")
        text.append(f"\n{wording.WHY_ASKED}: {one_line(self._question.because)}.", "not bold")
        return text.append(f"\n{wording.may_still(*self._interview.range())}", "not bold")

    def _answers(self) -> list[str]:
        if self._question is None:
            return []
        told = (self._question.yes, self._question.no, _NOT_KNOWN)
        return [f"{number} {one_line(answer)}" for number, answer in enumerate(told, 1)]

    def _given(self) -> Text:
        assert self._interview is not None
        given = self._interview.given
        if not given:
            return Text()
        text = Text(wording.led(self._interview.assessment.level or 0, self._interview.level), "bold")
        for number, each in enumerate(given, 1):
            answer = "not known" if each.answer == "unknown" else each.answer
            text.append(f"\n{one_line(question_line(number, each.asks))} ", "not bold").append(answer, "bold")
        return text

    # Copied.

    def as_text(self) -> str:
        """What `caveat ask` prints."""
        if self._interview is None:
            return _LOOKING
        if self._question is None:
            return ended(self._interview, Style())
        return asked(len(self._interview.given) + 1, self._question, self._interview)

    def as_json(self) -> str:
        """The record of the interview as JSON."""
        if self._interview is None:
            return dumps(None)
        return dumps(self._interview.to_json(), indent=2)
