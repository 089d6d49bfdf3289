"""The interview: most decisive first, sound about its end, its answers facts of the analyst."""

import itertools
import json

import pytest
from hypothesis import given, settings

from facts.codec import parse_facts
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain.interview import Interview
from rules.explain.trial import Trial
from rules.explain.why import why_of
from rules.pack import load
from tests.rules.explain.drawn import assessments
from tests.rules.explain.known import case
from tests.rules.explain.known import given as rated


def _run(interview: Interview, **answers: str) -> list[str]:
    asked = []
    while (question := interview.next()) is not None:
        asked.append(question.name)
        interview.answer(question.name, answers.get(question.name, "no"))  # type: ignore[arg-type]
    return asked


def test_the_first_question_decides_alone_and_says_what_each_answer_would_do() -> None:
    question = Interview(case(1)).next()
    assert question is not None
    assert question.because == "this alone would decide between 4 and 5"
    assert question.yes == "yes: the level would be 5"
    assert question.no == "no: the level stays 4, and 1 way to another level is closed"


def test_questions_that_decide_alone_come_before_those_that_need_others() -> None:
    asked = _run(Interview(case(1)))
    assert set(asked[:6]) == {"paid", "short_report", "refuted", "insolvency", "licence", "charge"}


def test_a_yes_becomes_facts_of_the_analyst_named_and_dated() -> None:
    interview = Interview(case(1), "A. Reader", "2026-01-05")
    interview.answer("definitive", "yes")
    interview.answer("money", "yes")
    assert interview.level == 3
    fact = next(fact for fact in interview.facts if fact.id == "a1")
    assert fact.cues == ("analyst:A. Reader:2026-01-05:definitive",)
    data = json.loads(json.dumps(interview.saved()))
    again = evaluate(parse_facts(data["facts"], "saved"), data["class"], pack=load(), engine="reference")
    assert again.level == 3
    assert why_of(again, "a1").says.endswith("stated by A. Reader on 2026-01-05, not by the text")


def test_not_knowing_is_an_answer_and_the_end_says_what_it_leaves_open() -> None:
    interview = Interview(case(1))
    while (question := interview.next()) is not None:
        interview.answer(question.name, "unknown")
    assert interview.level == 4
    assert {given.answer for given in interview.given} == {"unknown"}
    assert interview.to_json()["level"] == 4


def test_it_ends_before_all_is_asked_once_nothing_can_move_the_level() -> None:
    interview = Interview(rated("offtake_deal", [{"kind": "solvency", "state": "insolvent"}]))
    asked = _run(interview)
    assert "paid" not in asked
    left = len(interview.open())
    assert interview.ended() == (
        f"None of the {left} questions left can change the level, in whatever combination of answers: it is 5."
    )


@settings(max_examples=10, deadline=None)
@given(assessments(6))
def test_when_it_ends_no_answers_left_move_the_level(assessment: Assessment) -> None:
    interview = Interview(assessment)
    _run(interview)
    trial, left = Trial(interview._now), interview.open()
    for count in (1, 2):
        for parts in itertools.combinations(left, count):
            removed = [name for part in parts for name in part.removes]
            if len(removed) == len(set(removed)):
                assert trial.level(parts) == interview.level


@settings(max_examples=10, deadline=None)
@given(assessments(6))
def test_the_range_holds_every_level_that_answers_can_give(assessment: Assessment) -> None:
    interview = Interview(assessment)
    lowest, highest = interview.range()
    trial = Trial(assessment)
    for part in interview.open():
        assert lowest <= trial.level((part,)) <= highest


def test_a_denied_fact_is_no_longer_asked_about() -> None:
    interview = Interview(case(1))
    interview.answer("denied-f3", "yes")
    assert "f3" not in {fact.id for fact in interview.facts}
    assert "confirmed-f3" not in {part.name for part in interview.open()}


def test_the_record_has_no_clock_and_is_the_same_twice() -> None:
    def record() -> str:
        interview = Interview(case(1))
        _run(interview, definitive="yes", money="yes")
        return json.dumps(interview.to_json())

    assert record() == record()


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(RulesError, match="no question 'monney'; did you mean 'money'"):
        Interview(case(1)).answer("monney", "yes")


def test_a_name_with_a_colon_is_refused() -> None:
    with pytest.raises(RulesError, match="have no colon"):
        Interview(case(1), who="a:b")
