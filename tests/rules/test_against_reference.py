"""The pack against the knowledge base's own evaluator: the 43 cases, and thousands of random sets of facts.

That evaluator interprets the conditions as they are written in the knowledge base, with none of our code.
"""

import importlib
import json
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from facts.codec import parse_facts
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.pack import Pack, load

_MODULES = ("run", "patterns", "engine", "kb", "cases")
_FACT_SETS = 2_000


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load()


@pytest.fixture(scope="module")
def knowledge(shared: Path) -> Iterator[dict[str, ModuleType]]:
    """The knowledge base's evaluator. Its modules have plain names, so they are taken out again afterwards."""
    sys.path.insert(0, str(shared / "knowledge" / "reference"))
    held = {name: sys.modules.pop(name) for name in _MODULES if name in sys.modules}
    yield {name: importlib.import_module(name) for name in _MODULES}
    sys.path.pop(0)
    for name in _MODULES:
        sys.modules.pop(name, None)
    sys.modules.update(held)


def outcome(assessment: Assessment) -> dict[str, Any]:
    """What both must agree on."""
    assert assessment.rated is not None
    rating, fired = assessment.rated.rating, assessment.rated.trace.fired
    verdicts = {rule.code: rule.effect for rule in assessment.pack.rules}
    return {
        "level": rating.level,
        "base_level": rating.base_level,
        "score": float(rating.score.quantize(Decimal("0.1"))),
        "themes": {theme.code: float(theme.score) for theme in rating.themes},
        "fired": sorted(code for code in fired if verdicts[code] in ("concern", "mitigant")),
        "floors": sorted(rating.floors),
        "caps": sorted(rating.caps),
        "findings": sorted(rating.findings),
    }


def wanted(result: dict[str, Any]) -> dict[str, Any]:
    """The same of the knowledge base's evaluator."""
    return {
        "level": result["L"],
        "base_level": result["B"],
        "score": result["S"],
        "themes": {code: float(score) for code, score in result["scores"].items()},
        "fired": sorted(result["fired"]),
        "floors": sorted(code for code, _ in result["floors"]),
        "caps": sorted(code for code, _ in result["caps"]),
        "findings": sorted(result["findings"]),
    }


def test_the_cases_come_out_as_recorded_by_both_engines(shared: Path, shipped: Pack) -> None:
    cases = [json.loads(line) for line in (shared / "knowledge" / "cases.jsonl").read_text().splitlines()]
    assert len(cases) == 43
    for case in cases:
        assessment = evaluate(parse_facts(case["facts"], case["key"]), case["class"], pack=shipped)
        assert assessment.engines.agree, (case["key"], assessment.engines.difference)
        expected = {**case["expect"], "fired": sorted(case["expect"]["fired"])}
        expected |= {name: sorted(expected[name]) for name in ("floors", "caps", "findings")}
        assert outcome(assessment) == expected, case["key"]


@pytest.mark.slow
def test_random_sets_of_facts_come_out_alike(knowledge: dict[str, ModuleType], shipped: Pack) -> None:
    chance = random.Random(43)
    pool, cases = [*knowledge["patterns"].MP, *knowledge["patterns"].CP], knowledge["cases"].CASES
    for number in range(_FACT_SETS):
        name, facts = _drawn(chance, pool, cases, list(knowledge["engine"].EXPECT))
        expected = knowledge["run"].evaluate(name, facts)
        plain = [{key: value for key, value in fact.items() if key != "id"} for fact in facts]
        assessment = evaluate(
            parse_facts(plain, str(number)), name, pack=shipped, engine="both" if number % 4 == 0 else "reference"
        )
        assert assessment.engines.agree is not False, (name, facts)
        assert _close(outcome(assessment), wanted(expected)), (name, facts)


def _drawn(
    chance: random.Random, pool: list[Any], cases: list[Any], classes: list[str]
) -> tuple[str, list[dict[str, Any]]]:
    """A case with some facts taken out and others put in, or facts by chance alone; stances by chance now and then."""
    if chance.random() < 0.4:
        case = chance.choice(cases)
        facts = [fact for fact in case["facts"] if chance.random() < 0.8]
        name = case["cls"]
    else:
        facts, name = [], chance.choice(classes)
    facts += [chance.choice(pool)[2](chance) for _ in range(chance.randint(0, 12))]
    return name, [_hedged(fact, chance) for fact in facts]


def _hedged(fact: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    changed = dict(fact)
    if chance.random() < 0.25:
        changed["modality"] = chance.choice(["rumoured", "possible", "proposed", "planned", "agreed", "completed"])
    if chance.random() < 0.1:
        changed["layer"] = chance.choice(["event", "backdrop", "opinion"])
    if chance.random() < 0.1:
        changed["attribution"] = chance.choice(["first_hand", "reported", "anonymous"])
    if chance.random() < 0.05 and changed["kind"] not in ("omission", "denial"):
        changed["polarity"] = "denied"
    return changed


def _close(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Equal, but for the last digit of a score that was rounded from binary floating point."""
    near = abs(found["score"] - expected["score"]) <= 0.1 + 1e-9
    return near and {**found, "score": 0} == {**expected, "score": 0}
