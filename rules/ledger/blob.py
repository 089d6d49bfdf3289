"""The contents of entries: compressed under their SHA-256, each once."""

import functools
import hashlib
import zlib
from collections.abc import Mapping

from rules.errors import RulesError
from rules.ledger.database import Database, number, octets

#: More than this is no content of an entry: a file that claims it was made to exhaust the memory of whoever reads it.
_MOST_BYTES = 200_000_000
#: What is never pruned, and so is there for good once it was: it is of thousands of ratings, and says nothing of any.
LASTING = ("pack", "searches")
#: What comes again and again as the same object: also a feed of which each entry is an announcement.
_SHARED = (*LASTING, "document")

#: Digest, size and compressed bytes of every content, by role.
Packed = dict[str, tuple[bytes, int, bytes]]


def stored(database: Database, digest: str) -> bytes | None:
    """A content by its SHA-256 in hexadecimal; None where there is none. Raises RulesError for a broken one."""
    found = database.execute("SELECT size, data FROM blob WHERE digest = ?", (bytes.fromhex(digest),))
    return unpacked(octets(found[0][1]), number(found[0][0]), digest) if found else None


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


def packed(blobs: Mapping[str, bytes], there: set[bytes]) -> Packed:
    """Contents, compressed; without their bytes where they are known to be `there`."""
    found: Packed = {}
    done: dict[bytes, bytes] = {}  # a plain text file is document and text at once
    for role, data in blobs.items():
        digest = shared_digest(data) if role in _SHARED else hashlib.sha256(data).digest()
        if digest not in done:
            done[digest] = b"" if digest in there else (_shared if role in _SHARED else zlib.compress)(data)
        found[role] = (digest, len(data), done[digest])
    return found


@functools.lru_cache(maxsize=4)
def shared_digest(data: bytes) -> bytes:
    """SHA-256 of bytes that come again and again, as the same object."""
    return hashlib.sha256(data).digest()


@functools.lru_cache(maxsize=4)
def _shared(data: bytes) -> bytes:
    return zlib.compress(data)
