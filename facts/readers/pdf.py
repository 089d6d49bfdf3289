"""PDF documents: the text of each page, and where pages begin. Runs in the child."""

import ctypes
import re
from importlib import import_module
from itertools import pairwise
from statistics import median
from typing import Any

from facts.errors import FactsError
from facts.readers.draft import Draft, label, sound, within_limit

#: A technical report of 600 pages passes; a book of laws is no announcement.
MOST_PAGES = 1_000
#: Fewer letters a page than this, over all pages, and the pages are pictures with a stamp on them.
_FEWEST_LETTERS = 10
#: pdfium's sign for a hyphen at the end of a line, which it joins to the next.
_HYPHEN = re.compile("[\x02\ufffe]")
_LINE = re.compile(r"[^\r\n]+")
#: A gap this much wider than the usual step from line to line separates paragraphs; of few lines none is usual.
_WIDE_GAP = 1.35
_FEWEST_STEPS = 3


def warm() -> None:
    """Load the library."""
    import_module("pypdfium2.raw")


def read_pdf(data: bytes, name: str, charset: str | None = None) -> list[Draft]:
    """The text of a document, a blank line between pages, `pages` telling where each begins.

    Raises FactsError for documents that are broken, encrypted, too long, or pictures without text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if count > MOST_PAGES:
            raise FactsError("Too large", f"{name}: {count:,} pages; an announcement has at most {MOST_PAGES:,}")
        texts = [_page(document[number]) for number in range(count)]
        title = label(document.get_metadata_dict().get("Title"))
    except pypdfium2.PdfiumError as error:
        raise _broken(name, str(error)) from None
    if sum(map(str.isalpha, "".join(texts))) < _FEWEST_LETTERS * count or not count:
        raise FactsError(
            "No text", f"{name}: a PDF of {count} {'page' if count == 1 else 'pages'} without text (scanned?);"
            " run text recognition on it first"
        )  # fmt: skip
    text, pages = _joined(texts)
    stated = title if title and title.casefold() in " ".join(text[:2000].split()).casefold() else None
    return [Draft(within_limit(text, name), title=stated, pages=pages)]


def _broken(name: str, reason: str) -> FactsError:
    if "assword" in reason or "ecurity" in reason:
        return FactsError("Encrypted PDF", f"{name}: needs a password; save it without one")
    return FactsError("Broken PDF", f"{name}: cannot be opened (damaged or cut short?); get the document anew")


def _page(page: Any) -> str:
    """The text of a page, its lines as they stand, a blank line where a wide gap separates paragraphs."""
    textpage = page.get_textpage()
    text = sound(textpage.get_text_range())
    lines = [(match.start(), match.group()) for match in _LINE.finditer(text)]
    # Where the numbers of characters differ, offsets into one are not offsets into the other: no gaps then.
    heights = [_height(textpage, start) for start, _ in lines] if len(text) == textpage.count_chars() else []
    # Documents are hyphenated by hand ("long-term") more often than by typesetters: the hyphen is kept.
    words = [_HYPHEN.sub("-", line) for _, line in lines]
    return "".join(mark + word for mark, word in zip(_marks(heights, len(words)), words, strict=True))


def _marks(heights: list[float], count: int) -> list[str]:
    """What stands before each line: nothing, a line break, or a blank line."""
    steps = [above - below for above, below in pairwise(heights)]
    down = [step for step in steps if step > 0]
    usual = median(down) if len(down) >= _FEWEST_STEPS else float("inf")
    wide = [abs(step) > _WIDE_GAP * usual for step in steps] or [False] * (count - 1)
    return [""] * min(count, 1) + ["\n\n" if gap else "\n" for gap in wide]


def _height(textpage: Any, index: int) -> float:
    """How high over the foot of the page a character stands, in points."""
    import pypdfium2.raw as pdfium

    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, across, up)
    return up.value


def _joined(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    starts, length = [], 0
    for text in texts:
        starts.append(length)
        length += len(text) + 2
    return "\n\n".join(texts), tuple(starts)
