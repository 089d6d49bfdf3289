"""Trying changes out: the level of an announcement with some candidates applied, many thousand times a second."""

from collections.abc import Sequence

from facts.fact import Fact
from rules.assessment import Assessment, Rated
from rules.errors import RulesError
from rules.explain import prose
from rules.explain.candidates import Candidate
from rules.quick import Quick


def rated_of(assessment: Assessment) -> Rated:
    """The rated part. Raises RulesError for an announcement that was not rated."""
    if assessment.rated is None:
        raise RulesError("Not rated", f"there is no rating to explain: {prose.not_rated(assessment.scope)}")
    return assessment.rated


class Trial:
    """The facts of one assessment, and what candidates make of its level. Raises RulesError if it was not rated."""

    def __init__(self, assessment: Assessment) -> None:
        self.facts = assessment.facts
        self.quick = Quick(assessment.pack, rated_of(assessment).announcement_class)
        self._marks = {fact.id: self.quick.mark(fact) for fact in self.facts}
        self._kept: dict[frozenset[str], int] = {}
        self._added: dict[Candidate, int] = {}

    def level(self, parts: Sequence[Candidate]) -> int:
        """The level with these candidates applied, one after the other."""
        if not self.quick.marked:
            return self.quick.level(applied(parts, self.facts))
        marks = self.kept(frozenset().union(*(part.removes for part in parts)))
        for part in parts:
            marks |= self.added(part)
        return self.quick.level_of(marks)

    def kept(self, removed: frozenset[str]) -> int:
        """The marks of the facts that stay."""
        found = self._kept.get(removed)
        if found is None:
            found = 0
            for name, mark in self._marks.items():
                if name not in removed:
                    found |= mark
            self._kept[removed] = found
        return found

    def added(self, part: Candidate) -> int:
        """The marks of the facts that a candidate brings."""
        if part not in self._added:
            self._added[part] = self.quick.marks(part.adds)
        return self._added[part]

    def idle(self, part: Candidate) -> bool:
        """Whether a candidate changes nothing that any rule reads, whatever else is changed: no need to try it.

        What it takes away shows the rules nothing that it does not bring back, and what it brings nothing new.
        """
        if not self.quick.marked:
            return False
        gone = 0
        for name in part.removes:
            gone |= self._marks[name]
        return self.added(part) == gone

    def together(self, parts: Sequence[Candidate]) -> tuple[int, int]:
        """What is certain and what is possible while each of these candidates may or may not apply."""
        certain = self.kept(frozenset().union(*(part.removes for part in parts)))
        possible = self.kept(frozenset())
        for part in parts:
            possible |= self.added(part)
        return certain, possible


def applied(parts: Sequence[Candidate], facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts with the candidates applied."""
    for part in parts:
        facts = part.apply(facts)
    return facts
