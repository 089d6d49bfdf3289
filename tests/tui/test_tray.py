"""What lies in the inbox, without a screen: rated, pasted, followed, listed, stopped, kept and taken up again."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rules.config import Config
from rules.errors import RulesError
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.facts.readers.making import feed
from tests.facts.readers.server import answer, serving
from tests.tui.example import TEXT, overture, refuted
from tui.assessments import Assessments
from tui.desk import Desk
from tui.rater import Allowed, Failed, Finished, Found, Given, Report, Source, Started
from tui.tray import Taken, Tray

#: Seconds within which something comes about also where many others want the processor.
_PATIENCE = 60.0


class Scripted:
    """Rates whatever it is given as an overture; `gate` holds it before each."""

    def __init__(self) -> None:
        self.asked: list[Source] = []
        self.gate = threading.Semaphore(1_000)

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        self.asked += sources
        keys = [each if isinstance(each, str) else each.key for each in sources]
        for key in keys:
            yield Found(key, Path(key).name)
        for key in keys:
            yield Started(key)
            self.gate.acquire()
            if "bad" in key:
                yield Failed(key, key, "Not a text", "bytes")
            else:
                yield Finished(key, overture(name=Path(key).name))

    def close(self) -> None:
        self.gate.release(1_000)


class Table:
    """A tray, and turns of it until something holds."""

    def __init__(self, desk: Desk) -> None:
        self.rater = Scripted()
        self.tray = Tray(desk, self.rater)
        self._event = threading.Event()
        self.taken = Taken()
        self.tray.begin(self._event.set)

    def until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if holds():
                return
            self._event.wait(0.05)
            self._event.clear()
            found = self.tray.take()
            self.taken.finished += found.finished
            self.taken.arrived += found.arrived
            self.taken.errors += found.errors
        raise AssertionError("it never came to that")

    def done(self, count: int) -> None:
        self.until(lambda: len(self.taken.finished) >= count and not self.tray.left)


@pytest.fixture(autouse=True)
def looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Followed folders are looked into at once."""
    monkeypatch.setattr("tui.watch.FOLDER_SECONDS", 0.02)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    made = Table(Desk(Config(), str(tmp_path / "ledger.db")))
    yield made
    made.tray.close()


def test_what_is_opened_is_found_rated_or_an_error_and_counted(table: Table) -> None:
    table.tray.open(["a.txt", "bad.txt"])
    table.done(1)
    states = {row.key: row.state for row in table.tray.rows.every()}
    assert states == {"a.txt": "rated", "bad.txt": "error"}
    assert (table.tray.states["rated"], table.tray.states["error"]) == (1, 1)
    found = table.tray.assessment("a.txt")
    assert found
    assert found.level == 4
    assert table.tray.assessment("bad.txt") is None
    several = table.tray.several(["a.txt", "bad.txt", "nowhere"])
    assert [each.level for each in several] == [4]
    table.tray.remove(["a.txt"])
    assert table.tray.assessment("a.txt") is None
    assert [each.level for each in several] == [4]


def test_a_pasted_text_is_a_row_once_and_can_be_rated_again(table: Table) -> None:
    key = table.tray.paste(TEXT)
    assert table.tray.paste("Another one.") == "pasted 2"
    table.done(2)
    assert table.tray.paste(TEXT) == key
    given = table.rater.asked[0]
    assert isinstance(given, Given)
    assert given.announcement.text == TEXT
    assert given.announcement.name == "pasted 1: Japan proposes joint rare earth projects…"
    assert table.tray.again([key, "nowhere"]) == 1
    table.done(3)


def test_what_is_followed_appears_rated_and_new_is_marked_until_it_is_looked_at(table: Table, tmp_path: Path) -> None:
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals" / "old.txt").write_text(TEXT)
    os.utime(tmp_path / "deals" / "old.txt", (0, 0))
    table.tray.follow(str(tmp_path / "deals"))
    table.done(1)
    old, fresh = str(tmp_path / "deals" / "old.txt"), str(tmp_path / "deals" / "new.txt")
    row = table.tray.rows.get(old)
    assert row
    assert not row.new

    Path(fresh).write_text(TEXT)
    table.done(2)
    row = table.tray.rows.get(fresh)
    assert row
    assert (row.state, row.new) == ("rated", True)
    assert [each.new for each in table.taken.arrived] == [False, True]
    table.tray.seen(fresh)
    row = table.tray.rows.get(fresh)
    assert row
    assert not row.new


def test_a_folder_that_is_gone_is_an_error_row_until_it_is_there_again(table: Table, tmp_path: Path) -> None:
    place = str(tmp_path / "later")
    table.tray.follow(place)
    table.until(lambda: table.tray.states["error"] == 1)
    row = table.tray.rows.get(place)
    assert row
    assert "No such folder" in row.reason
    Path(place).mkdir()
    table.until(lambda: table.tray.states["error"] == 0)
    assert table.tray.rows.total == 0


def test_stopping_takes_out_what_waits_and_finishes_what_is_at_hand(table: Table) -> None:
    table.rater.gate = threading.Semaphore(1)
    table.tray.open([f"{number}.txt" for number in range(50)])
    table.tray.open(["later.txt"])
    table.until(lambda: table.tray.states["rating"] == 1 and len(table.taken.finished) == 1)
    assert table.tray.stop() == 48
    table.rater.gate.release(1_000)
    table.done(2)
    assert table.tray.rows.total == 2
    table.tray.open(["again.txt"])
    table.done(3)
    assert "later.txt" not in table.rater.asked


