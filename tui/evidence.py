"""The announcement as evidence: which words carry which stance, which sentence they stand in, how lines break."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import get_character_cell_size

from facts.fact import Fact, Span
from facts.text.sentence import split
from rules.memory import kind_of
from tui.literal import literal

Stance = Literal["affirmed", "hedged", "denied", "backdrop"]

#: What each stance is called on the screen, strongest first: where spans overlap, the first named is drawn.
STANCES: dict[Stance, str] = {
    "denied": "denied or not stated",
    "hedged": "hedged",
    "affirmed": "stated",
    "backdrop": "background",
}
_HEDGES = frozenset({"rumoured", "possible", "proposed", "planned"})
_LINE_END = re.compile(r"\r\n|\r|\n")
#: Characters that take one cell each: Latin, Greek, Cyrillic and common signs. Anything else is measured.
_MEASURED = re.compile(
    r"[^\t\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]"
)
#: How far to either side of some words their sentence is looked for, in characters.
_WINDOW = 1_500


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text (character offsets) and how they are meant."""

    start: int
    end: int
    stance: Stance


def stance_of(fact: Fact) -> Stance:
    """How a fact is meant, as one of four stances."""
    if fact.polarity != "affirmed" or kind_of(fact) in ("omission", "denial"):
        return "denied"
    if fact.layer != "event":
        return "backdrop"
    return "hedged" if fact.modality in _HEDGES or fact.attribution == "anonymous" else "affirmed"


def marks(facts: Iterable[Fact]) -> tuple[Mark, ...]:
    """The words of all facts in order of the text, cut so that none overlaps another; the strongest stance wins."""
    spans = [(span.start, span.end, stance_of(fact)) for fact in facts for span in fact.spans]
    rank = {stance: place for place, stance in enumerate(STANCES)}
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    best: dict[int, Stance] = {}
    for start, end, stance in spans:
        for place in range(bisect_right(edges, start) - 1, bisect_right(edges, end) - 1):
            if place not in best or rank[stance] < rank[best[place]]:
                best[place] = stance
    return tuple(_joined(Mark(edges[place], edges[place + 1], best[place]) for place in sorted(best)))


def _joined(pieces: Iterable[Mark]) -> Iterator[Mark]:
    held: Mark | None = None
    for piece in pieces:
        if held and held.end == piece.start and held.stance == piece.stance:
            held = Mark(held.start, piece.end, held.stance)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def sentence_at(text: str, span: Span) -> Span:
    """The sentence (or sentences) in which the words stand; the words themselves where none is found."""
    left = max(0, text.rfind("\n", 0, max(0, span.start - _WINDOW)) + 1, span.start - 2 * _WINDOW)
    right = min(len(text), span.end + _WINDOW)
    here = [
        sentence
        for sentence in split(text[left:right])
        if left + sentence.start < span.end and span.start < left + sentence.end
    ]
    return Span(left + here[0].start, left + here[-1].end) if here else span


@dataclass(frozen=True, slots=True)
class Rows:
    """A text broken into screen rows: `starts[i]` and `ends[i]` are the offsets of row i."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)

    def row_of(self, offset: int) -> int:
        """The row in which a character stands."""
        return max(0, bisect_right(self.starts, offset) - 1)


def wrap(text: str, width: int) -> Rows:
    """Break a text at blanks into rows of at most `width` cells; nothing is left out but blanks at a break."""
    starts: list[int] = []
    ends: list[int] = []
    for left, right in _lines(text):
        if right - left <= width // 2:  # no character is wider than two cells
            starts.append(left)
            ends.append(right)
            continue
        rows = _measured(text, left, right, width) if _MEASURED.search(text, left, right) else None
        for start, end in rows or _counted(text, left, right, width):
            starts.append(start)
            ends.append(end)
    return Rows(starts, ends)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    left = 0
    for end in _LINE_END.finditer(text):
        yield left, end.start()
        left = end.end()
    yield left, len(text)


def _counted(text: str, left: int, right: int, width: int) -> Iterator[tuple[int, int]]:
    """Rows of a line in which every character takes one cell."""
    while right - left > width:
        blank = text.rfind(" ", left, left + width + 1)
        end = blank if blank > left else left + width
        yield left, end
        left = end + (text[end] == " ")
    yield left, right


def _measured(text: str, left: int, right: int, width: int) -> list[tuple[int, int]]:
    """Rows of a line with characters of no or two cells."""
    rows: list[tuple[int, int]] = []
    start, used, blank = left, 0, -1
    for place in range(left, right):
        if place < start:
            continue  # the blank at which the row before was broken
        size = get_character_cell_size(literal(text[place]))
        if used + size > width and place > start:
            end = blank if blank > start else place
            rows.append((start, end))
            start = end + (text[end] == " ")
            used = sum(get_character_cell_size(literal(letter)) for letter in text[start:place])
        if text[place] == " ":
            blank = place
        used += size
    rows.append((min(start, right), right))
    return rows
