"""Rules that can never do anything: dead, doubled, shadowed, out of reach. Proved over all fact sets, not sampled."""

from collections.abc import Iterator, Sequence

from rules.condition import Pattern
from rules.lint.domain import outside
from rules.lint.finding import Finding
from rules.lint.formula import And, negated
from rules.lint.logic import Logic
from rules.lint.source import Place, Source
from rules.rule import Rule
from rules.schema import DERIVED

#: The base level follows from the score and is never 5; a floor of 1 and a cap of 4 or 5 change nothing.
_LOWEST_FLOOR, _HIGHEST_CAP = 2, 3


def reach(logic: Logic, source: Source) -> Iterator[Finding]:
    """Every rule that adds nothing, each with the nearest reason."""
    dead = set()
    for rule in logic.pack.live:
        conditions = list(_conditions(logic, source, rule))
        if logic.world(logic.fires(rule)) is None:
            dead.add(rule.code)
            yield _dead(logic, source, rule)
        else:
            yield from conditions
    alive = [rule for rule in logic.pack.live if rule.code not in dead]
    doubled = set()
    for finding in _duplicates(logic, source, alive):
        doubled.add(finding.rule)
        yield finding
    yield from _shadowed(logic, source, [rule for rule in alive if rule.code not in doubled])
    yield from _out_of_reach(logic, source, alive)


def _dead(logic: Logic, source: Source, rule: Rule) -> Finding:
    for place, pattern in source.conditions(rule):
        if place[0] != "unless" and (why := _idle(logic, pattern)):
            return source.finding("PCK-17", rule, place, f"it can never fire: {_named(place)}: {why}", "change it")
    barred = [(place, p) for place, p in source.conditions(rule) if place[0] == "unless" and p.kind not in DERIVED]
    for place, pattern in source.conditions(rule):
        for stop, other in barred:
            if place[0] == "unless" or pattern.kind != other.kind:
                continue
            if not outside(logic.box(pattern), [logic.box(other)]):
                message = f"it can never fire: whatever matches {_named(place)} ({pattern}) also matches {_named(stop)}"
                return source.finding("PCK-17", rule, stop, message, f"narrow {_named(stop)} or take it out")
    message = "it can never fire: its conditions contradict each other"
    return source.finding("PCK-17", rule, ("code",), message, "take out or change one condition")


def _conditions(logic: Logic, source: Source, rule: Rule) -> Iterator[Finding]:
    """Alternatives and absences that nothing can match, in a rule that can fire all the same."""
    for place, pattern in source.conditions(rule):
        if place[0] != "when" and (why := _idle(logic, pattern)):
            yield source.finding(
                "PCK-18", rule, place, f"{_named(place)} can never match: {why}", "change or remove it"
            )


def _idle(logic: Logic, pattern: Pattern) -> str | None:
    """Why nothing can ever match the pattern; None if something can."""
    if pattern.kind in DERIVED:
        possible = logic.world(logic.present(pattern)) is not None
        return None if possible else f"{pattern} cannot come about"
    tests = logic.domain(pattern.kind).idle(pattern.tests)
    if not tests:
        return None
    told = " and ".join(map(str, tests))
    seen = "an affirmed fact in the news or its background" if pattern.kind not in _heard(logic) else "what is said"
    return f"no {pattern.kind} that rules can see has {told} (they see {seen} alone)"


def _heard(logic: Logic) -> Sequence[str]:
    return logic.pack.settings.evidence.always_heard


def _duplicates(logic: Logic, source: Source, rules: Sequence[Rule]) -> Iterator[Finding]:
    for place, rule in enumerate(rules):
        for other in rules[:place]:
            if _conclusion(rule) == _conclusion(other) and _same(logic, rule, other):
                message = f"it fires exactly when {other.code} ({other.file}) does, to the same effect"
                yield source.finding("PCK-19", rule, ("code",), message, f"retire one of {rule.code} and {other.code}")
                break


def _conclusion(rule: Rule) -> tuple[str, str | int | None]:
    """What a rule does when it fires, but for the weight."""
    return rule.effect, rule.theme if rule.effect in ("concern", "mitigant") else rule.level or rule.concludes


def _same(logic: Logic, rule: Rule, other: Rule) -> bool:
    first, second = logic.fires(rule), logic.fires(other)
    return logic.implies(first, second) and logic.implies(second, first)


def _shadowed(logic: Logic, source: Source, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Floors, caps and findings that fire only where others already do as much. Concerns add up, so none shadows."""
    for rule in rules:
        others = [other for other in rules if other is not rule and _does_as_much(other, rule)]
        if not others:
            continue
        by = next((o for o in others if logic.implies(logic.fires(rule), logic.fires(o))), None)
        if by is not None:
            message = (
                f"it adds nothing: wherever it fires, {by.code} ({by.file}) does, to the same or a stronger effect"
            )
        elif logic.world(logic.fires(rule), *(negated(logic.fires(o)) for o in others)) is None:
            message = f"it adds nothing: wherever it fires, one of {', '.join(o.code for o in others)} does"
        else:
            continue
        code = "PCK-20" if rule.effect == "finding" or (by and by.level == rule.level) else "PCK-21"
        yield source.finding(code, rule, ("code",), message, "narrow the other rule, or retire this one")


def _does_as_much(other: Rule, rule: Rule) -> bool:
    if other.effect != rule.effect:
        return False
    if rule.effect == "finding":
        return other.concludes == rule.concludes
    if rule.level is None or other.level is None:
        return False
    return other.level >= rule.level if rule.effect == "floor" else rule.effect == "cap" and other.level <= rule.level


def _out_of_reach(logic: Logic, source: Source, rules: Sequence[Rule]) -> Iterator[Finding]:
    for rule in rules:
        level = rule.level or 0
        if rule.effect == "floor" and level < _LOWEST_FLOOR:
            yield source.finding(
                "PCK-21", rule, ("level",), "no rating is below 1", "raise the level or retire the rule"
            )
        if rule.effect != "cap":
            continue
        if level > _HIGHEST_CAP:
            message = f"the base level is never above {_HIGHEST_CAP + 1}"
            yield source.finding("PCK-21", rule, ("level",), message, "lower the level or retire the rule")
        floors = [floor for floor in rules if floor.effect == "floor" and (floor.level or 0) > level]
        none = And(tuple(negated(logic.fires(floor)) for floor in floors))
        if floors and logic.world(logic.fires(rule), none) is None:
            message = f"wherever it fires, a floor above {level} does and wins"
            yield source.finding(
                "PCK-21", rule, ("level",), message, "raise the level, or ask for what silences the floors"
            )


def _named(place: Place) -> str:
    return f"{place[0]} {place[1] + 1}"
