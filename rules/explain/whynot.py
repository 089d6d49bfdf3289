"""WHY NOT: what a rule needed and what was found, condition by condition; what keeps a level from being another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from facts.fact import Fact
from rules.assessment import Assessment, Rated
from rules.condition import COMPARISONS, Pattern, Test
from rules.errors import RulesError
from rules.explain import prose
from rules.explain.distance import distance
from rules.explain.node import Node, NodeKind
from rules.explain.prose import mismatch
from rules.explain.searches import search_for
from rules.explain.trial import rated_of
from rules.memory import Element, is_visible, kind_of
from rules.reason import class_element
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Match:
    """How near one fact comes to a pattern: the tests that it fails, and why rules may not see it at all."""

    id: str
    failed: tuple[str, ...]
    unseen: str | None
    says: str = ""

    @property
    def holds(self) -> bool:
        """Whether the fact satisfies the pattern."""
        return not self.failed and self.unseen is None

    @property
    def reasons(self) -> str:
        """All that keeps it from satisfying the pattern."""
        return "; ".join([*([self.unseen] if self.unseen else []), *self.failed])


def whynot_rule(assessment: Assessment, code: str) -> Node:
    """Each condition of a rule: needed, found, reason. Nothing is short-circuited. Raises RulesError."""
    rated = rated_of(assessment)
    rule = assessment.pack.rule(code)
    if rule.effect == "definition":
        raise RulesError("Always holds", f"{rule.code} is a definition: code interprets it, and it does not fire")
    conditions = [
        *(_wanted(assessment, rated, pattern, "", rule) for pattern in rule.when),
        *(_wanted(assessment, rated, pattern, mismatch.ONE_OF, rule) for pattern in rule.any),
        *(_unwanted(assessment, rated, pattern, rule) for pattern in rule.unless),
    ]
    fired = rule.code in rated.trace.fired
    return Node("rule", rule.code, prose.whynot_rule(rule, fired), fired, children=tuple(conditions))


def whynot_level(assessment: Assessment, level: int) -> Node:
    """What keeps the rating from a level, nearest first: floors that hold it up, or caps and floors that do not."""
    rated = rated_of(assessment)
    current = rated.rating.level
    if level == current:
        return Node("rating", f"level {level}", prose.level_holds(level))
    found = _obstacles_down(assessment, rated, level) if level < current else _obstacles_up(assessment, level)
    children = (*_smallest(assessment, level, current), *found)
    return Node("rating", f"level {level}", prose.whynot_level(level, current), False, children=children)


def unmet(node: Node) -> int:
    """How many conditions of a rule are not met; the fewer, the nearer. Of alternatives the nearest one counts."""
    either = [child.holds for child in node.children if (child.needed or "").startswith(mismatch.ONE_OF)]
    rest = [child for child in node.children if not (child.needed or "").startswith(mismatch.ONE_OF)]
    return sum(not child.holds for child in rest) + (bool(either) and not any(either))


def near(assessment: Assessment, rated: Rated, pattern: Pattern, rule: Rule | None = None) -> list[Match]:
    """Every fact of the pattern's kind, nearest first: those that fail the fewest tests.

    With the `rule` joins are compared, too: with every fact that the pattern joined to finds.
    """
    joins = _joins(assessment, rated, pattern, rule) if rule else {}
    facts = {fact.id: fact for fact in assessment.facts}
    found = []
    for name, (element, unseen) in _elements(assessment, rated, pattern.kind).items():
        says = prose.fact(facts[name], rated.memory.rungs.get(name))
        found.append(Match(name, tuple(_failures(assessment, pattern, element, facts[name], joins)), unseen, says))
    for element in _derived(rated, pattern):
        failed = tuple(_failures(assessment, pattern, element, None, joins))
        found.append(Match(str(element["id"]), failed, None, mismatch.derived(element, assessment.pack.settings)))
    return sorted(found, key=lambda match: (not match.holds, len(match.failed) + (match.unseen is not None)))


def _wanted(assessment: Assessment, rated: Rated, pattern: Pattern, needed: str, rule: Rule) -> Node:
    matches = near(assessment, rated, pattern, rule)
    holds = any(match.holds for match in matches)
    found = mismatch.met(matches[0].id) if holds else mismatch.unmet(len(matches), pattern.kind)
    if not matches:
        found = f"{found}; {search_for(assessment, pattern)}"
    children = tuple(_compared(match, pattern) for match in matches)
    says = prose.condition(pattern, assessment.pack.settings)
    told = f"{needed}: {pattern}" if needed else str(pattern)
    return Node("condition", str(pattern), says, holds, told, found, children)


def _compared(match: Match, pattern: Pattern) -> Node:
    """One fact beside one condition; every test that fails is told."""
    kinds: dict[str, NodeKind] = {"slot": "slot", "finding": "finding", "tally": "tally", "class": "slot"}
    kind = kinds.get(pattern.kind, "fact")
    reasons = match.reasons or mismatch.HOLDS
    return Node(kind, match.id, match.says, match.holds, str(pattern), reasons)


def _unwanted(assessment: Assessment, rated: Rated, pattern: Pattern, rule: Rule) -> Node:
    matches = near(assessment, rated, pattern, rule)
    there = [match for match in matches if match.holds]
    found = mismatch.there([match.id for match in there]) if there else mismatch.ABSENT
    says, children = prose.absence(pattern, assessment.pack.settings), tuple(_compared(m, pattern) for m in there)
    return Node("condition", f"no {pattern}", says, not there, f"{mismatch.NONE_OF}: {pattern}", found, children)


def _elements(assessment: Assessment, rated: Rated, kind: str) -> dict[str, tuple[Element, str | None]]:
    """Every known fact of a kind by id, and why rules cannot see it (None where they can)."""
    settings = assessment.pack.settings
    seen: Mapping[str, Element] = {str(element["id"]): element for element in rated.memory.visible}
    found: dict[str, tuple[Element, str | None]] = {}
    for fact in assessment.facts:
        if kind_of(fact) == kind:
            own = {"kind": kind, "id": fact.id, **fact.fields, "rung": rated.memory.rungs.get(fact.id, 0)}
            visible = is_visible(fact, settings)
            found[fact.id] = (seen.get(fact.id) or own, None if visible else mismatch.unseen(fact))
    return found


def _derived(rated: Rated, pattern: Pattern) -> Iterator[Element]:
    """The class, slots, tallies and findings that a pattern can mean: those of the names that it asks for."""
    known = [class_element(rated.announcement_class), *(item.element for item in rated.trace.derived)]
    names = [test for test in pattern.tests if test.field in ("name", "of") and pattern.kind != "class"]
    for element in known:
        if element["kind"] == pattern.kind and all(_passes(test, element.get(test.field)) for test in names):
            yield element


def _joins(assessment: Assessment, rated: Rated, pattern: Pattern, rule: Rule) -> dict[Test, set[object]]:
    """The values with which each join of a pattern may agree: those of every fact that the earlier pattern finds."""
    found: dict[Test, set[object]] = {}
    for test in pattern.tests:
        if test.operator == "same_as" and isinstance(test.operand, tuple):
            alias, field = test.operand
            earlier = next(each for each in rule.when if each.alias == alias)
            holding = {match.id for match in near(assessment, rated, earlier, rule) if match.holds}
            known = _elements(assessment, rated, earlier.kind).items()
            found[test] = {element.get(str(field)) for name, (element, _) in known if name in holding}
    return found


def _failures(
    assessment: Assessment, pattern: Pattern, element: Element, fact: Fact | None, joins: Mapping[Test, set[object]]
) -> Iterator[str]:
    for test in pattern.tests:
        value = element.get(test.field)
        if test.operator == "same_as":
            if value not in joins.get(test, {value}):
                yield mismatch.other_value(test, value)
            continue
        if _passes(test, value):
            continue
        if pattern.kind == "slot" and test.field == "status":
            yield prose.status(str(value))
        elif value is None or (value == "unstated" and value != test.operand):
            yield mismatch.not_stated(test)
        elif fact is not None and test.field == "rung" and (top := _top(assessment, fact)) > int(value):
            yield mismatch.hedged(test, fact, int(value), top)
        else:
            yield mismatch.other_value(test, value)


def _passes(test: Test, value: object) -> bool:
    if value is None:
        return False
    if test.operator == "equals":
        return value == test.operand
    if isinstance(test.operand, tuple):
        return value in test.operand
    return COMPARISONS[test.operator][1](value, test.operand)


def _top(assessment: Assessment, fact: Fact) -> int:
    """The rung of a fact's instrument, were it neither hedged nor anonymous nor anything but the news."""
    ladder = assessment.pack.settings.ladders.get(kind_of(fact))
    return ladder.rungs.get(str(getattr(fact, ladder.field)), 0) if ladder else 0


