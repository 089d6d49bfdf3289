"""Ledgers to test on: a file, a database of a real server, a clock that stands still until it is moved."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.signing import SigningKey, new_key
from tests.rules.cli.conftest import caveat
from tests.rules.ledger.server import Server, binaries, running

__all__ = ["caveat"]


class Clock:
    """Noon of 2 June 2026, and a second more at each look."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 6, 2, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time

    def on(self, day: str) -> None:
        """Set it to noon of a day."""
        self.time = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb below /usr/lib/postgresql (as root, runuser is needed too)")
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with running(programs) as started:
        yield started


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a SQLite ledger is, or will be."""
    return tmp_path / "ledger" / "ledger.db"


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, place: Path) -> str:
    """The address of an empty ledger in each store."""
    if request.param == "sqlite":
        return str(place)
    server: Server = request.getfixturevalue("server")
    return server.address()


@pytest.fixture
def both(address: str, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger in each store."""
    with open_ledger(address, write=True, clock=clock) as ledger:
        yield ledger


@pytest.fixture
def ledger(place: Path, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    with open_ledger(str(place), write=True, clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return new_key("example.org/ratings")


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Gives up root's rights until the test is over: root may write what nobody may."""
    was = os.geteuid()

    def drop() -> None:
        if was == 0:
            os.seteuid(65534)

    yield drop
    os.seteuid(was)
