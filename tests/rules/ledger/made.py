"""Entries for tests: small ones that cost nothing, and whole ratings of the bundled announcements."""

import functools
import hashlib
import os
from typing import Any

from rules.assess import rate
from rules.assessment import Assessment
from rules.bundle import digest_of_all
from rules.ledger.entry import Draft, canonical
from rules.ledger.ledger import Ledger
from rules.ledger.record import draft
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
    data = {"source": source, "level": level, "pack": pack, "fired": ["COM-003"], "versions": {"reader": "0.1.0+a"}}
    blobs = {"text": text.encode(), "document": text.encode(), "pack": canonical(PACK)}
    return Draft("rating", data | body, blobs, key=hashlib.sha256(f"{name}\n{text}".encode()).hexdigest())


def noise(size: int) -> str:
    """Text that does not compress."""
    return os.urandom(size // 2).hex()


@functools.cache
def rated(name: str) -> Assessment:
    """A bundled announcement, rated."""
    return rate(sample(name))


def fill(ledger: Ledger) -> None:
    """The six bundled announcements, as entries 0 to 5."""
    ledger.append(*(draft(rated(name), "ann") for name in SAMPLES))
