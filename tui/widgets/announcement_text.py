"""The announcement, with its evidence drawn by stance; draws only the rows in view, so length does not matter."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from facts.fact import Span
from tui.evidence import STANCES, Mark, Rows, Stance, sentence_at, wrap
from tui.literal import literal
from tui.palette import stance_style

#: Longer rows are hard to read; cells.
_WIDEST = 100
_GUTTER = 2
_ABOVE = 2
#: Of how many marked places the gutter shows the whole sentence; of the others it shows the rows of the words.
_MOST_SENTENCES = 8


class AnnouncementText(ScrollView, can_focus=True):
    """The text of an announcement. `mark` shows where something stands in it."""

    DEFAULT_CSS = """
    AnnouncementText {
        border-top: solid $foreground 40%;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", "Page down", show=False),
    ]

    def __init__(self, name: str, text: str, marks: Sequence[Mark], legend: Mapping[Stance, str] = STANCES) -> None:
        super().__init__()
        self._legend = {stance: word for stance, word in legend.items() if any(m.stance == stance for m in marks)}
        self._named = name
        self._text = text
        self._marks = marks
        self._starts = [mark.start for mark in marks]
        self._rows = Rows([0], [0])
        self._width = 0
        self._marked: tuple[Span, ...] = ()
        self._sentences: tuple[Span, ...] = ()

    @property
    def marked(self) -> tuple[Span, ...]:
        """The places that are marked now."""
        return self._marked

    @property
    def rows_in_view(self) -> range:
        """The rows of the wrapped text that are drawn now."""
        top = int(self.scroll_offset.y)
        return range(top, min(len(self._rows), top + self.size.height))

    def row_text(self, row: int) -> str:
        """One row of the wrapped text as it is drawn, without the gutter."""
        return literal(self._text[self._rows.starts[row] : self._rows.ends[row]])

    def mark(self, spans: Sequence[Span]) -> None:
        """Mark these places, and no others, and scroll to the first."""
        self._marked = tuple(sorted(spans))
        whole = (sentence_at(self._text, span) for span in self._marked[:_MOST_SENTENCES])
        self._sentences = (*whole, *self._marked[_MOST_SENTENCES:])
        self._scroll_to_mark()
        self.refresh()

    def on_mount(self) -> None:
        """Name the pane, and what its styles mean."""
        self.title()

    def title(self) -> None:
        """The title of the pane: what the text styles stand for."""
        title = Text(f"{self._named}:" if self._marks else self._named)
        for stance, word in self._legend.items():
            title.append(" ").append(word, stance_style(stance, self.app.current_theme.dark))
        self.border_title = title

    def on_resize(self, event: events.Resize) -> None:
        """Break the text anew when its width has changed; keep what was at the top, or the mark, in view."""
        width = max(1, min(_WIDEST, self.scrollable_content_region.width - _GUTTER))
        if width != self._width:
            top = self._rows.starts[min(int(self.scroll_offset.y), len(self._rows) - 1)]
            self._width, self._rows = width, wrap(self._text, width)
            self.virtual_size = Size(width + _GUTTER, len(self._rows))
            self.scroll_to(y=self._rows.row_of(top), animate=False)
        self._scroll_to_mark()

    def _scroll_to_mark(self) -> None:
        if not self._marked or not self._width:
            return
        first, last = self._rows.row_of(self._marked[0].start), self._rows.row_of(self._marked[0].end - 1)
        view = self.rows_in_view
        if first < view.start or last >= view.stop:
            above = min(_ABOVE, max(0, self.size.height - (last - first) - 1))
            self.scroll_to(y=max(0, first - above), animate=False)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row, base = int(self.scroll_offset.y) + y, self.rich_style
        if row >= len(self._rows):
            return Strip.blank(self.size.width, base)
        start, end = self._rows.starts[row], self._rows.ends[row]
        told = any(span.start < max(end, start + 1) and start < span.end for span in self._sentences)
        segments = [Segment("▌ " if told else "  ", base + Style(bold=True)), *self._pieces(start, end, base)]
        return Strip(segments).crop(0, self.size.width).extend_cell_length(self.size.width, base)

    def _pieces(self, start: int, end: int, base: Style) -> Iterator[Segment]:
        """The row cut where a stance or a mark begins or ends."""
        dark = self.app.current_theme.dark
        marked = [span for span in self._marked if span.start < end and start < span.end]
        held = self._marks[max(0, bisect_right(self._starts, start) - 1) : bisect_right(self._starts, end)]
        held = [mark for mark in held if mark.start < end and start < mark.end]
        ends = {edge for piece in held for edge in (piece.start, piece.end)}
        ends |= {edge for span in marked for edge in span}
        cuts = sorted({start, end, *(edge for edge in ends if start < edge < end)})
        for left, right in pairwise(cuts):
            style = base
            for mark in held:
                if mark.start <= left < mark.end:
                    style += stance_style(mark.stance, dark)
            if any(span.start <= left < span.end for span in marked):
                style += Style(reverse=True)
            yield Segment(literal(self._text[left:right]), style)
