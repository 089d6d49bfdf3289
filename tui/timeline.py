"""The history of the ledger on a line: how much was recorded when, and what there was at a moment. Pure."""

import datetime as dt
from array import array
from bisect import bisect_right
from itertools import accumulate

from rules.ledger.listing import History

_BLOCKS = " ▁▂▃▄▅▆▇█"
_LEVELS = range(1, 6)
#: Counts from here on are told in thousands.
_THOUSANDS = 10_000


class Timeline:
    """Entries in the order of the log; a place is how many of them there were."""

    def __init__(self, history: History | None = None) -> None:
        self._seqs = history.seqs if history else array("q")
        self._levels = history.levels if history else b""
        # A clock that was set back must not turn the line back.
        self._times = array("d", accumulate(history.times, max) if history else ())

    def __len__(self) -> int:
        return len(self._seqs)

    def heights(self, width: int) -> str:
        """How much was recorded in each of `width` parts of the time, as blocks."""
        bounds = self._bounds(width)
        counts = [after - before for before, after in zip([0, *bounds], bounds, strict=False)]
        most = max(counts, default=0)
        top = len(_BLOCKS) - 1
        return "".join(_BLOCKS[-(-count * top // most)] if count else _BLOCKS[0] for count in counts)

    def part(self, place: int, width: int) -> int:
        """The part of the time in which the last of so many entries was recorded."""
        return min(width - 1, bisect_right(self._bounds(width), max(0, place - 1))) if width else 0

    def at_part(self, part: int, width: int) -> int:
        """How many entries there were at the end of a part."""
        bounds = self._bounds(width)
        return bounds[max(0, min(part, len(bounds) - 1))] if bounds else 0

    def moved(self, place: int, step: int, width: int) -> int:
        """The place one part of the time on or back; parts in which nothing was recorded are passed over."""
        bounds = sorted({bound for bound in self._bounds(width) if bound})
        if step > 0:
            return next((bound for bound in bounds if bound > place), len(self))
        return next((bound for bound in reversed(bounds) if bound < place), bounds[0] if bounds else 0)

    def seq(self, place: int) -> int | None:
        """The id of the last of so many entries."""
        return self._seqs[place - 1] if 0 < place <= len(self) else None

    def when(self, place: int) -> str:
        """When the last of so many entries was recorded, to the minute, in UTC."""
        if not 0 < place <= len(self):
            return "–"
        return f"{dt.datetime.fromtimestamp(self._times[place - 1], dt.UTC):%Y-%m-%d %H:%M}"

    def levels(self, place: int) -> tuple[int, ...]:
        """How many ratings of each level there were among so many entries, level 1 first."""
        there = self._levels[:place]
        return tuple(there.count(level) for level in _LEVELS)

    def told(self, place: int) -> str:
        """A place in words."""
        counts = " ".join(_short(count) for count in self.levels(place))
        return f"{self.when(place)} · {place:,} · levels 1-5: {counts}"

    def _bounds(self, width: int) -> list[int]:
        """How many entries there were at the end of each part of the time."""
        if not self._times or width <= 0:
            return [0] * max(0, width)
        first, span = self._times[0], self._times[-1] - self._times[0]
        ends = (first + span * (part + 1) / width for part in range(width - 1))
        return [*(bisect_right(self._times, end) for end in ends), len(self)]


def _short(count: int) -> str:
    """A count in four cells: "999", "12k"."""
    return str(count) if count < _THOUSANDS else f"{count // 1000}k"
