"""Drafts become entries: each gets its place, its time, its story, and what makes it found again."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from rules.ledger import identity, mark
from rules.ledger.blob import LASTING, Packed, packed
from rules.ledger.database import Database, number
from rules.ledger.entry import COLUMNS, Draft, Entry, columns, sealed

_PAGE = 500
_COLUMNS = ("seq", "leaf", "leaf_hash", *COLUMNS)
_STORE = "INSERT INTO blob (digest, size, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
#: The latest stories that share a hash, and of these the ones that share most. Boilerplate may be common to thousands
#: of stories; one that is alike to half has hashes in common that few others have.
_SHARING = "SELECT story FROM (SELECT story FROM shingle WHERE hash = ? ORDER BY story DESC LIMIT 100) AS one"
_NEAR = (
    "SELECT number, name, sketch FROM story JOIN (SELECT story, COUNT(*) AS common FROM ({}) AS sharing"
    " GROUP BY story ORDER BY common DESC, story DESC LIMIT 50) AS near ON number = near.story ORDER BY number"
)

Clock = Callable[[], dt.datetime]


class Intake:
    """Appends to one database, and remembers what need not be written again: lasting contents, numbers of marks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._there: set[bytes] = set()
        self._numbers: mark.Numbers = {"rule": {}, "cue": {}}

    def append(self, drafts: Sequence[Draft], once: bool = False) -> list[Entry]:
        """All of them or none, in one durable transaction, in order; with `once`, none that is on record already."""
        contents = [packed(draft.blobs, self._there) for draft in drafts]
        with self._database.writing():
            if once:  # asked within the transaction: no other writer can record one of them between this and the end
                fresh = self._unrecorded(drafts)
                drafts, contents = [drafts[at] for at in fresh], [contents[at] for at in fresh]
            made, numbers = self._put(drafts, contents)
        self._numbers = numbers
        self._there.update(of[role][0] for of in contents for role in LASTING if role in of)
        return made

    def append_within(self, draft: Draft) -> Entry:
        """One entry, inside the caller's `database.writing()`."""
        made, _ = self._put([draft], [packed(draft.blobs, self._there)])
        return made[0]

    def _put(self, drafts: Sequence[Draft], contents: Sequence[Packed]) -> tuple[list[Entry], mark.Numbers]:
        known = self._recorded([draft.key for draft in drafts if draft.key is not None])
        made: list[Entry] = []
        rows: list[tuple[Any, ...]] = []
        blobs: dict[bytes, tuple[bytes, int, bytes]] = {}
        for seq, (draft, of) in enumerate(zip(drafts, contents, strict=True), self._next()):
            if draft.key is not None and draft.key in known:
                draft = draft.again(*known[draft.key])
            data = self._dated(draft, of)
            if draft.key is not None:
                known[draft.key] = (seq, data.get("story"))
            entry, hashed = sealed(seq, data)
            made.append(entry)
            rows.append((seq, entry.leaf, hashed, *columns(entry.data)))
            blobs |= {of[role][0]: of[role] for role in draft.blobs if of[role][2]}
        self._database.executemany(_STORE, list(blobs.values()))
        self._database.load("entry", _COLUMNS, rows)
        return made, mark.put(self._database, [(entry.seq, mark.marks(entry.data)) for entry in made], self._numbers)

    def _unrecorded(self, drafts: Sequence[Draft]) -> list[int]:
        """The places of those whose key is not on record, of several with one key the first."""
        known: set[str | None] = set(self._recorded([draft.key for draft in drafts if draft.key is not None]))
        fresh = []
        for at, draft in enumerate(drafts):
            if draft.key is None or draft.key not in known:
                fresh.append(at)
                known.add(draft.key)
        return fresh

    def _next(self) -> int:
        return int(self._database.execute("SELECT COALESCE(MAX(seq) + 1, 0) FROM entry")[0][0])

    def _recorded(self, keys: Sequence[str]) -> dict[str, tuple[int, str | None]]:
        """The first entry and the story of every key that is on record."""
        found: dict[str, tuple[int, str | None]] = {}
        for at in range(0, len(keys), _PAGE):
            page = keys[at : at + _PAGE]
            marks = ", ".join("?" * len(page))
            rows = self._database.execute(f"SELECT key, seq, story FROM entry WHERE key IN ({marks})", page)
            found |= {str(key): (number(seq), story) for key, seq, story in rows}
        return found

    def _dated(self, draft: Draft, contents: Packed) -> dict[str, Any]:
        """What stands in the leaf, beside its schema and its place."""
        data: dict[str, Any] = {"kind": draft.kind, "time": f"{self._clock():%Y-%m-%dT%H:%M:%S.%fZ}", **draft.body}
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
        near = self._database.execute(_NEAR.format(" UNION ALL ".join([_SHARING] * len(marks))), marks)
        shares = [(identity.resemblance(sketch, bytes(other)), str(name)) for _, name, other in near]
        share, name = max(shares, key=lambda pair: pair[0], default=(0.0, ""))
        if share >= identity.SAME:
            return name
        place = int(self._database.execute("SELECT COALESCE(MAX(number) + 1, 0) FROM story")[0][0])
        name = identity.story_name(sketch)
        self._database.execute("INSERT INTO story (number, name, sketch) VALUES (?, ?, ?)", (place, name, sketch))
        filed = [(known, place) for known in marks]
        self._database.executemany("INSERT INTO shingle (hash, story) VALUES (?, ?)", filed)
        return name
