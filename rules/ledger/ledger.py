"""The ledger: entries appended and found again. What an entry means is said elsewhere; here it only keeps its place."""

import datetime as dt
import functools
import hashlib
import secrets
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rules.errors import RulesError
from rules.ledger import identity
from rules.ledger.database import Database
from rules.ledger.entry import COLUMNS, Draft, Entry, columns, sealed
from rules.ledger.filter import EVERYTHING, Filter
from rules.ledger.schema import VERSION, steps

_PAGE = 500
#: More than this is no content of an entry: a file that claims it was made to exhaust the memory of whoever reads it.
_MOST_BYTES = 200_000_000
_INSERT = f"INSERT INTO entry (seq, leaf, leaf_hash, {', '.join(COLUMNS)}) VALUES (?, ?, ?{', ?' * len(COLUMNS)})"
_STORE = "INSERT INTO blob (digest, size, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"

Clock = Callable[[], dt.datetime]
#: Digest, size and compressed bytes of every content, by role.
Contents = dict[str, tuple[bytes, int, bytes]]


def now() -> dt.datetime:
    """The one place where a clock enters."""
    return dt.datetime.now(dt.UTC)


class Ledger:
    """An open ledger. Every method raises RulesError."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self.database = database
        self.clock = clock
        self._stored: set[bytes] = set()

    def prepare(self) -> None:
        """Make the tables, or bring those of an older version forward; what is recorded is never rewritten."""
        if self._version() == VERSION:
            return
        with self.database.writing():
            # Another process may have done it while this one waited for the lock.
            version = self._version()
            for statement in steps(self.database.dialect, version) if version < VERSION else ():
                self.database.execute(statement)
            known = [("schema", str(VERSION)), ("origin", f"caveat/{secrets.token_hex(8)}")]
            for name, value in known if version == 0 else ():
                self.database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
            self.database.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(VERSION),))

    def outdated(self) -> bool:
        """Whether an earlier version wrote the tables. Raises RulesError if a later one did."""
        return self._version() < VERSION

    def _version(self) -> int:
        version = self.database.schema_version()
        if version > VERSION:
            raise RulesError(
                "Newer ledger",
                f"{self.database.shown}: a later Caveat wrote it (schema {version}; this one knows {VERSION}); update",
            )
        return version

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

    def append(self, *drafts: Draft) -> list[Entry]:
        """All of them or none, in one durable transaction, in order."""
        packed = [self._packed(draft) for draft in drafts]
        with self.database.writing():
            made = self._put(drafts, packed)
        self._stored.update(digest for draft in packed for role, (digest, *_) in draft.items() if role == "pack")
        return made

    def append_and_discard(self, draft: Draft, digests: Sequence[bytes]) -> Entry:
        """An entry, and contents that go with it, inside the caller's `database.writing()`."""
        made = self._put([draft], [self._packed(draft)])
        self.database.executemany("DELETE FROM blob WHERE digest = ?", [(digest,) for digest in digests])
        return made[0]

    def _packed(self, draft: Draft) -> Contents:
        """The contents of a draft, compressed; nothing for a pack that is known to be stored."""
        found: Contents = {}
        done: dict[bytes, bytes] = {}  # a plain text file is document and text at once
        for role, data in draft.blobs.items():
            digest = _pack_digest(data) if role == "pack" else hashlib.sha256(data).digest()
            if digest not in done:
                done[digest] = b"" if digest in self._stored else zlib.compress(data)
            found[role] = (digest, len(data), done[digest])
        return found

    def _put(self, drafts: Sequence[Draft], packed: Sequence[Contents]) -> list[Entry]:
        known = self._recorded([draft.key for draft in drafts if draft.key is not None])
        made: list[Entry] = []
        rows: list[tuple[Any, ...]] = []
        blobs: dict[bytes, tuple[bytes, int, bytes]] = {}
        for seq, (draft, contents) in enumerate(zip(drafts, packed, strict=True), self.size):
            if draft.key is not None and draft.key in known:
                draft = draft.again(*known[draft.key])
            data = self._dated(draft, contents)
            if draft.key is not None:
                known[draft.key] = (seq, data.get("story"))
            entry, hashed = sealed(seq, data)
            made.append(entry)
            rows.append((seq, entry.leaf, hashed, *columns(entry.data)))
            blobs |= {contents[role][0]: contents[role] for role in draft.blobs if contents[role][2]}
        self.database.executemany(_STORE, list(blobs.values()))
        self.database.executemany(_INSERT, rows)
        return made

    def _recorded(self, keys: Sequence[str]) -> dict[str, tuple[int, str | None]]:
        """The first entry and the story of every key that is on record."""
        found: dict[str, tuple[int, str | None]] = {}
        for at in range(0, len(keys), _PAGE):
            page = keys[at : at + _PAGE]
            marks = ", ".join("?" * len(page))
            rows = self.database.execute(f"SELECT key, seq, story FROM entry WHERE key IN ({marks})", page)
            found |= {str(key): (number(seq), story) for key, seq, story in rows}
        return found

    def _dated(self, draft: Draft, contents: Contents) -> dict[str, Any]:
        """What stands in the leaf, beside its schema and its place."""
        data: dict[str, Any] = {"kind": draft.kind, "time": f"{self.clock():%Y-%m-%dT%H:%M:%S.%fZ}", **draft.body}
        if draft.key is not None:
            data["key"] = draft.key
        if draft.sketch:
            data["story"] = self._story(draft.sketch)
        if draft.blobs:
            data["content"] = {role: contents[role][0].hex() for role in draft.blobs}
        return data

    def _story(self, sketch: bytes) -> str:
        """The story that a text of this sketch tells: one that is known, or a new one."""
        marks = identity.keys(sketch)
        near = self.database.execute(
            "SELECT DISTINCT story.number, story.name, story.sketch FROM shingle JOIN story ON number = shingle.story"
            f" WHERE hash IN ({', '.join('?' * len(marks))}) ORDER BY story.number",
            marks,
        )
        shares = [(identity.resemblance(sketch, bytes(other)), str(name)) for _, name, other in near]
        share, name = max(shares, key=lambda pair: pair[0], default=(0.0, ""))
        if share >= identity.SAME:
            return name
        place = int(self.database.execute("SELECT COALESCE(MAX(number) + 1, 0) FROM story")[0][0])
        name = identity.story_name(sketch)
        self.database.execute("INSERT INTO story (number, name, sketch) VALUES (?, ?, ?)", (place, name, sketch))
        self.database.executemany("INSERT INTO shingle (hash, story) VALUES (?, ?)", [(mark, place) for mark in marks])
        return name

    def entry(self, seq: int) -> Entry:
        """The entry of a place in the log."""
        found = self.database.execute("SELECT leaf FROM entry WHERE seq = ?", (seq,))
        if not found:
            raise RulesError("No such entry", f"{seq}: the ledger has the entries 0 to {self.size - 1}")
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

    def entries(self, wanted: Filter = EVERYTHING, newest: bool = False, limit: int | None = None) -> Iterator[Entry]:
        """The entries that pass, in order of the log, or the newest first."""
        condition, values = wanted.where()
        sign, order = ("<", "DESC") if newest else (">", "ASC")
        at = 2**62 if newest else -1
        while limit is None or limit > 0:
            size = _PAGE if limit is None else min(limit, _PAGE)
            where = f"seq {sign} ?{' AND ' if condition else ''}{condition}"
            if condition and limit is not None:
                # A few of many: let the condition's index find them (+ keeps the order from being read off the table).
                where = f"seq IN (SELECT seq FROM entry WHERE {where} ORDER BY +seq {order} LIMIT {size})"
            rows = self.database.execute(
                f"SELECT seq, leaf FROM entry WHERE {where} ORDER BY seq {order} LIMIT {size}", (at, *values)
            )
            yield from (Entry(number(seq), octets(leaf)) for seq, leaf in rows)
            if len(rows) < size:
                return
            at = number(rows[-1][0])
            limit = None if limit is None else limit - size

    def count(self, wanted: Filter = EVERYTHING) -> int:
        """How many entries pass."""
        condition, values = wanted.where()
        statement = "SELECT COUNT(*) FROM entry" + (f" WHERE {condition}" if condition else "")
        return int(self.database.execute(statement, values)[0][0])

    def hashes(self, size: int | None = None) -> list[bytes]:
        """The stored leaf hashes of the first `size` entries, or of all."""
        rows = self.database.execute(
            "SELECT leaf_hash FROM entry WHERE seq < ? ORDER BY seq", (2**62 if size is None else size,)
        )
        return [octets(row[0]) for row in rows]

    def blob(self, digest: str) -> bytes | None:
        """A content by its SHA-256 in hexadecimal; None where it was pruned (or lost: `verify` tells them apart)."""
        found = self.database.execute("SELECT size, data FROM blob WHERE digest = ?", (bytes.fromhex(digest),))
        return unpacked(octets(found[0][1]), number(found[0][0]), digest) if found else None

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


@functools.lru_cache(maxsize=8)
def _pack_digest(data: bytes) -> bytes:
    """A pack is half a megabyte, and the same for thousands of ratings."""
    return hashlib.sha256(data).digest()


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


def unpacked(data: bytes, size: int, name: str) -> bytes:
    """The stored content. Raises RulesError if it is not as long as it says, or not compressed at all."""
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(data, min(size, _MOST_BYTES) + 1)
    except zlib.error:
        found = None
    if found is None or len(found) != size or not reader.eof:
        raise RulesError("Broken content", f"the content {name[:12]} cannot be unpacked; run `caveat ledger verify`")
    return found
