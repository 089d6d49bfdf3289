"""CHALLENGE: an analyst disputes a fact; what rests on it is disputed too, and the rating is given with and without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from facts.codec import to_json as fact_json
from facts.fact import Fact
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain import prose
from rules.explain.robust import used_by
from rules.explain.trial import rated_of
from rules.explain.whatif import Step, steps
from rules.schema import nearest

SCHEMA = "caveat/challenge/1"


@dataclass(frozen=True, slots=True)
class Disputed:
    """A rule, slot, tally or finding whose proof uses the disputed fact; `falls` if it does not hold without it."""

    kind: str
    id: str
    falls: bool
    says: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """A disputed fact, what rests on it, and both ratings."""

    fact: Fact
    because: str
    who: str
    on: str
    disputed: tuple[Disputed, ...]
    steps: tuple[Step, ...]
    with_it: Assessment
    without: Assessment

    def to_json(self) -> dict[str, Any]:
        """As data, for a record: no clock enters it but the date that the analyst gives."""
        return {
            "schema": SCHEMA,
            "fact": fact_json(self.fact),
            "because": self.because,
            "who": self.who,
            "on": self.on,
            "disputed": [{"kind": d.kind, "id": d.id, "falls": d.falls, "says": d.says} for d in self.disputed],
            "steps": [step.to_json() for step in self.steps],
            "level_with": self.with_it.level,
            "level_without": self.without.level,
            "with": self.with_it.to_json(),
            "without": self.without.to_json(),
        }


def challenge(assessment: Assessment, name: str, because: str, who: str = "", on: str = "") -> Challenge:
    """Dispute one fact. Nothing is changed: both ratings stand side by side. Raises RulesError."""
    rated = rated_of(assessment)
    fact = next((fact for fact in assessment.facts if fact.id == name), None)
    if fact is None:
        known = nearest(name, tuple(fact.id for fact in assessment.facts))
        raise RulesError("Unknown fact", f"no fact {name!r}{known}; `caveat facts` lists them")
    if not because.strip():
        raise RulesError("No reason", "a challenge says why: --because TEXT")
    rest = tuple(other for other in assessment.facts if other is not fact)
    after = evaluate(rest, rated.announcement_class, pack=assessment.pack)
    return Challenge(
        fact, because.strip(), who, on, tuple(_disputed(assessment, after, name)), tuple(steps(assessment, after)),
        assessment, after,
    )  # fmt: skip


def _disputed(assessment: Assessment, after: Assessment, name: str) -> Iterator[Disputed]:
    rated, without = rated_of(assessment), rated_of(after)
    left = {item.id: item.fields for item in without.trace.derived}
    for item in rated.trace.derived:
        if name in item.by:
            falls = left.get(item.id) != item.fields
            yield Disputed(item.kind, item.id, falls, prose.derived_fate(item.id, falls))
    for code in used_by(assessment, rated)[name]:
        falls = code not in without.trace.fired
        yield Disputed("rule", code, falls, prose.fate(assessment.pack.rule(code), falls))
