"""A feed in the inbox, from a server on the loopback interface: what is in it, what comes, what the server refuses."""

import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from facts.readers.poll import poll
from tests.facts.readers.making import feed
from tests.facts.readers.server import answer, serving
from tests.tui.example import overture
from tests.tui.ledgers import sees
from tests.tui.walk import SMALL, Walk, rows, shown
from tui.app import CaveatApp
from tui.rater import Finished, Found, Given, Report, Source
from tui.rows import Row
from tui.screens.inbox import InboxScreen
from tui.screens.source import SourceScreen
from tui.watch import Feed

#: Seconds within which something comes about also where many others want the processor; and between two looks.
_PATIENCE, _OFTEN = 60.0, 0.02


class ByTitle:
    """Rates every entry as an overture, under the first line of its text."""

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        for source in sources:
            assert isinstance(source, Given)
            title = source.announcement.text.splitlines()[0]
            yield Found(source.key, title)
            yield Finished(source.key, overture(name=title))

    def close(self) -> None:
        pass


class Impatient(Feed):
    """A feed that is asked all the time, also while it fails."""

    def pause(self, took: float) -> float:
        return 0.1


class Newswire:
    """A server's side: the entries that there are, each state of them under a tag of its own."""

    def __init__(self) -> None:
        self.entries = [("Acme signs", "First."), ("Borealis builds", "Second.")]
        self.down = False
        self.unchanged = 0

    def __call__(self, request: bytes, connection: socket.socket) -> None:
        tag = f'"{len(self.entries)}"'
        if self.down:
            script = answer(b"", status="503 Service Unavailable")
        elif f"If-None-Match: {tag}".lower().encode() in request.lower():
            self.unchanged += 1
            script = answer(b"", status="304 Not Modified")
        else:
            script = answer(feed(*self.entries), "application/rss+xml", more=f"ETag: {tag}\r\n")
        script(request, connection)


async def follow(walk: Walk, url: str) -> None:
    await walk.press("f")
    assert isinstance(walk.app.screen, SourceScreen)
    walk.app.screen.query_one(Input).value = url
    await walk.press("enter")


def listed(walk: Walk) -> list[Row]:
    assert isinstance(walk.app, CaveatApp)
    found = walk.app.tray.rows
    return [found.row(index) for index in range(len(found))]


async def comes(walk: Walk, holds: Callable[[], bool]) -> None:
    """Wait for the next look at the feed."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        await walk.pause(_OFTEN)
        if holds():
            return
    raise AssertionError(f"it never came; there is:\n{shown(walk)}")


def screen() -> CaveatApp:
    return CaveatApp((), ByTitle(), Path("none"), remember=False, recover=False)


async def test_entries_appear_rated_and_what_comes_is_new_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = partial(poll, allow_private=True)
    monkeypatch.setattr("tui.intake.place_of", lambda name, private: Impatient(name, ask=asking))
    wire = Newswire()
    with serving(wire) as server:
        async with screen().run_test(size=SMALL, notifications=True) as walk:
            await follow(walk, server.at("/feed.xml"))
            await comes(walk, lambda: len(listed(walk)) == 2)
            before = [("Acme signs", False), ("Borealis builds", False)]
            assert [(row.name, row.new) for row in listed(walk)] == before, "they were there already"
            await comes(walk, lambda: wire.unchanged > 0)

            wire.entries.append(("Corvid drills", "Third."))
            await comes(walk, lambda: "1 new announcement" in shown(walk))
            assert [(row.name, row.new) for row in listed(walk)] == [*before, ("Corvid drills", True)]

            wire.down = True
            await comes(walk, lambda: "1 could not be read" in shown(walk))
            wire.down = False
            await comes(walk, lambda: "could not be read" not in shown(walk))
            assert [row.name for row in listed(walk)] == ["Acme signs", "Borealis builds", "Corvid drills"]


async def test_an_address_inside_is_asked_only_once_that_was_said_by_whoever_sees_what_it_means() -> None:
    with serving(Newswire()) as server:
        async with screen().run_test(size=SMALL) as walk:
            await follow(walk, server.at("/feed.xml"))
            await rows(walk, 1)
            told = " ".join(shown(walk).split())
            assert "Private address: 127.0.0.1: an address of this machine; Enter asks whether to fetch it" in told

            await walk.press("enter")
            await sees(walk, "Fetch a private address?")
            assert server.at("/feed.xml") in shown(walk)
            assert "127.0.0.1: an address of this machine" in shown(walk)
            assert f'private = ["{server.at("/feed.xml")}"]' in shown(walk)
            await walk.press("enter")
            assert isinstance(walk.app.screen, InboxScreen), "what has the focus is to leave it alone"
            await walk.press("enter")
            await sees(walk, "Fetch a private address?")
            await walk.press("escape")
            assert isinstance(walk.app.screen, InboxScreen)
            assert server.requests == []

            await walk.press("enter")
            await sees(walk, "Fetch a private address?")
            await walk.press("tab", "enter")
            await comes(walk, lambda: [row.name for row in listed(walk)] == ["Acme signs", "Borealis builds"])
        assert len(server.requests) == 1
