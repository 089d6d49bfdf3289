"""Walks through one assessment: the head, the sentence cursor, the way back to a rule, the ledger, changes kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from rules.assessment import Assessment
from tests.tui.example import TEXT, off_topic, overture, refuted
from tests.tui.walk import LARGE, SMALL, ListRater, Walk, focused, reversed_words, shown, until
from tui.app import CaveatApp
from tui.messages import Recorded
from tui.places import AssessmentPlace, RulePlace
from tui.screens.assessment import AssessmentScreen
from tui.sentences import Sentences
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader


@asynccontextmanager
async def opened(assessment: Assessment, size: tuple[int, int] = SMALL) -> AsyncIterator[Walk]:
    """The screen with this assessment in front."""
    app = CaveatApp([], ListRater(), remember=False)
    async with app.run_test(size=size, notifications=True) as walk:
        app.go(AssessmentPlace("here", assessment))
        await until(walk, lambda: isinstance(app.screen, AssessmentScreen) and focused(walk) is ProofTree)
        yield walk


def screen(walk: Walk) -> AssessmentScreen:
    found = walk.app.screen
    assert isinstance(found, AssessmentScreen)
    return found


async def sees(walk: Walk, words: str) -> None:
    """Wait until these words stand on the screen; a busy machine paints late."""
    for _ in range(50):
        if words in shown(walk):
            return
        await walk.pause()
    assert words in shown(walk)


def details(walk: Walk) -> str:
    return screen(walk).query_one(Details).text


async def test_the_head_tells_level_standing_counts_rules_engines_and_place() -> None:
    async with opened(refuted(), LARGE) as walk:
        head = screen(walk).query_one(RatingHeader)
        await until(walk, lambda: "not saved" in head.plain)
        assert head.plain.startswith("●●●●● Caution 5 of 5, do not rely · would be 4 but for FLR-503 · ")
        assert "1 denied, 12 not stated (1 said so)" in head.plain
        assert "rules 1 (" in head.plain
        assert "engines agree" in head.plain
        assert shown(walk).split("\n")[0].rstrip().endswith("engines agree")


async def test_the_place_in_the_ledger_is_told_once_it_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(overture()) as walk:
        head = screen(walk).query_one(RatingHeader)
        await until(walk, lambda: "not saved" in head.plain)
        monkeypatch.setattr("tui.desk.Desk.place_of", lambda desk, assessment: "ledger 12")
        screen(walk).post_message(Recorded())
        await until(walk, lambda: head.plain.endswith(" · ledger 12"))


async def test_the_cursor_in_the_text_goes_by_sentence_and_shows_what_used_it() -> None:
    async with opened(refuted(), LARGE) as walk:
        await walk.press("s")
        text = screen(walk).query_one(AnnouncementText)
        assert focused(walk) is AnnouncementText
        assert text.as_text().startswith("Japan proposes")
        assert "f1, commitment: overture; proposed; rung 2." in details(walk)

        await walk.press("down", "down")
        assert text.as_text() == "[red]Markup[/red] and an escape \x1b[31m stay as they are."
        assert details(walk) == "Nothing was read from this sentence, and no rule used it."
        await sees(walk, "► [red]Markup[/red] and an escape ␛[31m stay")

        await walk.press("end")
        assert "    FLR-503: " in details(walk)
        await walk.press("home", "up")
        assert text.as_text().startswith("Japan proposes")
        await walk.press("pagedown", "pageup")
        assert text.here


async def test_a_sentence_leads_to_its_rule_in_the_proof_and_a_step_to_its_sentence() -> None:
    async with opened(refuted()) as walk:
        await walk.press("s", "end", "enter")
        tree = screen(walk).query_one(ProofTree)
        assert focused(walk) is ProofTree
        assert tree.pointed
        assert tree.pointed.rule
        assert reversed_words(screen(walk).query_one(AnnouncementText)) == "refuted the report"

        await walk.press("s")
        text = screen(walk).query_one(AnnouncementText)
        assert text.as_text() == "Tokyo said it has no such plan and refuted the report."
        await walk.press("escape")
        assert not isinstance(walk.app.screen, AssessmentScreen)


async def test_a_click_puts_the_cursor_on_a_sentence() -> None:
    async with opened(overture(), LARGE) as walk:
        text = screen(walk).query_one(AnnouncementText)
        line = next(y for y, row in enumerate(shown(walk).split("\n")) if "Nothing" in row)
        await walk.click(offset=(shown(walk).split("\n")[line].index("Nothing"), line))
        assert text.as_text() == "Nothing has been signed."


async def test_sentences_that_no_rule_used_are_dim() -> None:
    assessment = overture()
    assert assessment.reading
    unread = Sentences(TEXT).at(TEXT.index("[red]Markup"))
    assessment = replace(assessment, reading=replace(assessment.reading, unread=(unread,)))
    async with opened(assessment, LARGE) as walk:
        text = screen(walk).query_one(AnnouncementText)
        await until(walk, lambda: unread in text.dimmed)
        spoken = [segment for y in range(text.size.height) for segment in text.render_line(y)]
        dim = "".join(segment.text for segment in spoken if segment.style and segment.style.dim)
        assert "Markup" in dim
        assert "gives no amount" not in dim


async def test_an_absence_opens_to_its_search() -> None:
    async with opened(overture(), LARGE) as walk:
        tree = screen(walk).query_one(ProofTree)
        assert tree.reveal("COM-002")
        await walk.press("right", "right")
        assert details(walk).startswith("Looked for, and not there. Absent: a commitment at least as firm as ")
        await walk.press("right", "right")
        assert tree.pointed
        assert tree.pointed.kind == "search"
        assert "cues were tried on every sentence." in details(walk)


async def test_the_keys_are_on_the_last_line_and_can_be_clicked() -> None:
    async with opened(overture()) as walk:
        keys = screen(walk).query_one(KeyLine)
        await until(walk, lambda: "What if" in keys.plain)
        line = shown(walk).split("\n")[-1]
        assert line.startswith(" w Why  n Why not  x What if  d Distance  a Ask ")
        await walk.click(KeyLine, offset=(line.index("What if"), 0))
        await until(walk, lambda: "✓ f1" in shown(walk))


async def test_r_goes_to_the_page_of_the_rule_of_a_step_or_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[object] = []
    async with opened(refuted()) as walk:
        monkeypatch.setattr(walk.app, "go", gone.append)
        await walk.press("r")
        await until(walk, lambda: "No rule is highlighted" in shown(walk))
        await walk.press("down", "r")
        await walk.press("s", "end", "r")
        await until(walk, lambda: len(gone) == 2)
        assert gone[0] == RulePlace("FLR-503")
        assert isinstance(gone[1], RulePlace)


async def test_what_is_not_rated_cannot_be_questioned_and_says_why() -> None:
    async with opened(off_topic()) as walk:
        await walk.press("x")
        await until(walk, lambda: "There is no level" in shown(walk))
        assert focused(walk) is ProofTree
        assert screen(walk).as_text().startswith("bakery.txt\nNOT RATED")


async def test_changes_are_remembered_and_taken_up_again() -> None:
    async with opened(refuted()) as walk:
        await walk.press("x")
        await sees(walk, "✓ f4")
        await walk.press("down", "down", "down", "space")
        kept = screen(walk).kept()
        assert kept == {"changes": [["drop", "f4"]], "pane": "whatif"}

    async with opened(refuted()) as walk:
        screen(walk).restore(kept)
        await until(walk, lambda: "✗ dropped: f4" in shown(walk))
        await sees(walk, "what if: 5 → 4 with 1 step")


async def test_a_what_if_is_not_saved_but_the_rating_as_it_was_read() -> None:
    assessment = refuted()
    async with opened(assessment) as walk:
        await walk.press("x")
        await sees(walk, "✓ f1")
        await walk.press("space")
        assert list(screen(walk).assessments()) == [assessment]
        await until(walk, lambda: "A what-if is not saved" in shown(walk))


async def test_every_part_has_a_twin_in_words_and_as_data() -> None:
    async with opened(overture()) as walk:
        assert "SIGNAL ONLY  4 of 5" in screen(walk).as_text()
        assert '"level": 4' in screen(walk).as_json()
        assert "Absent: looked for and not found" in screen(walk).query_one(ProofTree).as_text()
        assert '"kind": "rating"' in screen(walk).query_one(ProofTree).as_json()
        text = screen(walk).query_one(AnnouncementText)
        assert text.as_text() == TEXT
        assert len(list(screen(walk).commands())) == 9
