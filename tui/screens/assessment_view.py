"""What the screen of an assessment shows: header, bars, proof and panes, the text, and how they follow each other."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from facts.fact import Span
from rules.assessment import Assessment
from tui.evidence import STANCES, Mark, Stance, marks
from tui.header import bars, header, moved
from tui.panes.questions import WHY, Questions
from tui.screens.session import SessionScreen
from tui.sentences import SHORT, Sentences, Uses
from tui.session import Session
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.delivered import Delivered
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.rating_header import RatingHeader
from tui.widgets.still import StillContainer
from tui.widgets.theme_bars import ThemeBars

#: What is drawn in an announcement that is not rated.
_DECIDED: dict[Stance, str] = {"backdrop": "words that decided"}
_NO_TEXT = "There is no text: these facts were given by hand."
#: Cells from which on the proof stands beside the text.
_WIDE = 120
#: Facts among which the idle ones are found while a key is held.
_FEW_FACTS = 60


class AssessmentView(SessionScreen):
    """A rating over one session; what can be asked of it is in `AssessmentScreen`."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    AssessmentView #panes {
        height: 1fr;
        width: 1fr;
    }
    AssessmentView AnnouncementText {
        width: 1fr;
        height: 1fr;
    }
    AssessmentView.-narrow Questions, AssessmentView.-narrow .-reading AnnouncementText {
        height: 2fr;
    }
    AssessmentView.-narrow .-reading Questions {
        height: 1fr;
    }
    AssessmentView.-narrow .-asking AnnouncementText, AssessmentView.-narrow .-asking.-reading Questions {
        display: none;
    }
    AssessmentView.-narrow .-asking.-reading AnnouncementText {
        display: block;
    }
    AssessmentView.-wide #panes {
        layout: horizontal;
    }
    AssessmentView.-wide Details {
        height: 6;
    }
    """

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(assessment)
        self._sentences = Sentences(assessment.announcement.text if assessment.announcement else "")
        self._uses: Uses | None = None
        self._reading = False

    def compose(self) -> ComposeResult:
        """Header, bars, proof beside (or above) the text, details, keys."""
        wide = self.app.size.width >= _WIDE  # told here already, else it is laid out twice
        self.set_class(wide, "-wide").set_class(not wide, "-narrow")
        head = header(self.assessment)
        yield RatingHeader(head)
        if themes := bars(self.assessment):
            yield ThemeBars(themes)
        with StillContainer(id="panes"):
            yield Questions(self.session, self.follow, self._told)
            text = self._sentences if self.assessment.announcement else Sentences(_NO_TEXT)
            shown = AnnouncementText(head.name, text, self._marks(), STANCES if themes else _DECIDED)
            shown.listener = self._read
            yield shown
        yield Details("In words")
        yield KeyLine()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is little room, what is gone to gets most of it."""
        if event.widget is self._text or self._questions in event.widget.ancestors:
            self.read(event.widget is self._text)

    def on_resize(self, event: events.Resize) -> None:
        """There may be little room now, or much."""
        self._share(event.size.width)

    def read(self, reading: bool) -> None:
        """Give the room to the text, or to what is beside it."""
        self._reading = reading
        self._share(self.app.size.width)

    def _share(self, width: int) -> None:
        """Nothing depends on it where there is room for all, and to style all panes anew takes long."""
        panes, narrow = self.query_one("#panes"), width < _WIDE
        panes.set_class(narrow and self._reading, "-reading")
        panes.set_class(narrow and self._questions.front != WHY, "-asking")

    def _told(self, means: str, spans: Sequence[Span]) -> None:
        """Say what a step means, and show its words."""
        self._details.show(means)
        self._text.mark(spans if self.assessment.announcement else ())

    def _read(self, sentence: Span) -> None:
        """Say what came of a sentence."""
        if self.assessment.announcement and self.focused is self._text:
            self._details.show("\n".join(self._used.lines(sentence)))

    def find_idle(self) -> None:
        """Draw the sentences dim that no rule used; in a long text they are looked for in a thread."""
        if len(self._sentences.text) <= SHORT and len(self.assessment.facts) <= _FEW_FACTS:
            self._text.dim(self._unused())
        else:
            self.run_worker(self._look_through, group="sentences", thread=True)

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
