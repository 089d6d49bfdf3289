"""Orders of many rows, worked out step by step before they are asked for."""

import random

from benchmarks.screen_table import made_up
from tui.row_index import RowIndex
from tui.row_orders import KEYS, Orders
from tui.rows import packed

COUNT = 25_000


def many(count: int = COUNT) -> RowIndex:
    rows = RowIndex()
    rows.put(*made_up(count))
    return rows


def test_what_is_prepared_is_what_would_be_sorted_at_once() -> None:
    stored = [packed(row) for row in made_up(COUNT)]
    places = [place for place in range(COUNT) if place % 7]
    prepared = Orders()
    steps = 0
    while prepared.prepare(stored, places):
        steps += 1
    assert steps == len(KEYS) * 4  # three of ten thousand rows, and one that puts them together
    for column in KEYS:
        assert prepared.of(column, stored, places) == Orders().of(column, stored, places)


def test_an_order_that_is_asked_for_while_it_is_prepared_does_not_disturb_the_next() -> None:
    stored, places = [packed(row) for row in made_up(COUNT)], range(COUNT)
    orders = Orders()
    assert orders.prepare(stored, places)
    first = next(iter(KEYS))
    assert orders.of(first, stored, places) == Orders().of(first, stored, places)
    while orders.prepare(stored, places):
        pass
    for column in KEYS:
        assert orders.of(column, stored, places) == Orders().of(column, stored, places)


def test_an_order_is_prepared_only_as_long_as_no_row_changes() -> None:
    rows = many()
    while rows.prepare():
        pass
    rows.sort("name")
    gone = rows.key(0)
    rows.remove(gone)
    assert rows.prepare()
    rows.sort("reason")
    rows.sort("name")
    assert rows.index(gone) is None
    assert len(rows) == COUNT - 1


def test_a_filter_holds_in_every_order_and_an_order_under_every_filter() -> None:
    rows, chance = many(5_000), random.Random(3)
    for _ in range(12):
        query, column = chance.choice(["", "level:4", "a", "e level:2"]), chance.choice([None, *KEYS])
        fresh = many(5_000)
        fresh.filter(query)
        fresh.sort(column)
        if chance.random() < 0.5:
            rows.filter(query)
            rows.sort(column)
        else:
            rows.sort(column)
            rows.filter(query)
        assert [rows.key(at) for at in range(len(rows))] == [fresh.key(at) for at in range(len(fresh))]


def test_all_keys_are_those_that_pass() -> None:
    rows = many(2_000)
    assert set(rows.keys()) == {rows.key(at) for at in range(2_000)}
    rows.filter("level:1")
    assert 0 < len(rows) < 2_000
    assert set(rows.keys()) == {rows.key(at) for at in range(len(rows))}
