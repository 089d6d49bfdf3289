"""All screens and panes: few keys in the footer, an id for every key, help, a plain-text twin, named commands."""

import json
import re
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tests.tui.example import overture, refuted
from tests.tui.walk import SMALL, ListRater, Walk, finished, until
from tui.actions import actions
from tui.app import CaveatApp
from tui.desk import Desk
from tui.offers import Worded
from tui.places import AssessmentPlace, DiffPlace, EntryPlace, InboxPlace, LedgerPlace, Place, RulePlace, RulesPlace
from tui.screens.help import help_for
from tui.screens.jump import panes

MOST = 7
PLACES = [
    InboxPlace(), AssessmentPlace("overture.txt", overture()), RulesPlace(), RulePlace("COM-002", overture()),
    LedgerPlace(), EntryPlace("1"), DiffPlace("0", "1"),
]  # fmt: skip
#: Screens that lie over others are closed by Escape and need no keys of their own.
ID = re.compile(r"[a-z]+(\.[a-z_-]+)+")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(ledger_address=str(tmp_path / "ledger.db"))
    desk.save([overture(), refuted()])
    return desk


def footer(screen: Screen[object]) -> list[str]:
    """What the footer shows: one entry an action."""
    shown = [each.binding for each in screen.active_bindings.values() if each.binding.show and each.enabled]
    return list(dict.fromkeys(binding.description for binding in shown))


async def arrive(walk: Walk, place: Place) -> Screen[object]:
    app = walk.app
    assert isinstance(app, CaveatApp)
    app.go(place)
    await until(walk, lambda: app.navigator.history.here == place and bool(app.screen.focus_chain))
    return app.screen


def test_every_key_has_an_id_and_says_what_it_does() -> None:
    for action in actions(CaveatApp):
        assert ID.fullmatch(action.id), (action.owner, action.keys, action.id)
        assert action.says, action.id


def test_an_id_is_one_action_wherever_it_is() -> None:
    meant: dict[str, set[str]] = {}
    for action in actions(CaveatApp):
        meant.setdefault(action.id, set()).add(action.says)

    assert {id: says for id, says in meant.items() if len(says) > 1} == {}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: type(place).__name__)
async def test_every_screen_has_few_keys_help_a_twin_and_commands(place: Place, desk: Desk) -> None:
    rater = ListRater(*finished(overture(), refuted()))
    async with CaveatApp(["inbox"], rater, Path("none"), desk, recover=False).run_test(size=SMALL) as walk:
        screen = await arrive(walk, place)
        stops: list[Widget] = panes(screen)
        assert stops
        for pane in stops:
            pane.focus()
            await walk.pause()
            assert len(footer(screen)) <= MOST, (pane, footer(screen))
            assert help_for(screen).purposes
        assert isinstance(screen, Worded)
        assert screen.as_text().strip()
        json.loads(screen.as_json())
        titles = [each.title for each in walk.app.get_system_commands(screen)]
        assert all(re.fullmatch(r"[a-z]+: .+", title) for title in titles), titles
        assert len(titles) == len(set(titles))
        for field in screen.query(Input):
            assert field.has_class("-hidden") or field.placeholder or not field.display
