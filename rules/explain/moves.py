"""What would move the level: the pack's candidate changes, tried one by one and two by two (OVR-006)."""

from dataclasses import dataclass

from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.candidates import Candidate, from_pack
from rules.explain.distance import minimal
from rules.explain.trial import Trial

#: Sets of more changes, and doubts about the reading, are the business of `caveat distance`.
_MOST_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Move:
    """Changes that, made together, give another level; no part of them does."""

    changes: tuple[Candidate, ...]
    level: int

    @property
    def names(self) -> frozenset[str]:
        """The names of the changes, in the pack."""
        return frozenset(change.name for change in self.changes)

    def __str__(self) -> str:
        return prose.way(self.changes)


def moves(assessment: Assessment, direction: str) -> tuple[Move, ...]:
    """The smallest sets of changes that lower (or raise) the level, fewest first; empty where none of two does."""
    level = assessment.level
    if level is None:
        return ()
    trial = Trial(assessment)
    known = [change for change in from_pack(assessment.pack) if change.direction == direction]
    for size in range(1, _MOST_TOGETHER + 1):
        ways = minimal(trial, known, level, size)
        found = [way for way in ways if (way.level < level if direction == "lower" else way.level > level)]
        if found:
            return tuple(Move(way.parts, way.level) for way in found)
    return ()
