"""The lines of a table: its head, and a row."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tui.columns import GAP, Cell, Placed, fitted, padded
from tui.literal import one_line

#: The signs before a row: the cursor stands here, the row is marked. Never colour alone.
HERE, MARKED, NEITHER = "▸ ", "✓ ", "  "
GUTTER = len(NEITHER)
_UP, _DOWN = " ▲", " ▼"
_BOLD, _PLAIN = Style(bold=True), Style()
_BETWEEN = " " * GAP


def head(placed: Sequence[Placed], sorted_by: tuple[str | None, bool], style: Style) -> list[Segment]:
    """The headings; a sign tells by which column the rows are sorted, and which way."""
    name, reverse = sorted_by
    segments = [Segment(NEITHER, style)]
    for each in placed:
        sign = (_DOWN if reverse else _UP) if each.column.name == name else ""
        title = padded(each.column.title, min(len(each.column.title), max(0, each.width - len(sign)))) + sign
        segments.append(Segment(padded(title, each.width, each.column.right) + _BETWEEN, style))
    return segments


def row(
    placed: Sequence[Placed], cells: Sequence[Cell], sign: str, base: Style, over: Style, console: Console
) -> list[Segment]:
    """A row: its sign, its cells; `over` is laid over everything, as for the row under the cursor."""
    plain = base + over
    segments = [Segment(sign, plain + _BOLD)]
    for each in placed:
        cell = cells[each.index]
        if isinstance(cell, Text):
            segments += _styled(fitted(cell, each.width, each.column.right), base, over, console)
        else:
            segments.append(Segment(padded(one_line(cell), each.width, each.column.right), plain))
        segments.append(Segment(_BETWEEN, plain))
    return segments


def _styled(text: Text, base: Style, over: Style, console: Console) -> Iterator[Segment]:
    """The pieces of a text by style."""
    whole = base + console.get_style(text.style)
    for piece in text.render(console):
        yield Segment(piece.text, whole + (piece.style or _PLAIN) + over)
