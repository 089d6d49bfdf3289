"""Overrides and challenges: beside the rating, never in its place."""

import datetime as dt
import json

import pytest

from rules.errors import RulesError
from rules.ledger import dispute, opinion
from rules.ledger.ledger import Ledger
from rules.ledger.verify import verify
from tests.rules.ledger.conftest import Clock
from tests.rules.ledger.made import fill, rated, small


@pytest.fixture
def six(ledger: Ledger) -> Ledger:
    fill(ledger)
    return ledger


def test_an_override_stands_beside_the_rating_until_its_last_day(six: Ledger, clock: Clock) -> None:
    rating = six.entry(4)
    made = dispute.override(six, rating, 4, "the refutation was withdrawn", dt.date(2026, 6, 30), "ann")
    assert (made.seq, made.kind, made.about, made.level) == (6, "override", 4, 4)
    assert made.data["rated"] == rated("level5-refuted").level
    standing = opinion.in_force(six, rating)
    assert standing is not None
    assert (standing.level, standing.until) == (4, "2026-06-30")
    assert six.entry(4).leaf == rating.leaf

    clock.on("2026-06-30")
    assert opinion.in_force(six, rating) is not None
    clock.on("2026-07-01")
    assert opinion.in_force(six, rating) is None
    found = verify(six)
    assert found.holds
    assert "entry 6: the override of entry 4 expired after 2026-06-30" in found.notes


def test_an_override_until_a_day_that_is_over_is_refused(six: Ledger) -> None:
    with pytest.raises(RulesError, match="--until 2026-06-01: that day is over"):
        dispute.override(six, six.entry(4), 4, "a reason", dt.date(2026, 6, 1))
    assert six.size == 6


def test_the_last_override_counts_and_the_earlier_ones_stay(six: Ledger, clock: Clock) -> None:
    dispute.override(six, six.entry(4), 4, "a reason", dt.date(2026, 6, 2))
    dispute.override(six, six.entry(4), 3, "a reason")
    clock.on("2026-07-01")
    assert verify(six).notes == []  # the first has expired, and nobody misses it
    assert [entry.level for entry in opinion.standing(six, list(six.entries())).values()] == [3]
    assert [made.level for made in opinion.overrides(six, six.entry(4))] == [4, 3]
    standing = opinion.in_force(six, six.entry(4))
    assert standing is not None
    assert standing.level == 3


def test_an_override_to_the_rated_level_is_not_needed(six: Ledger) -> None:
    dispute.override(six, six.entry(4), 5, "a reason")
    assert verify(six).notes == ["entry 6: the override of entry 4 is not needed: it is the rated level"]


def test_an_override_that_a_later_rating_of_the_story_confirms_is_not_needed_any_more(ledger: Ledger) -> None:
    first = ledger.append(small("a", level=4, story="story"))[0]
    dispute.override(ledger, first, 3, "a reason")
    assert verify(ledger).notes == []
    ledger.append(small("b", level=3, story="story"))
    assert verify(ledger).notes == [
        "entry 1: the override of entry 0 is not needed any more: entry 2 rates the same story 3"
    ]


def test_an_override_needs_a_reason_and_a_rating(six: Ledger) -> None:
    with pytest.raises(RulesError, match="needs a reason"):
        dispute.override(six, six.entry(4), 3, "  ")
    with pytest.raises(RulesError, match="has no level"):
        dispute.override(six, six.entry(5), 3, "a reason")
    assert six.size == 6


def test_a_challenge_records_the_level_with_and_without_the_fact_and_what_rests_on_it(six: Ledger) -> None:
    stored = rated("level5-refuted").to_json()
    resting = [(f["rule"], p) for f in stored["fired"] for proof in f["proofs"] for p in proof["premises"]]
    fact = next(premise for _, premise in resting if premise in {each["id"] for each in stored["facts"]})
    made = dispute.challenge(six, six.entry(4), fact, "the report was retracted", "bob").data
    assert (made["fact"], made["level"], made["because"]) == (fact, 5, "the report was retracted")
    assert made["without"] in (1, 2, 3, 4, 5)
    assert set(made["rests"]) == {rule for rule, premise in resting if premise == fact}
    whole = six.content(six.entry(6), "challenge")
    assert whole is not None
    assert json.loads(whole)["level_without"] == made["without"]
    assert [entry.seq for entry in opinion.challenges(six, six.entry(4))] == [6]


def test_a_challenge_of_an_unknown_fact_is_refused(six: Ledger) -> None:
    with pytest.raises(RulesError, match="no fact 'f999'"):
        dispute.challenge(six, six.entry(4), "f999", "a reason")
