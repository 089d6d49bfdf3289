"""The ledger: entries appended and found again. What an entry means is said elsewhere; here it only keeps its place."""

import datetime as dt
import functools
from array import array
from collections.abc import Iterator, Sequence

from rules.errors import RulesError
from rules.ledger import blob, forward
from rules.ledger.database import Database, number, octets
from rules.ledger.entry import Draft, Entry
from rules.ledger.filter import EVERYTHING, Filter
from rules.ledger.intake import Clock, Intake

_PAGE = 500


def now() -> dt.datetime:
    """The one place where a clock enters."""
    return dt.datetime.now(dt.UTC)


class Ledger:
    """An open ledger, for the thread that opened it. Every method raises RulesError."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self.database = database
        self.clock = clock
        self._intake = Intake(database, clock)

    def prepare(self) -> None:
        """Make the tables, or bring those of an older version forward; what is recorded is never rewritten."""
        forward.prepare(self.database)

    def outdated(self) -> bool:
        """Whether an earlier version wrote the tables. Raises RulesError if a later one did."""
        return forward.outdated(self.database)

    @functools.cached_property
    def origin(self) -> str:
        """The name of this log in its checkpoints, unless the key's name is used."""
        found = self.database.execute("SELECT value FROM meta WHERE name = 'origin'")
        if not found:
            raise RulesError("Ledger is damaged", f"{self.database.shown}: it does not say which log it is")
        return str(found[0][0])

    @property
    def size(self) -> int:
        """How many entries there are."""
        return int(self.database.execute("SELECT COALESCE(MAX(seq) + 1, 0) FROM entry")[0][0])

    def append(self, *drafts: Draft, once: bool = False) -> list[Entry]:
        """All of them or none, in one durable transaction, in order.

        With `once`, a rating that is on record, or stood before it among these, is left out, whoever else appends at
        the same time: only entries that are new are given.
        """
        return self._intake.append(drafts, once)

    def append_and_discard(self, draft: Draft, digests: Sequence[bytes]) -> Entry:
        """An entry, and contents that go with it, inside the caller's `database.writing()`."""
        made = self._intake.append_within(draft)
        self.database.executemany("DELETE FROM blob WHERE digest = ?", [(digest,) for digest in digests])
        return made

    def entry(self, seq: int) -> Entry:
        """The entry of a place in the log."""
        found = self.database.execute("SELECT leaf FROM entry WHERE seq = ?", (seq,))
        if not found:
            raise RulesError("No such entry", f"{seq}: {self._extent()}")
        return Entry(seq, octets(found[0][0]))

    def rating(self, given: str) -> Entry:
        """The rating of an id as a person gives it; that of a reading or an override is the rating it belongs to."""
        if not given.isascii() or not given.isdigit() or len(given) > 15:
            raise RulesError(
                "No such entry", f"{given!r}: an id is the number in the first column of `caveat ledger list`"
            )
        entry = self.entry(int(given))
        if entry.kind == "rating":
            return entry
        if entry.about is None:
            raise RulesError("Not a rating", f"entry {given} is a {entry.kind}: it belongs to no rating")
        return self.entry(entry.about)

    def recorded(self, draft: Draft) -> int | None:
        """The entry under which the same rating is on record; None if it is not."""
        found = self.database.execute("SELECT seq FROM entry WHERE key = ?", (draft.key,))
        return number(found[0][0]) if found else None

    def entries(
        self, wanted: Filter = EVERYTHING, newest: bool = False, limit: int | None = None, beyond: int | None = None
    ) -> Iterator[Entry]:
        """The entries that pass, in order of the log or the newest first; only those that come after `beyond`."""
        for page in _pages(self.seqs(wanted, newest, limit, beyond)):
            yield from self.at(page)

    def seqs(
        self, wanted: Filter = EVERYTHING, newest: bool = True, limit: int | None = None, beyond: int | None = None
    ) -> "array[int]":
        """The numbers of the entries that pass, eight bytes each: what a table is scrolled by."""
        table, condition, values = wanted.query()
        if beyond is not None:
            condition, values = _also(condition, f"seq {'<' if newest else '>'} ?"), [*values, beyond]
        # The table of entries itself is read in order only for a few of its rows: + leaves the choice to the indexes.
        by = "+seq" if table == "entry" and (limit is None or wanted != EVERYTHING) else "seq"
        statement = f"SELECT seq FROM {table}{_where(condition)} ORDER BY {by} {'DESC' if newest else 'ASC'}"
        if limit is not None:
            statement, values = f"{statement} LIMIT ?", [*values, limit]
        rows = self.database.execute(statement, values)
        return array("q", [number(row[0]) for row in rows])

    def newest(self, wanted: Filter = EVERYTHING, limit: int = 0) -> tuple["array[int]", int]:
        """The numbers of the newest that pass (0: of all), and how many pass: a filter is asked once for both."""
        if wanted == EVERYTHING and limit:
            return self.seqs(limit=limit), self.count()
        found = self.seqs(wanted)
        return found[: limit or None], len(found)

    def at(self, seqs: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in the order asked; those that are not there are left out."""
        found: dict[int, Entry] = {}
        for page in _pages(seqs):
            marks = ", ".join("?" * len(page))
            rows = self.database.execute(f"SELECT seq, leaf FROM entry WHERE seq IN ({marks})", page)
            found |= {number(seq): Entry(seq, octets(leaf)) for seq, leaf in rows}
        return [found[seq] for seq in seqs if seq in found]

    def about(self, seqs: Sequence[int], kind: str) -> Iterator[Entry]:
        """The entries of a kind that belong to any of these ratings, in order of the log."""
        found: list[int] = []
        for page in _pages(seqs):
            marks = ", ".join("?" * len(page))
            rows = self.database.execute(f"SELECT seq FROM entry WHERE about IN ({marks}) AND kind = ?", [*page, kind])
            found += [number(row[0]) for row in rows]
        for page in _pages(sorted(found)):
            yield from self.at(page)

    def count(self, wanted: Filter = EVERYTHING) -> int:
        """How many entries pass."""
        table, condition, values = wanted.query()
        return int(self.database.execute(f"SELECT COUNT(*) FROM {table}{_where(condition)}", values)[0][0])

    def hashes(self, size: int | None = None) -> list[bytes]:
        """The stored leaf hashes of the first `size` entries, or of all."""
        rows = self.database.execute(
            "SELECT leaf_hash FROM entry WHERE seq < ? ORDER BY seq", (2**62 if size is None else size,)
        )
        return [octets(row[0]) for row in rows]

    def blob(self, digest: str) -> bytes | None:
        """A content by its SHA-256 in hexadecimal; None where it was pruned (or lost: `verify` tells them apart)."""
        return blob.stored(self.database, digest)

    def content(self, entry: Entry, role: str) -> bytes | None:
        """One content of an entry; None where it never had one, or where it was pruned."""
        digest = entry.content.get(role)
        return self.blob(digest) if digest else None

    def checkpoints(self) -> list[str]:
        """The signed notes that were made of this log, smallest tree first."""
        return [str(row[0]) for row in self.database.execute("SELECT note FROM checkpoint ORDER BY size, note")]

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Remember a signed note."""
        with self.database.writing():
            self.database.execute(
                "INSERT INTO checkpoint (size, note) VALUES (?, ?) ON CONFLICT DO NOTHING", (size, note)
            )

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _extent(self) -> str:
        size = self.size
        return f"the ledger has the entries 0 to {size - 1}" if size else "the ledger has no entry yet"


def _pages(seqs: Sequence[int]) -> Iterator[list[int]]:
    """As many numbers at a time as one statement takes."""
    return (list(seqs[at : at + _PAGE]) for at in range(0, len(seqs), _PAGE))


def _where(condition: str) -> str:
    return f" WHERE {condition}" if condition else ""


def _also(condition: str, more: str) -> str:
    return f"{condition} AND {more}" if condition else more
