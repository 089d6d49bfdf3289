"""Ratings on their way into the ledger: a worker leaves them beside its shard, and the command, alone, takes them in.

What goes from machine to machine stays paths and counts; the ledger has one writer.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rules.batch.output import unfinished
from rules.ledger.entry import Draft
from rules.ledger.ledger import Ledger
from rules.pack import Pack

#: One transaction holds no more than these: an append of two hundred costs little more than one of a single rating.
_MOST_DRAFTS, _MOST_BYTES = 200, 16_000_000


def drafts_file(out: Path, shard: int) -> Path:
    """Where the ratings of a shard wait for the ledger."""
    return out / "drafts" / f"{shard:08d}.jsonl"


@contextmanager
def drafts(path: Path) -> Iterator[Callable[[Draft], None]]:
    """What takes the ratings of a shard, into a file that is there as a whole or not at all. Raises OSError."""
    path.parent.mkdir(exist_ok=True)
    with unfinished(path) as waiting, waiting.open("wb") as stream:
        before: bytes | None = None

        def add(made: Draft) -> None:
            """All but the pack, which is the same for all; a document of several announcements stands there once."""
            nonlocal before
            document = made.blobs.get("document")
            left_out = {"pack", "document"} if document == before else {"pack"}
            blobs = {role: base64.b64encode(made.blobs[role]).decode() for role in made.blobs if role not in left_out}
            told = [made.body, list(made.blobs), blobs, made.key, made.sketch.hex()]
            stream.write(json.dumps(told).encode() + b"\n")
            before = document

        yield add


class Saver:
    """Takes what workers left into an open ledger, each rating once, however often its shard was done."""

    def __init__(self, ledger: Ledger, pack: Pack, who: str = "") -> None:
        from rules.ledger.record import pack_bytes

        self._ledger, self._pack, self.who = ledger, pack_bytes(pack), who
        #: What is recorded in the journal, so that another ledger is filled anew; an address can hold a password.
        self.name = ledger.origin

    def take(self, path: Path) -> int:
        """Record what waits in a file, and remove it; how many ratings are new. Raises RulesError, OSError."""
        new = sum(len(self._ledger.append(*some, once=True)) for some in _by_some(self._read(path)))
        path.unlink()
        return new

    def _read(self, path: Path) -> Iterator[tuple[Draft, int]]:
        known = {"pack": self._pack}
        with path.open("rb") as stream:
            for line in stream:
                body, roles, blobs, key, sketch = json.loads(line)
                known |= {role: base64.b64decode(data) for role, data in blobs.items()}
                yield (
                    Draft("rating", body, {role: known[role] for role in roles}, key, bytes.fromhex(sketch)),
                    len(line),
                )


def _by_some(drafts: Iterator[tuple[Draft, int]]) -> Iterator[list[Draft]]:
    """Lists of drafts that fit into a transaction."""
    some: list[Draft] = []
    size = 0
    for each, length in drafts:
        if some and (len(some) == _MOST_DRAFTS or size + length > _MOST_BYTES):
            yield some
            some, size = [], 0
        some.append(each)
        size += length
    if some:
        yield some
