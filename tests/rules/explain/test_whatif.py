"""What if: both ratings side by side, and each step between them."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from rules.assess import rate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain.change import Add, Change, Drop, parse_set
from rules.explain.whatif import whatif
from tests.rules.explain.drawn import assessments
from tests.rules.explain.known import AGREEMENT, BUYER, FRAMEWORK, FUNDER, MONEY, OFFTAKE, PAID, REFUTED, case

_COUNTERFACTUALS = [
    ([FRAMEWORK], 4),
    ([MONEY, FUNDER, AGREEMENT], 3),
    ([MONEY, FUNDER, AGREEMENT, OFFTAKE, BUYER], 2),
    ([REFUTED], 5),
    ([PAID], 5),
]


def _after(assessment: Assessment, added: list[str]) -> int | None:
    changes: list[Change] = [Add(words) for words in added]
    return whatif(assessment, changes).after.level


@pytest.mark.parametrize(("added", "level"), _COUNTERFACTUALS)
def test_the_counterfactuals_of_the_note_come_out(added: list[str], level: int) -> None:
    assert _after(case(1), added) == level


@pytest.mark.parametrize(("added", "level"), _COUNTERFACTUALS)
def test_they_come_out_of_the_real_note_too(shared: Path, added: list[str], level: int) -> None:
    assert _after(rate(shared / "announcements" / "000_b2eeebb3d128b3da.txt"), added) == level


@settings(max_examples=40, deadline=None)
@given(assessments())
def test_no_change_is_the_identity(assessment: Assessment) -> None:
    told = whatif(assessment, [])
    assert told.after.rated == assessment.rated
    assert told.after.facts == assessment.facts
    assert told.steps == ()


def test_a_step_says_what_came() -> None:
    steps = {step.rule: step for step in whatif(case(1), [Add(FRAMEWORK)]).steps}
    assert (steps["FLR-401"].was, steps["FLR-401"].now) == ("fired", "silent")
    assert steps["FLR-401"].because.endswith(
        "there is now a commitment at least as firm as “order”, “joint declaration” or “framework” (rung 3) (new1)"
    )


def test_a_step_says_what_went() -> None:
    steps = {step.rule: step for step in whatif(case(1), [Drop("f12")]).steps}
    assert not {step.rule for step in steps.values()} & {"EXE-005"}
    gone = {step.rule: step for step in whatif(case(1), [Drop("f7"), Drop("f8")]).steps}
    assert gone["POL-001"].because.endswith("there is no longer a trade linkage (f7 and f8)")


def test_a_field_can_be_set_and_stance_fields_too() -> None:
    told = whatif(case(1), [parse_set("f3.form=framework"), parse_set("f3.modality=agreed")])
    fact = next(fact for fact in told.after.facts if fact.id == "f3")
    assert (fact.fields["form"], fact.modality) == ("framework", "agreed")
    assert "FLR-401" in {step.rule for step in told.steps}


def test_a_change_of_an_unknown_fact_names_the_nearest() -> None:
    with pytest.raises(RulesError, match="no fact 'f33'; did you mean 'f3'"):
        whatif(case(1), [Drop("f33")])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("offtake form=loo", "kind offtake, field form, value 'loo': allowed: interest"),
        ("offtak form=loi", "no fact kind 'offtak'. Did you mean 'offtake'"),
        ("offtake form", "'form' is no field=value"),
        ("offtake 'form=loi", "no closing quotation"),
        ("", "no fact kind ''"),
    ],
)
def test_a_broken_addition_is_wrong_usage_and_says_what_fits(words: str, message: str) -> None:
    with pytest.raises(RulesError, match=message):
        whatif(case(1), [Add(words)])


@pytest.mark.parametrize("words", ["f3", "f3.form", "form=mou", "=x"])
def test_a_broken_set_says_how_to_write_one(words: str) -> None:
    with pytest.raises(RulesError, match=r"write fact\.field=value, such as f3\.form=definitive"):
        parse_set(words)
