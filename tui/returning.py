"""At a start: back to where one was, as soon as that can be shown, unless one is at work already."""

from tui.history import History
from tui.memory import Memory
from tui.navigation import Navigator
from tui.places import AssessmentPlace, AwaitedPlace, InboxPlace, Place
from tui.rater import Finished
from tui.state import name_of


class Return:
    """The history of last time, and the place in front then. With `elsewhere` something else is to be opened now."""

    def __init__(self, navigator: Navigator, memory: Memory, elsewhere: bool) -> None:
        self._navigator = navigator
        self._history: History = navigator.history
        behind, here, ahead = memory.looked_at()
        if elsewhere:
            behind, here, ahead = [*behind, here, *ahead], InboxPlace(), []
        self._awaited: Place | None = None if here == InboxPlace() else here
        self._missing = {each.name for each in (*behind, here, *ahead) if isinstance(each, AwaitedPlace)}
        self._history.take_up(behind, here, ahead)

    def begin(self) -> None:
        """To where one was, if that needs not be rated first."""
        if self._awaited is not None and not isinstance(self._awaited, AwaitedPlace):
            self._arrive()

    def rated(self, report: Finished) -> None:
        """An announcement is rated: it can be gone back to if it was looked at last time."""
        if not self._missing:
            return
        place = AssessmentPlace(report.key, report.assessment)
        if (name := name_of(place)) in self._missing:
            self._missing.discard(name)
            self._history.fulfil(name, place)
            if self._awaited == AwaitedPlace(name):
                self._arrive()

    def stay(self) -> None:
        """Whoever is at work already is not to be carried off to where they were last time."""
        self._awaited = None
        self._history.stay()

    def _arrive(self) -> None:
        self._awaited = None
        self._navigator.forward()
