"""What the ledger needs of a database: one connection, statements with `?`, transactions, one kind of error."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from rules.errors import RulesError
from rules.ledger.schema import Dialect

Row = tuple[Any, ...]
#: Rows that a stream gives at once, unless they are large.
PAGE = 500


def version_of(rows: Sequence[Row], shown: str) -> int:
    """The schema version that a ledger names. Raises RulesError if it names none."""
    found = str(rows[0][0]) if rows else ""
    if not found.isascii() or not found.isdigit():
        raise RulesError("Ledger is damaged", f"{shown}: it does not say which schema it has; restore a copy")
    return int(found)


def octets(value: Any) -> bytes:
    """Bytes from the database. Raises RulesError for what cannot have been written there."""
    if not isinstance(value, bytes | bytearray | memoryview):
        raise RulesError("Ledger is damaged", f"bytes are wanted where it says {str(value)[:60]!r}")
    return bytes(value)


def number(value: Any) -> int:
    """A whole number from the database. Raises RulesError for what cannot have been written there."""
    if not isinstance(value, int):
        raise RulesError("Ledger is damaged", f"a number is wanted where it says {str(value)[:60]!r}")
    return value


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

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows that are all new into a table, as fast as can be."""

    def stream(self, statement: str, values: Sequence[Any] = (), page: int = PAGE) -> Iterator[list[Row]]:
        """The rows of one statement in pages, in whatever order is cheapest, inside `reading()`."""

    def reading(self) -> AbstractContextManager[None]:
        """One state of the ledger for all that is read within, whatever is appended meanwhile."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that no other writer shares; durable when it has been left without an error."""

    def schema_version(self) -> int:
        """The schema of what is stored; 0 for an empty database."""

    def check(self) -> list[str]:
        """What the database itself finds wrong with its pages. May be called in another thread."""

    def compact(self) -> None:
        """Give back the room of what was deleted, so that it cannot be read from the file either."""

    def close(self) -> None:
        """Let go of it."""
