"""Walks through the ledger: find, compare, over time, verify, other opinions, export."""

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.ledger.signing import new_key
from rules.ledger.verify import Verification, sign
from tests.tui.example import overture
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.walk import LARGE, SMALL, screen_of, shown, until
from tui.places import EntryPlace, LedgerPlace
from tui.screens.assessment import AssessmentScreen
from tui.screens.diff import DiffScreen
from tui.screens.export import ExportScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.verify import VerifyScreen


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a ledger with three ratings."""
    place = filled(tmp_path / "ledger.db")
    monkeypatch.setenv(VARIABLE, place)
    return place


async def test_an_empty_ledger_says_how_to_begin_one() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "Nothing is on record yet.")
        assert "caveat rate announcement.txt --save" in shown(walk)
        await walk.press("escape")
        assert not isinstance(walk.app.screen, LedgerScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_entries_are_listed_told_and_opened(ledger: str, size: tuple[int, int]) -> None:
    async with screen_of(sources=()).run_test(size=size) as walk:
        await go(walk, LedgerPlace(), "Ledger ledger.db · 3 entries")
        text = await sees(walk, "●●●●● 5 Do not rely")
        assert ("gov_overture" in text) == (size == LARGE)
        await sees(walk, "bakery.txt · ")
        await walk.press("down", "down")
        await sees(walk, "asked by ann")
        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        assert "entry 0 · level 4 · Japan · overture.txt" in screen.as_text()
        assert [each["seq"] for each in json.loads(screen.as_json())] == [2, 1, 0]
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        assert walk.app.navigator.history.here == EntryPlace("0")  # type: ignore[attr-defined]
        await walk.press("escape")
        assert walk.app.screen is screen


async def test_the_ledger_is_filtered_and_sorted(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("slash", *"level:5")
        await sees(walk, "1 of 3 entries")
        assert "overture.txt" not in shown(walk)
        walk.app.screen.query_one("#filter", Input).value = "lvl:1"
        await sees(walk, "there is no lvl: here")
        walk.app.screen.query_one("#filter", Input).value = "zzz"
        await sees(walk, "No entry fits the filter; Escape clears it.")
        await sees(walk, "Replay · no entry fits the filter; Escape clears it")
        await walk.resize_terminal(80, 14)
        await sees(walk, "0 of 3 entries · no entry fits the filter; Escape clears it")
        await walk.resize_terminal(*SMALL)
        await walk.press("escape")
        await sees(walk, "· 3 entries")
        await sees(walk, "Replay · now · 2026-05-03 09:00 · 3")
        await walk.press("greater_than_sign", "greater_than_sign")
        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        await until(walk, lambda: [entry.seq for entry in screen.in_view] == [0, 1, 2])
        await walk.press("exclamation_mark")
        await until(walk, lambda: [entry.seq for entry in screen.in_view] == [1, 0, 2])


async def test_the_replay_bar_shows_what_was_on_record_then(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "Replay · now · 2026-05-03 09:00 · 3 · levels 1-5: 0 0 0 1 1")
        await walk.press("left_square_bracket")
        await sees(walk, "2 of 3 entries · as of 2026-05-02 09:00")
        assert "bakery.txt" not in shown(walk)
        await walk.press("left_square_bracket")
        await sees(walk, "1 of 3 entries · as of 2026-05-01 09:00")
        assert "Replay · then" in shown(walk)
        await walk.press("right_square_bracket")
        await sees(walk, "as of 2026-05-02")
        await walk.press("escape")
        await sees(walk, "Ledger ledger.db · 3 entries")

        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        await walk.click("ReplayBar", offset=(2, 1))
        await sees(walk, "1 of 3 entries")
        screen.bar.focus()
        await walk.press("end")
        await sees(walk, "Replay · now")
        await walk.press("home", "right")
        await sees(walk, "as of 2026-05-02")
        await walk.press("p")
        assert screen.bar.playing
        await walk.pause(0.6)
        await sees(walk, "Replay · now")
        assert not screen.bar.playing


async def test_where_there_are_few_lines_the_list_has_them(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=LARGE) as walk:
        await go(walk, LedgerPlace(), "Replay · now")
        await walk.resize_terminal(40, 10)
        await until(walk, lambda: "Replay" not in shown(walk))
        assert "Signal only" in shown(walk)
        await walk.press("left_square_bracket")
        await sees(walk, "2 of 3 entries")
        await walk.resize_terminal(*SMALL)
        await sees(walk, "Replay · then")


async def test_filter_and_cursor_are_taken_up_again(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        assert screen.kept() == {}
        screen.restore({"filter": "japan", "cursor": "0"})
        await sees(walk, "2 of 3 entries")
        assert screen.table.pointed == "0"
        assert screen.kept() == {"filter": "japan", "cursor": "0"}


async def test_what_is_recorded_meanwhile_appears(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        with open_ledger(ledger, write=True) as found:
            found.append(draft(overture(name="later.txt")))
        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        screen.look()
        await sees(walk, "later.txt")
        assert screen.table.pointed == "2"


async def test_two_marked_ratings_are_compared(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("d")
        await sees(walk, "Mark one rating with Space")
        await walk.press("down", "space", "down", "d")
        await until(walk, lambda: isinstance(walk.app.screen, DiffScreen))
        text = await sees(walk, "●●●●○ 4 Signal only  →  ●●●●● 5 Do not rely")
        assert "floor FLR-503 now holds" in text
        screen = walk.app.screen
        assert isinstance(screen, DiffScreen)
        assert json.loads(screen.as_json())["levels"] == [4, 5]
        assert "only rule" in screen.as_text()

        await walk.press("f")
        await until(walk, lambda: "gov overture" not in shown(walk))
        await walk.press("f")
        await sees(walk, "gov overture")
        await walk.press("end")
        await sees(walk, "entry 0: –")
        await walk.press("t")
        await sees(walk, "●●●●● 5 Do not rely  →  ●●●●○ 4 Signal only")
        await walk.press("left")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        assert walk.app.navigator.history.here == EntryPlace("1")  # type: ignore[attr-defined]
        await walk.press("escape", "right")
        await until(walk, lambda: walk.app.navigator.history.here == EntryPlace("0"))  # type: ignore[attr-defined]


async def test_the_ledger_is_verified_and_what_is_wrong_is_found(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("v")
        await sees(walk, "✓ The ledger holds.")
        screen = walk.app.screen
        assert isinstance(screen, VerifyScreen)
        assert json.loads(screen.as_json())["entries"] == 3
        assert "0 checkpoints; 3 entries are covered by no checkpoint yet" in screen.as_text()
        await walk.press("escape")
        with open_ledger(ledger, write=True) as found:
            found.database.execute("DROP TRIGGER entry_no_update")
            found.database.execute("UPDATE entry SET level = 1 WHERE seq = 1")
        await walk.press("v")
        await sees(walk, "✗ The ledger does NOT hold: 1 finding.")
        assert "column level says 1, the entry itself 5" in shown(walk).replace(" │\n  │ ", " ")


async def test_verifying_shows_how_far_it_is_and_escape_stops_it(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[str] = []

    def endless(found: Ledger, progress: Callable[[int, int], None], **_: object) -> Verification:
        try:
            while True:
                progress(1_000, 4_000)
                time.sleep(0.05)
        except Exception as error:
            stopped.append(type(error).__name__)
            raise

    monkeypatch.setattr("tui.screens.verify.verify", endless)
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("v")
        await sees(walk, "Checking entries and contents: 1,000 of 4,000 …")
        assert "25%" in shown(walk)
        await walk.press("escape")
        await until(walk, lambda: isinstance(walk.app.screen, LedgerScreen))
        await until(walk, lambda: bool(stopped))


async def test_a_rating_is_exported_and_no_file_is_overwritten(ledger: str, tmp_path: Path) -> None:
    target = tmp_path / "audit.zip"
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("e")
        await until(walk, lambda: isinstance(walk.app.screen, ExportScreen))
        field = walk.app.screen.query_one("#file", Input)
        assert field.value == "caveat-2.zip"
        await sees(walk, "▐ ▌ with the name of who asked")
        await walk.press("tab", "space")
        await sees(walk, "▐X▌ with the name of who asked")
        field.focus()
        field.value = str(target)
        await walk.press("enter")
        await sees(walk, "No checkpoint covers this rating yet")
        with open_ledger(ledger, write=True) as found:
            sign(found, new_key("example.org/ratings"))
        field.focus()
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, LedgerScreen))
        assert "who.json" not in zipfile.ZipFile(target).namelist(), "nobody asked for entry 2"
        assert "entry.json" in zipfile.ZipFile(target).namelist()
        await walk.press("e")
        await until(walk, lambda: isinstance(walk.app.screen, ExportScreen))
        walk.app.screen.query_one("#file", Input).value = str(target)
        await walk.press("enter")
        await sees(walk, "is there already; choose another name.")
        await walk.press("escape")
        assert isinstance(walk.app.screen, LedgerScreen)


async def test_text_from_outside_is_literal_in_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "ledger.db"
    monkeypatch.setenv(VARIABLE, str(place))
    with open_ledger(str(place), write=True) as found:
        found.append(draft(overture(name="[red]note\x1b[2J\u202e.txt")))
    async with screen_of(sources=()).run_test(size=LARGE) as walk:
        await go(walk, LedgerPlace(), "1 entry")
        await sees(walk, "[red]note␛[2J�.txt")
        assert "\x1b" not in shown(walk)
        await walk.press("o")
        await sees(walk, "New level, 1 to 5")
        assert "[red]note␛[2J�.txt" in shown(walk)
