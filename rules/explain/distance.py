"""DISTANCE: the smallest sets of changes that move the level, found by trying them all.

Exhaustive over the candidates of `rules.explain.candidates`: "no single change lowers it" is proved for that list,
which can be printed, and for no other. Nothing is left out on the ground that good news calms and bad news alarms: the
only candidates not tried are those that show the rules nothing, which cannot matter in any company.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.candidates import Candidate, Sort, candidates
from rules.explain.trial import Trial, rated_of

_ORDER: tuple[Sort, ...] = ("learnt", "world", "reading")


@dataclass(frozen=True, slots=True)
class Way:
    """A minimal set of changes and the level that it gives; `sort` is that of its least likely part."""

    parts: tuple[Candidate, ...]
    level: int

    @property
    def sort(self) -> Sort:
        """Could be learnt, or the world would have to change, or the reading may be wrong."""
        return max((part.sort for part in self.parts), key=_ORDER.index)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        changes = [change for part in self.parts for change in part.changes()]
        return {
            "changes": changes,
            "candidates": [part.name for part in self.parts],
            "says": prose.way(self.parts),
            "level": self.level,
            "sort": self.sort,
        }


@dataclass(frozen=True, slots=True)
class Distance:
    """All minimal ways to a lower and to a higher level, and what was searched."""

    level: int
    lower: tuple[Way, ...]
    higher: tuple[Way, ...]
    size: int
    candidates: tuple[Candidate, ...]

    def to_json(self, listed: bool = False) -> dict[str, Any]:
        """The documented shape; `listed` adds every candidate that was tried."""
        searched: dict[str, Any] = {"size": self.size, "candidates": len(self.candidates), "exhaustive": True}
        if listed:
            searched["tried"] = [
                {"name": part.name, "says": part.says, "sort": part.sort, "changes": list(part.changes())}
                for part in self.candidates
            ]
        return {
            "level": self.level,
            "lower": [way.to_json() for way in self.lower],
            "raise": [way.to_json() for way in self.higher],
            "searched": searched,
        }


def distance(assessment: Assessment, size: int = 2) -> Distance:
    """Every minimal set of at most `size` changes that lowers or raises the level. Raises RulesError if not rated."""
    level, known = rated_of(assessment).rating.level, candidates(assessment)
    found = list(minimal(Trial(assessment), known, level, size))
    lower = sorted((way for way in found if way.level < level), key=_rank)
    higher = sorted((way for way in found if way.level > level), key=_rank)
    return Distance(level, tuple(lower), tuple(higher), size, known)


def minimal(trial: Trial, known: Sequence[Candidate], level: int, size: int) -> Iterator[Way]:
    """Sets in order of size; one is minimal if no part of it gives the same level or one further off."""
    reached: dict[frozenset[Candidate], int] = {}
    live = [part for part in known if not trial.idle(part)]
    for count in range(1, size + 1):
        for parts in itertools.combinations(live, count):
            if count > 1 and _overlap(parts):
                continue
            after = trial.level(parts)
            if after == level or _known_already(parts, after, level, reached):
                continue
            reached[frozenset(parts)] = after
            yield Way(parts, after)


def _rank(way: Way) -> tuple[int, int, int, tuple[str, ...]]:
    return len(way.parts), _ORDER.index(way.sort), way.level, tuple(part.name for part in way.parts)


def _overlap(parts: Sequence[Candidate]) -> bool:
    """Two changes of one fact contradict each other."""
    seen: set[str] = set()
    for part in parts:
        if not seen.isdisjoint(part.removes):
            return True
        seen |= part.removes
    return False


def _known_already(
    parts: Sequence[Candidate], after: int, level: int, reached: dict[frozenset[Candidate], int]
) -> bool:
    for count in range(1, len(parts)):
        for some in itertools.combinations(parts, count):
            earlier = reached.get(frozenset(some))
            if earlier is not None and (earlier <= after < level or earlier >= after > level):
                return True
    return False
