"""The smallest changes that move a level: found, minimal, exhaustive, labelled, quick."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings

from rules.assess import evaluate, rate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain.candidates import candidates
from rules.explain.change import Add, Change, Drop, describe
from rules.explain.distance import Distance, Way, distance
from rules.explain.trial import Trial, applied, rated_of
from rules.explain.whatif import whatif
from rules.pack import load
from tests.rules.explain.drawn import assessments
from tests.rules.explain.known import case, cases
from tests.rules.explain.known import given as rated


def _names(ways: tuple[Way, ...], size: int, level: int) -> set[frozenset[str]]:
    return {frozenset(part.name for part in way.parts) for way in ways if len(way.parts) == size and way.level == level}


def _level(assessment: Assessment, way: Way) -> int:
    facts = applied(way.parts, assessment.facts)
    after = evaluate(facts, rated_of(assessment).announcement_class, pack=assessment.pack, engine="reference")
    return after.level or 0


def _assert_minimal(assessment: Assessment, found: Distance) -> None:
    for way in (*found.lower, *found.higher):
        assert _level(assessment, way) == way.level
        for count in range(1, len(way.parts)):
            for parts in itertools.combinations(way.parts, count):
                level = _level(assessment, Way(parts, 0))
                reaches = level <= way.level if way.level < found.level else level >= way.level
                assert not reaches, [part.name for part in way.parts]


def test_the_note_is_lowered_by_an_agreement_with_money_and_by_no_single_change() -> None:
    found = distance(case(1))
    assert found.level == 4
    assert min(len(way.parts) for way in found.lower) == 2
    assert frozenset({"definitive", "money"}) in _names(found.lower, 2, 3)


def test_the_note_goes_to_two_only_with_three_changes() -> None:
    found = distance(case(1), 3)
    assert min(len(way.parts) for way in found.lower if way.level == 2) == 3
    assert frozenset({"definitive", "money", "offtake"}) in _names(found.lower, 3, 2)


def test_no_one_or_two_withdrawals_lower_the_note() -> None:
    ways = distance(case(1)).lower
    assert not [way for way in ways if all(part.name.startswith(("not-", "denied-")) for part in way.parts)]


def test_a_refutation_or_paid_promotion_alone_raises_the_note_to_five() -> None:
    single = _names(distance(case(1)).higher, 1, 5)
    assert {frozenset({"refuted"}), frozenset({"paid"})} <= single


def test_the_same_holds_for_the_real_note(shared: Path) -> None:
    found = distance(rate(shared / "announcements" / "000_b2eeebb3d128b3da.txt", engine="reference"), 3)
    assert found.level == 4
    assert min(len(way.parts) for way in found.lower) == 2
    assert frozenset({"definitive", "money"}) in _names(found.lower, 2, 3)
    assert frozenset({"definitive", "money", "offtake"}) in _names(found.lower, 3, 2)


def test_a_described_fact_keeps_its_stance_and_its_words() -> None:
    fact = next(fact for fact in case(1).facts if fact.id == "f3").model_copy(update={"polarity": "denied"})
    words = describe(fact)
    assert words == (
        "commitment form=overture polarity=denied modality=proposed 'subject=technical help and shared projects'"
    )
    again = Add(words).apply((), load())[0]
    assert again.model_copy(update={"id": "f3"}) == fact


def test_a_way_is_as_likely_as_its_least_likely_part() -> None:
    ways = {tuple(part.name for part in way.parts): way for way in distance(case(1)).higher}
    assert ways["paid",].sort == "learnt"
    assert ways["refuted",].sort == "world"


def test_a_misread_red_flag_is_a_doubt_about_the_reading() -> None:
    assessment = rated("offtake_deal", [{"kind": "solvency", "state": "insolvent"}, {"kind": "offtake", "form": "loi"}])
    way = next(way for way in distance(assessment).lower if len(way.parts) == 1)
    assert (way.parts[0].name, way.sort, way.level) == ("not-f1", "reading", 4)


def test_a_hedged_fact_may_be_confirmed_and_an_affirmed_one_denied() -> None:
    names = {part.name: part for part in candidates(case(1))}
    assert names["confirmed-f3"].says == (
        "f3 (commitment: overture, “technical help and shared projects”) confirmed as agreed, by a party to it"
    )
    assert [fact.modality for fact in names["confirmed-f3"].adds] == ["agreed"]
    assert [fact.polarity for fact in names["denied-f3"].adds] == ["denied"]
    assert "confirmed-f2" not in names


def test_the_changes_of_a_set_are_what_whatif_takes() -> None:
    assessment = case(5)
    ways = distance(assessment, 1)
    for way in (*ways.lower, *ways.higher):
        changes: list[Change] = [
            Drop(told.removeprefix("drop ")) if told.startswith("drop ") else Add(told.removeprefix("add "))
            for told in way.to_json()["changes"]
        ]
        assert whatif(assessment, changes).after.level == way.level


def test_the_json_counts_what_was_tried_and_can_list_it() -> None:
    found = distance(case(1))
    data = found.to_json(listed=True)
    assert data["searched"]["exhaustive"] is True
    assert data["searched"]["candidates"] == len(data["searched"]["tried"]) == len(candidates(case(1)))
    assert data["raise"][0]["changes"][0].startswith("add ")


def test_every_set_that_is_not_listed_contains_one_that_is_or_changes_nothing() -> None:
    assessment = case(5)
    found, trial = distance(assessment), Trial(assessment)
    listed = {frozenset(way.parts) for way in (*found.lower, *found.higher)}
    for parts in itertools.combinations(found.candidates, 2):
        if len(parts[0].removes | parts[1].removes) < len(parts[0].removes) + len(parts[1].removes):
            continue
        if trial.level(parts) != found.level:
            assert any(some <= frozenset(parts) for some in listed)


@pytest.mark.parametrize("number", [each["case"] for each in cases()][::4])
def test_every_set_of_a_case_gives_its_level_and_no_part_of_it_does(number: int) -> None:
    _assert_minimal(case(number), distance(case(number)))


@settings(max_examples=15, deadline=None)
@given(assessments(8))
def test_every_set_of_a_random_fact_set_gives_its_level_and_no_part_of_it_does(assessment: Assessment) -> None:
    found = distance(assessment, 1)
    _assert_minimal(assessment, found)


def test_forty_facts_are_searched_with_all_their_candidates() -> None:
    pool = [fact for each in cases()[:6] for fact in each["facts"]]
    facts = [{**fact, "id": f"f{place}"} for place, fact in enumerate(pool[:40], 1)]
    assessment = rated("offtake_deal", facts)
    found = distance(assessment)
    assert len(found.candidates) > 70


def test_what_is_not_rated_has_no_distance() -> None:
    with pytest.raises(RulesError, match="not about the supply of minerals"):
        distance(rate("A poem about the sea.", pack=load(), engine="reference"))
