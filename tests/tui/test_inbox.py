"""The inbox on the screen: columns, filter, order, marks, and every way into it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Button, Input, TextArea

from rules.config import Config
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.tui.example import TEXT, off_topic, overture, refuted
from tests.tui.walk import LARGE, SMALL, ListRater, Walk, finished, focused, rows, screen_of, shown, until
from tui.app import CaveatApp
from tui.desk import Desk
from tui.inbox_words import Pace, title
from tui.rater import Failed, Finished, Found, Given, Report, Source, Started
from tui.rows import Row
from tui.screens.assessment import AssessmentScreen
from tui.screens.inbox import InboxScreen
from tui.screens.paste import PasteScreen
from tui.screens.source import SourceScreen
from tui.watch import Folder
from tui.widgets.filter import FilterLine
from tui.widgets.inbox_table import InboxTable


class Echo:
    """Rates every source as an overture of that name."""

    def __init__(self) -> None:
        self.asked: list[Source] = []

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        self.asked += sources
        for source in sources:
            key = source if isinstance(source, str) else source.key
            yield Found(key, Path(key).name)
            yield Started(key)
            yield Finished(key, overture(name=Path(key).name))

    def close(self) -> None:
        pass


def app_of(walk: Walk) -> CaveatApp:
    assert isinstance(walk.app, CaveatApp)
    return walk.app


def names(walk: Walk) -> list[str]:
    index = app_of(walk).tray.rows
    return [index.row(number).name for number in range(len(index))]


def notes(walk: Walk) -> str:
    return "\n".join(f"{each.title}: {each.message}" for each in walk.app._notifications)


def three() -> Sequence[Report]:
    return [*finished(overture(), refuted(), off_topic()), Failed("x.bin", "x.bin", "Not a text", "x.bin: [red] bytes")]


async def test_columns_are_level_class_who_date_and_reason_as_far_as_there_is_room() -> None:
    async with screen_of(*three()).run_test(size=LARGE) as walk:
        await rows(walk, 4)
        head = shown(walk).split("\n")[1].split()
        assert head == ["Level", "Announcement", "Class", "Who", "Date", "Why"]
        line = next(line for line in shown(walk).split("\n") if "overture.txt" in line)
        assert line.split()[:7] == ["▸", "●●●●○", "4", "Signal", "only", "overture.txt", "gov_overture"]
        assert "Nothing is signed; " in line
        await walk.resize_terminal(*SMALL)
        await until(walk, lambda: shown(walk).split("\n")[1].split() == ["Level", "Announcement", "Why"])
        assert "4 announcements · 1 could not be read" in shown(walk)
        assert "! error" in shown(walk)
        assert "Not a text: x.bin: [red] bytes"[:29] in shown(walk)


async def test_the_filter_is_live_and_down_goes_from_it_to_the_rows() -> None:
    async with screen_of(*three()).run_test(size=SMALL) as walk:
        await rows(walk, 4)
        await walk.press("slash", *"x.b")
        assert names(walk) == ["x.bin"]
        assert "1 shown" in shown(walk)
        app_of(walk).inbox.query_one(FilterLine).value = "level:4,5 rule:com"
        await walk.pause()
        assert names(walk) == ["overture.txt", "refuted.txt"]
        await walk.press("down", "down")
        assert focused(walk) is InboxTable
        assert app_of(walk).inbox.table.pointed == "refuted.txt"
        await walk.press("escape")
        assert len(names(walk)) == 4
        assert app_of(walk).inbox.table.pointed == "refuted.txt"


async def test_what_is_typed_right_behind_the_slash_stands_in_the_filter_and_is_no_command() -> None:
    async with screen_of(*three()).run_test(size=SMALL) as walk:
        await rows(walk, 4)
        for key, letter in (("down", None), ("slash", "/"), ("o", "o"), ("slash", "/"), ("S", "S")):
            walk.app.post_message(events.Key(key, letter))
        await until(walk, lambda: app_of(walk).inbox.query_one(FilterLine).value == "o/S")
        assert isinstance(walk.app.screen, InboxScreen)


async def test_rows_are_sorted_marked_copied_and_their_assessments_offered() -> None:
    async with screen_of(*three()).run_test(size=LARGE) as walk:
        await rows(walk, 4)
        await walk.press("greater_than_sign", "exclamation_mark")
        assert names(walk) == ["x.bin", "bakery.txt", "refuted.txt", "overture.txt"]
        await walk.press("home", "space", "down", "shift+down", "space")
        assert "3 marked" in shown(walk)
        inbox = app_of(walk).inbox
        found = [each.announcement.name for each in inbox.assessments() if each.announcement]
        assert found == ["bakery.txt", "refuted.txt"]
        await walk.press("y")
        assert "●●●●● 5 Do not rely · refuted.txt · gov_overture · Japan" in walk.app.clipboard
        assert "overture.txt" not in walk.app.clipboard
        await walk.press("Y")
        copied = json.loads(walk.app.clipboard)
        assert [(each["name"], each["level"], each["state"]) for each in copied] == [
            ("x.bin", None, "error"), ("bakery.txt", None, "not_rated"), ("refuted.txt", 5, "rated"),
        ]  # fmt: skip
        await walk.press("escape")
        assert not inbox.table.selected
        assert [each.level for each in inbox.assessments()] == [5]


async def test_a_path_is_asked_for_completes_itself_and_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    rater = Echo()
    async with CaveatApp((), rater, Path("none"), remember=False, recover=False).run_test(size=SMALL) as walk:
        await walk.press("o")
        assert isinstance(walk.app.screen, SourceScreen)
        await walk.press("escape", "o", *"no", "tab")
        assert walk.app.screen.query_one(Input).value == "notes/"
        await walk.press("enter")
        await rows(walk, 1)
        assert rater.asked == ["notes"]
        await walk.press("o")
        walk.app.screen.query_one(Input).value = "https://example.com/feed"
        await walk.press("enter")
        await rows(walk, 2)
        assert rater.asked[1] == "https://example.com/feed"


async def test_what_is_pasted_is_rated_or_opened_and_pasted_again_only_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    rater = Echo()
    async with CaveatApp((), rater, Path("none"), remember=False, recover=False).run_test(size=SMALL) as walk:
        await walk.pause()
        inbox = app_of(walk).inbox
        inbox.post_message(events.Paste(TEXT))
        await rows(walk, 1)
        assert isinstance(rater.asked[0], Given)
        assert rater.asked[0].announcement.text == TEXT
        assert focused(walk) is InboxTable
        inbox.post_message(events.Paste(f"'{tmp_path}/a.txt'\n"))
        await rows(walk, 2)
        assert rater.asked[1] == f"{tmp_path}/a.txt"

        await walk.press("p")
        assert isinstance(walk.app.screen, PasteScreen)
        walk.app.screen.query_one(TextArea).load_text("Another announcement.")
        await walk.press("ctrl+d")
        await rows(walk, 3)
        assert "pasted 2" in shown(walk)
        await walk.press("p", "escape")
        inbox.post_message(events.Paste(TEXT))
        await until(walk, lambda: inbox.table.pointed == "pasted 1")
        assert len(rater.asked) == 3


async def test_a_folder_is_followed_and_what_arrives_appears_rated_and_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.watch.FOLDER_SECONDS", 0.02)
    looks, look = [], Folder.look

    def looked(folder: Folder) -> Sequence[Source]:
        looks.append(found := look(folder))
        return found

    monkeypatch.setattr(Folder, "look", looked)
    async with CaveatApp((), Echo(), Path("none"), remember=False, recover=False).run_test(size=SMALL) as walk:
        monkeypatch.chdir(tmp_path)
        await walk.press("f", ".", "enter")
        assert "Followed from now on" in notes(walk)
        await until(walk, lambda: bool(looks))
        (tmp_path / "a.txt").write_text(TEXT)
        await rows(walk, 1)
        assert "new a.txt" in shown(walk)
        assert "1 new announcement" in notes(walk)
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        await walk.press("escape")
        assert "new a.txt" not in shown(walk)
        await walk.press("f", ".", "enter")
        assert "Followed already" in notes(walk)


async def test_ratings_on_record_are_listed_among_the_others_and_opened_from_the_ledger(tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.db")
    desk = Desk(Config(), place)
    app = CaveatApp(["note.txt"], Echo(), Path("none"), desk, remember=False, recover=False)
    async with app.run_test(size=SMALL) as walk:
        await rows(walk, 1)
        await walk.press("l")
        await until(walk, lambda: "No ledger" in notes(walk))
        with open_ledger(place, write=True) as ledger:
            ledger.append(draft(refuted()))
        await walk.press("l")
        await rows(walk, 2)
        await walk.press("slash")
        app.inbox.query_one(FilterLine).value = "is:ledger"
        await walk.press("enter")
        assert names(walk) == ["refuted.txt"]
        assert "ledger entry 0" in shown(walk)
        assert (len(app.inbox.assessments()), app.inbox.entries()) == (0, ["0"])
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        await walk.press("escape", "f5")
        assert "Not rated again" in notes(walk)


async def test_rows_are_rated_again_taken_out_and_what_waits_is_stopped() -> None:
    waiting = [Found(f"{number}.txt", f"{number}.txt") for number in range(3)]
    rater = ListRater(*finished(overture()), *waiting, Started("0.txt"))
    app = CaveatApp(["inbox"], rater, Path("none"), remember=False, recover=False)
    async with app.run_test(size=SMALL) as walk:
        await until(walk, lambda: app.tray.states["rating"] == 1)
        assert "1 of 4 done █████···············" in shown(walk)
        await walk.press("down", "enter")
        assert "Not rated yet" in notes(walk)
        await walk.press("S")
        assert names(walk) == ["overture.txt", "0.txt"]
        assert "2 that waited are taken out" in notes(walk)
        await walk.press("up", "f5")
        await until(walk, lambda: rater.asked[-1] == ["overture.txt"])
        await walk.press("ctrl+a", "delete")
        await until(walk, lambda: "Nothing to read yet." in shown(walk))


async def test_errors_say_why_and_an_error_can_be_copied() -> None:
    async with screen_of(Failed("x\x1b.bin", "x\x1b.bin", "Not a text", "no\ntext")).run_test(size=SMALL) as walk:
        await rows(walk, 1)
        await walk.press("enter")
        assert "Could not be read: Not a text: no text" in notes(walk)
        assert not isinstance(walk.app.screen, AssessmentScreen)
        await walk.press("y")
        assert "! error · x␛.bin · Not a text: no text" in walk.app.clipboard


async def test_from_the_browser_texts_are_rated_and_neither_paths_nor_addresses_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    rater = Echo()
    desk = Desk(Config(), str(tmp_path / "none.db"), read_only=True, sealed=True)
    async with CaveatApp((), rater, Path("none"), desk, remember=False, recover=False).run_test(size=SMALL) as walk:
        await walk.pause()
        assert "In the browser neither files nor addresses are opened." in shown(walk)
        await walk.press("o", "f")
        assert isinstance(walk.app.screen, InboxScreen)
        inbox = app_of(walk).inbox
        inbox.post_message(events.Paste(f"{tmp_path}/a.txt"))
        await rows(walk, 1)
        given = rater.asked[0]
        assert isinstance(given, Given)
        assert given.announcement.text == f"{tmp_path}/a.txt"
        assert {name for name, _, _ in inbox.commands()} >= {"inbox: paste", "inbox: ledger"}
        assert not {name for name, _, _ in inbox.commands()} & {"inbox: open", "inbox: follow"}


async def test_filter_order_cursor_and_pasted_texts_are_taken_up_again() -> None:
    app = CaveatApp(["a.txt", "b.txt", "c.txt"], Echo(), Path("none"), remember=False, recover=False)
    async with app.run_test(size=SMALL) as walk:
        await rows(walk, 3)
        app.tray.paste(TEXT)
        await rows(walk, 4)
        await walk.press("greater_than_sign", "greater_than_sign", "slash", *".txt", "down", "down")
        kept = app.inbox.kept()
        assert kept == {"filter": ".txt", "cursor": "b.txt", "sort": ["name", False], "pasted": [TEXT]}

    later = CaveatApp(["a.txt", "b.txt", "c.txt"], Echo(), Path("none"), remember=False, recover=False)
    async with later.run_test(size=SMALL) as walk:
        await walk.pause()
        later.inbox.restore({**kept, "sort": ["name", True], "else": 1})
        await until(walk, lambda: later.tray.rows.total == 4 and later.inbox.table.pointed == "b.txt")
        assert names(walk) == ["c.txt", "b.txt", "a.txt"]
        assert "Announcement ▼" in shown(walk)
        assert later.inbox.query_one("#filter", Input).display
        fresh = later.inbox.again()
        assert fresh.tray is later.tray
        later.switch_screen(fresh)
        await until(walk, lambda: walk.app.screen is fresh and "3 shown" in shown(walk))


async def test_whoever_is_at_work_is_not_carried_off_to_the_first_announcement(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(TEXT)
    app = CaveatApp([str(note)], ListRater(Found("a", "a"), Found("b", "b")), Path("none"), remember=False)
    async with app.run_test(size=SMALL) as walk:
        await until(walk, lambda: app.tray.rows.total == 2)
        await walk.press("down")
        app.tray._intake.put(Finished("a", overture()))
        await until(walk, lambda: app.tray.states["rated"] == 1)
        assert isinstance(walk.app.screen, InboxScreen)


async def test_a_hundred_thousand_rows_are_filtered_sorted_and_drawn_in_view_only() -> None:
    app = CaveatApp((), Echo(), Path("none"), remember=False, recover=False)
    async with app.run_test(size=SMALL) as walk:
        await walk.pause()
        made = Row("k", "n", "rated", 3, "●●●○○ 3 Conditional", "offtake_deal", rules="FIN-006")
        app.tray.rows.put(*(replace(made, key=f"{n}", name=f"note {n:06}") for n in range(100_000)))
        app.inbox.show()
        await walk.press("end")
        await until(walk, lambda: "note 099999" in shown(walk))
        await walk.press("slash", *"9999")
        await until(walk, lambda: len(app.tray.rows) == 19)
        await walk.press("escape", "greater_than_sign", "greater_than_sign", "exclamation_mark", "home")
        await until(walk, lambda: "▸ ●●●○○ 3 Conditional  note 099999" in shown(walk))
        await walk.press("ctrl+a")
        await until(walk, lambda: "100,000 marked" in shown(walk))


async def test_the_empty_inbox_says_every_way_in_and_offers_the_samples(tmp_path: Path) -> None:
    rater = Echo()
    async with CaveatApp((), rater, tmp_path, remember=False, recover=False).run_test(size=SMALL) as walk:
        await until(walk, lambda: focused(walk) is Button)
        for way in ("o   open a file", "p   paste", "f   follow", "l   list", "caveat tui announcements/"):
            assert way in shown(walk)
        await walk.click(Button)
        await rows(walk, 1)
        assert rater.asked == [str(tmp_path)]


def test_the_pace_tells_how_long_the_rest_takes_once_it_is_known() -> None:
    ticks = iter(range(0, 1_000, 2))
    pace = Pace(lambda: float(next(ticks)))
    assert pace.left(100) == ""
    for _ in range(5):
        pace.step()
    assert pace.left(10) == "about 20 s left"
    assert pace.left(100) == "about 3 min left"
    assert pace.left(2) == ""
    assert pace.left(0) == ""


def test_the_title_counts_what_is_done_shown_marked_and_wrong() -> None:
    assert title({}, 0, 0) == "Caveat"
    assert title({"rated": 1}, 1, 0) == "Caveat · 1 announcement"
    told = title({"rated": 2, "error": 1, "waiting": 1}, 3, 2, "about 9 s left", listing=True)
    assert told == (
        "Caveat · 3 of 4 done ███████████████····· about 9 s left · reading the ledger … · 3 shown · 2 marked"
        " · 1 could not be read"
    )
    narrow = title({"rated": 2, "error": 1, "waiting": 1}, 4, 0, "about 9 s left", width=70)
    assert narrow == "Caveat · 3 of 4 done ███████████████····· · 1 could not be read"
    assert title({"rated": 2, "waiting": 2}, 4, 0, "about 9 s left", width=30) == "Caveat · 2 of 4 done"
