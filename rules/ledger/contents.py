"""The contents of entries against their digests: kept as they were, pruned on record, or lost."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from itertools import chain

from rules.bundle import digest_of_all
from rules.errors import RulesError
from rules.ledger.blob import LASTING, unpacked
from rules.ledger.database import Row, number, octets
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.record import pack_files

_BLOBS = "SELECT digest, size, data FROM blob"
#: Contents that one thread takes at once; pages that wait for a thread: with documents of megabytes, a lot of memory.
_PAGE, _WAITING = 50, 16
#: A content that is wrong, by its digest, and what is wrong with it.
Bad = tuple[bytes, str]


class Wanted:
    """What the entries say should be there, gathered as they pass."""

    def __init__(self) -> None:
        # By role and digest the first entry that refers to it, and any others: most contents belong to one entry.
        self._uses: defaultdict[str, dict[bytes, int]] = defaultdict(dict)
        self._also: list[tuple[str, bytes, int]] = []
        self._packs: dict[bytes, tuple[int, str]] = {}
        self._pruned: list[tuple[int, int, frozenset[str]]] = []

    def add(self, entry: Entry) -> None:
        """One entry. Raises RulesError if its digests are none, or not those of its source and its pack."""
        seq, source, content = entry.seq, entry.data.get("source", {}), entry.content
        for role, name in (("text", "text_sha256"), ("document", "sha256")):
            if role in content and content[role] != source.get(name):
                raise RulesError("Broken entry", f"entry {seq}: {role} is not that of its source")
        for role, digest in content.items():
            try:
                known = bytes.fromhex(digest)
            except ValueError:
                raise RulesError("Broken entry", f"entry {seq}: {role} has no digest") from None
            if self._uses[role].setdefault(known, seq) != seq and role not in LASTING:
                self._also.append((role, known, seq))
            if role == "pack":
                self._packs[known] = (seq, str(entry.data.get("pack", {}).get("digest")))
        if entry.kind == "prune":
            self._pruned.append((seq, int(entry.data["upto"]), frozenset(entry.data["roles"])))

    def check(self, ledger: Ledger, pool: Executor, done: Callable[[int], None]) -> Iterator[tuple[str, str]]:
        """What is wrong: the sort and the sentence. `done` is told of so many more contents that were looked at."""
        there: set[bytes] = set()
        for digests, bad in _looked_at(ledger, pool, self._packs):
            there |= digests
            yield from (("edited", f"{self._where(digest)} {what}") for digest, what in bad)
            done(len(digests))
        uses = ((role, digest, seq) for role, of in self._uses.items() for digest, seq in of.items())
        gone = [(seq, role) for role, digest, seq in chain(uses, self._also) if digest not in there]
        for seq, role in sorted(gone):
            if not any(seq < upto and role in roles for _, upto, roles in self._pruned):
                yield "lost", f"entry {seq}: its {role} is gone, and no prune is on record that took it"

    def notes(self) -> Iterator[str]:
        """What was pruned, as it is on record."""
        for seq, upto, roles in self._pruned:
            yield f"entry {seq}: {', '.join(sorted(roles))} of entries before {upto} were pruned; their digests remain"

    def _where(self, digest: bytes) -> str:
        found = ((of[digest], role) for role, of in self._uses.items() if digest in of)
        seq, role = min(found, default=(None, ""))
        return f"entry {seq}: its {role}" if seq is not None else f"the content {digest.hex()[:12]}"


def _looked_at(
    ledger: Ledger, pool: Executor, packs: Mapping[bytes, tuple[int, str]]
) -> Iterator[tuple[set[bytes], list[Bad]]]:
    """Every stored content, in pages: their digests, and those that are wrong.

    Unpacking and hashing need neither the database nor, for most of their time, the interpreter: threads share it.
    """
    waiting: deque[tuple[set[bytes], Future[list[Bad]]]] = deque()
    for page in ledger.database.stream(_BLOBS, page=_PAGE):
        rows = [(octets(digest), number(size), octets(data)) for digest, size, data in page]
        waiting.append(({digest for digest, _, _ in rows}, pool.submit(_bad, rows, packs)))
        if len(waiting) > _WAITING:
            digests, found = waiting.popleft()
            yield digests, found.result()
    yield from ((digests, found.result()) for digests, found in waiting)


def _bad(rows: Iterable[Row], packs: Mapping[bytes, tuple[int, str]]) -> list[Bad]:
    return [(digest, what) for digest, size, data in rows if (what := _wrong(digest, size, data, packs))]


def _wrong(digest: bytes, size: int, data: bytes, packs: Mapping[bytes, tuple[int, str]]) -> str:
    """What is wrong with one content; empty if nothing is."""
    try:
        content = unpacked(data, size, digest.hex())
    except RulesError:
        return "cannot be unpacked"
    if hashlib.sha256(content).digest() != digest:
        return "does not have the digest that is on record"
    if digest in packs and _pack_digest(content) != packs[digest][1]:
        return f"does not have the digest {packs[digest][1]}"
    return ""


def _pack_digest(content: bytes) -> str:
    try:
        return digest_of_all(pack_files(content))
    except (ValueError, AttributeError):
        return "no digest"
