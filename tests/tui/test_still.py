"""What changes on an assessment is painted, and nothing is laid out anew; panes are there before they are asked for."""

from typing import Any

from textual.screen import Screen

from tests.tui.example import overture, refuted
from tests.tui.test_assessment import details, opened, screen
from tests.tui.walk import LARGE, Walk, focused, until
from tui.panes.pane import Pane
from tui.panes.questions import Questions
from tui.panes.whatif import FactTree
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader

PANES = ["AskPane", "DistancePane", "WhatIfPane", "WhyNotPane"]


def made(walk: Walk) -> list[str]:
    return sorted(type(pane).__name__ for pane in screen(walk).query(Pane))


def layouts(of: Screen[Any]) -> list[Screen[Any]]:
    """Every layout of the screen from now on."""
    found: list[Screen[Any]] = []
    of.screen_layout_refresh_signal.subscribe(of, found.append, immediate=True)
    return found


async def test_the_panes_are_made_out_of_sight_and_offer_nothing_until_they_are_in_front() -> None:
    async with opened(overture(), LARGE) as walk:
        await until(walk, lambda: made(walk) == PANES)
        assert not any(pane.display for pane in screen(walk).query(Pane))
        assert focused(walk) is ProofTree
        titles = [each.title for each in walk.app.get_system_commands(screen(walk))]
        assert "what if: drop" not in titles
        await walk.press("x")
        await until(walk, lambda: focused(walk) is FactTree)
        assert "what if: drop" in [each.title for each in walk.app.get_system_commands(screen(walk))]
        assert [type(pane).__name__ for pane in screen(walk).query(Pane) if pane.display] == ["WhatIfPane"]


async def test_a_what_if_and_its_undo_lay_nothing_out_anew() -> None:
    async with opened(refuted(), LARGE) as walk:
        await until(walk, lambda: made(walk) == PANES)
        await walk.press("x")
        await until(walk, lambda: focused(walk) is FactTree)
        await walk.pause()
        head, before = screen(walk).query_one(RatingHeader), layouts(screen(walk))
        await walk.press("space")
        await until(walk, lambda: "what if: " in head.plain)
        await walk.press("u")
        await until(walk, lambda: "what if: " not in head.plain)
        await walk.press("down", "right", "left", "up")
        assert before == []


async def test_a_tree_that_tells_the_same_steps_keeps_its_lines_and_one_that_does_not_is_made_anew() -> None:
    async with opened(refuted(), LARGE) as walk:
        await walk.press("x")
        await until(walk, lambda: focused(walk) is FactTree)
        facts = screen(walk).query_one(FactTree)
        first = facts.root.children[0]
        await walk.press("space")
        assert facts.root.children[0] is first
        assert str(first.label).startswith("✗ dropped: f1")
        screen(walk).session.add("offtake form=loi")
        screen(walk).follow()
        assert facts.root.children[0] is not first
        assert str(facts.root.children[-1].label).startswith("+ added: ")
        assert facts.pointed
        assert facts.pointed.id == "f1"


async def test_the_text_is_broken_anew_for_another_width_and_keeps_the_marked_words_in_view() -> None:
    async with opened(refuted(), LARGE) as walk:
        text = screen(walk).query_one(AnnouncementText)
        wide = max(len(text.row_text(row)) for row in text.rows_in_view)
        await walk.resize_terminal(130, 20)
        await until(walk, lambda: max(len(text.row_text(row)) for row in text.rows_in_view) < min(wide, 62))


async def test_at_a_step_without_words_s_stays_in_the_proof_and_says_why() -> None:
    async with opened(refuted(), LARGE) as walk:
        tree = screen(walk).query_one(ProofTree)
        absent = next(node.id for node in _every(tree) if node.kind == "absence")
        assert tree.reveal(absent)
        await walk.press("s")
        assert focused(walk) is ProofTree
        assert details(walk).startswith("This step rests on no words of the text")


async def test_opening_and_closing_panes_leaves_one_in_front() -> None:
    async with opened(refuted(), LARGE) as walk:
        await walk.press("n", "d", "a", "x", "w")
        await until(walk, lambda: focused(walk) is ProofTree)
        assert made(walk) == PANES
        assert not any(pane.display or pane.has_class("-lit") for pane in screen(walk).query(Pane))
        assert screen(walk).query_one(Questions).front == "why"


def _every(tree: ProofTree) -> list[Any]:
    queue, found = [tree.root.data], []
    while queue:
        node = queue.pop(0)
        if node is not None:
            found.append(node)
            queue += node.children
    return found
