"""A rule with one condition changed, and whether it fires over elements that were kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.condition import COMPARISONS, Pattern, Test
from rules.lint.domain import passes
from rules.memory import Element
from rules.rule import Rule

Elements = Mapping[str, Sequence[Element]]
_GROUPS = ("when", "any", "unless")
#: How far a threshold is moved.
_SHIFT = 1


@dataclass(frozen=True, slots=True)
class Variant:
    """The conditions of a rule, one of them changed; `change` says which and how. `flipped` counts turned round.

    `shifted` is the threshold before and after, where the change is one.
    """

    rule: Rule
    change: str
    when: tuple[Pattern, ...]
    any: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    flipped: Test | None = None
    shifted: tuple[Pattern, Test, Test] | None = None

    def fires(self, elements: Elements) -> bool:
        """Whether it fires over elements by kind."""
        for way in [(*self.when, choice) for choice in self.any] or [self.when]:
            if any(not self._stopped(elements, bound) for bound in self._bound(way, elements, {})):
                return True
        return False

    def matches(self, pattern: Pattern, element: Element, bound: Mapping[str, Element]) -> bool:
        """Whether an element matches a pattern, given the elements bound by alias."""
        return all(self._passes(test, element, bound) for test in pattern.tests)

    def _passes(self, test: Test, element: Element, bound: Mapping[str, Element]) -> bool:
        value = element.get(test.field)
        if test.operator == "same_as" and isinstance(test.operand, tuple):
            alias, other = str(test.operand[0]), str(test.operand[1])
            held = value is not None and value == bound[alias].get(other)
        else:
            held = passes(test, value)
        return held != (test is self.flipped)

    def _bound(
        self, way: Sequence[Pattern], elements: Elements, bound: dict[str, Element]
    ) -> Iterator[Mapping[str, Element]]:
        if not way:
            yield bound
            return
        for element in elements.get(way[0].kind, ()):
            if self.matches(way[0], element, bound):
                yield from self._bound(way[1:], elements, {**bound, way[0].alias: element})

    def _stopped(self, elements: Elements, bound: Mapping[str, Element]) -> bool:
        return any(self.matches(p, e, bound) for p in self.unless for e in elements.get(p.kind, ()))


def original(rule: Rule) -> Variant:
    """The rule as it is."""
    return Variant(rule, "", rule.when, rule.any, rule.unless)


def variants(rule: Rule) -> Iterator[Variant]:
    """Every condition and test dropped and turned round, every threshold moved, every value of a choice left out."""
    for group in _GROUPS:
        for place, pattern in enumerate(getattr(rule, group)):
            name = f"{group} {place + 1} ({pattern})"
            yield _without(rule, group, place, f"{name} dropped")
            yield _turned(rule, group, place, f"{name} turned round")
            for test in pattern.tests:
                fewer = tuple(other for other in pattern.tests if other is not test)
                yield _with(rule, group, place, replace(pattern, tests=fewer), f"{name}: {test} dropped")
                yield replace(original(rule), change=f"{name}: {test} turned round", flipped=test)
                yield from _moved(rule, group, place, test, name)
                yield from _narrowed(rule, group, place, test, name)


def _moved(rule: Rule, group: str, place: int, test: Test, name: str) -> Iterator[Variant]:
    if test.operator not in COMPARISONS or not isinstance(test.operand, int | float):
        return
    for shift in (-_SHIFT, _SHIFT):
        other = replace(test, operand=test.operand + shift)
        moved = _swapped(rule, group, place, test, other, f"{name}: {test} moved to {other}")
        yield replace(moved, shifted=(getattr(rule, group)[place], test, other))


def _narrowed(rule: Rule, group: str, place: int, test: Test, name: str) -> Iterator[Variant]:
    if test.operator == "one_of" and isinstance(test.operand, tuple) and len(test.operand) > 1:
        for value in test.operand:
            fewer = replace(test, operand=tuple(each for each in test.operand if each != value))
            yield _swapped(rule, group, place, test, fewer, f"{name}: {value} left out of {test.field}")


def _swapped(rule: Rule, group: str, place: int, test: Test, other: Test, change: str) -> Variant:
    pattern: Pattern = getattr(rule, group)[place]
    tests = tuple(other if each is test else each for each in pattern.tests)
    return _with(rule, group, place, replace(pattern, tests=tests), change)


def _with(rule: Rule, group: str, place: int, pattern: Pattern, change: str) -> Variant:
    patterns = list(getattr(rule, group))
    patterns[place] = pattern
    return _changed(rule, group, patterns, change)


def _without(rule: Rule, group: str, place: int, change: str) -> Variant:
    patterns = list(getattr(rule, group))
    del patterns[place]
    return _changed(rule, group, patterns, change)


def _changed(rule: Rule, group: str, patterns: Sequence[Pattern], change: str) -> Variant:
    groups: dict[str, tuple[Pattern, ...]] = {name: getattr(rule, name) for name in _GROUPS}
    groups[group] = tuple(patterns)
    return Variant(rule, change, groups["when"], groups["any"], groups["unless"])


def _turned(rule: Rule, group: str, place: int, change: str) -> Variant:
    """Present becomes absent and the other way round; a join that has nothing to look back at any more is dropped."""
    pattern: Pattern = getattr(rule, group)[place]
    less = _without(rule, group, place, change)
    if group == "unless":
        return replace(less, when=(*less.when, pattern))
    return replace(less, unless=(*less.unless, pattern))
