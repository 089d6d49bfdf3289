"""Coverage: which rules and single conditions do examples, cases and announcements reach, and why not the others?

A rule is reached when it fires in one fact set and is silent in another. An alternative is reached when the rule fires
by it; a condition when it matches in one and not in another; a test when a fact of its kind passes it and one does not.
What no fact set can do (proved over the finite domains) is not asked for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.condition import Pattern, Test
from rules.lint.context import Context
from rules.lint.domain import is_empty, passes
from rules.lint.logic import Logic
from rules.lint.variant import Variant, original
from rules.pack import Pack
from rules.rule import Rule
from rules.schema import DERIVED


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to reach: `what` in words, where it was reached, else why it was not."""

    rule: Rule
    what: str
    reached_by: str | None
    why: str = ""


def coverage(pack: Pack, known: Iterable[Context]) -> Iterator[Unit]:
    """Every unit of every live rule, over the examples and cases that speak of the rule."""
    logic = Logic(pack)
    deciding: dict[str, list[Context]] = {}
    for context in known:
        for code in context.decides:
            deciding.setdefault(code, []).append(context)
    for rule in pack.live:
        yield from _Units(logic, rule, deciding.get(rule.code, [])).units()


def reached_in(pack: Pack, announcements: Sequence[Context]) -> Iterator[Unit]:
    """One unit a rule: whether it fires in some announcement, else which condition keeps it from firing."""
    for rule in pack.live:
        by = next((context.name for context in announcements if rule.code in context.fired), None)
        yield Unit(rule, "fires", by, "" if by else _nearest(rule, announcements))


class _Units:
    def __init__(self, logic: Logic, rule: Rule, known: Sequence[Context]) -> None:
        self._logic, self._rule, self._known, self._plain = logic, rule, known, original(rule)

    def units(self) -> Iterator[Unit]:
        rule = self._rule
        for fires, what in ((True, "fires"), (False, "is silent")):
            by = next((c.name for c in self._known if self._plain.fires(c.elements) is fires), None)
            yield Unit(rule, what, by, f"{what} in none of {len(self._known)} examples and cases")
        for place, pattern in enumerate(rule.any, 1):
            way = replace(self._plain, any=(pattern,))
            told = f"alternative {place} ({pattern}) fires"
            yield self._unit(told, pattern.kind, (c for c in self._known if way.fires(c.elements)))
        for group in ("when", "any", "unless"):
            for place, pattern in enumerate(getattr(rule, group), 1):
                yield from self._pattern(f"{group} {place} ({pattern})", pattern)

    def _pattern(self, name: str, pattern: Pattern) -> Iterator[Unit]:
        matched = [c for c in self._known if any(self._matches(pattern, e) for e in c.elements.get(pattern.kind, ()))]
        yield self._unit(f"{name} matches", pattern.kind, matched)
        yield self._unit(f"{name} does not match", pattern.kind, (c for c in self._known if c not in matched))
        for test in pattern.tests:
            if test.operator == "same_as":
                continue
            for held in (True, False):
                if self._possible(pattern, test, held):
                    verb = "passes" if held else "fails"
                    told = f"{name}: a {pattern.kind} {verb} {test}"
                    yield self._unit(told, pattern.kind, (c for c in self._known if _seen(c, pattern.kind, test, held)))

    def _unit(self, what: str, kind: str, found: Iterable[Context]) -> Unit:
        by = next((context.name for context in found), None)
        return Unit(self._rule, what, by, "" if by else self._why(kind))

    def _why(self, kind: str) -> str:
        having = sum(kind in context.elements for context in self._known)
        known = f"{len(self._known)} examples and cases of {self._rule.code}"
        return f"{having} of {known} have a {kind}, none of them such: write an example"

    def _matches(self, pattern: Pattern, element: Mapping[str, str | int | float]) -> bool:
        return all(passes(test, element.get(test.field)) for test in pattern.tests)

    def _possible(self, pattern: Pattern, test: Test, held: bool) -> bool:
        """Whether some visible fact of the kind passes (or fails) the test at all."""
        if pattern.kind in DERIVED:
            return held or test.operator != "equals" or pattern.kind != "finding"
        return not is_empty(self._logic.domain(pattern.kind).box((test,), None if held else test))


def _seen(context: Context, kind: str, test: Test, held: bool) -> bool:
    return any(passes(test, element.get(test.field)) is held for element in context.elements.get(kind, ()))


def _nearest(rule: Rule, known: Sequence[Context]) -> str:
    """The condition that fewest announcements meet."""
    if not known:
        return "there are no announcements"
    plain = original(rule)
    unmet = sorted(_met(plain, rule, known))
    count, what = unmet[0] if unmet else (0, "its conditions")
    if count:
        return f"{what} is met in {count} of {len(known)}, but never together with the rest"
    return f"{what} is met in none of {len(known)}"


def _met(plain: Variant, rule: Rule, known: Sequence[Context]) -> Iterator[tuple[int, str]]:
    def count(pattern: Pattern) -> int:
        found = (any(plain.matches(pattern, e, {}) for e in c.elements.get(pattern.kind, ())) for c in known)
        return sum(found)

    for place, pattern in enumerate(rule.when, 1):
        if not pattern.joined:
            yield count(pattern), f"when {place} ({pattern})"
    if rule.any and not any(pattern.joined for pattern in rule.any):
        yield sum(map(count, rule.any)), f"any ({' or '.join(map(str, rule.any))})"
    for place, pattern in enumerate(rule.unless, 1):
        if not pattern.joined:
            yield len(known) - count(pattern), f"unless {place} (no {pattern})"
