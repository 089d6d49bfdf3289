"""Every key of every screen, pane, widget and box is pressed by a walk: a table says which, and holds each to it.

Below it the walks to keys that no other has occasion to press.
"""

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button, Input

from tests.tui.example import overture, refuted
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.pressed import WALKS, every_key
from tests.tui.walk import SMALL, ListRater, finished, rows, screen_of, shown, until
from tui.app import CaveatApp
from tui.places import AssessmentPlace, DiffPlace, LedgerPlace, Place, RulePlace, RulesPlace
from tui.screens.crash import CrashScreen
from tui.screens.diff import DiffScreen
from tui.screens.help import HelpScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.rule import RuleScreen
from tui.screens.verify import VerifyScreen
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.details import Details


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, filled(tmp_path / "ledger.db"))


def test_every_key_is_pressed_by_a_walk() -> None:
    named = {f"{owner.__name__} {key}" for owner, key in every_key()}
    told = [key for keys in WALKS.values() for key in keys]

    assert named - set(told) == set(), "keys that no walk presses: name one in tests/tui/pressed.py"
    assert set(told) - named == set(), "keys that are none"
    assert len(told) == len(set(told))


def test_every_walk_that_is_named_is_there() -> None:
    for name in WALKS:
        file, _, walk = name.partition("::")
        assert f"async def {walk}(" in (Path(__file__).parent / file).read_text(), name


async def test_help_closes_with_each_of_its_keys() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        for key in ("question_mark", "f1", "q", "enter", "escape"):
            await walk.press("f1")
            assert isinstance(walk.app.screen, HelpScreen), key
            await walk.press(key)
            assert not isinstance(walk.app.screen, HelpScreen), key


async def test_letters_and_pages_move_in_a_table_too() -> None:
    async with screen_of(*finished(overture(), refuted())).run_test(size=SMALL) as walk:
        table = await rows(walk, 2)
        for key, row in {"j": 1, "k": 0, "pagedown": 1, "pageup": 0, "end": 1, "home": 0, "down": 1, "up": 0}.items():
            await walk.press(key)
            assert table.cursor == row, key


async def test_to_suspend_changes_nothing_where_there_is_no_shell_behind() -> None:
    async with screen_of(*finished(overture())).run_test(size=SMALL) as walk:
        await rows(walk, 1)
        before = shown(walk)
        await walk.press("ctrl+z")
        assert shown(walk) == before


async def test_the_text_is_read_with_the_keys_by_sentence_and_page() -> None:
    async with screen_of().run_test(size=SMALL) as walk:
        await go(walk, AssessmentPlace("refuted.txt", refuted()), "refuted.txt")
        text = walk.app.screen.query_one(AnnouncementText)
        text.focus()
        first, last = "Japan proposes joint rare earth", "Tokyo said it has no such plan"
        for key, says in {
            "end": last, "up": "The note gives no amount", "down": last, "home": first,
            "pagedown": last, "pageup": first, "space": last,
        }.items():  # fmt: skip
            await walk.press(key)
            assert text.as_text().startswith(says), key
        await walk.press("end", "enter")
        await until(walk, lambda: not text.has_focus)


async def test_enter_opens_on_a_page_though_the_words_have_the_focus() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, RulePlace("FND-003"), "Used by 1 rule")
        screen = walk.app.screen
        assert isinstance(screen, RuleScreen)
        assert screen.steps.reveal("rule:FLR-402")
        screen.query_one(Details).focus()
        await walk.press("enter")
        await sees(walk, "FLR-402 Government instrument")


async def test_the_replay_bar_plays_by_the_space_bar_and_goes_back_by_the_arrow(ledger: None) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "Replay · now")
        screen = walk.app.screen
        assert isinstance(screen, LedgerScreen)
        screen.bar.focus()
        await walk.press("left")
        await sees(walk, "as of 2026-05-02")
        await walk.press("space")
        assert screen.bar.playing
        await walk.press("space")
        assert not screen.bar.playing


async def test_a_row_of_a_comparison_is_not_opened_and_escape_leaves_it(ledger: None) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, DiffPlace("0", "1"), "floor FLR-503 now holds")
        await walk.press("enter")
        assert isinstance(walk.app.screen, DiffScreen)
        await walk.press("escape")
        assert walk.app.screen is walk.app.inbox  # type: ignore[attr-defined]


async def test_what_was_verified_is_closed_by_enter_wherever_the_focus_is(ledger: None) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("v")
        await sees(walk, "✓ The ledger holds.")
        assert isinstance(walk.app.screen, VerifyScreen)
        walk.app.screen.set_focus(None)
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, LedgerScreen))


async def test_after_an_error_escape_goes_on_and_so_does_enter_on_the_button(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(app: CaveatApp) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(CaveatApp, "action_go_rules", fail)
    async with CaveatApp([], ListRater(), Path("none")).run_test(size=SMALL) as walk:
        for key in ("escape", "enter"):
            await walk.press("R")
            await until(walk, lambda: isinstance(walk.app.screen, CrashScreen))
            await walk.pause()
            assert isinstance(walk.app.focused, Button)
            await walk.press(key)
            await until(walk, lambda: not isinstance(walk.app.screen, CrashScreen))


@pytest.mark.parametrize("place", [LedgerPlace(), RulesPlace()], ids=["ledger", "rules"])
async def test_what_is_typed_right_behind_the_slash_stands_in_the_filter(place: Place, ledger: None) -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, place, "▸")
        screen = walk.app.screen
        for key in ("slash", "c", "h", "slash"):
            walk.app.post_message(events.Key(key, "/" if key == "slash" else key))
        await until(walk, lambda: screen.query_one(Input).value == "ch/")
        assert walk.app.screen is screen
