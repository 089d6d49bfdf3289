"""What a reader draws from a document: the text and what the document says about itself."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from facts.errors import FactsError

#: More text than this is no announcement: what would be read of it is refused, not cut.
MOST_CHARACTERS = 20_000_000
#: A title, publisher or name longer than this is none.
_LONGEST_LABEL = 500
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
#: What separates a headline from the name of the site behind it: "Acme signs offtake | Example News".
_TAIL = re.compile(r"\s+[|\u2013\u2014\u00b7:-]\s+|\s*[|]\s*")


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as read, before it has a digest. `name` is the name that the document gives itself."""

    text: str
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()
    attachments: tuple[str, ...] = ()
    name: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The draft as JSON can carry it."""
        return asdict(self) | {"published": self.published and self.published.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Draft":
        """The draft of `to_json`."""
        published = data["published"] and dt.date.fromisoformat(data["published"])
        pages, attachments = tuple(data["pages"]), tuple(data["attachments"])
        return cls(**{**data, "published": published, "pages": pages, "attachments": attachments})


def label(value: object) -> str | None:
    """A title, publisher or name on one line; None where there is nothing to show."""
    if not isinstance(value, str):
        return None
    return _BLANKS.sub(" ", sound(value)).strip()[:_LONGEST_LABEL] or None


def sound(text: str) -> str:
    """The text without halves of surrogate pairs, which no encoding can carry."""
    return _SURROGATE.sub("\ufffd", text)


def within_limit(text: str, name: str) -> str:
    """The same text. Raises FactsError when it is longer than an announcement."""
    if len(text) > MOST_CHARACTERS:
        raise FactsError(
            "Too large", f"{name}: {len(text):,} characters of text; an announcement has at most {MOST_CHARACTERS:,}"
        )
    return text


def with_title(title: str | None, text: str) -> str:
    """The text with its title as the first paragraph, unless it begins with it already.

    A page's title often carries the site's name behind the headline: the headline alone is taken for it then.
    """
    body = text.strip("\r\n")
    if title is None:
        return body
    first, wanted = _plain(body.partition("\n")[0]), _plain(title)
    if first == wanted or (first and first in (_plain(part) for part in _TAIL.split(title))):
        return body
    return f"{title}\n\n{body}" if body else title


def _plain(line: str) -> str:
    return _BLANKS.sub(" ", line).strip().strip("#*").strip().casefold()
