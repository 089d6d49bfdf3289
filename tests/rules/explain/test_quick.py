"""The quick rater gives the level of the full one, and its bounds hold for every set between."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.assess import evaluate
from rules.assessment import Assessment
from rules.explain.trial import rated_of
from rules.marks import table
from rules.pack import assemble, load
from rules.quick import Quick
from tests.rules.explain.drawn import assessments
from tests.rules.explain.known import case, cases


def _quick(assessment: Assessment) -> Quick:
    return Quick(assessment.pack, rated_of(assessment).announcement_class)


@pytest.mark.parametrize("number", [each["case"] for each in cases()])
def test_every_case_gets_the_level_of_the_full_evaluator(number: int) -> None:
    assessment = case(number)
    assert _quick(assessment).level(assessment.facts) == assessment.level


@settings(max_examples=150, deadline=None)
@given(assessments())
def test_a_random_fact_set_gets_the_level_of_the_full_evaluator(assessment: Assessment) -> None:
    assert _quick(assessment).level(assessment.facts) == assessment.level


@settings(max_examples=60, deadline=None)
@given(assessments(), st.data())
def test_no_set_between_the_bounds_leaves_them(assessment: Assessment, data: st.DataObject) -> None:
    quick, facts = _quick(assessment), assessment.facts
    kept = data.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
    certain = quick.marks(fact for fact, sure in zip(facts, kept, strict=True) if sure)
    bounds = quick.bounds(certain, quick.marks(facts))
    for _ in range(5):
        some = data.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
        between = [fact for fact, sure, more in zip(facts, kept, some, strict=True) if sure or more]
        assert bounds.lowest <= quick.level(between) <= bounds.highest


def test_bounds_of_one_set_are_its_level() -> None:
    quick, facts = _quick(case(1)), case(1).facts
    assert quick.bounds(quick.marks(facts), quick.marks(facts)) == (4, 4)


def test_a_rule_left_out_is_the_pack_without_it() -> None:
    assessment = case(1)
    pack = assessment.pack
    for code in ("FLR-401", "FLR-402", "COM-002", "FND-003"):
        rest = assemble(pack.files, pack.settings, pack.schema, [rule for rule in pack.rules if rule.code != code])
        full = evaluate(assessment.facts, "gov_overture", pack=rest, engine="reference").level
        quick = _quick(assessment)
        assert quick.without(quick.marks(assessment.facts), code) == full


def test_a_material_shows_the_rules_nothing() -> None:
    quick = Quick(load(), "gov_overture")
    facts = [fact for fact in case(1).facts if fact.id == "f2"]
    assert quick.mark(facts[0].model_copy(update={"polarity": "denied"})) == 0


def test_the_shipped_pack_is_rated_by_marks() -> None:
    assert table(load(), "rumour") is not None
