"""SOURCE arguments: files, folders, addresses and standard input, one announcement after the other."""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, discover, is_address, open_each

#: An announcement, or its name with the error that kept it from being read.
Opened = Announcement | tuple[str, FactsError]
#: As much of standard input as tells that it is too large.
_MOST_INPUT = 20_000_001


def opened(sources: Iterable[str], published: dt.date | None = None, allow_private: bool = False) -> Iterator[Opened]:
    """Every announcement of every source, in order; what cannot be read is an item too, and the rest goes on.

    `allow_private` lets addresses lead into private networks.
    """
    for place, name in _places(sources):
        if isinstance(place, FactsError):
            yield name, place
            continue
        given = None if isinstance(place, str) else name
        for each in open_each(place, given, published, allow_private=allow_private):
            yield (each.name, each.error) if isinstance(each, Unread) else each


def _places(sources: Iterable[str]) -> Iterator[tuple[bytes | Path | str | FactsError, str]]:
    """What each source is: bytes, files, addresses or the error of a folder, with its name."""
    for source in sources:
        if source == "-":
            yield sys.stdin.buffer.read(_MOST_INPUT), "-"
        elif is_address(source):
            yield source, source
        else:
            try:
                yield from [(path, path.name) for path in discover(Path(source))]
            except FactsError as error:
                yield error, Path(source).name
