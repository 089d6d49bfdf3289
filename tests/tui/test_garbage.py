"""Full collections wait until nobody works."""

import gc

import pytest

from tui import garbage
from tui.garbage import Sweeper


def test_it_collects_only_when_the_process_was_idle_and_there_is_something() -> None:
    spent = [0.0]
    sweeper = Sweeper(lambda: spent[0])
    assert not sweeper.look()  # nothing to collect

    for _ in range(20):
        gc.collect(1)
    spent[0] += 2.0
    assert not sweeper.look()  # busy
    assert sweeper.look()
    assert not sweeper.look()


class Clocked:
    def __init__(self) -> None:
        self.intervals: list[float] = []

    def set_interval(self, interval: float, callback: object) -> None:
        self.intervals.append(interval)


def test_what_each_sort_of_screen_has_loaded_is_taken_out_of_all_collections_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen, app, before = [0], Clocked(), gc.get_threshold()
    monkeypatch.setattr(garbage, "_watched", [])
    monkeypatch.setattr(garbage, "_begun", set())
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(0))
    try:
        for since, times in (("rating", 1), ("rating", 1), ("ledger", 2), ("rating", 2)):
            garbage.watch(app, since)
            assert len(frozen) - 1 == times
        assert app.intervals == [3.0]
        assert gc.get_threshold()[2] == 500
    finally:
        gc.set_threshold(*before)
