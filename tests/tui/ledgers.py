"""A small ledger for walks, and a way straight to a place."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from rules.assessment import Assessment
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.tui.example import off_topic, overture, refuted
from tests.tui.walk import Walk, shown, until
from tui.app import CaveatApp
from tui.places import Place

VARIABLE = "CAVEAT_LEDGER"


def days() -> Iterator[dt.datetime]:
    """A day later each time that it is asked, from 1 May 2026."""
    day = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
    while True:
        yield day
        day += dt.timedelta(days=1)


def filled(place: Path, as_is: Callable[[Assessment], Assessment] = lambda each: each) -> str:
    """A ledger with the entries 0 overture, 1 refuted, 2 off topic; its address."""
    clock = days()
    with open_ledger(str(place), write=True, clock=lambda: next(clock)) as ledger:
        ledger.append(draft(as_is(overture()), "ann"))
        ledger.append(draft(as_is(refuted())))
        ledger.append(draft(as_is(off_topic())))
    return str(place)


async def go(walk: Walk, place: Place, words: str) -> None:
    """Straight to a place, and wait until these words stand there."""
    app = walk.app
    assert isinstance(app, CaveatApp)
    app.go(place)
    await sees(walk, words)


async def sees(walk: Walk, words: str) -> str:
    """Wait until these words are on the screen; all that is on it."""
    try:
        await until(walk, lambda: words in shown(walk))
    except AssertionError:
        raise AssertionError(f"{words!r} never came; there is:\n{shown(walk)}") from None
    return shown(walk)
