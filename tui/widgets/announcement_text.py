"""The announcement, with its evidence drawn by stance; draws only the rows in view, so length does not matter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from facts.fact import Span
from rules.render.json import dumps
from tui.evidence import STANCES, Mark, Rows, Stance, sentence_at, wrap
from tui.literal import literal
from tui.palette import stance_style
from tui.sentences import Sentences
from tui.widgets.delivered import Delivered
from tui.widgets.still import Still
from tui.widgets.text_row import Drawing, stands_on

#: Longer rows are hard to read; cells.
_WIDEST = 100
_GUTTER = 2
_ABOVE = 2
#: Of how many marked places the gutter shows the whole sentence; of the others it shows the rows of the words.
_MOST_SENTENCES = 8
#: So many characters are broken into rows at once; the rest of a longer text in a thread, after so many seconds.
_AT_ONCE, _AFTER = 50_000, 0.05
#: What stands in the gutter: the sentence under the cursor, a sentence that is marked, any other.
_HERE, _MARKED, _NOTHING = "► ", "▌ ", "  "


class AnnouncementText(Still, can_focus=True):
    """The text of an announcement with a cursor that goes by sentence. `mark` shows where something stands in it."""

    HELP: ClassVar[str] = (
        "The announcement. Words that count are drawn by how they are meant; sentences that no rule used are dim. The "
        "cursor goes by sentence: below it stand the facts read from the sentence and the rules that used them."
    )

    DEFAULT_CSS = """
    AnnouncementText {
        border-top: solid $foreground 40%;
        padding: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next sentence", show=False, id="text.next"),
        Binding("up", "move(-1)", "Sentence before", show=False, id="text.before"),
        Binding("pagedown,space", "turn(1)", "A page down", show=False, id="text.page_down"),
        Binding("pageup", "turn(-1)", "A page up", show=False, id="text.page_up"),
        Binding("home", "end(0)", "First sentence", show=False, id="text.first"),
        Binding("end", "end(1)", "Last sentence", show=False, id="text.last"),
        Binding("enter", "choose", "The rule that used the sentence, in the proof", show=False, id="text.rule"),
    ]

    class SentencePointed(Message):
        """The cursor stands on a sentence."""

        def __init__(self, span: Span) -> None:
            super().__init__()
            self.span = span

    class SentenceChosen(SentencePointed):
        """A sentence was chosen."""

    def __init__(
        self, name: str, sentences: Sentences, marks: Sequence[Mark], legend: Mapping[Stance, str] = STANCES
    ) -> None:
        super().__init__()
        self._legend = {stance: word for stance, word in legend.items() if any(m.stance == stance for m in marks)}
        self._named = name
        self._sentences = sentences
        self._text = sentences.text
        self._drawing = Drawing(marks, [mark.start for mark in marks])
        self._rows = Rows([0], [0])
        self._base = Style()
        self._width = 0
        self._told: tuple[Span, ...] = ()
        self._here: Span | None = None
        self.listener: Callable[[Span], None] | None = None

    @property
    def marked(self) -> tuple[Span, ...]:
        """The places that are marked now."""
        return tuple(self._drawing.marked)

    @property
    def dimmed(self) -> tuple[Span, ...]:
        """The sentences that are drawn dim."""
        return tuple(self._drawing.dim)

    @property
    def here(self) -> Span | None:
        """The sentence under the cursor; None before the text was first gone to."""
        return self._here

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
        marked = tuple(sorted(spans))
        if marked == self.marked:
            self._scroll_to_mark()
            return
        self._redraw(self._told)
        self._drawing = replace(self._drawing, marked=marked)
        whole = (sentence_at(self._text, span) for span in marked[:_MOST_SENTENCES])
        self._told = (*whole, *marked[_MOST_SENTENCES:])
        self._scroll_to_mark()
        self._redraw(self._told)

    def dim(self, spans: Sequence[Span]) -> None:
        """Draw these sentences dim, in order of the text."""
        self._drawing = replace(self._drawing, dim=spans)
        self.refresh()

    def to_mark(self) -> None:
        """Put the cursor on the first sentence that is marked."""
        if self.marked and self._text:
            self._point(self._sentences.at(self.marked[0].start))

    def on_mount(self) -> None:
        """Name the pane, and what its styles mean."""
        self.title()

    def on_focus(self) -> None:
        """The cursor begins at what is marked, or at the first sentence in view."""
        if self._text.strip() and self._here is None:
            top = self._rows.starts[min(int(self.scroll_offset.y), len(self._rows) - 1)]
            self._here = self._sentences.at(self.marked[0].start if self.marked else top)
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the sentence under the mouse."""
        row = event.get_content_offset(self)
        if row is None or not self._text.strip():
            return
        line = min(len(self._rows) - 1, int(self.scroll_offset.y) + row.y)
        left = self._rows.starts[line]
        self._point(self._sentences.at(min(self._rows.ends[line], left + max(0, row.x - _GUTTER))))

    def draw(self, marks: Sequence[Mark]) -> None:
        """Other evidence."""
        if changed := set(self._drawing.marks) ^ set(marks):
            self._drawing = replace(self._drawing, marks=marks, starts=[mark.start for mark in marks])
            self._redraw(Span(mark.start, mark.end) for mark in changed)

    def as_text(self) -> str:
        """The sentence under the cursor, else the whole text."""
        return self._text[self._here.start : self._here.end] if self._here else self._text

    def as_json(self) -> str:
        """The same with its place in the text."""
        start, end = self._here or (0, len(self._text))
        return dumps({"span": [start, end], "text": self._text[start:end]}, indent=2)

    def title(self) -> None:
        """The title of the pane: what the text styles stand for."""
        title = Text(f"{self._named}:" if self._drawing.marks else self._named)
        for stance, word in self._legend.items():
            title.append(" ").append(word, stance_style(stance, self.app.current_theme.dark))
        self.border_title = title

    # The cursor.

    def action_move(self, step: int) -> None:
        """To the sentence after this one, or before."""
        if self._text.strip():
            self._point(self._sentences.beside(self._here, step) if self._here else self._sentences.at(0))

    def action_turn(self, pages: int) -> None:
        """A page on, or back; the cursor goes along."""
        height = max(1, self.size.height - 1)
        row = self._rows.row_of(self._here.start) if self._here else int(self.scroll_offset.y)
        row = min(len(self._rows) - 1, max(0, row + pages * height))
        if self._text.strip():
            self._point(self._sentences.at(self._rows.starts[row]))

    def action_end(self, last: int) -> None:
        """To the first sentence, or the last."""
        if self._text.strip():
            self._point(self._sentences.at(len(self._text) - 1 if last else 0))

    def action_choose(self) -> None:
        """Ask for the rule that used this sentence."""
        if self._here:
            self.post_message(self.SentenceChosen(self._here))

    def _point(self, span: Span) -> None:
        self._redraw([self._here] if self._here else ())
        self._here = span
        self._show_span(span)
        self._redraw([span])
        self._tell()

    def _redraw(self, spans: Iterable[Span]) -> None:
        """Draw the rows in view on which these places stand."""
        view = self.rows_in_view
        for span in spans:
            first, last = self._rows.row_of(span.start), self._rows.row_of(max(span.start, span.end - 1))
            if (top := max(first, view.start)) < (below := min(last + 1, view.stop)):
                self.refresh_lines(top, below - top)

    def _tell(self) -> None:
        """At once to a listener, so that what it shows is painted together with the cursor."""
        if self._here and self.listener:
            self.listener(self._here)
        elif self._here:
            self.post_message(self.SentencePointed(self._here))

    # Rows and scrolling.

    def on_resize(self, event: events.Resize) -> None:
        """Keep the mark in view."""
        self._scroll_to_mark()

    def fit(self, width: int) -> None:
        """Break the text anew; keep what was at the top, or the mark, in view."""
        width = max(1, min(_WIDEST, width - _GUTTER))
        if width != self._width:
            top = self._rows.starts[min(int(self.scroll_offset.y), len(self._rows) - 1)]
            self._width = width
            self._take(wrap(self._text[:_AT_ONCE], width), top)
            if len(self._text) > _AT_ONCE:
                self.set_timer(_AFTER, lambda: self._wrap_all(width, top))  # a thread would keep the paint waiting

    def _wrap_all(self, width: int, top: int) -> None:
        if width == self._width:
            self.run_worker(lambda: self._wrap(width, top), group="wrap", exclusive=True, thread=True)

    def _wrap(self, width: int, top: int) -> None:
        rows = wrap(self._text, width)
        self.post_message(Delivered(lambda: self._wrapped(rows, width, top)))

    def on_delivered(self, event: Delivered) -> None:
        """Take what was done in a thread."""
        event.stop()
        event.deliver()

    def _wrapped(self, rows: Rows, width: int, top: int) -> None:
        if width == self._width and self.is_attached:
            self._take(rows, max(top, self._rows.starts[int(self.scroll_offset.y)]))
            self.refresh()

    def _take(self, rows: Rows, top: int) -> None:
        self._rows = rows
        row = rows.row_of(top)
        held = [self._here] if self._here and self.has_focus else self.marked
        self.lengthen(Size(self._width + _GUTTER, len(rows)), self._top_for(held[0], row) if held else row)

    def _scroll_to_mark(self) -> None:
        if self.marked and self._width:
            self._show_span(self.marked[0])

    def _show_span(self, span: Span) -> None:
        self.scroll_to(y=self._top_for(span, int(self.scroll_offset.y)), animate=False)

    def _top_for(self, span: Span, top: int) -> int:
        """The row to begin with so that a place is in view: this one, where it is already."""
        first, last = self._rows.row_of(span.start), self._rows.row_of(max(span.start, span.end - 1))
        if top <= first and last < top + self.size.height:
            return top
        return max(0, first - min(_ABOVE, max(0, self.size.height - (last - first) - 1)))

    # Drawing.

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in view; their style is worked out once, not for each."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row, base = int(self.scroll_offset.y) + y, self._base
        if row >= len(self._rows):
            return Strip.blank(self.size.width, base)
        start, end = self._rows.starts[row], self._rows.ends[row]
        here = self.has_focus and self._here is not None and stands_on(self._here, start, end)
        told = any(stands_on(span, start, end) for span in self._told)
        sign = _HERE if here else _MARKED if told else _NOTHING
        words = self._drawing.pieces(self._text, start, end, base, self.app.current_theme.dark)
        segments = [Segment(sign, base + Style(bold=True)), *words]
        return Strip(segments).crop(0, self.size.width).extend_cell_length(self.size.width, base)
