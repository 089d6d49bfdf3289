"""What was looked at, in order, as in a browser: back, forward, and a new place forgets what lay ahead."""

from collections.abc import Sequence
from itertools import groupby

from tui.places import AwaitedPlace, InboxPlace, Place

_MOST = 200


class History:
    """Begins in the inbox, which it never forgets; of the rest it keeps the last two hundred."""

    def __init__(self) -> None:
        self._places: list[Place] = [InboxPlace()]
        self._at = 0
        #: Whether one is in the inbox only until the place ahead can be shown, as at a start.
        self._waits = False

    @property
    def here(self) -> Place:
        """Where one is."""
        return self._places[self._at]

    @property
    def behind(self) -> Place | None:
        """Where `back` leads; None at the beginning."""
        return self._place(self._next(-1))

    @property
    def ahead(self) -> Place | None:
        """Where `forward` leads; None at the end."""
        return self._place(self._next(1))

    def places(self) -> tuple[tuple[Place, ...], int]:
        """All places in order, and which of them one is at."""
        return tuple(self._places), self._at

    def go(self, place: Place) -> None:
        """To a place, which becomes the last; to where one is already, nothing."""
        self._waits = False
        if place == self.here:
            self._places[self._at] = place  # the same, perhaps with a newer assessment
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        if len(self._places) > _MOST:
            del self._places[1]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """One place back; None, and no move, at the beginning."""
        return self._move(self._next(-1))

    def forward(self) -> Place | None:
        """One place forward; None, and no move, at the end."""
        waited, at = self._waits, self._next(1)
        if waited and at is not None:
            del self._places[self._at]
            at -= 1
        return self._move(at)

    def told(self) -> tuple[Sequence[Place], Place, Sequence[Place]]:
        """What is behind, where one is, or is about to be, and what is ahead."""
        at = self._at + self._waits
        return self._places[: self._at], self._places[at], self._places[at + 1 :]

    def take_up(self, behind: Sequence[Place], here: Place, ahead: Sequence[Place] = ()) -> None:
        """Begin in the inbox: before it what was looked at before the start, behind it where one was."""
        self._waits = here != InboxPlace()
        before = [place for place, _ in groupby([InboxPlace(), *behind[-_MOST:]])]
        self._places = [*before, InboxPlace()]
        self._at = len(self._places) - 1
        self._places += [*([here] if self._waits else []), *ahead]

    def stay(self) -> None:
        """One is in the inbox to be there."""
        self._waits = False

    def fulfil(self, name: str, place: Place) -> None:
        """An awaited place can be gone to."""
        self._places = [place if each == AwaitedPlace(name) else each for each in self._places]

    def forget(self, place: Place) -> None:
        """A place is no more; where one is, one stays."""
        before = self._places[: self._at].count(place)
        self._places = [each for at, each in enumerate(self._places) if each != place or at == self._at]
        self._at -= before

    def _next(self, step: int) -> int | None:
        """The nearest place that one can go to, and that is another one."""
        at = self._at + step
        while 0 <= at < len(self._places):
            if not isinstance(self._places[at], AwaitedPlace) and self._places[at] != self.here:
                return at
            at += step
        return None

    def _place(self, at: int | None) -> Place | None:
        return None if at is None else self._places[at]

    def _move(self, at: int | None) -> Place | None:
        if at is None:
            return None
        self._waits = False
        self._at = at
        return self.here
