"""Level against outcome: the correlation is the known one, the interval repeats, a broken order is named."""

import json
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.lint.backtest import Outcome, backtest, read_outcomes
from rules.lint.cases import cases_of
from rules.lint.rank import interval, tau_b
from rules.pack import load


def test_taub_is_that_of_the_textbook() -> None:
    assert tau_b([(1, 1), (2, 2), (3, 3)]) == 1
    assert tau_b([(1, 3), (2, 2), (3, 1)]) == -1
    tied = [(12, 1), (2, 4), (1, 7), (12, 1), (2, 0)]
    assert tau_b(tied) == pytest.approx(-0.47140452079103173)
    assert tau_b([(1, 1), (1, 2)]) is None
    assert tau_b([]) is None


def test_the_interval_repeats_and_holds_the_estimate() -> None:
    pairs = [(level, level + shift) for level in range(1, 6) for shift in (0, 1, -1, 0)]
    low, high = interval(pairs) or (0.0, 0.0)
    assert (low, high) == interval(pairs)
    assert low < (tau_b(pairs) or 0) < high
    assert interval([(1, 1)]) is None


def test_every_case_of_the_minerals_has_a_rank_or_nothing_to_say_yet(root: Path) -> None:
    outcomes = read_outcomes(root / "rules" / "packs" / "critical_minerals" / "outcomes.json")
    pack = load()
    tested = list(backtest(pack, cases_of(pack), outcomes))
    assert len(tested) == 43
    assert sum(each.outcome.rank is None for each in tested) == 6
    worst = {each.case.number: (each.miss, each.carried) for each in tested if abs(each.miss) > 1}
    assert worst[7] == (-3, ("OFF-011", "FIN-009", "OFF-008", "COM-010"))
    assert worst[22] == (2, ("FLR-303",))


def test_a_tag_that_the_order_does_not_know_is_named() -> None:
    pack = load()
    with pytest.raises(RulesError, match="case 1: no rank for outcome 'partly followed up'; known: delivered"):
        list(backtest(pack, cases_of(pack), {"delivered": Outcome(1, "delivered")}))


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "the shape is"), ('[{"rank": 1}]', "the shape is"), (None, "it orders the outcome tags")],
)
def test_a_broken_order_of_outcomes_is_named(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "outcomes.json").write_text(content, encoding="utf-8")
    with pytest.raises(RulesError) as raised:
        read_outcomes(tmp_path / "outcomes.json")
    assert "outcomes.json" in raised.value.message
    assert message in raised.value.message


def test_a_case_file_that_is_broken_names_the_line(tmp_path: Path) -> None:
    from rules.lint.cases import read_cases

    pack = load("biotech_licensing")
    good = {"class": "licence_deal", "facts": []}
    for line, message in (
        ("{", "cases.jsonl, line 2: not JSON"),
        ("[]", "line 2: a case is an object"),
        ('{"class": "licence", "facts": []}', "line 2: no announcement class 'licence'; did you mean 'licence_deal'"),
    ):
        (tmp_path / "cases.jsonl").write_text(json.dumps(good) + "\n" + line + "\n", encoding="utf-8")
        with pytest.raises(RulesError, match=message):
            read_cases(pack, tmp_path / "cases.jsonl")
