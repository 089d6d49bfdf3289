"""The program around the screens: places, work that is kept, saving, copying, jumping, and an error in the middle."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from rules.config import Config
from tests.tui.example import overture
from tests.tui.fake import FakeScreen, Pane, app_of, fake, here, take_place
from tests.tui.walk import SMALL, ListRater, screen_of, shown, until
from tui.app import CaveatApp
from tui.desk import Desk
from tui.places import AssessmentPlace, EntryPlace, RulePlace, RulesPlace
from tui.screens.help import HelpScreen, help_for
from tui.screens.jump import JumpScreen, Letter
from tui.screens.report import ReportScreen
from tui.state import name_of


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    take_place(monkeypatch)


def written(path: Path, begins: str) -> bool:
    return path.exists() and path.read_text().startswith(begins)


async def test_back_and_forward_through_what_was_looked_at_and_nothing_begun_is_lost() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await walk.press("R")
        assert here(walk) == "rules"
        await walk.press("c", "c")
        app_of(walk).go(RulePlace("FIN-006"))
        await walk.press("L")
        assert here(walk) == "ledger"

        await walk.press("alt+left")
        assert here(walk) == "rule FIN-006"
        await walk.press("escape")
        assert (here(walk), fake(walk).count) == ("rules", 2)
        await walk.press("escape")
        assert here(walk) == "InboxScreen"
        await walk.press("alt+right", "alt+right")
        assert here(walk) == "rule FIN-006"
        await walk.press("I")
        assert here(walk) == "InboxScreen"
        await walk.press("alt+left", "alt+left")
        assert (here(walk), fake(walk).count) == ("rules", 2)
        await walk.press("escape", "escape", "alt+left")
        assert here(walk) == "InboxScreen"


async def test_only_so_many_screens_stay_alive_and_work_goes_on_in_the_one_that_takes_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.navigation._MOST_ALIVE", 2)
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        first, again = overture(), overture()
        app_of(walk).go(AssessmentPlace("a", first))
        await walk.press("c")
        old = fake(walk)
        app_of(walk).go(RulesPlace())
        await walk.pause()
        app_of(walk).go(AssessmentPlace("a", again))
        await walk.pause()

        assert fake(walk) is not old
        assert fake(walk).assessments() == (again,)
        await until(walk, lambda: fake(walk).count == 1)

        for number in range(4):
            app_of(walk).go(RulePlace(str(number)))
            await walk.pause()
        names = [name_of(place).partition(" ")[2] for place, _ in app_of(walk).navigator.screens]
        assert names[1:] == ["2", "3"]  # and the assessment, which has work in it
        assert len(names) == 3


async def test_a_rating_on_record_is_read_again_when_one_comes_back_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.navigation._MOST_ALIVE", 1)
    desk = Desk(ledger_address=str(tmp_path / "ledger.db"))
    desk.save([overture()])
    app = CaveatApp([], ListRater(), Path("none"), desk, recover=False)
    async with app.run_test(size=SMALL, notifications=True) as walk:
        app.go(EntryPlace("0"))
        await until(walk, lambda: app.navigator.history.here == EntryPlace("0"))
        assert fake(walk).assessments()[0].to_json() == overture().to_json()
        app.go(RulesPlace())
        app.go(RulePlace("COM-002"))
        await walk.press("escape", "escape")
        await until(walk, lambda: app.navigator.history.here == EntryPlace("0"))
        assert app.navigator.history.ahead == RulesPlace()

        app.go(EntryPlace("7"))
        await until(walk, lambda: "the ledger has the entries 0 to 0" in shown(walk))
        assert app.navigator.history.here == EntryPlace("0")


async def test_jumping_help_and_copying_go_by_the_focused_pane() -> None:
    async with screen_of(sources=()).run_test(size=(80, 60), notifications=True) as walk:
        await walk.press("R", "ctrl+o")
        assert isinstance(walk.app.screen, JumpScreen)
        assert {each.letter for each in walk.app.screen.query(Letter)} == {"a", "s"}
        assert "Press a letter to go to that pane" in shown(walk)
        await walk.press("s")
        assert isinstance(walk.app.focused, Input)
        for key in ("escape", "ctrl+o"):
            await walk.press("ctrl+o", key)
            assert isinstance(walk.app.focused, Input)
        await walk.press("ctrl+o")
        await walk.click(next(each for each in walk.app.screen.query(Letter) if each.letter == "a"))
        assert isinstance(walk.app.focused, Pane)

        for key in ("question_mark", "f1"):
            await walk.press(key)
            assert isinstance(walk.app.screen, HelpScreen)
            text = shown(walk)
            assert text.index("This pane shows a rule.") < text.index("A screen for tests.")
            assert text.index("In this pane") < text.index("Next rule") < text.index("On this screen")
            assert text.index("On this screen") < text.index("Count") < text.index("Levels of caution")
            assert "fake.count" in text
            await walk.press("escape")
            assert here(walk) == "rules"

        await walk.press("y")
        assert walk.app.clipboard == "text of rules (red]left(/red]"
        await walk.press("Y")
        assert json.loads(walk.app.clipboard) == "rules (red]left(/red]"
        await walk.press("ctrl+s")
        await until(walk, lambda: "There is no rating here to save" in shown(walk))
        await walk.press("tab", "y")
        assert walk.app.screen.query_one(Input).value == "y"


async def test_a_rating_is_saved_to_the_ledger_in_a_thread(tmp_path: Path) -> None:
    desk = Desk(ledger_address=str(tmp_path / "ledger.db"))
    app = CaveatApp([], ListRater(), Path("none"), desk, recover=False)
    async with app.run_test(size=SMALL, notifications=True) as walk:
        app.go(AssessmentPlace("a", overture()))
        await walk.press("ctrl+s")
        await until(walk, lambda: "overture.txt: saved as 0" in shown(walk))
        assert desk.place_of(overture()) == "ledger 0"


async def test_an_error_of_the_ledger_is_shown_and_nothing_else_happens(tmp_path: Path) -> None:
    app = CaveatApp([], ListRater(), Path("none"), Desk(read_only=True), recover=False)
    async with app.run_test(size=SMALL, notifications=True) as walk:
        app.go(AssessmentPlace("a", overture()))
        await walk.press("ctrl+s")
        await until(walk, lambda: "this screen may only look" in shown(walk))
        assert here(walk) == "assessment a"


async def test_a_report_is_written_and_an_existing_file_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        app = app_of(walk)
        app.go(AssessmentPlace("a", overture()))
        await walk.press("ctrl+r")
        assert isinstance(walk.app.screen, ReportScreen)
        line = walk.app.screen.query_one(Input)
        assert line.value == "overture.md"
        for value, says in {"x.pdf": "end the name in .md, .html", "none/x.md": "no folder"}.items():
            line.value = value
            await walk.press("enter")
            assert says in shown(walk)
        await walk.press("escape")
        assert list(tmp_path.iterdir()) == []
        await walk.press("ctrl+r", "enter")
        await until(walk, lambda: written(tmp_path / "overture.md", "# overture.txt"))

        (tmp_path / "overture.md").write_text("mine")
        await walk.press("ctrl+r", "enter")
        assert "This file exists. Enter again overwrites it" in shown(walk)
        assert (tmp_path / "overture.md").read_text() == "mine"
        await walk.press("enter")
        await until(walk, lambda: written(tmp_path / "overture.md", "# overture.txt"))


async def test_what_is_open_is_written_down_where_it_changed_and_what_cannot_be_is_said_once(home: Path) -> None:
    place = home / ".local/state/caveat/screen.json"
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        app = app_of(walk)
        await walk.press("R", "c")
        app.remember()
        assert json.loads(place.read_text())["kept"]["rules"] == {"count": 1}
        place.unlink()
        app.remember()
        assert not place.exists()

        place.mkdir()
        await walk.press("c")
        app.remember()
        await until(walk, lambda: "What is open cannot be remembered" in shown(walk))
        app.clear_notifications()
        await walk.press("c")
        app.remember()
        await walk.pause()
        assert "cannot be remembered" not in shown(walk)
        assert fake(walk).count == 3


async def test_the_palette_has_the_commands_of_the_screen_and_those_of_everywhere() -> None:
    async with screen_of(sources=()).run_test(size=(80, 50)) as walk:
        await walk.press("R", "ctrl+p")
        await until(walk, lambda: bool(walk.app.screen.query(OptionList)))
        await until(walk, lambda: "fake: count" in shown(walk))
        assert "Count [red]once[/red] more" in shown(walk)
        names = [each.title for each in walk.app.get_system_commands(walk.app.screen_stack[-2])]
        assert all(": " in name for name in names)
        assert {"fake: count", "ledger: save", "screen: theme", "go: back"} <= set(names)
        await walk.press(*"fake count", "enter")
        await until(walk, lambda: isinstance(walk.app.screen, FakeScreen) and fake(walk).count == 1)


async def test_keys_are_those_of_the_configuration(tmp_path: Path) -> None:
    config = Config(path=tmp_path / "config.toml", keys={"screen.rules": "ctrl+g", "screen.help": "f2"})
    async with CaveatApp([], ListRater(), Path("none"), Desk(config), recover=False).run_test(size=SMALL) as walk:
        await walk.press("R")
        assert here(walk) == "InboxScreen"
        await walk.press("ctrl+g")
        assert here(walk) == "rules"
        everywhere = help_for(walk.app.screen).keys[-1]
        assert ("^g", "Rules", "screen.rules") in everywhere.rows
        await walk.press("f2")
        assert isinstance(walk.app.screen, HelpScreen)
