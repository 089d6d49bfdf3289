"""Strata: in which order rules may fire so that nothing is called absent before all that could make it has fired."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from rules.condition import Pattern
from rules.errors import RulesError
from rules.rule import Rule

#: Slot rules read facts only; slots are completed and counted right after them.
SLOT_STRATUM = 1


def stratify(rules: Sequence[Rule]) -> dict[str, int]:
    """The stratum of every rule, by code, from 1.

    A rule stands above every rule whose conclusion it reads, whether it wants it present or absent. Raises RulesError
    naming the rules of a cycle.
    """
    makers: dict[str, list[str]] = {}
    for rule in rules:
        if rule.effect == "finding" and rule.concludes:
            makers.setdefault(rule.concludes, []).append(rule.code)
    below = {rule.code: _read_by(rule, makers) for rule in rules}
    lowest = {rule.code: SLOT_STRATUM if rule.effect == "slot" else SLOT_STRATUM + 1 for rule in rules}
    strata: dict[str, int] = {}
    for code in _in_order(rules, below):
        strata[code] = max([lowest[code], *(strata[maker] + 1 for maker in below[code])])
    return {rule.code: strata[rule.code] for rule in rules}


def _in_order(rules: Sequence[Rule], below: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    try:
        return tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        circle = [str(code) for code in reversed(error.args[1])]
        file = next(rule.file for rule in rules if rule.code == circle[0])
        cycle = " -> ".join(circle)
        raise RulesError("Cycle", f"{file}: rules that wait for each other: {cycle}; take one condition out") from None


def _read_by(rule: Rule, makers: Mapping[str, Sequence[str]]) -> list[str]:
    found = (
        maker for pattern in rule.patterns for name in _findings(pattern, makers) for maker in makers.get(name, ())
    )
    return list(dict.fromkeys(found))


def _findings(pattern: Pattern, makers: Mapping[str, Sequence[str]]) -> list[str]:
    """The findings that a pattern may match: those it names, or all of them if it names none."""
    if pattern.kind != "finding":
        return []
    named = [test for test in pattern.tests if test.field == "name" and test.operator in ("equals", "one_of")]
    if not named:
        return list(makers)
    operand = named[0].operand
    return list(map(str, operand)) if isinstance(operand, tuple) else [str(operand)]