def _obstacles_down(assessment: Assessment, rated: Rated, level: int) -> Iterator[Node]:
    """Floors above the level, the nearest to being lifted first; then the score, and caps that could help."""
    floors = (assessment.pack.rule(code) for code in rated.rating.floors)
    held = [_held_up(assessment, rated, rule) for rule in floors if (rule.level or 0) > level]
    yield from sorted(held, key=_farness)
    if rated.rating.base_level > level:
        yield Node("rating", "base level", prose.base_too_high(assessment.pack, rated.rating, level), False)
        caps = [r for r in assessment.pack.live if r.effect == "cap" and (r.level or 5) <= level]
        yield from sorted((whynot_rule(assessment, rule.code) for rule in caps), key=unmet)


def _held_up(assessment: Assessment, rated: Rated, rule: Rule) -> Node:
    lifts = sorted(_lifts(assessment, rated, rule), key=_farness)
    return Node("rule", rule.code, prose.holds_up(rule), True, children=tuple(lifts))


def _lifts(assessment: Assessment, rated: Rated, rule: Rule) -> Iterator[Node]:
    for pattern in rule.unless:
        yield _wanted(assessment, rated, pattern, prose.lift(False), rule)
    for pattern in (*rule.when, *rule.any):
        holding = [match.id for match in near(assessment, rated, pattern, rule) if match.holds]
        if holding:
            says = prose.condition(pattern, assessment.pack.settings)
            needed = f"{prose.lift(True)}: {pattern}"
            yield Node("condition", str(pattern), says, True, needed, mismatch.there(holding))


def _farness(node: Node) -> int:
    """How many tests the nearest fact still fails, over the nearest of the children; nothing there is furthest."""
    if node.kind == "rule":
        return min(map(_farness, node.children), default=9)
    return min(((child.found or "").count(";") + 1 for child in node.children), default=9)


def _obstacles_up(assessment: Assessment, level: int) -> list[Node]:
    floors = [r for r in assessment.pack.live if r.effect == "floor" and (r.level or 0) >= level]
    return sorted((whynot_rule(assessment, rule.code) for rule in floors), key=unmet)


def _smallest(assessment: Assessment, level: int, current: int) -> Iterator[Node]:
    """The nearest set of one or two changes that does it, from `distance`."""
    found = distance(assessment)
    ways = [w for w in found.lower if w.level <= level] if level < current else [
        w for w in found.higher if w.level >= level
    ]  # fmt: skip
    if ways:
        parts = ways[0].parts
        says = prose.smallest(ways[0].level, prose.way(parts), prose.SORTS[ways[0].sort])
        yield Node("condition", "+".join(part.name for part in parts), says, False)
    else:
        yield Node("condition", "none", prose.proved(found.size, f"gives {level} to", len(found.candidates)), False)
