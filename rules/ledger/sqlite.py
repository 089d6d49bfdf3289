"""The ledger in a SQLite file: write-ahead log, one writer at a time, every commit on the disk before it is told."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from rules.errors import RulesError
from rules.ledger.database import PAGE, Row, version_of

#: Marks the file as a Caveat ledger ("CVTL").
APPLICATION = 0x4356544C
#: What SQLite's result codes mean for whoever reads the message, by primary code.
_TOLD: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: ("Ledger is locked", "another process is writing; wait for it, or end it"),
    sqlite3.SQLITE_LOCKED: ("Ledger is locked", "another process is writing; wait for it, or end it"),
    sqlite3.SQLITE_FULL: ("Disk is full", "nothing was recorded; make room and repeat"),
    sqlite3.SQLITE_IOERR: ("Ledger cannot be written", "the disk reports an error or is full; nothing was recorded"),
    sqlite3.SQLITE_READONLY: ("Ledger is read-only", "nothing was recorded; make file and folder writable"),
    sqlite3.SQLITE_CANTOPEN: ("Ledger cannot be opened", "check the path, and that its folder may be written"),
    sqlite3.SQLITE_PERM: ("Ledger cannot be opened", "permission denied"),
    sqlite3.SQLITE_CORRUPT: ("Ledger is damaged", "a page of the file is broken; restore a copy, then verify it"),
    sqlite3.SQLITE_NOTADB: ("Not a ledger", "the file is no SQLite database; name another with --ledger"),
}


class Sqlite:
    """A connection to one file. `timeout` is how long to wait for another writer, in seconds."""

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(self, path: Path, write: bool = True, timeout: float = 30.0) -> None:
        self.shown = str(path)
        self._path, self._timeout = path, timeout
        if not write and not path.is_file():
            raise RulesError("No ledger", f"{path}: no ledger there yet; `caveat rate --save` begins one")
        if write:
            self._make_folder()
        with self._told():
            self._connection = self._open(write, timeout)
            with ExitStack() as refused:
                refused.callback(self._connection.close)
                self._claim(write)
                refused.pop_all()

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement; the rows that it gives."""
        with self._told():
            return self._connection.execute(statement, values).fetchall()

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        with self._told():
            self._connection.executemany(statement, rows)

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put rows that are all new into a table."""
        marks = ", ".join("?" * len(columns))
        self.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def stream(self, statement: str, values: Sequence[Any] = (), page: int = PAGE) -> Iterator[list[Row]]:
        """The rows of one statement in pages."""
        with self._told():
            cursor = self._connection.execute(statement, values)
            while rows := cursor.fetchmany(page):
                yield rows

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that sees what was there at its first statement, and keeps no writer waiting."""
        with self._told():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """BEGIN IMMEDIATE: the write lock is taken before anything is read, so that no two writers count alike."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._connection.execute("COMMIT")
        except BaseException:
            # SQLite has rolled back by itself after some errors (a full disk, for one).
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def schema_version(self) -> int:
        """The schema of what is stored; 0 for an empty database."""
        if not self.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            return 0
        return version_of(self.execute("SELECT value FROM meta WHERE name = 'schema'"), self.shown)

    def check(self) -> list[str]:
        """What SQLite finds wrong: pages, tables and indexes against each other. Over a connection of its own."""
        try:
            with self._told(), closing(self._open(False, self._timeout)) as connection:
                found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        except RulesError as error:
            return [error.message]
        return [] if found == ["ok"] else found

    def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty the write-ahead log."""
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _make_folder(self) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise RulesError(
                "Ledger cannot be opened", f"{self._path}: its folder cannot be made: {error.strerror or error}"
            ) from None

    def _open(self, write: bool, timeout: float) -> sqlite3.Connection:
        if write:
            return sqlite3.connect(self._path, timeout=timeout, isolation_level=None)
        # A reader of a file in a folder that it may not write cannot make the shared memory that a write-ahead log
        # needs. Where nothing waits in such a log, the file alone is the whole ledger.
        still = not self._path.with_name(self._path.name + "-wal").exists() and not _writable(self._path.parent)
        address = f"{self._path.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}"
        return sqlite3.connect(address, timeout=timeout, isolation_level=None, uri=True)

    def _claim(self, write: bool) -> None:
        # In this order: whoever begins a ledger signs the file before it makes the first table.
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        owner = self._connection.execute("PRAGMA application_id").fetchone()[0]
        if owner != APPLICATION and (tables or not write):
            raise RulesError("Not a ledger", f"{self.shown}: this database is not a Caveat ledger; name another file")
        if write:
            if not tables:
                # An entry has 2.5 KB, an assessment 3: in pages of 4 KB, a third of the file would be left empty.
                self._connection.execute("PRAGMA page_size = 8192")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA secure_delete = ON")
            if owner != APPLICATION:
                self._connection.execute(f"PRAGMA application_id = {APPLICATION}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            title, remedy = _TOLD.get((code or 0) & 0xFF, ("Ledger failed", str(error)))
            raise RulesError(title, f"{self.shown}: {remedy}") from error
        except UnicodeDecodeError as error:
            # The driver's own: it fails to word an error about a broken schema that holds broken text.
            title, remedy = _TOLD[sqlite3.SQLITE_CORRUPT]
            raise RulesError(title, f"{self.shown}: {remedy}") from error


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
