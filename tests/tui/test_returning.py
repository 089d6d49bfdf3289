"""The next start: where one was, what was begun, what was looked at before."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.tui.example import overture
from tests.tui.fake import FakeScreen, app_of, fake, here, take_place
from tests.tui.walk import SMALL, ListRater, finished, rows, screen_of, shown, until
from tui.app import CaveatApp
from tui.desk import Desk
from tui.places import AssessmentPlace, EntryPlace, LedgerPlace, RulePlace, RulesPlace
from tui.rater import Report, Source


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    take_place(monkeypatch)


async def test_what_was_begun_is_taken_up_at_the_next_start(tmp_path: Path) -> None:
    note = tmp_path / "overture.txt"
    note.write_text("x")
    async with screen_of(*finished(overture()), sources=[str(note), "other"]).run_test(size=SMALL) as walk:
        await until(walk, lambda: app_of(walk).tray.rows.total == 1)
        app_of(walk).go(AssessmentPlace("overture.txt", overture()))
        await walk.press("c", "c", "c")
        app_of(walk).theme = "high-contrast-light"
        await walk.press("ctrl+q")

    rater = ListRater(*finished(overture()))
    async with CaveatApp([], rater, Path("none"), recover=False).run_test(size=SMALL) as walk:
        await until(walk, lambda: isinstance(walk.app.screen, FakeScreen) and fake(walk).count == 3)
        assert here(walk) == "assessment overture.txt"
        assert rater.asked == [[str(note), str(Path("other").absolute())]]
        assert walk.app.theme == "high-contrast-light"


class LateRater(ListRater):
    """Holds back the last report until it is told."""

    def __init__(self, *reports: Report) -> None:
        super().__init__(*reports)
        self.now = Event()

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        yield from self.reports[:-1]
        self.now.wait(10)
        yield self.reports[-1]


@pytest.mark.parametrize("does", ["down", "nothing"])
async def test_whoever_is_at_work_already_is_not_carried_off(does: str) -> None:
    async with screen_of(*finished(overture())).run_test(size=SMALL) as walk:
        app_of(walk).go(AssessmentPlace("overture.txt", overture()))
        await walk.press("ctrl+q")

    rater = LateRater(*finished(overture()))
    async with CaveatApp([], rater, Path("none"), recover=False).run_test(size=SMALL) as walk:
        await until(walk, lambda: app_of(walk).tray.rows.total == 1)
        if does == "down":
            await walk.press("down")
        rater.now.set()
        await until(walk, lambda: app_of(walk).tray.left == 0)
        await until(walk, lambda: here(walk) == ("assessment overture.txt" if does == "nothing" else "InboxScreen"))


async def test_where_one_was_is_opened_at_once() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        app_of(walk).go(RulePlace("COM-002"))
        await walk.press("ctrl+q")

    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await until(walk, lambda: isinstance(walk.app.screen, FakeScreen))
        assert here(walk) == "rule COM-002"
        await walk.press("escape")
        assert here(walk) == "InboxScreen"


async def test_back_and_forward_go_on_where_they_ended_at_the_last_start() -> None:
    async with screen_of(*finished(overture())).run_test(size=SMALL) as walk:
        await rows(walk, 1)
        for place in (RulesPlace(), AssessmentPlace("overture.txt", overture()), RulePlace("COM-002"), LedgerPlace()):
            app_of(walk).go(place)
        await walk.press("alt+left")
        await until(walk, lambda: here(walk) == "rule COM-002")
        await walk.press("ctrl+q")

    async with CaveatApp([], ListRater(*finished(overture())), Path("none"), recover=False).run_test() as walk:
        await until(walk, lambda: here(walk) == "rule COM-002")
        await until(walk, lambda: app_of(walk).tray.states["rated"] == 1)
        await walk.press("alt+right")
        assert here(walk) == "ledger"
        await walk.press("alt+left", "alt+left")
        assert here(walk) == "assessment overture.txt"
        await walk.press("alt+left")
        assert here(walk) == "rules"
        await walk.press("ctrl+q")

    async with screen_of(sources=["other"]).run_test(size=SMALL) as walk:
        await walk.press("alt+left")
        assert here(walk) == "ledger", "whoever opens something else has all of it behind"


async def test_a_rating_that_left_the_ledger_is_passed_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_LEDGER", str(tmp_path / "ledger.db"))
    Desk().save([overture()])
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        app_of(walk).go(RulesPlace())
        app_of(walk).go(EntryPlace("0"))
        await until(walk, lambda: here(walk) == "assessment 0")
        await walk.press("L", "ctrl+q")

    (tmp_path / "ledger.db").unlink()
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        await until(walk, lambda: here(walk) == "ledger")
        await walk.press("alt+left")
        await until(walk, lambda: "No ledger" in shown(walk))
        await walk.press("alt+left")
        assert here(walk) == "rules"
