"""Full collections wait until nobody works."""

import gc

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
