"""The monotone discipline: a mitigating fact never raises a rating, a concern never lowers it.

pack.toml says which facts are mitigating (M) and which are concerns (C). What alarms (a concern, a floor) may ask for
the presence of C facts and the absence of M facts, for a rung of at most k, a missing slot, at least k missing items,
a class; what calms (a mitigant, a cap) for the mirror image. Findings take the side of those who read them. Two grades:
a condition outside the discipline (PCK-22) may be accepted with a reason, because facts that are neither M nor C carry
no promise; one that an M or C fact can turn the wrong way (PCK-23) breaks the promise and may not.
"""

from collections.abc import Iterator
from typing import Literal

from rules.condition import Pattern
from rules.lint.domain import Box, is_empty, outside, overlap, passes
from rules.lint.finding import Finding
from rules.lint.logic import Logic
from rules.lint.source import Source
from rules.rule import Rule
from rules.schema import DERIVED, SLOT_STATUSES
from rules.settings import Polarity

#: Which way a rule pushes the rating.
Side = Literal["alarms", "calms"]
_SIDES: dict[str, Side] = {"concern": "alarms", "floor": "alarms", "mitigant": "calms", "cap": "calms"}
_OTHER: dict[Side, Side] = {"alarms": "calms", "calms": "alarms"}
_FACTS = {"M": "mitigating", "C": "concern"}


def discipline(logic: Logic, source: Source) -> Iterator[Finding]:
    """Every condition that breaks the discipline; nothing where the pack names no polarities."""
    if logic.pack.settings.polarities:
        yield from _Discipline(logic, source).findings()


