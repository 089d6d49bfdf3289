"""The ledger in a PostgreSQL database, by psycopg 3 (extra `postgres`), which is loaded only here."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from rules.errors import RulesError
from rules.ledger.database import PAGE, Row, version_of

if TYPE_CHECKING:
    from psycopg import Connection

#: Any number that other users of the database do not lock by: "CVTL" again.
_LOCK = 0x4356544C
#: From here on COPY is faster than one INSERT after another.
_MANY = 4
_SECRET = re.compile(r"(://[^:@/]*):(.*)@", re.DOTALL)
_QUERY = re.compile(r"([?&]password=)([^&]*)", re.IGNORECASE)
#: What ends a password that was not encoded, as far as a parser of addresses can see.
_MARKS = re.compile(r"[/#?@:%]")


class Postgres:
    """A connection to one database; `timeout` is how long to wait for the server or another writer, in seconds."""

    dialect: Literal["postgres"] = "postgres"

    def __init__(self, address: str, write: bool = True, timeout: float = 30.0) -> None:
        try:
            import psycopg
        except ImportError:
            raise RulesError(
                "No PostgreSQL driver", "psycopg is not installed; install Caveat as caveat[postgres]"
            ) from None
        self.shown = redacted(address)
        self._error = psycopg.Error
        self._secrets = _secrets(address)
        with self._told("Ledger cannot be opened"):
            # A commit that has been told must have reached the disk, whatever the server's default.
            self._connection: Connection[Row] = psycopg.connect(
                address, autocommit=True, connect_timeout=max(1, int(timeout)), application_name="caveat"
            )
            self._connection.execute("SET synchronous_commit = on")
            self._connection.execute("SET search_path = caveat")
            self._connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{int(timeout * 1000)}ms",))
            if not write:
                self._connection.execute("SET default_transaction_read_only = on")
        if not write and not self.schema_version():
            self.close()
            raise RulesError("No ledger", f"{self.shown}: no ledger there yet; `caveat rate --save` begins one")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement; the rows that it gives."""
        with self._told():
            cursor = self._connection.execute(_marked(statement), values)
            return cursor.fetchall() if cursor.description else []

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        with self._told(), self._connection.cursor() as cursor:
            cursor.executemany(_marked(statement), rows)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows that are all new into a table; many of them by COPY, which takes twice as long for one."""
        if len(rows) < _MANY:
            marks = ", ".join("?" * len(columns))
            for row in rows:
                self.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)
            return
        with (
            self._told(),
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def stream(self, statement: str, values: Sequence[Any] = (), page: int = PAGE) -> Iterator[list[Row]]:
        """The rows of one statement in pages, by a cursor that stays with the server."""
        with self._told(), self._connection.cursor("stream", binary=True) as cursor:
            cursor.execute(_marked(statement), values)
            while rows := cursor.fetchmany(page):
                yield rows

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that sees what was there at its first statement."""
        with self._told(), self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction under a lock that every writer takes first, so that no two count alike."""
        with self._told(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def schema_version(self) -> int:
        """The schema of what is stored; 0 for an empty database."""
        if self.execute("SELECT to_regclass('caveat.meta')")[0][0] is None:
            return 0
        return version_of(self.execute("SELECT value FROM meta WHERE name = 'schema'"), self.shown)

    def check(self) -> list[str]:
        """Nothing: a server checks its own pages."""
        return []

    def compact(self) -> None:
        """Let the server give back the room of what was deleted."""
        self.execute("VACUUM FULL blob")

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    @contextmanager
    def _told(self, title: str = "Ledger failed") -> Iterator[None]:
        try:
            yield
        except self._error as error:
            said = " ".join(str(error).split()) or type(error).__name__
            for secret in self._secrets:
                said = said.replace(secret, "***")
            title = {"55P03": "Ledger is locked", "53100": "Disk is full"}.get(error.sqlstate or "", title)
            raise RulesError(title, f"{self.shown}: {said}") from None


def redacted(address: str) -> str:
    """The address without its password, also where that stands in the query or holds what should have been encoded."""
    hidden = _QUERY.sub(r"\1***", address)
    # To the last @: what stands before it may be part of a password, and a password too much hidden is no loss.
    return _SECRET.sub(r"\1:***@", hidden)


def _secrets(address: str) -> list[str]:
    """What must not stand in a message: the password, as written and decoded, and each part that a server may quote."""
    found = [match.group(2) for pattern in (_SECRET, _QUERY) for match in pattern.finditer(address)]
    parts = [part for each in found for part in _MARKS.split(each) if len(part) > 1]
    return sorted({*found, *map(unquote, found), *parts} - {""}, key=len, reverse=True)


def _marked(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")
