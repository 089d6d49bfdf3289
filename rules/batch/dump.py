"""Feeds that are dumps: more entries, or more bytes, than a reader takes at once, cut into their entries."""

import hashlib
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, open_each
from facts.readers.document import MOST_BYTES
from facts.readers.feed import MOST_ENTRIES
from rules.batch.part import Part

ENDINGS = (".xml", ".rss", ".atom")
#: A smaller file cannot hold more entries than a reader takes.
LEAST_BYTES = 20 * MOST_ENTRIES
#: Entries that are read in one go: a child process for each would cost twenty times as much.
TOGETHER = 50
#: The longest that a feed says of itself before its first entry.
_MOST_HEAD = 1_000_000
_TAG = re.compile(rb"<(?:(!--)|(!\[CDATA\[)|(/?)((?:[\w.-]+:)?(?:item|entry))(?=[\s/>]))")
_OPENED = re.compile(rb"<(?![?!/])([\w.:-]+)(?:[^>]*[^>/])?>")
_CLOSED = re.compile(rb"</([\w.:-]+)\s*>")
Found = Announcement | Unread


class Entry(NamedTuple):
    """Where an entry begins and ends in the file."""

    start: int
    end: int


def listed(whole: Part, size: int) -> Iterator[Part]:
    """The dump in ranges of `size` entries; the file itself where a reader takes it as it is. Raises OSError."""
    with _mapped(whole.path) as data:
        found = list(islice(entries(data), MOST_ENTRIES + 1))
        if not found or (len(found) <= MOST_ENTRIES and len(data) <= MOST_BYTES):
            yield whole
            return
        first = count = start = 0
        for each in entries(data):
            start = each.start if count == 0 else start
            count += 1
            if count == size:
                yield _range(whole, first, count, start)
                first, count = first + count, 0
        if count:
            yield _range(whole, first, count, start)


def _range(whole: Part, first: int, count: int, offset: int) -> Part:
    return Part("feed", whole.path, whole.place, whole.stamp, first, count, offset)


def entries(data: mmap.mmap, at: int = 0) -> Iterator[Entry]:
    """The entries from an offset on, whatever their markup holds; one that is not closed is the last."""
    start, name = -1, b""
    while tag := _TAG.search(data, at):
        at = tag.end()
        if tag[1] or tag[2]:
            at = data.find(b"-->" if tag[1] else b"]]>", at)
            if at < 0:
                return
        elif not tag[3] and start < 0:
            start, name = tag.start(), tag[4]
        elif tag[3] and start >= 0 and tag[4] == name:
            at = data.find(b">", at) + 1
            if at == 0:
                return
            yield Entry(start, at)
            start = -1


def read(part: Part) -> Iterator[list[Found]]:
    """The entries of a range, some at a time, each with the digest of its own bytes. Raises FactsError, OSError."""
    with _mapped(part.path) as data:
        head, tail = _frame(data, part.place)
        coming = islice(entries(data, part.offset), part.count)
        number = part.first
        while some := list(islice(coming, TOGETHER)):
            yield _opened(data, some, head, tail, part.place, number)
            number += len(some)


def _opened(data: mmap.mmap, some: list[Entry], head: bytes, tail: bytes, place: str, number: int) -> list[Found]:
    """So many entries as one feed; one by one where that does not give as many announcements."""
    found = list(open_each(head + b"".join(data[each.start : each.end] for each in some) + tail, place))
    if len(found) != len(some) or (len(some) > 1 and any(isinstance(each, Unread) for each in found)):
        alone = (open_each(head + data[each.start : each.end] + tail, place) for each in some)
        found = [next(each) for each in alone]
    name = place.rpartition("/")[2]
    return [
        _named(each, data[entry.start : entry.end], f"{name}#{at}")
        for at, (each, entry) in enumerate(zip(found, some, strict=True), number + 1)
    ]


def _named(found: Found, data: bytes, name: str) -> Found:
    if isinstance(found, Unread):
        return Unread(name, found.error)
    digest = hashlib.sha256(data).hexdigest()
    return replace(found, name=name, sha256=digest, original=data)


def _frame(data: mmap.mmap, place: str) -> tuple[bytes, bytes]:
    """What stands before the first entry, and what closes it."""
    first = next(entries(data), None)
    head = data[: min(first.start if first else 0, _MOST_HEAD + 1)]
    if len(head) > _MOST_HEAD:
        raise FactsError("Too large", f"{place}: {_MOST_HEAD:,} bytes before the first entry; is it a feed?")
    closed = [match[1] for match in _CLOSED.finditer(head)]
    waiting = []
    for match in _OPENED.finditer(head):
        if match[1] in closed:
            closed.remove(match[1])
        else:
            waiting.append(match[1])
    return head, b"".join(b"</" + name + b">" for name in reversed(waiting))


@contextmanager
def _mapped(path: str) -> Iterator[mmap.mmap]:
    with Path(path).open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data
