"""Reports on ratings that are on record, straight from the inbox and from the ledger."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input

from rules.errors import RulesError
from rules.ledger import dispute
from rules.ledger.place import open_ledger
from tests.tui.example import off_topic, overture, refuted
from tests.tui.ledgers import VARIABLE, filled, go
from tests.tui.walk import SMALL, Walk, finished, rows, screen_of, shown, until
from tui.places import LedgerPlace
from tui.reread import WithRecord
from tui.screens.report import ReportScreen


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = filled(tmp_path / "ledger.db")
    monkeypatch.setenv(VARIABLE, place)
    monkeypatch.chdir(tmp_path)
    return place


async def reported(walk: Walk, name: str) -> str:
    """The report that `Ctrl+R` and this name give."""
    await walk.press("ctrl+r")
    await until(walk, lambda: isinstance(walk.app.screen, ReportScreen))
    walk.app.screen.query_one(Input).value = name
    await walk.press("enter")
    await until(walk, lambda: Path(name).exists() and Path(name).read_text().endswith("\n"))
    return Path(name).read_text()


def test_a_rating_on_record_is_what_it_was_and_an_opinion_leads_to_its_rating(ledger: str) -> None:
    with open_ledger(ledger, write=True) as found:
        dispute.override(found, found.rating("1"), 3, "site visit", None, "ann")
        several = WithRecord([off_topic()], found, ["1", "0", "3"])
        assert [each.level for each in several] == [None, 5, 4]
        assert several[1].to_json() == refuted().to_json()
        assert [each.to_json() for each in several[-1:]] == [overture().to_json()]
        with pytest.raises(IndexError):
            several[3]
        with pytest.raises(RulesError, match="'x': an id is the number"):
            WithRecord([], found, ["x"])


async def test_a_report_is_written_on_ratings_on_record_in_the_inbox(tmp_path: Path) -> None:
    async with screen_of(*finished(overture(name="fresh.txt"))).run_test(size=SMALL, notifications=True) as walk:
        await rows(walk, 1)
        await walk.press("l")
        await rows(walk, 4)
        await walk.press("end", "ctrl+r")
        await until(walk, lambda: isinstance(walk.app.screen, ReportScreen))
        assert "Report on the announcement." in shown(walk)
        assert walk.app.screen.query_one(Input).value == "caveat-0.md"
        await walk.press("escape")
        assert (await reported(walk, "one.md")).startswith("# overture.txt")
        await walk.press("ctrl+a")
        written = json.loads(await reported(walk, "all.json"))
        names = [each["source"]["name"] for each in written]
        assert sorted(names) == ["bakery.txt", "fresh.txt", "overture.txt", "refuted.txt"]
        await walk.press("ctrl+a", "end", "ctrl+s")
        await until(walk, lambda: "What is chosen is on record already." in shown(walk))


async def test_a_report_is_written_on_the_marked_entries_of_the_ledger(ledger: str) -> None:
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("space", "end", "space")
        lines = (await reported(walk, "some.csv")).splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["bakery.txt", "overture.txt"]
        Path(ledger).unlink()
        await walk.press("ctrl+r")
        await until(walk, lambda: isinstance(walk.app.screen, ReportScreen))
        walk.app.screen.query_one(Input).value = "none.csv"
        await walk.press("enter")
        await until(walk, lambda: "No ledger" in shown(walk))
        assert not Path("none.csv").exists()
