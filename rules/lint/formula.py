"""Conditions as formulas over fact sets, and whether any fact set at all satisfies them.

A formula is a literal ("some fact of this box is there", "none is", "the class is one of these", "so many expected
slots are missing") or an And or Or of formulas. Negation is pushed to the literals. `satisfiable` is a tableau: it
takes literals into a world as long as the world stands, and tries the branches of every Or.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rules.lint.domain import Box, outside


@dataclass(frozen=True, slots=True)
class Some:
    """A visible fact of the box is there; `absent` turns it round."""

    kind: str
    box: Box
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values: the announcement class, or how many slots are missing or omitted."""

    of: Literal["class", "missing", "omitted"]
    values: frozenset[str | int]
    whole: frozenset[str | int]


@dataclass(frozen=True, slots=True)
class Free:
    """Something about which nothing is known, such as a slot that is only hedged; it may hold or not."""

    name: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; of no parts: true."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part holds; of no parts: false."""

    parts: tuple["Formula", ...]


#: Branches tried for one question; the shipped packs need some hundreds at most.
_MOST_BRANCHES = 5_000

Formula = Some | Choice | Free | And | Or
TRUE, FALSE = And(()), Or(())


def negated(formula: Formula) -> Formula:
    """The formula turned round, negation at the literals."""
    match formula:
        case Some():
            return replace(formula, absent=not formula.absent)
        case Free():
            return replace(formula, absent=not formula.absent)
        case Choice():
            return replace(formula, values=formula.whole - formula.values)
        case And(parts):
            return Or(tuple(map(negated, parts)))
        case Or(parts):
            return And(tuple(map(negated, parts)))


@dataclass(frozen=True, slots=True)
class World:
    """What has been assumed so far: facts that are there, boxes that are empty, and choices still open."""

    there: tuple[tuple[str, Box], ...] = ()
    barred: tuple[tuple[str, Box], ...] = ()
    free: frozenset[tuple[str, bool]] = frozenset()
    open: tuple[tuple[str, frozenset[str | int]], ...] = field(default=())

    def bars(self, kind: str) -> list[Box]:
        """The boxes of a kind that must be empty."""
        return [box for name, box in self.barred if name == kind]

    def choice(self, of: str) -> frozenset[str | int] | None:
        """The values still open; None if nothing was said."""
        return next((values for name, values in self.open if name == of), None)

    def take(self, literal: Some | Choice | Free) -> "World | None":
        """The world with one literal more; None if it cannot be."""
        if isinstance(literal, Some):
            return self._bar(literal) if literal.absent else self._add(literal)
        if isinstance(literal, Free):
            if (literal.name, not literal.absent) in self.free:
                return None
            return replace(self, free=self.free | {(literal.name, literal.absent)})
        known = self.choice(literal.of)
        values = literal.values if known is None else known & literal.values
        others = tuple(pair for pair in self.open if pair[0] != literal.of)
        return replace(self, open=(*others, (literal.of, values))) if values else None

    def _add(self, literal: Some) -> "World | None":
        if not outside(literal.box, self.bars(literal.kind)):
            return None
        entry = (literal.kind, literal.box)
        return self if entry in self.there else replace(self, there=(*self.there, entry))

    def _bar(self, literal: Some) -> "World | None":
        if (literal.kind, literal.box) in self.barred:
            return self
        bars = [*self.bars(literal.kind), literal.box]
        if not all(outside(box, bars) for kind, box in self.there if kind == literal.kind):
            return None
        return replace(self, barred=(*self.barred, (literal.kind, literal.box)))


def worlds(todo: Sequence[Formula], world: World | None = None, spent: list[int] | None = None) -> Iterator[World]:
    """Every way to satisfy all formulas, found lazily; literals first, so that a contradiction shows early.

    A search beyond the budget yields what it has, as if it were satisfied: then nothing is proved, and nothing claimed.
    """
    world, spent = world or World(), spent if spent is not None else [0]
    spent[0] += 1
    if spent[0] > _MOST_BRANCHES:
        yield world
        return
    branches: list[Or] = []
    waiting = list(todo)
    while waiting:
        formula = waiting.pop()
        if isinstance(formula, And):
            waiting += formula.parts
        elif isinstance(formula, Or):
            branches.append(formula)
        else:
            taken = world.take(formula)
            if taken is None:
                return
            world = taken
    if not branches:
        yield world
        return
    branches.sort(key=lambda branch: -len(branch.parts))
    last = branches.pop()
    for part in last.parts:
        yield from worlds([*branches, part], world, spent)
