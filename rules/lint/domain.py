"""Every fact that a rule could ever see, as boxes: what makes "no fact can match" a proof and not a guess.

The fields of a kind fall into groups that vary freely against each other: stance, rung and ladder field are one group
(a hedged claim stands on a low rung), a computed field and its source another, every other field its own. A group is
the list of the joint values that a visible fact can have; a pattern allows some of them, so that a pattern is one bit
mask a group: a box. Numbers are cut at the operands that the pack compares with. Exact, but for joins between facts,
which are left out: they only narrow what matches.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from types import NoneType
from typing import Any, get_args

from facts.fact import STANCE_FIELDS, Fact
from rules.condition import COMPARISONS, Pattern, Test
from rules.memory import is_visible, rung
from rules.schema import FieldSpec
from rules.settings import Computed, Settings

#: One bit mask a group: which joint values of the group are allowed.
Box = tuple[int, ...]
#: A word that no rule names stands for all of them.
OTHER = "\0other"
Value = str | int | float | None
#: The operands that the pack compares each (kind, field) with.
Tested = Mapping[tuple[str, str], Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that depend on each other, and every combination of values that a visible fact can have."""

    fields: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]

    def mask(self, allowed: Callable[[Mapping[str, Value]], bool]) -> int:
        """The combinations that pass."""
        found = 0
        for place, values in enumerate(self.values):
            if allowed(dict(zip(self.fields, values, strict=True))):
                found |= 1 << place
        return found


class Domain:
    """The visible facts of one kind."""

    def __init__(self, model: type[Fact], spec: Mapping[str, FieldSpec], settings: Settings, tested: Tested) -> None:
        self.kind = str(model.model_fields["kind"].default)
        self._computed = [rule for rule in settings.computed if rule.kind == self.kind]
        self.groups = tuple(self._groups(model, spec, settings, tested))
        self._of = {field: place for place, group in enumerate(self.groups) for field in group.fields}

    @property
    def whole(self) -> Box:
        """The box of every visible fact."""
        return tuple((1 << len(group.values)) - 1 for group in self.groups)

    def box(self, tests: Iterable[Test], flipped: Test | None = None) -> Box:
        """The facts that pass all tests, the flipped one turned round; joins are left out."""
        masks = list(self.whole)
        for test in tests:
            if test.operator == "same_as":
                continue
            if test.field not in self._of:  # a rung where the kind has no ladder: no fact has the field
                masks = masks if test is flipped else [0] * len(masks)
                continue
            place = self._of[test.field]
            found = self.groups[place].mask(lambda values, test=test: passes(test, values.get(test.field)))  # type: ignore[misc]
            masks[place] &= ~found if test is flipped else found
        return tuple(masks)

    def idle(self, tests: Iterable[Test]) -> list[Test]:
        """The tests of a group that no visible fact passes together; none if some fact passes all."""
        tests = list(tests)
        if lost := [test for test in tests if test.field not in self._of]:
            return lost
        for place, mask in enumerate(self.box(tests)):
            if not mask:
                return [test for test in tests if self._of.get(test.field) == place]
        return []

    def _groups(
        self, model: type[Fact], spec: Mapping[str, FieldSpec], settings: Settings, tested: Tested
    ) -> Iterable[Group]:
        ladder = settings.ladders.get(self.kind)
        bound = {ladder.field} if ladder else set()
        yield self._stance(model, spec, settings, tested)
        for fields in _joined([(rule.source, rule.field) for rule in self._computed]):
            yield self._computed_group(model, spec, fields, tested)
            bound |= fields
        for field in spec:
            if field not in bound and field not in (*STANCE_FIELDS, "rung") and (self.kind, field) in tested:
                yield Group(
                    (field,), tuple((value,) for value in _values(model, field, spec[field], tested, self.kind))
                )

    def _stance(self, model: type[Fact], spec: Mapping[str, FieldSpec], settings: Settings, tested: Tested) -> Group:
        ladder = settings.ladders.get(self.kind)
        kept = tuple(field for field in STANCE_FIELDS if (self.kind, field) in tested)
        stances = [dict(zip(STANCE_FIELDS, each, strict=True)) for each in product(*map(_stance_values, STANCE_FIELDS))]
        visible = [stance for stance in stances if is_visible(_fact(model, stance), settings)]
        if ladder is None:
            return Group(kept, tuple(dict.fromkeys(tuple(stance[name] for name in kept) for stance in visible)))
        steps = _values(model, ladder.field, spec[ladder.field], tested, self.kind)
        found: dict[tuple[Value, ...], None] = {}
        for stance, step in product(visible, steps):
            fact = _fact(model, {**stance, ladder.field: step})
            found[(*(stance[name] for name in kept), step, rung(fact, settings))] = None
        return Group((*kept, ladder.field, "rung"), tuple(found))

    def _computed_group(
        self, model: type[Fact], spec: Mapping[str, FieldSpec], fields: set[str], tested: Tested
    ) -> Group:
        rules = [rule for rule in self._computed if rule.field in fields]
        own = [field for field in model.model_fields if field in fields]
        choices = [_sources(model, field, spec[field], tested, self.kind, rules) for field in own]
        order = tuple(dict.fromkeys([*own, *(rule.field for rule in rules)]))
        found: dict[tuple[Value, ...], None] = {}
        for values in product(*choices):
            element = dict(zip(own, values, strict=True))
            for rule in rules:
                value = rule.values.get(str(element.get(rule.source)), rule.default)
                if value is not None:
                    element[rule.field] = value
            found[tuple(element.get(field) for field in order)] = None
        return Group(order, tuple(found))


