"""Walks through the panes that question a rating: why not, what if, distance, ask; undo; small and large terminals."""

import json
import time
from collections.abc import Callable

import pytest
from textual.widget import Widget
from textual.widgets import Input, OptionList

from rules.assessment import Assessment
from rules.explain.distance import Distance
from tests.tui.example import overture, refuted
from tests.tui.test_assessment import details, opened, screen, sees
from tests.tui.walk import LARGE, Walk, focused, reversed_words, shown, until
from tui.panes.ask import AskPane
from tui.panes.distance import DistancePane
from tui.panes.questions import Questions
from tui.panes.whatif import FactTree, WhatIfPane
from tui.panes.whynot import WhyNotPane
from tui.screens.add import AddScreen
from tui.screens.value import ValueScreen
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader
from tui.widgets.step_tree import StepTree


def seen(widget: Widget) -> bool:
    return widget.display


def pointed(tree: StepTree) -> str:
    return tree.pointed.id if tree.pointed else ""


async def to(walk: Walk, key: str) -> None:
    """Open a pane, and wait until it has the focus."""
    await walk.press(key)
    questions = screen(walk).query_one(Questions)
    await until(walk, lambda: questions.pane is not None and questions.pane.first is walk.app.focused)


async def test_why_not_opens_a_level_and_filters_the_rules() -> None:
    async with opened(refuted(), LARGE) as walk:
        await to(walk, "n")
        await walk.press("down", "down", "down", "right")
        pane = screen(walk).query_one(WhyNotPane)
        await sees(walk, "Why not 4, signal only?")
        await sees(walk, "→ the smallest change that gives 4")
        assert pane.as_text().startswith("not 4 but 5: ")
        assert json.loads(pane.as_json())["id"] == "level 4"

        await walk.press("slash", *"cap-201", "enter", "down", "right", "down")
        assert pane.steps.pointed
        assert details(walk).endswith(".")
        assert "Needed: " in details(walk)
        assert "Why not 4" not in shown(walk)
        assert pane.as_text().splitlines()[0].startswith("CAP-201 ")

        await walk.press("escape")
        assert pointed(pane.steps) == "offtake: buyer_named = yes, buyer_credit = strong, rung >= 6"
        await walk.press("home")
        await sees(walk, "Why not 4, signal only?")
        assert focused(walk) is StepTree
        await walk.press("escape")
        assert focused(walk) is ProofTree


async def test_what_if_drops_and_restores_a_fact_and_shows_what_changes_at_once() -> None:
    async with opened(refuted(), LARGE) as walk:
        await to(walk, "x")
        await walk.press("down", "down", "down")
        assert reversed_words(screen(walk).query_one(AnnouncementText)) == "refuted the report"
        await walk.press("space")
        await sees(walk, "✗ dropped: f4")
        await sees(walk, " what if: 5 → 4 with 1 step ")
        await sees(walk, "●●●●○ Caution 4 of 5")
        await sees(walk, "Level 5 → 4; ")
        await sees(walk, "FLR-503 no longer holds: ")
        assert details(walk).endswith("Dropped.")

        await walk.press("space")
        await sees(walk, "✓ f4")
        await sees(walk, "what if: still 5 with 2 steps")
        await walk.press("u", "u")
        assert "what if: " not in shown(walk)
        await walk.press("u")
        assert screen(walk).session.done == ()
        await walk.press("U")
        await sees(walk, "✗ dropped: f4")
        await walk.press("w")
        assert "FLR-503" not in shown(walk)
        assert focused(walk) is ProofTree


async def test_what_if_gives_a_field_another_value_with_the_level_that_each_would_give() -> None:
    async with opened(refuted(), LARGE) as walk:
        await to(walk, "x")
        await walk.press("down", "down", "down", "right")
        facts = screen(walk).query_one(FactTree)
        await walk.press("down")
        while not pointed(facts).endswith(".mode"):
            await walk.press("down")
        await walk.press("enter")
        assert isinstance(walk.app.screen, ValueScreen)
        await sees(walk, "as it is")
        await sees(walk, "level 5 → 4")
        listed = walk.app.screen.query_one(OptionList)
        assert listed.highlighted is not None
        other = next(at for at, choice in enumerate(walk.app.screen._choices) if choice.level == 4)
        listed.highlighted = other
        await walk.press("enter")
        await sees(walk, "≠ changed: f4")
        await sees(walk, "what if: 5 → 4 with 1 step")
        assert pointed(facts) == "f4.mode"

        await walk.press("enter", "escape")
        assert len(screen(walk).session.done) == 1
        await walk.press("0")
        await sees(walk, "✓ f4")


