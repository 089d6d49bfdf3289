"""The smallest changes to another level as a list, and the search for them with its progress. Pure."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.candidates import Candidate, candidates
from rules.explain.distance import Distance, Way, distance, minimal
from rules.explain.prose import report
from rules.explain.trial import Trial, rated_of
from tui.literal import one_line

#: Sets of two of the changes of so many facts are tried in a few milliseconds; more, and sets of three, in a thread.
_FEW_FACTS = 40
#: More ways than these in one direction are counted, not listed; the text twin and the JSON have them all.
MOST_LISTED = 25
#: Progress is told after so many sets.
_EVERY = 20_000


class SearchStoppedError(Exception):
    """The search was stopped by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a heading, a way that can be applied, or what else there is to say."""

    text: str
    way: Way | None = None
    head: bool = False


class _Counting(Trial):
    """Tells after every so many sets how many were tried; `told` may raise SearchStoppedError."""

    def __init__(self, assessment: Assessment, told: Callable[[int], None]) -> None:
        super().__init__(assessment)
        self._told = told
        self._count = 0

    def level(self, parts: Sequence[Candidate]) -> int:
        self._count += 1
        if self._count % _EVERY == 0:
            self._told(self._count)
        return super().level(parts)


def quick(assessment: Assessment, size: int = 2) -> bool:
    """Whether the search is done before a key press is over."""
    return size <= 2 and len(assessment.facts) <= _FEW_FACTS


def search(assessment: Assessment, size: int, told: Callable[[int, int], None]) -> Distance:
    """The same as `distance`, telling how many sets of how many were tried; for a thread.

    Raises SearchStoppedError when `told` does.
    """
    level, known = rated_of(assessment).rating.level, candidates(assessment)
    every = sum(math.comb(len(known), count) for count in range(1, size + 1))
    told(0, every)
    found = list(minimal(_Counting(assessment, lambda count: told(count, every)), known, level, size))
    order = ("learnt", "world", "reading")

    def rank(way: Way) -> tuple[int, int, int, tuple[str, ...]]:
        return len(way.parts), order.index(way.sort), way.level, tuple(part.name for part in way.parts)

    lower = sorted((way for way in found if way.level < level), key=rank)
    higher = sorted((way for way in found if way.level > level), key=rank)
    return Distance(level, tuple(lower), tuple(higher), size, known)


def at_once(assessment: Assessment, size: int = 2) -> Distance:
    """The search where it is quick."""
    return distance(assessment, size)


def lines(found: Distance) -> Iterator[Line]:
    """What would lower the rating and what would raise it, fewest changes first, and what was proved."""
    yield from _direction(report.LOWER, found.lower, "lowers", found)
    yield from _direction(report.RAISE, found.higher, "raises", found)


def in_words(way: Way) -> str:
    """A way in words, and as the changes that `caveat whatif` takes."""
    told = prose.sentence(prose.way_line(way.level, prose.SORTS[way.sort], prose.way(way.parts)))
    return one_line(f"{told} As changes: {'; '.join(change for part in way.parts for change in part.changes())}.")


def _direction(title: str, ways: Sequence[Way], verb: str, found: Distance) -> Iterator[Line]:
    yield Line(title, head=True)
    smallest = min((len(way.parts) for way in ways), default=found.size + 1)
    if smallest > 1:
        yield Line(prose.proved(smallest - 1, verb, len(found.candidates)))
    for way in ways[:MOST_LISTED]:
        yield Line(f"• {one_line(prose.way_line(way.level, prose.SORTS[way.sort], prose.way(way.parts)))}", way)
    if (more := len(ways) - MOST_LISTED) > 0:
        yield Line(report.more(more, "copied with y"))
