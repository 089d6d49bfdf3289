"""An error in the middle: what is said, and that nothing is lost by it."""

import asyncio
from pathlib import Path

import pytest

from tests.tui.example import overture, refuted
from tests.tui.fake import Broken, FakeScreen, Pane, fake, here, take_place
from tests.tui.walk import SMALL, ListRater, Walk, finished, screen_of, shown, until
from tui.app import CaveatApp
from tui.screens.crash import CrashScreen
from tui.screens.inbox import InboxScreen


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    take_place(monkeypatch)


async def test_an_error_says_what_to_do_and_going_on_loses_nothing(home: Path) -> None:
    async with CaveatApp([], ListRater(), Path("none")).run_test(size=SMALL) as walk:
        await walk.press("R", "c", "c", "e")
        await until(walk, lambda: isinstance(walk.app.screen, CrashScreen))
        text = shown(walk)
        assert "RuntimeError: broken at rules" in text
        assert "Nothing is lost" in text
        (report,) = (home / ".local/state/caveat").glob("crash-*.txt")
        assert "in action_fail" in report.read_text()

        await walk.press("enter")
        assert (here(walk), fake(walk).count) == ("rules", 2)


async def crashed(walk: Walk) -> None:
    """Wait for the error to be told; the walk itself would wait for the widget, which has stopped."""
    async with asyncio.timeout(60):
        while not isinstance(walk.app.screen, CrashScreen):
            await asyncio.sleep(0.005)


@pytest.mark.parametrize("what", [Pane, FakeScreen])
async def test_a_pane_or_screen_that_failed_is_built_again_with_its_work(what: type[Pane | FakeScreen]) -> None:
    async with CaveatApp([], ListRater(), Path("none")).run_test(size=SMALL) as walk:
        await walk.press("R", "c")
        broken = fake(walk)
        (broken if what is FakeScreen else broken.query_one(Pane)).post_message(Broken())
        await crashed(walk)
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, FakeScreen))

        assert fake(walk) is not broken
        assert fake(walk).count == 1
        await walk.press("c", "escape")
        assert here(walk) == "InboxScreen"
        await walk.press("alt+right")
        assert fake(walk).count == 2


async def test_an_inbox_that_failed_is_built_again_with_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: InboxScreen) -> None:
        raise RuntimeError("broken inbox")

    monkeypatch.setattr(InboxScreen, "on_broken", fail, raising=False)
    rater = ListRater(*finished(overture(), refuted()))
    app = CaveatApp(["inbox"], rater, Path("none"))
    async with app.run_test(size=SMALL) as walk:
        await until(walk, lambda: app.tray.rows.total == 2)
        await walk.press("down")
        broken = app.inbox
        broken.post_message(Broken())
        await crashed(walk)
        await walk.press("enter")
        await until(walk, lambda: app.screen is app.inbox and "refuted.txt" in shown(walk))

        assert app.inbox is not broken
        await until(walk, lambda: app.inbox.table.pointed == "refuted.txt")
        assert rater.asked == [["inbox"]]


async def test_leaving_after_an_error_keeps_it_for_the_next_start() -> None:
    app = CaveatApp([], ListRater(), Path("none"))
    async with app.run_test(size=SMALL) as walk:
        await walk.press("R", "c", "c", "e")
        await until(walk, lambda: isinstance(walk.app.screen, CrashScreen))
        await walk.press("q")
    assert app.return_code == 5

    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await until(walk, lambda: isinstance(walk.app.screen, FakeScreen) and fake(walk).count == 2)
        assert here(walk) == "rules"


async def test_what_fails_again_and_again_ends_with_the_place_of_the_report() -> None:
    app = CaveatApp([], ListRater(), Path("none"))
    async with app.run_test(size=SMALL) as walk:
        await walk.press("R")
        for _ in range(3):
            await walk.press("e")
            await until(walk, lambda: isinstance(walk.app.screen, CrashScreen))
            await walk.press("enter")
            await until(walk, lambda: isinstance(walk.app.screen, FakeScreen))
        await walk.press("e")
        await walk.pause()
    assert app.return_code == 5