def test_removed_rows_are_gone_whatever_is_reported_of_them_later(table: Table) -> None:
    table.rater.gate = threading.Semaphore(0)
    table.tray.open(["a.txt", "b.txt"])
    table.until(lambda: table.tray.states["rating"] == 1 and table.tray.rows.total == 2)
    table.tray.remove(["a.txt"])
    table.rater.gate.release(1_000)
    table.done(1)
    assert [row.key for row in table.tray.rows.every()] == ["b.txt"]
    assert table.tray.states["rated"] == 1


def test_the_ledger_is_listed_among_the_rows_and_then_what_came_since(table: Table, tmp_path: Path) -> None:
    with open_ledger(str(tmp_path / "ledger.db"), write=True) as ledger:
        ledger.append(draft(overture()))
    table.tray.list_ledger()
    assert table.tray.listing
    table.until(lambda: not table.tray.listing)
    with open_ledger(str(tmp_path / "ledger.db"), write=True) as ledger:
        ledger.append(draft(refuted()))
    table.tray.list_ledger()
    table.until(lambda: not table.tray.listing)
    assert [(row.key, row.level) for row in table.tray.rows.every()] == [("ledger 0", 4), ("ledger 1", 5)]
    assert table.tray.again(["ledger 0"]) == 0


def test_without_a_ledger_listing_says_so_and_is_not_kept(table: Table) -> None:
    table.tray.list_ledger()
    table.until(lambda: not table.tray.listing)
    assert [error.title for error in table.taken.errors] == ["No ledger"]
    assert table.tray.kept() == {}


def test_the_next_start_takes_up_order_pasted_texts_and_what_was_followed(table: Table, tmp_path: Path) -> None:
    table.tray.paste(TEXT)
    table.tray.follow(str(tmp_path))
    table.tray.rows.sort("who", reverse=True)
    kept = table.tray.kept()
    assert kept == {"sort": ["who", True], "pasted": [TEXT], "followed": [str(tmp_path)]}
    later = Table(Desk(Config(), str(tmp_path / "ledger.db")))
    later.tray.restore({**kept, "unknown": 1, "ledger": False})
    later.done(1)
    assert later.tray.kept() == kept
    later.tray.restore({"sort": ["nothing", 3], "pasted": 7, "followed": [1]})
    assert later.tray.kept() == kept
    later.tray.close()


def test_from_the_browser_nothing_is_followed_and_what_the_configuration_follows_is_not_either(tmp_path: Path) -> None:
    sealed = Table(Desk(Config(watch=(str(tmp_path),), feeds=("https://example.com/feed",)), sealed=True))
    with pytest.raises(RulesError, match="browser"):
        sealed.tray.follow(str(tmp_path))
    sealed.tray.restore({"followed": [str(tmp_path)]})
    assert sealed.tray.followed == ()
    sealed.tray.close()


def test_folders_of_the_configuration_are_followed_and_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    configured = Table(Desk(Config(watch=(str(tmp_path),))))
    configured.done(1)
    assert configured.tray.followed == (str(tmp_path),)
    assert configured.tray.kept() == {}
    configured.tray.close()


def test_an_address_inside_waits_to_be_allowed_unless_the_configuration_does_that(tmp_path: Path) -> None:
    news = feed(("Acme signs", "First."))
    with serving(answer(news, "application/rss+xml")) as server:
        url = server.at("/feed.xml")
        asked = Table(Desk(Config(feeds=(url,))))
        asked.until(lambda: asked.tray.private(url) != "")
        assert asked.tray.private(url) == "127.0.0.1: an address of this machine"
        assert server.requests == []
        asked.tray.allow(url)
        asked.done(1)
        assert asked.tray.private(url) == ""
        assert asked.tray.rows.get(url) is None, "the row of the error is gone"
        asked.tray.close()

        configured = Table(Desk(Config(feeds=(url,), private=(url,))))
        configured.done(1)
        assert len(server.requests) == 2
        configured.tray.open([server.at("/other.xml"), url])
        configured.until(lambda: len(configured.rater.asked) == 3)
        assert configured.rater.asked[1:] == [server.at("/other.xml"), Allowed(url)]
        configured.tray.close()


def test_a_fault_in_a_thread_is_raised_where_it_is_seen(table: Table) -> None:
    def broken(sources: list[Source]) -> Iterator[Report]:
        raise ZeroDivisionError("a fault")

    table.rater.rate = broken  # type: ignore[method-assign]
    table.tray.open(["a.txt"])
    with pytest.raises(ZeroDivisionError):
        table.done(1)


def test_assessments_that_were_put_away_come_back_the_same_and_share_the_pack() -> None:
    kept = Assessments(at_hand=2)
    first = overture()
    for number in range(5):
        text = TEXT + "filler " * 100_000 if number == 2 else TEXT
        kept.put(f"{number}", overture(text, f"{number}.txt"))
    kept.put("0", first)
    found = [kept.get(f"{number}") for number in range(5)]
    assert [each.announcement.name for each in found if each and each.announcement] == [
        "overture.txt", "1.txt", "2.txt", "3.txt", "4.txt",
    ]  # fmt: skip
    assert all(each and each.pack is first.pack and each.level == 4 for each in found)
    assert len(kept) == 5
    assert kept.get("nowhere") is None
    some = kept.of(["4", "nowhere", "1"])
    assert [each.announcement.name for each in some[1:] if each.announcement] == ["1.txt"]
    assert len(some) == 2
    kept.close()
