"""What was looked at, in order, as in a browser: back, forward, and a new place forgets what lay ahead."""

from tui.places import InboxPlace, Place

_MOST = 200


class History:
    """Begins in the inbox, which it never forgets; of the rest it keeps the last two hundred."""

    def __init__(self) -> None:
        self._places: list[Place] = [InboxPlace()]
        self._at = 0

    @property
    def here(self) -> Place:
        """Where one is."""
        return self._places[self._at]

    @property
    def behind(self) -> Place | None:
        """Where `back` leads; None at the beginning."""
        return self._places[self._at - 1] if self._at else None

    @property
    def ahead(self) -> Place | None:
        """Where `forward` leads; None at the end."""
        return self._places[self._at + 1] if self._at + 1 < len(self._places) else None

    def places(self) -> tuple[tuple[Place, ...], int]:
        """All places in order, and which of them one is at."""
        return tuple(self._places), self._at

    def go(self, place: Place) -> None:
        """To a place, which becomes the last; to where one is already, nothing."""
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
        if self._at == 0:
            return None
        self._at -= 1
        return self.here

    def forward(self) -> Place | None:
        """One place forward; None, and no move, at the end."""
        if self.ahead is None:
            return None
        self._at += 1
        return self.here
