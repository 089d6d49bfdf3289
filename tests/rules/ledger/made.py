"""Entries for tests: small ones that cost nothing, and whole ratings of the bundled announcements."""

import functools
import hashlib
import os
import zlib
from pathlib import Path
from typing import Any

from rules.assess import rate
from rules.assessment import Assessment
from rules.bundle import digest_of_all
from rules.ledger.database import Database
from rules.ledger.entry import COLUMNS, Draft, canonical, columns, sealed
from rules.ledger.ledger import Ledger
from rules.ledger.record import draft
from rules.ledger.schema import steps
from rules.ledger.sqlite import Sqlite
from rules.samples import sample

PACK = {"pack.toml": 'name = "tiny"\n'}
_PACK_DIGEST = digest_of_all({name: text.encode() for name, text in PACK.items()})
SAMPLES = (
    "level1-producing", "level2-contracted", "level3-conditional", "level4-overture", "level5-refuted", "out-of-scope",
)  # fmt: skip


def small(name: str, text: str = "", level: int = 3, **body: Any) -> Draft:
    """A rating in form only: a name, a text, no proof."""
    text = text or f"{name} says something about lithium in words of its own: {name * 9}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = {"name": name, "sha256": digest, "text_sha256": digest, "chars": len(text), "media_type": "text/plain"}
    pack = {"name": "tiny", "version": "1", "digest": _PACK_DIGEST}
    data = {
        "source": source,
        "level": level,
        "pack": pack,
        "fired": ["COM-003"],
        "cues": ["offtake.loi"],
        "versions": {"reader": "0.1.0+a"},
    }
    blobs = {"text": text.encode(), "document": text.encode(), "pack": canonical(PACK)}
    return Draft("rating", data | body, blobs, key=hashlib.sha256(f"{name}\n{text}".encode()).hexdigest())


def older(address: str, version: int, *entries: Draft) -> None:
    """A ledger as an earlier Caveat left it, its tables of that schema version: entries said nothing of their cues."""
    database = _database(address)
    for statement in steps(database.dialect, 0, version):
        database.execute(statement)
    for name, value in (("schema", str(version)), ("origin", "caveat/older")):
        database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
    for seq, made in enumerate(entries):
        for data in made.blobs.values():
            stored = (hashlib.sha256(data).digest(), len(data), zlib.compress(data))
            database.execute("INSERT INTO blob (digest, size, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", stored)
        content = {role: hashlib.sha256(data).hexdigest() for role, data in made.blobs.items()}
        body = {name: value for name, value in made.body.items() if name != "cues"}
        when = {"kind": "rating", "time": f"2026-01-0{seq + 1}T12:00:00.000000Z"}
        entry, hashed = sealed(seq, {**when, **body, "key": made.key, "content": content})
        row = (seq, entry.leaf, hashed, *columns(entry.data), " ".join(made.body["fired"]))
        names = ", ".join(("seq", "leaf", "leaf_hash", *COLUMNS, "fired"))
        database.execute(f"INSERT INTO entry ({names}) VALUES ({', '.join('?' * len(row))})", row)
    database.close()


def noise(size: int) -> str:
    """Text that does not compress."""
    return os.urandom(size // 2).hex()


def _database(address: str) -> Database:
    if address.startswith("postgresql://"):
        from rules.ledger.postgres import Postgres

        return Postgres(address)
    return Sqlite(Path(address))


@functools.cache
def rated(name: str) -> Assessment:
    """A bundled announcement, rated."""
    return rate(sample(name))


def fill(ledger: Ledger) -> None:
    """The six bundled announcements, as entries 0 to 5."""
    ledger.append(*(draft(rated(name), "ann") for name in SAMPLES))
