"""Walks through the screen with the keyboard, as an analyst would."""

from pathlib import Path

import pytest
from textual.widgets import Button

from tests.tui.example import TEXT, off_topic, overture, refuted
from tests.tui.walk import (
    LARGE,
    SMALL,
    ListRater,
    finished,
    focused,
    front,
    reversed_words,
    rows,
    screen_of,
    shown,
    until,
)
from tui.app import CaveatApp
from tui.rater import Failed, Found, Started
from tui.screens.assessment import AssessmentScreen
from tui.screens.help import HelpScreen
from tui.screens.source import SourceScreen
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.details import Details
from tui.widgets.empty_inbox import EmptyInbox
from tui.widgets.inbox_table import InboxTable
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader
from tui.widgets.theme_bars import ThemeBars


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_from_the_inbox_to_the_sentence_and_back(size: tuple[int, int]) -> None:
    async with screen_of(*finished(overture(), refuted())).run_test(size=size) as walk:
        table = await rows(walk, 2)
        assert "●●●●○ 4 Signal only" in shown(walk)
        assert "●●●●● 5 Do not rely" in shown(walk)
        assert ("gov_overture" in shown(walk)) == (size == LARGE)

        await walk.press("down", "enter")
        assert front(walk) is AssessmentScreen
        tree, text = walk.app.screen.query_one(ProofTree), walk.app.screen.query_one(AnnouncementText)
        side_by_side = text.region.x > tree.region.x
        assert side_by_side == (size == LARGE)
        assert "would be 4 but for FLR-503" in shown(walk)
        assert "COM" in shown(walk)
        assert text.marked == ()

        await walk.press("down", "right", "right")
        assert reversed_words(text) == "refuted the report"
        assert "Fact f4, denial" in shown(walk)

        await walk.press("s")
        assert focused(walk) is AnnouncementText
        await walk.press("w")
        assert focused(walk) is ProofTree
        await walk.press("tab")
        assert focused(walk) is AnnouncementText
        await walk.press("escape")
        assert focused(walk) is InboxTable
        assert table.pointed_row
        assert table.pointed_row.name == "refuted.txt"


async def test_expand_opens_a_step_with_all_below_it_and_closes_it_again() -> None:
    async with screen_of(*finished(overture())).run_test(size=LARGE) as walk:
        await rows(walk, 1)
        await walk.press("enter", "e")
        tree = walk.app.screen.query_one(ProofTree)
        opened = tree.last_line
        assert "+15 FIN-001" in shown(walk)

        await walk.press("e")
        assert tree.last_line < opened / 3
        assert "FIN-001" not in shown(walk)

        await walk.press("left", "down", "left")
        assert tree.cursor_node is tree.root


async def test_markup_and_escapes_of_an_announcement_are_shown_as_they_are() -> None:
    assessment = overture(name="[bold]note\x1b[2J.txt")
    async with screen_of(*finished(assessment)).run_test(size=SMALL) as walk:
        await rows(walk, 1)
        assert "[bold]note␛[2J.txt" in shown(walk)

        await walk.press("enter")
        assert "[bold]note␛[2J.txt" in shown(walk)
        assert "[red]Markup[/red] and an escape ␛[31m stay as they are." in shown(walk)
        assert "\x1b" not in shown(walk)


async def test_what_was_not_rated_or_not_read_says_why() -> None:
    refused = Failed("x.bin", "x.bin", "Not a text", "x.bin: the bytes are not text [red]")
    reports = [*finished(off_topic()), refused, Found("slow.txt", "slow.txt"), Started("slow.txt")]
    async with screen_of(*reports).run_test(size=SMALL) as walk:
        await rows(walk, 3)
        await until(walk, lambda: "» rating" in shown(walk))
        assert "2 of 3 done" in shown(walk)
        assert "1 could not be read" in shown(walk)

        await walk.press("enter")
        assert "It is not about the supply of minerals or metals: the document" in shown(walk)
        assert "No level is given" in shown(walk)
        assert reversed_words(walk.app.screen.query_one(AnnouncementText)) == "bread"
        assert not walk.app.screen.query(ThemeBars)

        await walk.press("escape", "down")
        assert "! error: Not a text: x.bin: the bytes are not text [red]" in shown(walk)
        await walk.press("enter")
        assert front(walk) is not AssessmentScreen
        await walk.press("down", "enter")
        assert front(walk) is not AssessmentScreen


