"""A challenge: the fact and what rests on it, both ratings, nothing changed."""

import json

import pytest

from rules.errors import RulesError
from rules.explain.challenge import challenge
from rules.render.challenge import challenged
from rules.render.style import Style
from tests.rules.explain.known import case, given


def test_a_disputed_red_flag_gives_both_levels_and_the_rule_that_falls() -> None:
    assessment = given("offtake_deal", [{"kind": "solvency", "state": "insolvent"}, {"kind": "offtake", "form": "loi"}])
    told = challenge(assessment, "f1", "the filing was withdrawn", "A. Reader", "2026-01-05")
    assert (told.with_it.level, told.without.level) == (5, 4)
    assert ("rule", "FLR-501", True) in [(item.kind, item.id, item.falls) for item in told.disputed]
    data = told.to_json()
    assert (data["level_with"], data["level_without"], data["who"], data["on"]) == (5, 4, "A. Reader", "2026-01-05")
    assert json.loads(json.dumps(data))["schema"] == "caveat/challenge/1"


def test_a_rule_with_other_grounds_is_disputed_and_stands() -> None:
    told = challenge(case(1), "f7", "it is a comment")
    assert [(item.id, item.falls) for item in told.disputed] == [("POL-001", False)]
    assert told.disputed[0].says.startswith("holds without it too, on other grounds: the minerals are part of")


def test_slots_and_tallies_that_use_the_fact_are_disputed_with_it() -> None:
    told = challenge(case(1), "f14", "it is a heading")
    kinds = {item.id: item.falls for item in told.disputed}
    assert kinds["slot:financial_scale"] is True
    assert kinds["tally:omitted"] is True


def test_the_text_shows_both_ratings() -> None:
    shown = challenged(challenge(case(1), "f7", "it is a comment", "A. Reader", "2026-01-05"), Style())
    assert "f7 (trade linkage: bargaining chip, “tariff talks”) is disputed: It is a comment." in shown
    assert "by A. Reader on 2026-01-05" in shown
    assert "with the fact" in shown


@pytest.mark.parametrize(
    ("name", "because", "message"),
    [("f99", "x", "no fact 'f99'; did you mean 'f9'"), ("f7", " ", "a challenge says why")],
)
def test_a_challenge_needs_a_fact_and_a_reason(name: str, because: str, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        challenge(case(1), name, because)
