"""The items of a shard, opened one at a time: each a place and what gives its announcements."""

import atexit
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, open_each
from facts.readers.document import MOST_BYTES
from facts.readers.packed import unpacked
from facts.readers.record import from_record, parse_json
from facts.readers.sniff import LINES
from rules.batch import archive, dump, table
from rules.batch.part import Part, Shard, shown

PARQUET = "application/vnd.apache.parquet"
#: An announcement with the place that rows name it by.
Placed = tuple[str, Announcement | Unread]


class Item(NamedTuple):
    """One file, line, member or row. `open` reads it, and may only be called before the next item is asked for."""

    place: str
    open: Callable[[], Iterator[Placed]]


def items(shard: Shard) -> Iterator[Item]:
    """Every item of a shard, unread; exactly `shard.items` of them, whatever is wrong with the sources."""
    for part in shard.parts:
        lacking = part.count
        for item in itertools.islice(_items(part), part.count):
            lacking -= 1
            yield item
        for _ in range(lacking):  # the source broke off, or shrank since it was listed
            yield Item(part.place, lambda: iter(()))


def _items(part: Part) -> Iterator[Item]:
    """The items of a part; where its source breaks off, one item tells so."""
    try:
        if part.kind == "file":
            yield Item(part.place, partial(_file, part))
        elif part.kind == "error":
            yield _unread(part.place, FactsError(*part.told))
        elif part.kind == "lines":
            yield from _lines(part)
        elif part.kind == "packed":
            yield from _packed(part)
        elif part.kind == "feed":
            yield from _entries(part)
        elif part.kind == "parquet":
            yield from _rows(part)
        else:
            yield from _members(part)
    except FactsError as error:
        yield _unread(part.place, error)
    except OSError as error:
        yield _unread(part.place, FactsError("Not readable", f"{part.place}: {error.strerror or error}"))


def _unread(place: str, error: FactsError) -> Item:
    return Item(place, lambda: iter([(place, Unread(place.rpartition("/")[2], error))]))


def _file(part: Part) -> Iterator[Placed]:
    return _several(part.place, open_each(Path(part.path)))


def _several(place: str, found: Iterator[Announcement | Unread]) -> Iterator[Placed]:
    """What a document holds: itself under its place, or several, numbered."""
    first, second = next(found, None), next(found, None)
    if first is None:
        return
    if second is None:
        yield place, first
        return
    for number, each in enumerate(itertools.chain((first, second), found), 1):
        yield f"{place}#{number}", each


def _lines(part: Part) -> Iterator[Item]:
    with Path(part.path).open("rb") as stream:
        stream.seek(part.offset)
        yield from _records(part, _split(stream))


def _packed(part: Part) -> Iterator[Item]:
    yield from _records(part, _CURSOR.at(part, lambda _: _unpacked(part), 0))


def _unpacked(part: Part) -> Iterator[bytes]:
    with unpacked(Path(part.path), part.place) as stream:
        yield from _split(stream)


def _split(stream: BinaryIO) -> Iterator[bytes]:
    """Lines without their ends; of one that is too long the beginning, so that it can be refused."""
    while line := stream.readline(MOST_BYTES + 2):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(MOST_BYTES)):
            pass
        yield line.rstrip(b"\r\n")


def _records(part: Part, lines: Iterator[bytes]) -> Iterator[Item]:
    for number, line in enumerate(lines, part.first + 1):
        place = f"{part.place}#{number}"
        yield Item(place, partial(_record, line, place, LINES))


def _entries(part: Part) -> Iterator[Item]:
    numbered = enumerate(itertools.chain.from_iterable(dump.read(part)), part.first + 1)
    for number, found in numbered:
        place = f"{part.place}#{number}"
        yield Item(place, partial(iter, [(place, found)]))


def _rows(part: Part) -> Iterator[Item]:
    rows = _CURSOR.at(part, lambda first: table.records(part.path, part.place, first), part.first)
    for number, data in rows:
        place = f"{part.place}#{number + 1}"
        yield Item(place, partial(_record, data, place, PARQUET))


def _record(data: bytes, place: str, media_type: str) -> Iterator[Placed]:
    """The announcement of a line or row, none of a blank line; as `caveat rate` reads it from the same line."""
    if not data.strip():
        return
    name = place.rpartition("/")[2]
    try:
        if len(data) > MOST_BYTES:
            raise FactsError("Too large", f"{name}: a line of more than {MOST_BYTES:,} bytes")
        draft = from_record(parse_json(data, name), name)
    except FactsError as error:
        yield place, Unread(name, error)
        return
    yield (
        place,
        Announcement(
            name=draft.name or name,
            text=draft.text,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            published=draft.published,
            publisher=draft.publisher,
            title=draft.title,
            url=draft.url,
            original=data,
        ),
    )


def _members(part: Part) -> Iterator[Item]:
    for member, stream in _CURSOR.at(part, lambda _: archive.members(part.kind, part.path, part.place), 0):
        place = f"{part.place}/{shown(member.name)}"
        yield Item(place, partial(_member, member, stream, place))


def _member(member: archive.Member, stream: Any, place: str) -> Iterator[Placed]:
    name = place.replace("\\", "/").rpartition("/")[2]
    try:
        data = archive.content(member, stream, name)
    except FactsError as error:
        return iter([(place, Unread(name, error))])
    return _several(place, open_each(data, name))


@dataclasses.dataclass
class _Cursor:
    """The place in the source that was read last: shards of one archive follow each other, and a tar cannot seek."""

    source: tuple[str, str] = ("", "")
    position: int = 0
    rest: Iterator[Any] = dataclasses.field(default_factory=lambda: iter(()))

    def at(self, part: Part, open_from: Callable[[int], Iterator[Any]], start: int) -> Iterator[Any]:
        """Everything from the first item of a part on; `open_from(start)` opens the source anew where it must.

        It also does where that leads closer than reading on: there may be damage between, which is none of this part's.
        """
        source = (part.path, part.stamp)
        if self.source != source or not start <= self.position <= part.first:
            self.source, self.position, self.rest = source, start, open_from(start)
        try:
            for each in self.rest:
                self.position += 1
                if self.position > part.first:
                    yield each
        except FactsError:
            self.source = ("", "")  # what broke off is opened anew for the next part
            raise

    def close(self) -> None:
        """Let the source go, while what it needs for that is still there."""
        self.source, self.rest = ("", ""), iter(())


_CURSOR = _Cursor()
atexit.register(_CURSOR.close)
