"""The ledger as a long list, in both stores: what passes, in which order, and when it was recorded."""

import datetime as dt

import pytest

from rules.ledger import dispute
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.listing import history, listing, window
from rules.ledger.record import draft
from tests.rules.ledger.conftest import Clock
from tests.tui.example import off_topic, overture, refuted


@pytest.fixture
def filled(both: Ledger, clock: Clock) -> Ledger:
    """Entries 0 overture, 1 refuted, 2 off topic, 3 the overture read again, 4 and 5 overrides of it."""
    both.append(draft(overture()), draft(refuted()), draft(off_topic()), draft(overture()))
    dispute.override(both, both.rating("0"), 2, "first opinion")
    dispute.override(both, both.rating("0"), 3, "site visit", dt.date(2026, 7, 1))
    return both


def test_entries_stand_newest_first_unless_another_order_is_asked_for(filled: Ledger) -> None:
    assert listing(filled).tolist() == [5, 4, 3, 2, 1, 0]
    assert listing(filled, order="time", reverse=False).tolist() == [0, 1, 2, 3, 4, 5]
    assert listing(filled, order="level", reverse=True).tolist() == [1, 3, 0, 5, 4, 2]
    assert listing(filled, order="level", reverse=False).tolist() == [4, 5, 3, 0, 1, 2]
    assert listing(filled, order="name", reverse=False).tolist() == [2, 5, 4, 3, 0, 1]
    assert listing(filled, order="kind", reverse=False).tolist()[:2] == [5, 4]


def test_words_are_looked_for_beside_what_a_filter_asks(filled: Ledger) -> None:
    assert listing(filled, words=["JAPAN", "refuted"]).tolist() == [1]
    assert listing(filled, Filter(kind="rating"), ["japan"]).tolist() == [1, 0]
    assert listing(filled, Filter(rule="FLR-503")).tolist() == [1]
    assert listing(filled, Filter(rule="FLR-503"), ["refuted"]).tolist() == [1]
    assert listing(filled, Filter(rule="FLR-503"), order="level").tolist() == [1]
    for sign in ("%", "_", "\\"):
        assert listing(filled, words=[sign]).tolist() == ([5, 4, 3, 1, 0] if sign == "_" else [])


def test_the_history_has_times_and_the_levels_of_ratings_alone(filled: Ledger) -> None:
    found = history(filled)
    assert found.seqs.tolist() == [0, 1, 2, 3, 4, 5]
    assert list(found.levels) == [4, 5, 0, 0, 0, 0]
    assert found.times.tolist() == sorted(found.times)
    assert dt.datetime.fromtimestamp(found.times[0], dt.UTC).date() == dt.date(2026, 6, 2)
    assert history(filled, Filter(level=5), ["refuted"]).seqs.tolist() == [1]


def test_a_window_has_the_override_that_stands(filled: Ledger, clock: Clock) -> None:
    found = window(filled, [2, 0, 99])
    assert sorted(found.entries) == [0, 2]
    assert {about: made.level for about, made in found.standing.items()} == {0: 3}
    clock.on("2026-07-02")
    assert window(filled, [0]).standing == {}, "the last one counts, and it has expired"
    assert window(filled, []).entries == {}