def passes(test: Test, value: Value) -> bool:
    """Whether a value passes a test, as the engines have it: an absent one passes none."""
    if value is None:
        return False
    if test.operator == "equals":
        return value == test.operand
    if test.operator == "one_of":
        return value in test.operand  # type: ignore[operator]
    return test.operator == "same_as" or COMPARISONS[test.operator][1](value, test.operand)


def tested(patterns: Iterable[Pattern]) -> Tested:
    """Every field that some pattern tests, with the operands."""
    found: dict[tuple[str, str], list[Value]] = {}
    for pattern in patterns:
        for test in pattern.tests:
            operands = found.setdefault((pattern.kind, test.field), [])
            if test.operator != "same_as":
                operands += test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return found


def is_empty(box: Box) -> bool:
    """Whether no fact is in the box."""
    return not all(box)


def within(inner: Box, outer: Box) -> bool:
    """Whether every fact of the first is in the second."""
    return is_empty(inner) or all(not left & ~right for left, right in zip(inner, outer, strict=True))


def overlap(left: Box, right: Box) -> Box:
    """The facts of both."""
    return tuple(a & b for a, b in zip(left, right, strict=True))


def outside(box: Box, others: Sequence[Box]) -> bool:
    """Whether some fact of the box is in none of the others."""
    if is_empty(box):
        return False
    if not others:
        return True
    first, rest = others[0], others[1:]
    if is_empty(overlap(box, first)):
        return outside(box, rest)
    shared = list(box)
    for place, mask in enumerate(first):
        if outside((*shared[:place], shared[place] & ~mask, *box[place + 1 :]), rest):
            return True
        shared[place] &= mask
    return False


def _fact(model: type[Fact], values: Mapping[str, Any]) -> Fact:
    """A fact of which only these values matter; nothing is checked."""
    return model.model_construct(**values)


def _stance_values(field: str) -> tuple[str, ...]:
    return get_args(Fact.model_fields[field].annotation)


def _values(model: type[Fact], field: str, spec: FieldSpec, tested: Tested, kind: str) -> list[Value]:
    info = model.model_fields.get(field)
    absent: list[Value] = [None] if info is None or NoneType in get_args(info.annotation) else []
    operands = tested.get((kind, field), ())
    if spec.type == "enum":
        return [*spec.values, *absent]
    if spec.type == "text":
        return [*dict.fromkeys(operands), OTHER, *absent]
    return [*cuts(value for value in operands if isinstance(value, int | float)), *absent]


def _sources(
    model: type[Fact], field: str, spec: FieldSpec, tested: Tested, kind: str, rules: Sequence[Computed]
) -> list[Value]:
    named: list[Any] = [word for rule in rules if rule.source == field for word in rule.values]
    found = _values(model, field, spec, tested, kind)
    return list(dict.fromkeys([*(named if spec.type == "text" else ()), *found]))


def cuts(operands: Iterable[int | float]) -> list[int | float]:
    """A number for every stretch between operands, and those that a threshold moved by one would cut off."""
    points = sorted({shifted for operand in operands for shifted in (operand - 1, operand, operand + 1)}) or [0]
    between = [(left + right) / 2 for left, right in pairwise(points)]
    return sorted([points[0] - 1, *points, *between, points[-1] + 1])


def _joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Fields that hang together through any number of pairs."""
    found: list[set[str]] = []
    for pair in pairs:
        merged = set(pair)
        apart = []
        for group in found:
            if group & merged:
                merged |= group
            else:
                apart.append(group)
        found = [*apart, merged]
    return found
