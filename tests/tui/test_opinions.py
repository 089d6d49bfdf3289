"""Other opinions, from the ledger's screen: an override and a challenge, each with a reason."""

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from rules.ledger.place import open_ledger
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.walk import SMALL, screen_of, until
from tui.desk import Desk
from tui.places import LedgerPlace
from tui.screens.challenge import ChallengeScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.override import OverrideScreen


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a ledger with three ratings."""
    place = filled(tmp_path / "ledger.db")
    monkeypatch.setenv(VARIABLE, place)
    return place


async def test_an_override_needs_a_level_a_reason_and_a_day_that_is_one(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace("refuted"), "1 of 3 entries")
        await walk.press("o")
        await until(walk, lambda: isinstance(walk.app.screen, OverrideScreen))
        await sees(walk, "rated ●●●●● 5 Do not rely")
        await walk.press("enter")
        await sees(walk, "Which level shall stand instead?")
        await walk.press("9", "4", "enter")
        await sees(walk, "Another level needs a reason.")
        await walk.press(*"visit", "tab", *"soon", "enter")
        await sees(walk, "'soon' is no day")
        walk.app.screen.query_one("#until", Input).value = "2030-12-31"
        dialog = walk.app.screen
        assert isinstance(dialog, OverrideScreen)
        dialog.on_input_submitted()
        dialog.on_input_submitted()
        await sees(walk, "5 ▸ 4 override")
    with open_ledger(ledger) as found:
        made = found.entry(3).data
        assert found.size == 4, "once, however often Enter was pressed"
    assert (made["kind"], made["level"], made["because"], made["until"]) == ("override", 4, "visit", "2030-12-31")


async def test_a_challenge_disputes_a_fact_and_shows_both_levels(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        await go(walk, LedgerPlace("refuted"), "1 of 3 entries")
        await walk.press("c")
        await until(walk, lambda: isinstance(walk.app.screen, ChallengeScreen))
        await sees(walk, "f4 denial")
        assert walk.app.screen.query_one(OptionList).highlighted == 0
        await walk.press("end", "enter", "enter")
        await sees(walk, "A challenge needs a reason.")
        await walk.press(*"no", "enter")
        await sees(walk, "f4 is disputed")
    with open_ledger(ledger) as found:
        assert found.entry(3).data["because"] == "no"


async def test_nothing_is_recorded_or_written_where_one_may_only_look(ledger: str) -> None:
    app = screen_of(sources=())
    app.desk = Desk(read_only=True, sealed=True)
    async with app.run_test(size=SMALL, notifications=True) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("o")
        await sees(walk, "this screen may only look")
        await walk.press("c", "e")
        await sees(walk, "no file is written from the browser")
        assert isinstance(walk.app.screen, LedgerScreen)
