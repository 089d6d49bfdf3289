"""The document that is rated: its text as read, its digest, and when it was published."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Announcement:
    """One document, newlines untranslated.

    `name` is the name as given, without folders; `sha256` is the digest of the original bytes, `text_sha256` of the
    text drawn from them (UTF-8); `published` is the day of publication where it was given or the reader found it.
    What a reader finds beside the text: `publisher` and `title` as the document states them, `url` where it was
    fetched from or says it stands, `pages` the offsets into the text at which its pages begin (empty: no pages),
    `attachments` the names of files that came with it and were not read. `original` are the bytes themselves, where
    they are others than the text's own UTF-8.
    """

    name: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    published: dt.date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()
    attachments: tuple[str, ...] = ()
    original: bytes | None = field(default=None, repr=False, compare=False)

    @classmethod
    def from_text(cls, text: str, name: str = "text", published: dt.date | None = None) -> "Announcement":
        """An announcement from a string; its bytes are the string's UTF-8."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(name=name, text=text, sha256=digest, published=published)

    @property
    def text_sha256(self) -> str:
        """Digest of the text that was read, as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