async def test_what_if_adds_a_fact_that_is_typed_with_help() -> None:
    async with opened(overture()) as walk:
        await to(walk, "x")
        await walk.press("plus")
        assert isinstance(walk.app.screen, AddScreen)
        await walk.press(*"offt", "tab", *"form=bind", "tab")
        assert walk.app.screen.query_one(Input).value == "offtake form=binding_conditional"
        await sees(walk, "the level stays 4")

        await walk.press("enter")
        await sees(walk, "+ added: new1 (offtake: binding, with conditions)")
        pane = screen(walk).query_one(WhatIfPane)
        assert pane.as_text().startswith("Changed: add offtake form=binding_conditional")
        assert {"what if: drop", "what if: add"} <= {name for name, _, _ in screen(walk).commands()}
        assert json.loads(pane.as_json())["changes"] == ["add offtake form=binding_conditional"]

        await walk.press("plus", *"wish", "enter")
        assert isinstance(walk.app.screen, AddScreen)
        await sees(walk, "no fact kind 'wish'")
        await walk.press("escape")
        assert len(screen(walk).session.done) == 1


async def test_what_if_asks_for_words_where_a_field_has_no_list() -> None:
    async with opened(overture(), LARGE) as walk:
        await to(walk, "x")
        await walk.press("down", "right")
        facts = screen(walk).query_one(FactTree)
        while pointed(facts) != "f2.subject":
            await walk.press("down")
        await walk.press("enter", *"X", "enter")
        await sees(walk, "f2 (party: “X”)")


async def test_distance_lists_the_smallest_changes_and_enter_applies_one() -> None:
    async with opened(refuted(), LARGE) as walk:
        await to(walk, "d")
        pane = screen(walk).query_one(DistancePane)
        await sees(walk, "What would lower the rating")
        await sees(walk, "(the reading may be wrong)")
        assert "As changes: drop f4." in details(walk)
        assert reversed_words(screen(walk).query_one(AnnouncementText)) == "refuted the report"
        assert pane.as_text().startswith("The level is 5.")
        assert json.loads(pane.as_json())["level"] == 5

        await walk.press("enter")
        await sees(walk, "what if: 5 → 4 with 1 step")
        assert pane.as_text().startswith("The level is 4.")
        await walk.press("u")
        assert pane.as_text().startswith("The level is 5.")

        await walk.press("3")
        await until(walk, lambda: not pane.has_class("-searching"))
        assert json.loads(pane.as_json())["searched"]["size"] == 3


async def test_a_long_search_tells_its_progress_and_escape_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(assessment: Assessment, size: int, told: Callable[[int, int], None]) -> Distance:
        while True:
            told(1234, 9999)
            time.sleep(0.2)

    monkeypatch.setattr("tui.panes.distance.quick", lambda assessment, size: False)
    monkeypatch.setattr("tui.panes.distance.search", endless)
    async with opened(refuted()) as walk:
        await to(walk, "d")
        pane = screen(walk).query_one(DistancePane)
        await until(walk, lambda: "Trying sets of up to 2 changes: 1,234 of at most 9,999, 12 %" in shown(walk))
        await walk.press("escape")
        await until(walk, lambda: not pane.has_class("-searching"))
        assert screen(walk).query_one(Questions).front == "distance"
        await walk.press("escape")
        assert focused(walk) is ProofTree


async def test_the_interview_asks_in_place_until_no_answer_changes_the_level() -> None:
    async with opened(overture(), LARGE) as walk:
        await to(walk, "a")
        pane = screen(walk).query_one(AskPane)
        await sees(walk, "1. ")
        await sees(walk, "Why it is asked: ")
        assert "A yes brings, as stated by you and not by the text: add " in details(walk)
        first = pane.as_text()
        await walk.press("1")
        assert "with 1 step" in screen(walk).query_one(RatingHeader).plain
        await sees(walk, "The level was 4 and is ")

        await walk.press("u")
        assert pane.as_text() == first
        await walk.press("down", "down", "enter")
        await sees(walk, "not known")
        await walk.press("u", "3")
        assert [step.made[-1] for step in screen(walk).session.done] == ["unknown"]
        for _ in range(80):
            if pane.as_text().startswith("The level is"):
                break
            await walk.press("2")
        assert json.loads(pane.as_json())["open"] is not None
        assert "No question is left, and 1 answer is not known." in shown(walk).replace("\n", " ") or (
            "can change the level" in shown(walk)
        )


async def test_among_very_many_facts_the_question_is_looked_for_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.session.quick", lambda assessment: False)
    async with opened(overture()) as walk:
        await to(walk, "a")
        await until(walk, lambda: "1. " in shown(walk))
        await walk.press("1")
        await until(walk, lambda: "2. " in shown(walk) or "can change the level" in shown(walk))


async def test_where_there_is_little_room_a_pane_takes_that_of_the_text_until_it_is_wanted() -> None:
    async with opened(refuted()) as walk:
        await to(walk, "x")
        await walk.press("down", "down", "down")
        text, facts = screen(walk).query_one(AnnouncementText), screen(walk).query_one(FactTree)
        assert not seen(text)
        assert facts.size.height >= 8
        await walk.press("s")
        assert seen(text)
        assert text.as_text() == "Tokyo said it has no such plan and refuted the report."
        await until(walk, lambda: not facts.region)
        await to(walk, "x")
        assert focused(walk) is FactTree
        assert not seen(text)

        await walk.resize_terminal(*LARGE)
        await until(walk, lambda: seen(text) and text.region.x > 0)
