"""WHAT IF: the rating with some facts changed, beside the rating as it is, and every step between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rules.assess import evaluate
from rules.assessment import Assessment, Rated
from rules.condition import Pattern
from rules.explain import prose
from rules.explain.change import Change, apply_all
from rules.explain.trial import rated_of
from rules.explain.whynot import near
from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that fires in one rating and not in the other."""

    rule: str
    was: str
    now: str
    because: str

    def to_json(self) -> dict[str, str]:
        """The documented shape."""
        return {"rule": self.rule, "was": self.was, "now": self.now, "because": self.because}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two ratings and what lies between them."""

    before: Assessment
    after: Assessment
    changes: tuple[str, ...]
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "changes": list(self.changes),
            "steps": [step.to_json() for step in self.steps],
        }


def whatif(assessment: Assessment, changes: Sequence[Change]) -> WhatIf:
    """Rate the changed facts. No change gives the same rating. Raises RulesError."""
    rated = rated_of(assessment)
    facts = apply_all(changes, assessment.facts, assessment.pack)
    after = evaluate(facts, rated.announcement_class, pack=assessment.pack)
    return WhatIf(assessment, after, tuple(map(str, changes)), tuple(steps(assessment, after)))


def steps(before: Assessment, after: Assessment) -> Iterator[Step]:
    """Every rule that holds in one rating only, in pack order, and why: what came, what went."""
    first, second = rated_of(before), rated_of(after)
    was, now = set(first.trace.fired), set(second.trace.fired)
    for rule in before.pack.rules:
        if rule.code in was ^ now:
            fired = rule.code in now
            told = prose.step(rule, fired, _grounds(before, after, rule, fired))
            yield Step(rule.code, "silent" if fired else "fired", "fired" if fired else "silent", told)


def _grounds(before: Assessment, after: Assessment, rule: Rule, fired: bool) -> str:
    """Why a rule changed: a condition found a fact that it had not, or lost the one that it had."""
    for pattern in rule.unless:
        there = [holds(side, rated_of(side), pattern, rule) for side in (before, after)]
        if bool(there[0]) != bool(there[1]):
            return prose.ground(prose.thing(pattern, before.pack.settings), there[1] or there[0], bool(there[1]))
    for pattern in (*rule.when, *rule.any):
        there = [holds(side, rated_of(side), pattern, rule) for side in (before, after)]
        if bool(there[1]) == fired and bool(there[0]) != fired:
            return prose.ground(prose.thing(pattern, before.pack.settings), there[1] or there[0], fired)
    return ""


def holds(assessment: Assessment, rated: Rated, pattern: Pattern, rule: Rule) -> list[str]:
    """The facts, slots, tallies or findings that a condition finds."""
    return [match.id for match in near(assessment, rated, pattern, rule) if match.holds]
