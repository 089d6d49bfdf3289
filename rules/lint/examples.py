"""Run the examples that stand in the rule files: each fires, stays silent, or gives what it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from facts.codec import parse_facts
from facts.fact import Fact
from rules.assess import Which, evaluate
from rules.errors import RulesError
from rules.memory import remember
from rules.pack import Pack
from rules.reason import reason
from rules.reference import Reference
from rules.rule import Example, Rule
from rules.schema import nearest
from rules.trace import Engine

#: The class of an example that names none: it expects little.
DEFAULT_CLASS = "corporate_news"


@dataclass(frozen=True, slots=True)
class Result:
    """One example's outcome; `problem` is None when it holds. A known gap that holds is a problem: it is closed."""

    rule: Rule
    example: Example
    problem: str | None


def run(pack: Pack, rules: Sequence[Rule] | None = None, engine: Which = "reference") -> Iterator[Result]:
    """Every example of the rules (all by default), in pack order. Raises FactsError for facts that are none."""
    plain = Reference(pack) if engine == "reference" else None
    for rule in pack.rules if rules is None else rules:
        if rule.status == "retired":
            continue
        for example in rule.examples:
            problem = _problem(pack, rule, example, engine, plain)
            if example.known_gap:
                problem = None if problem else "marked as a known gap, but it holds: remove known_gap"
            yield Result(rule, example, problem)


def facts_of(pack: Pack, rule: Rule, example: Example) -> tuple[Fact, ...]:
    """The facts of an example, numbered. Raises FactsError."""
    return parse_facts(list(example.facts), f"{rule.file}: example {example.name!r}", pack.settings.kinds)


def class_of(pack: Pack, rule: Rule, example: Example) -> str:
    """The announcement class of an example: its own, else the one that expects least. Raises RulesError."""
    classes = pack.settings.classes
    if name := example.announcement_class:
        if name not in classes:
            meant = nearest(name, tuple(classes))
            raise RulesError("Unknown class", f"{rule.file}: example {example.name!r}: no class {name!r}{meant}")
        return name
    return DEFAULT_CLASS if DEFAULT_CLASS in classes else min(classes.values(), key=lambda c: len(c.expects)).name


def _problem(pack: Pack, rule: Rule, example: Example, engine: Which, plain: Engine | None) -> str | None:
    facts, announcement_class = facts_of(pack, rule, example), class_of(pack, rule, example)
    if rule.effect == "definition":
        assessment = evaluate(facts, announcement_class, pack=pack, engine=engine)
        return assessment.engines.difference or difference(example.gives, assessment.to_json(), "")
    if plain is not None:  # whether a rule fires needs no rating
        return _expected(
            example, rule.code in reason(pack, remember(facts, pack.settings), announcement_class, plain).fired
        )
    assessment = evaluate(facts, announcement_class, pack=pack, engine=engine)
    if assessment.engines.difference:
        return f"the engines disagree: {assessment.engines.difference}"
    return _expected(example, assessment.rated is not None and rule.code in assessment.rated.trace.fired)


def _expected(example: Example, fired: bool) -> str | None:
    if fired == (example.expect == "fires"):
        return None
    return "expected to fire, is silent" if example.expect == "fires" else f"expected {example.expect}, fires"


def difference(wanted: Any, found: Any, place: str) -> str | None:
    """The first place where `found` does not hold what is wanted; None if all is there.

    A table may hold more than is wanted, a list of tables more tables; a list of words or numbers must be equal.
    """
    if (
        wanted
        and isinstance(wanted, list)
        and isinstance(found, list)
        and all(isinstance(item, Mapping) for item in wanted)
    ):
        lacking = [item for item in wanted if all(difference(item, other, "") for other in found)]
        return f"{place.rstrip('.')} lacks {lacking[0]!r}" if lacking else None
    if isinstance(wanted, Mapping):
        if not isinstance(found, Mapping):
            return f"{place or 'the assessment'} is {found!r}, not a table"
        for key, value in wanted.items():
            if key not in found:
                return f"{place}{key} is not there"
            if problem := difference(value, found[key], f"{place}{key}."):
                return problem
        return None
    return None if wanted == found else f"{place.rstrip('.')} is {found!r}, expected {wanted!r}"
