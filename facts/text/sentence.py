"""Sentences with their offsets: paragraphs first, then full stops that end something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Lines of about this length, one after another, were wrapped by hand: their newlines mean nothing.
_WRAPPED_LINE = range(48, 110)
#: No line of a text that was wrapped by hand is longer; a text of fewer lines says nothing about it.
_LONGEST_WRAPPED, _FEWEST_LINES = 140, 6
#: Blanks, and the marks that print nothing: byte order, zero width, writing direction.
_BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
)
_LINE = re.compile(r"[^\r\n]+")
_BULLET = re.compile(r"[^\S\r\n]{0,40}(?:[-*\u2022\u25cf\u25aa\u2013\u2014\u00b7]|\(?\d{1,2}[.)]|\(?[a-z]\))[^\S\r\n]+")
#: A stop that may end a sentence, with the quotes and brackets that close behind it.
_STOP = re.compile(r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d)\]]{0,4}+(?=\s)")
#: What the next sentence may begin with: an opening quote or bracket, then a capital, a figure or a currency.
_NEXT = re.compile(r"\s{1,80}[\"'\u2018\u201c(\[]{0,3}(?:[^\W\d_a-z]|[0-9$\u20ac\u00a3\u2022*-])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\u201c\"])(?:[A-Za-z]|[A-Z](?:\.[A-Z])+|e\.g|i\.e|Ph\.D|P\.Geo|P\.Eng|Inc|Corp|Ltd|Co|Cos|Bros|Nos?|Mr|Mrs"
    r"|Ms|Dr|Prof|St|Mt|Ft|Gov|Sen|Rep|Gen|Hon|Jr|Sr|vs|v|approx|ca|cf|Figs?|Eq|Sec|Art|Vol|pp|p|al|Pres|Pty|TSX|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
#: Abbreviations that often do end a sentence: then the next word decides ("Halvorsen Inc. The plant ...").
_CLOSING = re.compile(r"(?:Inc|Corp|Ltd|Co|Pty|al|[A-Z](?:\.[A-Z])+)$")
_STARTER = re.compile(
    r"\s{1,80}[\"'\u2018\u201c(\[]{0,3}(?:The|This|That|These|It|In|On|At|As|If|For|We|He|She|They|Under|However)\s"
)
_LOOK_BACK = 16
#: No sentence is longer, in characters: what runs on beyond it is a table or worse, and is cut at a blank. So the cost
#: of any pattern is bounded by a constant for each sentence, and the time for a text grows with its length.
_LONGEST = 3_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` is the sentence; `paragraph` counts blocks of text from 0; `bullet` marks a list item."""

    index: int
    start: int
    end: int
    paragraph: int
    bullet: bool


def split(text: str) -> tuple[Sentence, ...]:
    """All sentences of the text in order; every character that is not blank stands in exactly one of them."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        bullet = _BULLET.match(text, start, end)
        for left, right in _sentences(text, start, end, bullet.end() if bullet else start):
            found.append(Sentence(len(found), left, right, number, bullet is not None))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines; where the text was wrapped by hand, the lines between two empty ones that run on."""
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text) if line.group().strip(_BLANK)]
    if not _is_wrapped([end - start for start, end in lines]):
        yield from lines
        return
    start, last = 0, (0, 0)
    for line in lines:
        if last != (0, 0) and not _runs_on(text, last, line):
            yield start, last[1]
            start = line[0]
        elif last == (0, 0):
            start = line[0]
        last = line
    if lines:
        yield start, last[1]


def _is_wrapped(lengths: list[int]) -> bool:
    if len(lengths) < _FEWEST_LINES or max(lengths) >= _LONGEST_WRAPPED:
        return False
    long = [length for length in lengths if length >= _WRAPPED_LINE.start]
    # The lower median, without `statistics`: importing that costs a cold start more than all our sentences.
    return len(long) * 2 > len(lengths) and sorted(long)[(len(long) - 1) // 2] in _WRAPPED_LINE


def _runs_on(text: str, last: tuple[int, int], line: tuple[int, int]) -> bool:
    """The next line goes on where a line was full, nothing but one line break lies between, and no list item begins."""
    between = text[last[1] : line[0]]
    breaks = between.count("\n") or between.count("\r")
    return breaks == 1 and last[1] - last[0] >= _WRAPPED_LINE.start // 2 and not _BULLET.match(text, *line)


def _sentences(text: str, start: int, end: int, first: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph; no stop before `first` (the figure of a list item) ends one."""
    left = start
    for stop in _STOP.finditer(text, first, end):
        if _ends(text, start, stop, end):
            yield from _cut(text, left, stop.end())
            left = stop.end()
    yield from _cut(text, left, end)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        middle = blank if blank > 0 else start + _LONGEST
        found.append(_trimmed(text, start, middle))
        start = middle
    found.append(_trimmed(text, start, end))
    return [piece for piece in found if piece[0] < piece[1]]


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    if not _NEXT.match(text, stop.end(), end):
        return text[stop.start()] != "." and len(stop.group()) > 1 and text[stop.start()] in "!?"
    if stop.group() != ".":
        return True
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start()]
    if not _ABBREVIATION.search(before):
        return True
    return _CLOSING.search(before) is not None and _STARTER.match(text, stop.end(), end) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    while start < end and text[end - 1] in _BLANK:
        end -= 1
    return start, end
