"""HTML pages: article text with its title first, the day of publication and the publisher. Runs in the child."""

import datetime as dt
import re

from facts.readers.day import day
from facts.readers.decode import decode
from facts.readers.draft import Draft, label, sound, with_title
from facts.readers.strip import strip_tags

#: Browsers, too, look for the declaration in the first kilobyte; some sites put scripts before it.
_PRESCAN = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
#: Less than this is a teaser or a caption, or a page too small for an extractor of articles: then the whole page is
#: read, unless that gives less still.
_FEWEST_EXTRACTED = 250
_MOST_LOST = 0.8
#: The extractor's parser drops what is nested deeper than 256 elements, without a word.
_DEEPEST = 200
#: What the extractor's guess of a day may rest on: stated dates, the first of several, and no clock of this machine
#: (its own latest day is today, and the same page would give another answer tomorrow).
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


def warm() -> None:
    """Load the extractor with all that it loads at its first use: 500 ms, paid once and not for every page."""
    article("<title>A page</title><p>With a line, and its date: 4 May 2026.</p><script></script>")


def read_html(data: bytes, name: str, charset: str | None = None) -> list[Draft]:
    """The article of a page. Raises FactsError when the bytes are no text."""
    return [article(decode(data, name, charset or declared_charset(data)))]


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page declares in its `meta` elements or XML declaration."""
    found = _XML_CHARSET.match(data[:_PRESCAN]) or _CHARSET.search(data[:_PRESCAN])
    return found.group(1).decode("ascii") if found else None


def article(html: str) -> Draft:
    """The article of a page's source; of a page without one, all its text without menus and scripts."""
    found, page = _extracted(html), strip_tags(html)
    title, text = label(found.title) or label(page.title), found.text
    small = len(text) < _FEWEST_EXTRACTED and len(page.text) > _MOST_LOST * len(text)
    if page.depth > _DEEPEST or small:
        text = sound(page.text)
    if not text:
        text = sound(strip_tags(html, furniture=True).text)
    return Draft(with_title(title, text), title, found.published, found.publisher, found.url)


def _extracted(html: str) -> Draft:
    """What the article extractor finds; an empty text where it finds none (pages nested too deep among them)."""
    from trafilatura import bare_extraction  # 400 ms to import

    try:
        found = bare_extraction(html, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    except RecursionError:
        found = None
    if found is None or isinstance(found, dict):
        return Draft("")
    published: dt.date | None = day(found.date)
    return Draft(
        text=_spaced(sound(found.text or "")),
        title=label(found.title),
        published=published,
        publisher=label(found.sitename),
        url=label(found.url),
    )


def _spaced(text: str) -> str:
    """A blank line between paragraphs; the rows of a table stay together."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    pairs = zip(["", *lines], lines, strict=False)
    return "".join(("" if not i else "\n" if _row(a) and _row(b) else "\n\n") + b for i, (a, b) in enumerate(pairs))


def _row(line: str) -> bool:
    return line.startswith("|")
