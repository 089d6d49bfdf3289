"""Offsets as a reader of the document finds them: page and line."""

import re
from bisect import bisect_right

from facts.announcement import Announcement
from facts.errors import FactsError

_BREAK = re.compile(r"\r\n?|\n")


def place_of(announcement: Announcement, offset: int) -> tuple[int, int]:
    """The page and the line on it, both from 1, at which an offset into the text stands.

    A document without pages is one page. Raises FactsError for an offset outside the text.
    """
    if not 0 <= offset <= len(announcement.text):
        size = len(announcement.text)
        raise FactsError("No such place", f"{announcement.name}: offset {offset} in a text of {size} characters")
    page = max(1, bisect_right(announcement.pages, offset))
    start = announcement.pages[page - 1] if announcement.pages else 0
    inside = announcement.text[max(0, offset - 1) : offset + 1] == "\r\n"  # the line ends behind both
    end = offset - inside
    return page, 1 + sum(1 for _ in _BREAK.finditer(announcement.text, start, end))
