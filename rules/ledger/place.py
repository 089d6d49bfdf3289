"""Where the ledger is: a file or a PostgreSQL address, given, configured or in the user's data folder."""

import os
from contextlib import ExitStack
from pathlib import Path

from rules import config
from rules.errors import RulesError
from rules.ledger.database import Database
from rules.ledger.intake import Clock
from rules.ledger.ledger import Ledger, now
from rules.ledger.sqlite import Sqlite

VARIABLE = "CAVEAT_LEDGER"
_POSTGRES = ("postgresql://", "postgres://")


def address(given: str | None = None) -> str:
    """The address given, that of CAVEAT_LEDGER, that of the configuration, or a file in the user's data folder.

    Raises RulesError for a broken configuration.
    """
    found = given or os.environ.get(VARIABLE) or config.load().ledger
    if found:
        return found
    from platformdirs import user_data_path

    return str(user_data_path("caveat") / "ledger.db")


def open_ledger(
    given: str | None = None, write: bool = False, timeout: float = 30.0, clock: Clock = now, existing: bool = False
) -> Ledger:
    """The ledger of an address; to write, it is made if there is none, unless an `existing` one is meant.

    An older ledger is brought forward, also when it is only to be read: reading knows one schema. Raises RulesError.
    """
    place = address(given)
    if write and existing:
        _database(place, False, timeout).close()  # which refuses what is not there
    ledger = Ledger(_database(place, write, timeout), clock)
    with ExitStack() as refused:
        refused.callback(ledger.close)
        if write or ledger.outdated():
            _forward(ledger, place, write, timeout)
        refused.pop_all()
    return ledger


def _forward(ledger: Ledger, place: str, write: bool, timeout: float) -> None:
    if write:
        ledger.prepare()
        return
    with Ledger(_database(place, True, timeout)) as writer:
        writer.prepare()


def _database(place: str, write: bool, timeout: float) -> Database:
    if place.startswith(_POSTGRES):
        from rules.ledger.postgres import Postgres

        return Postgres(place, write, timeout)
    if "://" in place:
        scheme = place.partition("://")[0]
        raise RulesError("Unknown ledger", f"{scheme}://…: a ledger is a file or a postgresql:// address")
    return Sqlite(Path(place).expanduser(), write, timeout)
