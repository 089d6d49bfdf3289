"""The cases beside each pack get exactly the rating that they must get, from either engine."""

import pytest

from rules.assess import Which, evaluate
from rules.lint.cases import Case, cases_of
from rules.pack import load

_CASES = {f"{name}-{case.number}": (name, case) for name in ("critical_minerals", "biotech_licensing")
          for case in cases_of(load(name))}  # fmt: skip


def test_there_are_43_documented_cases() -> None:
    assert sum(name == "critical_minerals" for name, _ in _CASES.values()) == 43


@pytest.mark.parametrize("engine", ["durable", "reference"])
@pytest.mark.parametrize("key", _CASES)
def test_a_case_gets_its_level_score_themes_and_rules(key: str, engine: Which) -> None:
    name, case = _CASES[key]
    assert _rated(name, case, engine) == _expected(case)


def _expected(case: Case) -> dict[str, object]:
    return {**case.expect, "fired": sorted(case.expect["fired"]), "findings": sorted(case.expect["findings"])}


def _rated(name: str, case: Case, engine: Which) -> dict[str, object]:
    found = evaluate(case.facts, case.announcement_class, pack=load(name), engine=engine).to_json()
    theme_rules = (firing for firing in found["fired"] if firing["conclusion"] in ("concern", "mitigant"))
    return {
        "level": found["level"],
        "base_level": found["base_level"],
        "score": float(found["score"]),
        "themes": {theme["code"]: float(theme["score"]) for theme in found["themes"]},
        "fired": sorted(firing["rule"] for firing in theme_rules),
        "floors": found["floors"],
        "caps": found["caps"],
        "findings": sorted(found["findings"]),
    }
