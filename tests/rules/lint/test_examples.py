"""The examples in the rule files: one test a rule, all its examples in it."""

from dataclasses import replace

import pytest

from rules.errors import RulesError
from rules.lint.examples import difference, run
from rules.pack import Pack, load
from rules.rule import Example
from tests.rules.lint.conftest import SMALL

_PACKS = {name: load(name, examples=True) for name in ("critical_minerals", SMALL)}
_RULES = [(name, rule.code) for name, pack in _PACKS.items() for rule in pack.rules]


@pytest.mark.parametrize(("name", "code"), _RULES, ids=[f"{name}-{code}" for name, code in _RULES])
def test_a_rule_does_what_its_examples_say(name: str, code: str) -> None:
    pack = _PACKS[name]
    results = list(run(pack, [pack.rule(code)]))
    assert results, f"{code} has no examples"
    assert [f"{code}, {result.example.name!r}: {result.problem}" for result in results if result.problem] == []


def test_an_example_that_does_not_hold_names_what_happened() -> None:
    pack = _PACKS[SMALL]
    rule = pack.rule("DEA-001")
    wrong = rule.examples[0].model_copy(update={"expect": "silent"})
    assert _problems(pack, "DEA-001", wrong.model_dump(by_alias=True)) == ["expected silent, fires"]


def test_a_known_gap_that_holds_is_a_problem() -> None:
    held = _PACKS[SMALL].rule("DEA-001").examples[0].model_copy(update={"known_gap": True})
    told = "marked as a known gap, but it holds: remove known_gap"
    assert _problems(_PACKS[SMALL], "DEA-001", held.model_dump(by_alias=True)) == [told]


def test_an_example_of_an_unknown_class_names_file_and_example() -> None:
    wrong: dict[str, object] = {"name": "odd", "expect": "fires", "class": "licence"}
    with pytest.raises(
        RulesError, match=r"DEA-001-nothing-signed\.toml: example 'odd': no class 'licence'; did you mean"
    ):
        _problems(_PACKS[SMALL], "DEA-001", wrong)


def _problems(pack: Pack, code: str, example: dict[str, object]) -> list[str | None]:
    rule = replace(pack.rule(code), examples=(Example.model_validate(example),))
    return [result.problem for result in run(pack, [rule])]


@pytest.mark.parametrize(
    ("wanted", "found", "problem"),
    [
        ({"level": 4}, {"level": 4, "score": "1"}, None),
        ({"level": 4}, {"level": 3}, "level is 3, expected 4"),
        ({"a": {"b": 1}}, {"a": {}}, "a.b is not there"),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}, {"b": 1, "c": 3}]}, None),
        ({"a": [{"b": 1}]}, {"a": [{"b": 2}]}, "a lacks {'b': 1}"),
        ({"a": ["x"]}, {"a": ["x", "y"]}, "a is ['x', 'y'], expected ['x']"),
        ({"a": {"b": 1}}, {"a": 1}, "a. is 1, not a table"),
    ],
)
def test_a_difference_names_the_place(wanted: object, found: object, problem: str | None) -> None:
    assert difference(wanted, found, "") == problem
