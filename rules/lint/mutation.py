"""Mutation: is every condition of every rule tested? A changed rule that no example or case tells apart is not.

A change that no fact set at all can tell from the rule is no gap: that it is equivalent is proved over the finite
domains, never assumed, and it is reported with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.condition import Pattern
from rules.lint.context import Context
from rules.lint.logic import Logic
from rules.lint.variant import Variant, variants
from rules.pack import Pack
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed rule: killed by the named example or case, or equivalent for a reason, or neither: a gap."""

    rule: Rule
    change: str
    killed_by: str | None
    equivalent: str | None = None


def mutate(pack: Pack, known: Sequence[Context], rules: Iterable[Rule] | None = None) -> Iterator[Mutant]:
    """Every mutant of the rules (all live ones by default), in pack order; only the changed rule is evaluated anew."""
    logic = Logic(pack, (p for rule in pack.live for variant in variants(rule) for p in _patterns(variant)))
    deciding = _deciding(known)
    for rule in pack.live if rules is None else rules:
        for variant in variants(rule):
            killer = _killer(variant, deciding.get(rule.code, ()))
            reason = None if killer else _equivalent(logic, variant)
            yield Mutant(rule, variant.change, killer, reason)


def _patterns(variant: Variant) -> tuple[Pattern, ...]:
    return (*variant.when, *variant.any, *variant.unless)


def _deciding(known: Sequence[Context]) -> Mapping[str, list[Context]]:
    """The examples and cases that say of a rule whether it fires, and are right: a failing one would kill anything."""
    found: dict[str, list[Context]] = {}
    for context in known:
        for code in context.decides.keys() - set(failing(context)):
            found.setdefault(code, []).append(context)
    return found


def failing(context: Context) -> tuple[str, ...]:
    """The rules that do not do what an example or case says."""
    return tuple(code for code, fires in context.decides.items() if fires != (code in context.fired))


def _killer(variant: Variant, deciding: Iterable[Context]) -> str | None:
    code = variant.rule.code
    try:
        return next((c.name for c in deciding if variant.fires(c.elements) != c.decides[code]), None)
    except KeyError:  # a join looks back at the dropped condition: no such rule could be loaded
        return "the loader: a join would look back at nothing"


def _equivalent(logic: Logic, variant: Variant) -> str | None:
    """Why no fact set can tell the variant from the rule; None if one can, or a join keeps it from being proved."""
    rule = variant.rule
    if any(pattern.joined for pattern in rule.patterns):
        return None
    first = logic.fires(rule)
    second = logic.formula(variant.when, variant.any, variant.unless, variant.flipped)
    if not (logic.implies(first, second) and logic.implies(second, first)):
        return None
    return _gap(logic, variant) or _covered(logic, variant) or "every fact that rules can see passes the test"


def _covered(logic: Logic, variant: Variant) -> str | None:
    """The other condition that already decides what the changed one did."""
    rule = variant.rule
    for group in ("when", "unless"):
        for place, pattern in enumerate(getattr(rule, group)):
            if pattern not in getattr(variant, group):
                continue
            first, second = (
                logic.formula(
                    tuple(p for p in each.when if p != pattern or group != "when"),
                    each.any,
                    tuple(p for p in each.unless if p != pattern or group != "unless"),
                    variant.flipped,
                )
                for each in (rule, variant)
            )
            if not (logic.implies(first, second) and logic.implies(second, first)):
                return f"{group} {place + 1} ({pattern}) already decides all that it would change"
    return None


def _gap(logic: Logic, variant: Variant) -> str | None:
    """A threshold moved over a rung on which nothing stands."""
    if variant.shifted is None or variant.shifted[1].field != "rung":
        return None
    pattern, before, after = variant.shifted
    if logic.box(pattern) != logic.domain(pattern.kind).box(
        [after if test is before else test for test in pattern.tests]
    ):
        return None
    crossed = min(float(str(test.operand)) for test in (before, after))
    crossed = crossed if before.operator in ("at_least", "below") else crossed + 1
    if crossed and crossed not in logic.pack.settings.ladders[pattern.kind].rungs.values():
        return f"the ladder of {pattern.kind} has no rung {crossed:g}"
    return f"no {pattern.kind} that passes the other tests stands on rung {crossed:g}"
