"""What the ledger needs of a database: one connection, statements with `?`, transactions, one kind of error."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from rules.errors import RulesError
from rules.ledger.schema import Dialect

Row = tuple[Any, ...]


def version_of(rows: Sequence[Row], shown: str) -> int:
    """The schema version that a ledger names. Raises RulesError if it names none."""
    found = str(rows[0][0]) if rows else ""
    if not found.isascii() or not found.isdigit():
        raise RulesError("Ledger is damaged", f"{shown}: it does not say which schema it has; restore a copy")
    return int(found)


class Database(Protocol):
    """An open ledger database. Every method raises RulesError, naming the ledger and the remedy."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL it speaks."""

    @property
    def shown(self) -> str:
        """Its address, without a password."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement; the rows that it gives."""

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for every row."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that no other writer shares; durable when it has been left without an error."""

    def schema_version(self) -> int:
        """The schema of what is stored; 0 for an empty database."""

    def check(self) -> list[str]:
        """What the database itself finds wrong with its pages."""

    def compact(self) -> None:
        """Give back the room of what was deleted, so that it cannot be read from the file either."""

    def close(self) -> None:
        """Let go of it."""
