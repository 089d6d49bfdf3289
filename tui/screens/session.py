"""What a rating on the screen is to the rest of the program: a session to undo, a record to save, a twin in text."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from facts.errors import FactsError
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.render.json import dumps
from rules.render.style import Style
from rules.render.text import text as report
from tui.asking import desk_of
from tui.messages import Recorded
from tui.session import Session
from tui.tried import Done, warm
from tui.ways import quick
from tui.widgets.delivered import Delivered
from tui.widgets.rating_header import RatingHeader
from tui.widgets.still import StillScreen, covered

#: What nobody waits for begins when what was opened has been painted: in so many seconds.
SOON = 0.1
#: The hand rests when no key has changed anything for so many seconds.
_AT_REST = 0.25
_NOT_SAVED = "A what-if is not saved: this is the rating as it was read."
_NOT_ON_RECORD = "not saved"


class SessionScreen(StillScreen[None]):
    """A screen over one session, with its place in the ledger in the header."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo a change", show=False, id="assessment.undo"),
        Binding("U", "redo", "Make it again", show=False, id="assessment.redo"),
    ]

    def __init__(self, assessment: Assessment) -> None:
        super().__init__()
        self.assessment = assessment
        self.session = Session(assessment)
        self._rest: Timer | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of it is seen."""
        return covered(self, crop)

    @property
    def tells_steps(self) -> bool:
        """Whether what is in front says itself which step was the last."""
        return False

    def follow(self) -> None:
        """Show the session as it is now."""
        raise NotImplementedError

    def foresee(self) -> None:
        """When the hand rests, work out in a thread what is likely to be asked next."""
        if self._rest:
            self._rest.stop()
        if self.session.current.rated and quick(self.session.current, 2):
            work = self.session.foresight()
            self._rest = self.set_timer(_AT_REST, lambda: self._think(work))

    def _think(self, work: Callable[[], None]) -> None:
        warm(self.assessment.pack)
        self.look_up()
        self.run_worker(work, group="foresight", exclusive=True, thread=True)

    def sign(self) -> None:
        """Who answers, and the day, for what an interview brings."""
        self.session.who = (desk_of(self.app).who or self.session.who).replace(":", " ")
        self.session.on = dt.datetime.now().astimezone().date().isoformat()

    def assessments(self) -> Sequence[Assessment]:
        """What is saved and reported: the rating as it was read, or with the answers of the interview."""
        if self.session.saved is not self.session.current:
            self.notify(_NOT_SAVED, severity="warning")
        return (self.session.saved,)

    def as_text(self) -> str:
        """What `caveat rate` prints."""
        return report(self.session.current, Style())

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(self.session.current.to_json(), indent=2)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._said(self.session.undo(), "taken back", "There is no change to take back.")

    def action_redo(self) -> None:
        """Make the change again."""
        self._said(self.session.redo(), "made again", "There is no change to make again.")

    def _said(self, step: Done | None, what: str, none: str) -> None:
        if step is None or not self.tells_steps:
            self.notify(f"{step.says}: {what}" if step else none, markup=False, timeout=2)
        if step:
            self.follow()

    def on_recorded(self, event: Recorded) -> None:
        """It may stand in the ledger now."""
        self.look_up()

    def look_up(self) -> None:
        """Where the rating stands in the ledger."""
        if self.assessment.rated:
            self.run_worker(self._find, group="place", exclusive=True, thread=True)

    def _find(self) -> None:
        """In a thread."""
        try:
            place = desk_of(self.app).place_of(self.session.saved) or _NOT_ON_RECORD
        except (RulesError, FactsError) as error:
            place = f"ledger: {error.title.lower()}"
        self.post_message(Delivered(lambda: self._stands(place)))

    def _stands(self, place: str) -> None:
        for header in self.query(RatingHeader):  # none, if the screen is being left
            header.stands(place)
            if self.app.screen is not self:  # under a box nothing else has what is around the box drawn anew
                self.call_after_refresh(self.app.screen.refresh)

    def on_delivered(self, event: Delivered) -> None:
        """Take what was done in a thread."""
        event.stop()
        event.deliver()
