"""Announcements rated in a process beside: what happens to the process between two of them."""

import multiprocessing

from facts.announcement import Announcement
from rules.batch.apart import Apart
from rules.pack import load
from tests.rules.batch.making import texts


def test_a_process_that_ends_between_two_announcements_is_replaced_and_neither_is_blamed() -> None:
    first, second = (Announcement.from_text(text, name) for name, text in texts(2).items())
    before = set(multiprocessing.active_children())
    with Apart(load(), limit=60.0) as apart:
        assert apart.rate("first", first).row["in_scope"] is True
        for process in set(multiprocessing.active_children()) - before:
            process.kill()
            process.join()
        row = apart.rate("second", second).row
    assert (row["place"], row["in_scope"]) == ("second", True)
