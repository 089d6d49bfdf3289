"""Bytes with a name become announcements: what they are, which reader takes them, whose digest they carry."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import BinaryIO

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers.child import CHILD
from facts.readers.decode import decode
from facts.readers.draft import Draft, within_limit
from facts.readers.record import from_record, parse_json
from facts.readers.sniff import FEED, HTML, JSON, LINES, MAIL, PDF, kind_of

#: A longer document is not an announcement; reading it would only be slow. Of JSON lines: a line.
MOST_BYTES = 20_000_000
#: Seconds for one document. A page of 2 MB takes 1 s, a PDF of 900 pages 1 s, a feed of 5,000 entries 2 s.
READ_SECONDS = 20.0
#: Formats that are read in the child.
_IN_CHILD = {HTML: "html", PDF: "pdf", MAIL: "mail", FEED: "feed"}


@dataclass(frozen=True)
class Document:
    """Bytes as they came: `hint` is the media type of the ending or of the server, `charset` the server's word."""

    data: bytes
    name: str
    hint: str | None = None
    charset: str | None = None
    url: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes; a feed of 5,000 entries needs it as often."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Unread:
    """The name of a document with the error that kept it from being read."""

    name: str
    error: FactsError


def announcements(document: Document, published: date | None) -> Iterator[Announcement | Unread]:
    """The announcements of a document. Raises FactsError when it as a whole cannot be read."""
    kind = kind_of(document.data, document.name, document.hint)
    if kind == LINES:
        yield from lines(io.BytesIO(document.data), document.name, published)
    elif kind == JSON:
        yield from _json(document, published)
    elif kind in _IN_CHILD:
        drafts = _in_child(document, _IN_CHILD[kind])
        for number, draft in enumerate(drafts, 1):
            name = f"{document.name}#{number}" if kind == FEED else document.name
            yield _finished(draft, document, kind, name, published)
    else:
        draft = Draft(decode(document.data, document.name, document.charset))
        yield _finished(draft, document, kind, document.name, published)


def lines(stream: BinaryIO, name: str, published: date | None) -> Iterator[Announcement | Unread]:
    """The announcements of JSON lines, one at a time, each with the digest of its line.

    Raises FactsError when there are none at all.
    """
    empty = True
    for number, line in enumerate(_lines(stream), 1):
        place = f"{name}#{number}"
        if not line.strip():
            continue
        empty = False
        try:
            if len(line) > MOST_BYTES:
                raise FactsError("Too large", f"{place}: a line of more than {MOST_BYTES:,} bytes")
            draft = from_record(parse_json(line, place), place)
        except FactsError as error:
            yield Unread(place, error)
            continue
        yield _finished(draft, Document(line, name), LINES, draft.name or place, published)
    if empty:
        raise FactsError("No announcements", f"{name}: holds no record")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines without their ends; of one that is too long the beginning, so that it can be refused."""
    while line := stream.readline(MOST_BYTES + 2):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(MOST_BYTES)):
            pass
        yield line.rstrip(b"\r\n")


def _json(document: Document, published: date | None) -> Iterator[Announcement | Unread]:
    """One record, or an array of them, each with the digest of the whole document."""
    value = parse_json(document.data, document.name, document.charset)
    if not isinstance(value, list):
        draft = from_record(value, document.name)
        yield _finished(draft, document, JSON, draft.name or document.name, published)
        return
    if not value:
        raise FactsError("No announcements", f"{document.name}: an empty array")
    for number, record in enumerate(value, 1):
        place = f"{document.name}#{number}"
        try:
            draft = from_record(record, place)
        except FactsError as error:
            yield Unread(place, error)
            continue
        yield _finished(draft, document, JSON, draft.name or place, published)


def _in_child(document: Document, task: str) -> list[Draft]:
    found, _ = CHILD.ask(task, document.data, document.name, READ_SECONDS, charset=document.charset)
    return [Draft.from_json(draft) for draft in found["drafts"]]


def _finished(draft: Draft, document: Document, kind: str, name: str, published: date | None) -> Announcement:
    return Announcement(
        name=name,
        text=within_limit(draft.text, name),
        sha256=document.sha256,
        media_type=kind,
        published=published or draft.published,
        publisher=draft.publisher,
        title=draft.title,
        url=document.url or draft.url,
        pages=draft.pages,
        attachments=draft.attachments,
        original=document.data if document.data != draft.text.encode("utf-8", "surrogatepass") else None,
    )