class _Discipline:
    def __init__(self, logic: Logic, source: Source) -> None:
        self._logic, self._source, self._pack = logic, source, logic.pack
        self._boxes: dict[tuple[str, str], list[tuple[str, Box]]] = {}
        for table in self._pack.settings.polarities:
            for pattern in source.polarity(table.name):
                known = self._boxes.setdefault((table.polarity, pattern.kind), [])
                known.append((table.name, logic.box(pattern)))

    def findings(self) -> Iterator[Finding]:
        """Contradictions between polarities, slots that a concern fills, then every rule."""
        for table in self._pack.settings.polarities:
            yield from self._contradictions(table)
        for rule in self._pack.slots:
            yield from self._slot(rule)
        sides = self._sides()
        for rule in self._pack.live:
            for side in sides.get(rule.code, ()):
                yield from self._rule(rule, side)

    def _sides(self) -> dict[str, list[Side]]:
        """The sides that each rule is on; a finding is on the side of whoever reads it."""
        sides: dict[str, list[Side]] = {}
        waiting = [(rule, _SIDES[rule.effect]) for rule in self._pack.live if rule.effect in _SIDES]
        while waiting:
            rule, side = waiting.pop()
            if side in sides.setdefault(rule.code, []):
                continue
            sides[rule.code].append(side)
            for pattern in rule.patterns:
                read = _OTHER[side] if pattern in rule.unless else side
                waiting += [(maker, read) for maker in self._makers(pattern)]
        return sides

    def _makers(self, pattern: Pattern) -> Iterator[Rule]:
        if pattern.kind == "finding":
            for rule in self._pack.live:
                element = {"name": rule.concludes}
                if rule.effect == "finding" and all(passes(test, element.get(test.field)) for test in pattern.tests):
                    yield rule

    def _rule(self, rule: Rule, side: Side) -> Iterator[Finding]:
        for place, pattern in self._source.conditions(rule):
            wanted = _OTHER[side] if place[0] == "unless" else side
            problem = self._problem(pattern, wanted, place[0] == "unless")
            if problem:
                code, message, remedy = problem
                what = f"a rule that {side}" if rule.effect == "finding" else f"a {rule.effect}"
                yield self._source.finding(
                    code,
                    rule,
                    place,
                    f"{what} may not ask for {_asked(place, pattern)}: {message}",
                    remedy,
                    str(pattern),
                )

    def _problem(self, pattern: Pattern, wanted: Side, absent: bool) -> tuple[str, str, str] | None:
        """What is wrong with facts of this pattern counting on the wanted side; None if nothing."""
        if pattern.kind in DERIVED:
            return self._derived(pattern, wanted)
        box = self._logic.box(pattern)
        ours, theirs = ("C", "M") if wanted == "alarms" else ("M", "C")
        against = [
            name for name, other in self._boxes.get((theirs, pattern.kind), []) if not is_empty(overlap(box, other))
        ]
        if against:
            turned = "a concern could lower the rating" if theirs == "C" else "a mitigating fact could raise it"
            return "PCK-23", f"{', '.join(against)} matches it, so that {turned}", "narrow the condition"
        own = [other for _, other in self._boxes.get((ours, pattern.kind), [])]
        if is_empty(box) or not outside(box, own) or (wanted == "calms" and self._is_rung(pattern)):
            return None
        missing = f"not every such fact is {_FACTS[ours]} ({ours})"
        return "PCK-22", missing, f"narrow it to a {ours} pattern of pack.toml, or accept it there with a reason"

    def _is_rung(self, pattern: Pattern) -> bool:
        """Whether the pattern is "rung at least k" of its ladder, whose negation is "rung at most k - 1"."""
        only = self._pack.settings.ladder_only.get(pattern.kind, {})
        rungs = [test for test in pattern.tests if test.field == "rung"]
        others = [test for test in pattern.tests if test.field != "rung" and only.get(test.field) != test.operand]
        return bool(rungs) and not others and all(test.operator in ("at_least", "above") for test in rungs)

    def _derived(self, pattern: Pattern, wanted: Side) -> tuple[str, str, str] | None:
        if pattern.kind == "slot":
            return self._slot_status(pattern, wanted)
        if pattern.kind != "tally":
            return None
        numbers = range(self._logic.most + 1)
        held = [n for n in numbers if _passes(pattern, n)]
        rising = held == list(numbers)[len(numbers) - len(held) :]
        falling = held == list(numbers)[: len(held)]
        if rising if wanted == "alarms" else falling:
            return None
        need = "n = { at_least = ... }" if wanted == "alarms" else "n = { at_most = ... }"
        return "PCK-23", "the count can move the other way", f"ask for {need}"

    def _slot_status(self, pattern: Pattern, wanted: Side) -> tuple[str, str, str] | None:
        """Where a slot's status can go by a concern, the alarming statuses must go too; by a mitigating fact, not."""
        held = {s for s in SLOT_STATUSES if all(passes(t, s) for t in pattern.tests if t.field == "status")}
        moves = [(s, t) for s in SLOT_STATUSES[1:] for t in ("DENIED", "OMITTED") if (s, t) != ("DENIED", "OMITTED")]
        alarming = held if wanted == "alarms" else set(SLOT_STATUSES) - held
        closed = all(t in alarming for s, t in moves if s in alarming)
        # A planned fact on a mitigating form hedges a slot that was silent: that must not alarm anew.
        closed = closed and ("HEDGED" not in alarming or "NOT_MENTIONED" in alarming)
        if (not alarming or "STATED" not in alarming) and closed:
            return None
        need = (
            "STATED"
            if wanted == "calms"
            else 'all but STATED: { one_of = ["HEDGED", "DENIED", "OMITTED", "NOT_MENTIONED"] }'
        )
        return "PCK-23", f"{', '.join(sorted(held))} can be left the wrong way", f"ask for {need}"

    def _slot(self, rule: Rule) -> Iterator[Finding]:
        for place, pattern in self._source.conditions(rule):
            box = self._logic.box(pattern)
            filled = [n for n, other in self._boxes.get(("C", pattern.kind), []) if not is_empty(overlap(box, other))]
            if filled:
                message = f"a slot may not be filled by a concern, and {', '.join(filled)} fills it"
                yield self._source.finding("PCK-23", rule, place, message, "narrow the condition", str(pattern))

    def _contradictions(self, table: Polarity) -> Iterator[Finding]:
        if table.polarity == "C":
            return
        for pattern in self._source.polarity(table.name):
            box = self._logic.box(pattern)
            for name, other in self._boxes.get(("C", pattern.kind), []):
                if not is_empty(overlap(box, other)):
                    yield self._source.pack_finding(
                        "PCK-24",
                        ("pattern", table.name, "name"),
                        f"{table.name} and {name} can be one fact",
                        "narrow one of them",
                    )


def _passes(pattern: Pattern, n: int) -> bool:
    return all(passes(test, n) for test in pattern.tests if test.field == "n")


def _asked(place: tuple[str, int], pattern: Pattern) -> str:
    how = "the absence of" if place[0] == "unless" else "the presence of"
    return f"{how} {pattern}"
