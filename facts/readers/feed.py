"""RSS and Atom feeds: each entry an announcement. Runs in the child, and never fetches."""

import io
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from facts.errors import FactsError
from facts.readers.day import day
from facts.readers.decode import decode
from facts.readers.draft import Draft, label, sound, with_title
from facts.readers.html import declared_charset
from facts.readers.strip import strip_tags

#: Larger feeds are archives; they are better split.
MOST_ENTRIES = 5_000
#: Entity declarations are data of an attack: no feed needs them.
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_BEFORE_ROOT = 4096


def warm() -> None:
    """Load the parser."""
    import_module("feedparser")


def read_feed(data: bytes, name: str, charset: str | None = None) -> list[Draft]:
    """The entries of a feed in their order. Raises FactsError for XML that is no feed, and for a feed without entries.

    feedparser is given bytes in a buffer: a plain string or bytes it would take for an address or a file's name.
    """
    import feedparser

    text = decode(data, name, charset or declared_charset(data))
    head, rest = text[:_BEFORE_ROOT], text[_BEFORE_ROOT:]
    clean = _DOCTYPE.sub("", head, count=1) + rest
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(io.BytesIO(sound(clean).encode()), response_headers=headers)
    if not found.entries:
        raise _nothing(name, bool(found.version))
    if len(found.entries) > MOST_ENTRIES:
        raise FactsError("Too large", f"{name}: {len(found.entries):,} entries; a feed has at most {MOST_ENTRIES:,}")
    publisher = label(_plain(found.feed.get("title")))
    return [_entry(entry, publisher) for entry in found.entries]


def _nothing(name: str, is_feed: bool) -> FactsError:
    if is_feed:
        return FactsError("Empty feed", f"{name}: a feed without entries")
    return FactsError("Not a feed", f"{name}: XML that is neither RSS nor Atom; save the announcement as text or HTML")


def _entry(entry: Mapping[str, Any], publisher: str | None) -> Draft:
    title = label(_plain(entry.get("title")))
    text = max(map(_plain, _contents(entry)), key=len, default="")
    source = entry.get("source")
    stated = label(_plain(source.get("title"))) if isinstance(source, Mapping) else None
    days = (day(entry.get(field)) for field in ("published", "updated", "created"))
    return Draft(
        text=with_title(title, text),
        title=title,
        published=next((each for each in days if each), None),
        publisher=stated or publisher,
        url=label(entry.get("link")),
    )


def _contents(entry: Mapping[str, Any]) -> Iterator[object]:
    yield entry.get("summary")
    for content in entry.get("content") or ():
        yield content.get("value")


def _plain(value: object) -> str:
    return strip_tags(sound(value), furniture=True).text if isinstance(value, str) else ""
