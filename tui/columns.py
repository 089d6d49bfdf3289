"""Columns of a table: which of them fit a width, how wide each is, and what stands in a cell. Knows no Textual."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

#: Blank cells between two columns.
GAP = 2
_ELLIPSIS = "…"
Cell = str | Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `width` cells; 0 takes `share` parts of what the others leave, and at least `least` cells.

    Where there is too little room, columns with the greatest `rank` are left out first; those of rank 0 never are.
    """

    name: str
    title: str
    width: int = 0
    right: bool = False
    rank: int = 0
    share: int = 1
    least: int = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A column that is drawn: its place among all of them, and the cells from `start` that it fills."""

    index: int
    column: Column
    start: int
    width: int


def laid_out(columns: Sequence[Column], width: int) -> tuple[Placed, ...]:
    """The columns that fit into so many cells, from left to right."""
    kept = sorted(range(len(columns)), key=lambda index: columns[index].rank)
    while len(kept) > 1 and columns[kept[-1]].rank and _least(columns, kept) > width:
        kept.pop()
    kept.sort()
    return tuple(_placed(columns, kept, width))


def _least(columns: Sequence[Column], kept: Sequence[int]) -> int:
    return sum(columns[index].width or columns[index].least for index in kept) + GAP * (len(kept) - 1)


def _placed(columns: Sequence[Column], kept: Sequence[int], width: int) -> Iterator[Placed]:
    fixed = sum(columns[index].width for index in kept)
    room = max(0, width - fixed - GAP * (len(kept) - 1))
    shares = sum(columns[index].share for index in kept if not columns[index].width)
    start = 0
    for index in kept:
        column = columns[index]
        size = column.width
        if not size:
            size = room * column.share // shares
            room, shares = room - size, shares - column.share
        size = max(0, min(size, width - start))
        yield Placed(index, column, start, size)
        start += size + GAP


def fitted(text: Text, width: int, right: bool = False) -> Text:
    """A text made exactly `width` cells wide: cut with an ellipsis, or padded."""
    text = text.copy()
    text.truncate(width, overflow="ellipsis")
    missing = max(0, width - text.cell_len)
    if right:
        text.pad_left(missing)
    else:
        text.pad_right(missing)
    text.end = ""
    return text


def padded(words: str, width: int, right: bool = False) -> str:
    """Words made exactly `width` cells wide."""
    size = cell_len(words)
    if size > width:
        return set_cell_size(set_cell_size(words, max(0, width - 1)).rstrip() + _ELLIPSIS, width) if width else ""
    return " " * (width - size) + words if right else words + " " * (width - size)