async def test_the_filter_narrows_the_inbox_and_escape_clears_it() -> None:
    async with screen_of(*finished(overture(), refuted(), off_topic())).run_test(size=SMALL) as walk:
        table = await rows(walk, 3)
        await walk.press("slash", *"level:5")
        assert len(table.source) == 1
        assert "overture.txt" not in shown(walk)

        await walk.press("enter", "enter")
        assert "Caution 5 of 5" in shown(walk)
        await walk.press("escape", "slash", *"zzz")
        assert len(table.source) == 0
        assert "No announcement fits the filter; Escape clears it." in shown(walk)

        await walk.press("escape")
        assert len(table.source) == 3
        assert focused(walk) is InboxTable


async def test_an_empty_inbox_says_what_to_do_and_opens_the_samples(tmp_path: Path) -> None:
    app = screen_of(*finished(overture()), sources=(), samples=tmp_path)
    async with app.run_test(size=SMALL) as walk:
        await walk.pause()
        assert "caveat tui announcements/" in shown(walk)
        assert focused(walk) is Button

        await walk.press("enter")
        await rows(walk, 1)
        assert focused(walk) is InboxTable
        assert not app.inbox.query_one(EmptyInbox).display


async def test_without_samples_none_are_offered_and_a_path_can_be_typed() -> None:
    rater = ListRater(*finished(overture()))
    app = CaveatApp([], rater, Path("none"))
    async with app.run_test(size=SMALL) as walk:
        await walk.pause()
        assert not walk.app.screen.query(Button)

        await walk.press("o")
        assert front(walk) is SourceScreen
        await walk.press(*"note.txt", "enter")
        await rows(walk, 1)
        assert rater.asked == [["note.txt"]]


async def test_help_lists_the_keys_of_the_screen_in_front_and_the_levels() -> None:
    async with screen_of(*finished(overture())).run_test(size=LARGE) as walk:
        await rows(walk, 1)
        await walk.press("enter", "question_mark")
        assert front(walk) is HelpScreen
        assert "On this screen" in shown(walk)
        assert "●●●●○ 4 Signal only" in shown(walk)
        await walk.press("end")
        assert "not investment advice" in shown(walk)

        await walk.press("escape")
        assert front(walk) is AssessmentScreen


async def test_the_screen_follows_the_size_of_the_terminal() -> None:
    async with screen_of(*finished(overture())).run_test(size=LARGE) as walk:
        await rows(walk, 1)
        await walk.press("enter")
        screen = walk.app.screen
        tree, text = screen.query_one(ProofTree), screen.query_one(AnnouncementText)
        assert "Commitment" in shown(walk)

        await walk.resize_terminal(*SMALL)
        await until(walk, lambda: text.region.x == tree.region.x)
        assert screen.query_one(RatingHeader).size.height == 2
        assert screen.query_one(ThemeBars).size.height == 2
        assert min(tree.size.height, text.size.height) >= 3
        assert screen.query_one(Details).size.height >= 3
        assert all(len(line) == SMALL[0] for line in shown(walk).split("\n"))


async def test_a_long_announcement_is_drawn_row_by_row() -> None:
    text = TEXT.replace("The note", "filler words of no weight. " * 40_000 + "\nThe note")
    async with screen_of(*finished(overture(text))).run_test(size=SMALL) as walk:
        await rows(walk, 1)
        await walk.press("enter", *["down"] * 2, "s", "end")
        pane = walk.app.screen.query_one(AnnouncementText)
        assert len(pane.rows_in_view) < SMALL[1]
        last = [pane.row_text(row) for row in pane.rows_in_view]
        assert "refuted the report." in " ".join(last)


async def test_one_file_is_opened_as_soon_as_it_is_rated(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(TEXT)
    async with screen_of(*finished(overture()), sources=[str(note)]).run_test(size=SMALL) as walk:
        await until(walk, lambda: front(walk) is AssessmentScreen and bool(walk.app.screen.query(ProofTree)))
