"""The units of a batch: a part is a run of documents of one source, a shard some parts that are rated together."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from facts.errors import FactsError

Kind = Literal["file", "lines", "packed", "feed", "zip", "tar", "parquet", "error"]


@dataclass(frozen=True, slots=True)
class Part:
    """`count` items of a source from item `first` on; an item is a file, a line, a member or a row.

    `path` is where it is (absolute), `place` how rows name it. `offset` is the byte at which the first line begins.
    `stamp` changes when the source does. A part of kind `error` is a source that could not be listed, `told` why.
    """

    kind: Kind
    path: str
    place: str
    stamp: str = ""
    first: int = 0
    count: int = 1
    offset: int = 0
    told: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Shard:
    """Parts that one worker rates in one go. Paths and ranges, never documents: it travels between machines."""

    number: int
    parts: tuple[Part, ...]

    @cached_property
    def items(self) -> int:
        """How many items the parts have."""
        return sum(part.count for part in self.parts)

    @cached_property
    def key(self) -> str:
        """A digest of what is in it: the same documents at the same places, unchanged, give the same key."""
        told = [
            (part.kind, part.place, part.stamp, part.first, part.count, part.offset, part.told) for part in self.parts
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def shown(name: str) -> str:
    """A file's name as rows can carry it: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def failed(path: str, place: str, error: FactsError) -> Part:
    """A source that could not be listed, as a part with one row."""
    return Part("error", path, place, told=(error.title, error.message))


def shards(parts: Iterator[Part], size: int) -> Iterator[Shard]:
    """Parts, none larger than `size` items, gathered into shards of at most `size` items, in their order."""
    number, held, items = 0, list[Part](), 0
    for part in parts:
        if held and items + part.count > size:
            yield Shard(number, tuple(held))
            number, held, items = number + 1, [], 0
        held.append(part)
        items += part.count
    if held:
        yield Shard(number, tuple(held))
