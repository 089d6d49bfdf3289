"""Each screen once, as a picture. What stands on them is tested by walks; these show that nothing looks broken.

After a change that is meant: `pytest tests/tui/test_snapshots.py --snapshot-update`, and look at each picture. The
documentation shows them (docs/screen.md).
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from rules.assessment import Assessment
from rules.pack import load
from tests.tui.example import off_topic, overture, refuted
from tests.tui.ledgers import VARIABLE, filled, sees
from tests.tui.walk import LARGE, SMALL, ListRater, finished, rows
from tui.app import CaveatApp
from tui.places import AssessmentPlace, DiffPlace, LedgerPlace, Place, RulePlace, RulesPlace
from tui.rater import Failed
from tui.screens.crash import CrashScreen

Compare = Callable[..., bool]
Prepare = Callable[[Pilot[None]], Awaitable[None]]
Look = Callable[..., bool]

#: The pictures must not change with every rule that changes: its digest stands in the header.
_PACK = replace(load(), digest="sha256:" + "0" * 64)


def still(assessment: Assessment) -> Assessment:
    """The same under a pack whose digest stays."""
    return replace(assessment, pack=_PACK)


HERE = still(refuted())
_VARIABLE = "TEXTUAL_SNAPSHOT_TEMPDIR"
_FOLDER = os.environ.get(_VARIABLE, "")


@pytest.fixture(autouse=True)
def _reports(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the plugin keeps what it will report: it says so in a variable, and those are taken away from tests."""
    if _FOLDER:
        monkeypatch.setenv(_VARIABLE, _FOLDER)


@pytest.fixture
def look(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Look:
    """Compares the screen, after going to a place and pressing keys, with its picture."""
    monkeypatch.setenv(VARIABLE, filled(tmp_path / "ledger.db", still))

    def compared(
        *keys: str, at: Place | None = None, until: str = "", theme: str = "", size: tuple[int, int] = SMALL,
        over: Screen[bool] | None = None,
    ) -> bool:  # fmt: skip
        reports = finished(still(overture()), HERE, still(off_topic()))
        refusal = Failed("x.bin", "x.bin", "Not a text", "x.bin: the bytes are not text [red]")
        app = CaveatApp(["inbox"], ListRater(*reports, refusal), Path("none"), remember=False, recover=False)

        async def prepare(walk: Pilot[None]) -> None:
            await rows(walk, 4)
            if theme:
                app.theme = theme
            if at is not None:
                app.go(at)
            if isinstance(at, AssessmentPlace) and at.assessment.rated:
                await sees(walk, "ledger ")  # a thread has looked it up
            if over is not None:
                app.push_screen(over)
            for key in keys:
                await walk.pause()
                await walk.press(key)
            if until:
                await sees(walk, until)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await walk.pause()

        return snap_compare(app, terminal_size=size, run_before=prepare)

    return compared


def test_the_inbox(look: Look) -> None:
    assert look("down", until="refuted.txt")


def test_an_error_in_the_inbox(look: Look) -> None:
    assert look("end", until="Not a text")


def test_an_assessment(look: Look) -> None:
    assert look("down", "right", "right", at=AssessmentPlace("refuted.txt", HERE), until="Fact f4")


def test_an_assessment_on_a_large_screen(look: Look) -> None:
    assert look("down", "right", "right", at=AssessmentPlace("refuted.txt", HERE), until="Fact f4", size=LARGE)


def test_what_was_not_rated(look: Look) -> None:
    assert look(at=AssessmentPlace("bakery.txt", still(off_topic())), until="No level is given")


def test_why_not(look: Look) -> None:
    assert look("n", at=AssessmentPlace("refuted.txt", HERE))


def test_what_if(look: Look) -> None:
    assert look("x", "end", "space", at=AssessmentPlace("refuted.txt", HERE))


def test_the_distance_on_light_ground(look: Look) -> None:
    assert look("d", at=AssessmentPlace("refuted.txt", HERE), theme="caveat-light")


def test_the_interview_in_high_contrast(look: Look) -> None:
    assert look(
        "a", at=AssessmentPlace("overture.txt", still(overture())), until="Why it is asked", theme="high-contrast-dark"
    )


def test_the_rules(look: Look) -> None:
    assert look(at=RulesPlace("effect:floor"), until="Rules")


def test_a_rule(look: Look) -> None:
    assert look("down", at=RulePlace("FLR-503", HERE), until="In the ledger: holds in 1 of 3 ratings")


def test_the_ledger(look: Look) -> None:
    assert look("down", "left_square_bracket", at=LedgerPlace(), until="refuted.txt · 2026-05-02")


def test_a_diff(look: Look) -> None:
    assert look(at=DiffPlace("0", "1"), until="FLR-503 now holds")


def test_an_override(look: Look) -> None:
    assert look("down", "o", at=LedgerPlace(), until="New level")


def test_a_checkpoint(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_SIGNING_KEY", "/keys/ratings.key")
    assert look("K", at=LedgerPlace(), until="none of them signed so far")


def test_a_report(look: Look) -> None:
    assert look("ctrl+a", "ctrl+r", until="Report on 3 announcements")


def test_jumping(look: Look) -> None:
    assert look("ctrl+o", at=AssessmentPlace("refuted.txt", HERE), until="Press a letter")


def test_an_internal_error(look: Look) -> None:
    crashed = CrashScreen(RuntimeError("broken [red] here"), "~/.local/state/caveat/crash-1.txt")
    assert look(over=crashed, until="Nothing is lost")


def test_help(look: Look) -> None:
    assert look("question_mark", at=RulesPlace(), until="In this pane")


def test_an_empty_inbox(snap_compare: Compare, tmp_path: Path) -> None:
    app = CaveatApp([], ListRater(), tmp_path, remember=False, recover=False)
    assert snap_compare(app, terminal_size=SMALL)
