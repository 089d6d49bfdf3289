"""Walks through the rules: browse, filter, open a page, see it lit, go where it is used."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.example import overture, refuted
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.walk import LARGE, SMALL, focused, screen_of, shown, until
from tui.places import AssessmentPlace, EntryPlace, LedgerPlace, RulePlace, RulesPlace
from tui.screens.assessment import AssessmentScreen
from tui.screens.ledger import LedgerScreen
from tui.screens.rule import RuleScreen
from tui.screens.rules import RulesScreen
from tui.widgets.table import VirtualTable

HERE = AssessmentPlace("refuted.txt", refuted())


async def test_rules_are_browsed_filtered_and_sorted() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, RulesPlace(), "131 rules")
        screen = walk.app.screen
        assert isinstance(screen, RulesScreen)
        assert focused(walk) is VirtualTable
        assert "lit by" not in shown(walk)

        await walk.press("slash")
        screen.query_one("#filter", Input).value = "effect:floor"
        await walk.press(*" level:5")
        text = await sees(walk, "of 131 rules")
        assert "FLR-503" in text
        assert "COM-003" not in text
        await walk.press("enter", "down")
        assert "Rules" in shown(walk)
        codes = [each["code"] for each in json.loads(screen.as_json())]
        assert screen.table.pointed == codes[1]
        await walk.press("greater_than_sign", "exclamation_mark")
        await until(
            walk, lambda: [each["code"] for each in json.loads(screen.as_json())] == sorted(codes, reverse=True)
        )

        screen.query_one("#filter", Input).value = "zzz"
        await sees(walk, "No rule fits the filter; Escape clears it.")
        screen.query_one("#filter", Input).value = "levl:4"
        await sees(walk, "There is no levl: here.")
        screen.restore({"filter": "effect:cap", "cursor": "CAP-201"})
        await sees(walk, "of 131 rules")
        assert screen.kept() == {"filter": "effect:cap", "cursor": "CAP-201"}
        await walk.press("escape")
        await sees(walk, "· 131 rules")
        await walk.press("escape")
        assert not isinstance(walk.app.screen, RulesScreen)


async def test_rules_are_lit_by_the_announcement_that_was_looked_at() -> None:
    async with screen_of(sources=()).run_test(size=LARGE) as walk:
        await go(walk, HERE, "refuted.txt")
        await walk.press("R")
        await sees(walk, "lit by refuted.txt")
        assert "✓ holds" in shown(walk)
        assert "· silent" in shown(walk)
        await walk.press("h")
        await until(walk, lambda: "· silent" not in shown(walk))
        await walk.press("h")
        await sees(walk, "· silent")
        await walk.press("slash", *"FLR-503", "enter", "enter")
        await sees(walk, "✓ holds in refuted.txt")
        assert isinstance(walk.app.screen, RuleScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_page_of_a_rule_shows_needed_and_found(size: tuple[int, int]) -> None:
    async with screen_of(sources=()).run_test(size=size) as walk:
        await go(walk, HERE, "refuted.txt")
        await go(walk, RulePlace("FLR-503", HERE.assessment), "✓ holds: f4 · there is a denial")
        screen = walk.app.screen
        assert isinstance(screen, RuleScreen)
        await sees(walk, "In the ledger: there is no ledger yet")
        await walk.press("down")
        text = await sees(walk, "Found: holds: f4")
        assert "Needed: there is a denial with matter" in text
        assert "As it is written: denial: what in commitment" in text or size == SMALL
        assert json.loads(screen.as_json())["lit"]["holds"] is True
        assert "Silent on" in screen.as_text()

        await walk.press("down")
        await sees(walk, "Enter goes to the announcement.")
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        await walk.press("escape")
        await until(walk, lambda: walk.app.screen is screen)

        await walk.press("home", "e")
        await until(walk, lambda: "Needed" not in shown(walk) and "f4 denial" not in shown(walk))
        await walk.press("greater_than_sign")
        await sees(walk, "FLR-504")
        await walk.press("less_than_sign")
        await sees(walk, "FLR-503")


async def test_a_page_is_lit_anew_by_another_announcement() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, RulePlace("FLR-503"), "Conditions are not lit")
        await go(walk, HERE, "refuted.txt")
        await go(walk, RulePlace("FLR-503", HERE.assessment), "✓ holds in refuted.txt")
        other = overture()
        await go(walk, AssessmentPlace("overture.txt", other), "overture.txt")
        await go(walk, RulePlace("FLR-503", other), "✗ silent in overture.txt")
        assert "✗ not stated" in shown(walk)


async def test_where_a_rule_is_used_leads_to_rules_ratings_and_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, filled(tmp_path / "ledger.db"))
    async with screen_of(sources=()).run_test(size=LARGE) as walk:
        await go(walk, RulePlace("FND-003"), "In the ledger: holds in 2 of 3 ratings")
        screen = walk.app.screen
        assert isinstance(screen, RuleScreen)
        assert "Used by 1 rule" in shown(walk)
        assert screen.steps.reveal("rule:FLR-402")
        await walk.press("enter")
        await sees(walk, "FLR-402 Government instrument")
        await walk.press("escape")
        assert screen.steps.reveal("entry:1")
        await walk.press("enter")
        await until(walk, lambda: isinstance(walk.app.screen, AssessmentScreen))
        assert walk.app.navigator.history.here == EntryPlace("1")  # type: ignore[attr-defined]
        await walk.press("escape", "l")
        await until(walk, lambda: isinstance(walk.app.screen, LedgerScreen))
        assert walk.app.navigator.history.here == LedgerPlace("rule:FND-003")  # type: ignore[attr-defined]
        await sees(walk, "2 of 3 entries")


async def test_a_rule_that_is_none_says_so() -> None:
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, RulePlace("FLR-999"), "Unknown rule: no rule 'FLR-999'")
        assert walk.app.screen.as_text() == ""  # type: ignore[attr-defined]
