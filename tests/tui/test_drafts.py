"""What is typed into a box is there again: at the next opening, after an error, at the next start."""

from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Static, TextArea

from tests.tui.example import overture
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.walk import SMALL, ListRater, Walk, finished, screen_of, shown, until
from tui.app import CaveatApp
from tui.drafts import Drafts, of_entry
from tui.places import AssessmentPlace, LedgerPlace
from tui.screens.add import AddScreen
from tui.screens.challenge import ChallengeScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.override import OverrideScreen
from tui.screens.paste import PasteScreen
from tui.screens.source import SourceScreen


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, filled(tmp_path / "ledger.db"))


def value(walk: Walk, field: str) -> str:
    return walk.app.screen.query_one(f"#{field}", Input).value


async def opened(walk: Walk, key: str, screen: type) -> None:
    await walk.press(key)
    await until(walk, lambda: isinstance(walk.app.screen, screen))
    await walk.pause()


def test_a_draft_is_kept_until_it_is_done_and_blanks_are_none() -> None:
    kept: dict[str, dict[str, str]] = {}
    drafts = Drafts(kept)
    drafts.keep("paste", {"text": "Acme"})
    drafts.keep(of_entry("override", 12, b"leaf"), {"level": "3", "because": ""})
    assert drafts.told() == ["an override of entry 12", "a text to rate"]
    assert drafts.of(of_entry("override", 12, b"leaf")) == {"level": "3"}
    assert drafts.of(of_entry("override", 12, b"that of another ledger")) == {}
    drafts.keep("paste", {"text": " \n"})
    assert list(kept) == [of_entry("override", 12, b"leaf")]
    drafts.drop(of_entry("override", 12, b"leaf"))
    assert (kept, drafts.told()) == ({}, [])


def test_of_many_drafts_the_oldest_is_forgotten_and_a_huge_one_is_not_kept() -> None:
    drafts = Drafts()
    for number in range(60):
        drafts.keep(f"override {number}", {"because": "x"})
    drafts.keep("paste", {"text": "x" * 1_000_001})
    assert (drafts.of("override 9"), drafts.of("override 10"), drafts.of("paste")) == ({}, {"because": "x"}, {})


async def test_a_half_written_override_is_there_again_after_escape_and_after_a_restart() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("end")
        await sees(walk, "▸       0")
        await opened(walk, "o", OverrideScreen)
        await walk.press("2", "tab", *"site visit")
        await walk.press("escape")
        await opened(walk, "o", OverrideScreen)
        assert (value(walk, "level"), value(walk, "because")) == ("2", "site visit")
        assert "Here again as you left it; nothing of it is recorded yet." in shown(walk)
        await walk.press("tab", "end", "s", "ctrl+q")

    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        text = await sees(walk, "an override of entry 0")
        assert "Half typed, and kept" in text
        await go(walk, LedgerPlace(), "3 entries")
        await sees(walk, "▸       0")
        await opened(walk, "o", OverrideScreen)
        assert (value(walk, "level"), value(walk, "because")) == ("2", "site visits")
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, LedgerScreen))
        await sees(walk, "4 entries")
        await walk.press("end")
        await sees(walk, "▸       0")
        await opened(walk, "o", OverrideScreen)
        assert (value(walk, "level"), value(walk, "because")) == ("", ""), "it is done"
        assert "Here again" not in shown(walk)


async def test_a_half_written_challenge_comes_back_with_its_fact_and_can_be_begun_anew() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("end")
        await sees(walk, "▸       0")
        await opened(walk, "c", ChallengeScreen)
        facts = walk.app.screen.query_one(OptionList)
        await until(walk, lambda: facts.highlighted == 0)
        await walk.press("down", "enter", *"why")
        await walk.press("escape")
        await opened(walk, "c", ChallengeScreen)
        facts = walk.app.screen.query_one(OptionList)
        await until(walk, lambda: facts.highlighted == 1)
        assert value(walk, "because") == "why"
        walk.app.screen.query_one("#anew", Button).press()
        await until(walk, lambda: not walk.app.screen.query("#anew"))
        await walk.pause()
        assert (value(walk, "because"), walk.app.drafts.told()) == ("", [])  # type: ignore[attr-defined]


async def test_a_half_written_text_is_there_again_until_it_is_rated() -> None:
    async with screen_of(*finished(overture())).run_test(size=SMALL) as walk:
        await opened(walk, "p", PasteScreen)
        await walk.press(*"Acme", "escape")
        await opened(walk, "p", PasteScreen)
        assert "This is what you left here." in shown(walk)
        assert walk.app.screen.query_one(TextArea).text == "Acme"
        await walk.press("ctrl+d")
        await opened(walk, "p", PasteScreen)
        assert walk.app.screen.query_one(TextArea).text == ""
        await walk.press(*"Ore", "escape")
        await opened(walk, "p", PasteScreen)
        walk.app.screen.query_one("#anew", Button).press()
        await until(walk, lambda: walk.app.screen.query_one(TextArea).text == "")
        await walk.press(*"Tin")
        walk.app.screen.query_one("#rate", Button).press()
        await until(walk, lambda: not isinstance(walk.app.screen, PasteScreen))
        assert walk.app.drafts.told() == []  # type: ignore[attr-defined]


class Broken(Static):
    """Fails as soon as it is drawn."""

    def render(self) -> str:
        raise RuntimeError("broken while drawing")


@pytest.mark.parametrize(("key", "screen"), [("o", SourceScreen), ("+", AddScreen), ("p", PasteScreen)])
async def test_what_is_typed_survives_an_error_of_the_program(key: str, screen: type) -> None:
    app = CaveatApp(["inbox"], ListRater(*finished(overture())), Path("none"))
    async with app.run_test(size=SMALL) as walk:
        await until(walk, lambda: app.tray.states["rated"] == 1)
        if screen is AddScreen:
            await go(walk, AssessmentPlace("overture.txt", overture()), "overture.txt")
            await walk.press("x", "plus")
        else:
            await walk.press(key)
        await until(walk, lambda: isinstance(app.screen, screen))
        await walk.press(*"note")
        await walk.pause()
        app.screen.mount(Broken())
        await sees(walk, "RuntimeError: broken while drawing")
        await walk.press("enter")
        await until(walk, lambda: not app.screen.query("#go-on") and not isinstance(app.screen, screen))
        await walk.pause()
        if screen is AddScreen:
            await walk.press("x", "plus")
        else:
            await walk.press(key)
        await until(walk, lambda: isinstance(app.screen, screen))
        await sees(walk, "note")
        await walk.press("escape")
        assert app.drafts.told() == (["a text to rate"] if screen is PasteScreen else [])
