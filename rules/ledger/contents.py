"""The contents of entries against their digests: kept as they were, pruned on record, or lost."""

import hashlib
from collections.abc import Iterator

from rules.bundle import digest_of_all
from rules.errors import RulesError
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger, number, octets, unpacked
from rules.ledger.record import pack_files

_PAGE = 200
_BLOBS = f"SELECT digest, size, data FROM blob WHERE digest > ? ORDER BY digest LIMIT {_PAGE}"


class Wanted:
    """What the entries say should be there, gathered as they pass."""

    def __init__(self) -> None:
        # By digest: the entries and roles that refer to it. Most contents belong to one entry, so a tuple will do.
        self._uses: dict[bytes, tuple[int, str]] = {}
        self._packs: dict[bytes, tuple[int, str]] = {}
        self._pruned: list[tuple[int, int, frozenset[str]]] = []
        self._also: dict[bytes, list[tuple[int, str]]] = {}

    def add(self, entry: Entry) -> None:
        """One entry. Raises RulesError if its digests are none, or not those of its source and its pack."""
        source, content = entry.data.get("source", {}), entry.content
        for role, name in (("text", "text_sha256"), ("document", "sha256")):
            if role in content and content[role] != source.get(name):
                raise RulesError("Broken entry", f"entry {entry.seq}: {role} is not that of its source")
        for role, digest in content.items():
            try:
                known = bytes.fromhex(digest)
            except (ValueError, TypeError):
                raise RulesError("Broken entry", f"entry {entry.seq}: {role} has no digest") from None
            if self._uses.setdefault(known, (entry.seq, role)) != (entry.seq, role) and role != "pack":
                self._also.setdefault(known, []).append((entry.seq, role))
            if role == "pack":
                self._packs[known] = (entry.seq, str(entry.data.get("pack", {}).get("digest")))
        if entry.kind == "prune":
            self._pruned.append((entry.seq, int(entry.data["upto"]), frozenset(entry.data["roles"])))

    def check(self, ledger: Ledger) -> Iterator[tuple[str, str]]:
        """What is wrong: the sort and the sentence."""
        there: set[bytes] = set()
        for digest, size, data in _blobs(ledger):
            there.add(digest)
            yield from self._check(digest, size, data)
        for digest, use in self._uses.items():
            if digest not in there:
                for seq, role in (use, *self._also.get(digest, ())):
                    if not any(seq < upto and role in roles for _, upto, roles in self._pruned):
                        yield "lost", f"entry {seq}: its {role} is gone, and no prune is on record that took it"

    def notes(self) -> Iterator[str]:
        """What was pruned, as it is on record."""
        for seq, upto, roles in self._pruned:
            yield f"entry {seq}: {', '.join(sorted(roles))} of entries before {upto} were pruned; their digests remain"

    def _check(self, digest: bytes, size: int, data: bytes) -> Iterator[tuple[str, str]]:
        seq, role = self._uses.get(digest, (None, "content"))
        where = f"entry {seq}: its {role}" if seq is not None else f"the content {digest.hex()[:12]}"
        try:
            content = unpacked(data, size, digest.hex())
        except RulesError:
            yield "edited", f"{where} cannot be unpacked"
            return
        if hashlib.sha256(content).digest() != digest:
            yield "edited", f"{where} does not have the digest that is on record"
        elif digest in self._packs:
            seq, named = self._packs[digest]
            if _pack_digest(content) != named:
                yield "edited", f"entry {seq}: its pack does not have the digest {named}"


def _pack_digest(content: bytes) -> str:
    try:
        return digest_of_all(pack_files(content))
    except (ValueError, AttributeError):
        return "no digest"


def _blobs(ledger: Ledger) -> Iterator[tuple[bytes, int, bytes]]:
    at = b""
    while rows := ledger.database.execute(_BLOBS, (at,)):
        yield from ((octets(digest), number(size), octets(data)) for digest, size, data in rows)
        at = octets(rows[-1][0])
