"""The level of many fact sets, fast: what each fact shows the rules is noted once, as the bits of a number.

A rule without joins fires or not by *whether* each of its conditions finds a fact, never by which one. So the marks of
a fact set are the marks of its facts laid over each other, the level is a function of the marks, and two sets with the
same marks have the same level. A pack with joins is rated in full each time; it is slower and just as exact.
"""

from collections.abc import Iterable, Sequence

from facts.fact import Fact
from rules.marks import Bounds, Table, table
from rules.memory import remember
from rules.pack import Pack
from rules.rating import rate_trace
from rules.reason import reason
from rules.reference import Reference

#: Levels kept by marks; beyond so many the oldest are no longer worth their memory, and all are let go.
_MOST_KEPT = 1_000_000


class Quick:
    """Rates fact sets of one announcement class. The level is the one that `rules.evaluate` gives."""

    def __init__(self, pack: Pack, announcement_class: str) -> None:
        self._pack = pack
        self._class = announcement_class
        self._table: Table | None = table(pack, announcement_class)
        self._levels: dict[int, int] = {}

    @property
    def marked(self) -> bool:
        """Whether marks decide the level; false for a pack whose rules join facts."""
        return self._table is not None

    def mark(self, fact: Fact) -> int:
        """What one fact shows the rules; 0 if no rule can see anything in it."""
        return self._table.mark(fact) if self._table else 0

    def marks(self, facts: Iterable[Fact]) -> int:
        """What all the facts show."""
        found = 0
        for fact in facts:
            found |= self.mark(fact)
        return found

    def level(self, facts: Sequence[Fact]) -> int:
        """The caution level of the facts, whose ids must differ."""
        if self._table is not None:
            return self.level_of(self.marks(facts))
        memory = remember(facts, self._pack.settings)
        trace = reason(self._pack, memory, self._class, Reference(self._pack))
        return rate_trace(self._pack, facts, memory, trace).level

    def level_of(self, marks: int) -> int:
        """The level of a set with these marks. Only for a pack that is `marked`."""
        known = self._levels.get(marks)
        if known is None:
            assert self._table is not None
            if len(self._levels) >= _MOST_KEPT:
                self._levels.clear()
            known = self._levels[marks] = self._table.level(marks)
        return known

    def without(self, marks: int, code: str) -> int:
        """The level if one rule were not in the pack. Only for a pack that is `marked`."""
        assert self._table is not None
        return self._table.level(marks, code)

    def bounds(self, certain: int, possible: int) -> Bounds:
        """A level that no set between the two can be under, and one that none can be over.

        Holds for every set whose marks include `certain` and are included in `possible`; nothing is assumed about
        which facts calm and which alarm. Only for a pack that is `marked`.
        """
        assert self._table is not None
        return self._table.bounds(certain, possible)
