"""A table of any length: it asks for the rows in view and draws those, so that 100,000 rows cost what 50 do."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.columns import GAP, Column, Placed, laid_out
from tui.listing import ListSource, RowSource
from tui.widgets.still import Still
from tui.widgets.table_keys import HELP, KEYS
from tui.widgets.table_line import GUTTER, HERE, MARKED, NEITHER, head, row

_ABOVE = 1


class VirtualTable(Still, can_focus=True, inherit_bindings=False):
    """Rows of a `RowSource` under a head that stays in view. The owner sorts: it is asked by `SortWanted`."""

    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr;
        background: $background;
    }
    VirtualTable > .virtual-table--head {
        color: $text-muted;
        text-style: bold;
    }
    VirtualTable > .virtual-table--cursor {
        background: $panel;
        text-style: bold;
    }
    VirtualTable:focus > .virtual-table--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-table--head", "virtual-table--cursor"}

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    HELP = HELP

    class Pointed(Message):
        """The cursor stands on another row; the key is None where there is no row."""

        def __init__(self, table: "VirtualTable", key: str | None) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class Opened(Message):
        """A row is to be opened."""

        def __init__(self, table: "VirtualTable", key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class SortWanted(Message):
        """Sort by this column; None is the order in which the rows came."""

        def __init__(self, table: "VirtualTable", column: str | None, reverse: bool) -> None:
            super().__init__()
            self.table = table
            self.column = column
            self.reverse = reverse

    class Marked(Message):
        """Other rows are marked now."""

        def __init__(self, table: "VirtualTable") -> None:
            super().__init__()
            self.table = table

    def __init__(self, columns: Sequence[Column], id: str | None = None) -> None:
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.source: RowSource = ListSource()
        self.selected: set[str] = set()
        self.sorted_by: tuple[str | None, bool] = (None, False)
        self._cursor = 0
        self._told: str | None = None
        self._base, self._width = Style(), 0
        self._placed: tuple[Placed, ...] = ()

    @property
    def cursor(self) -> int:
        """The row under the cursor, by number."""
        return self._cursor

    @property
    def pointed(self) -> str | None:
        """The key of the row under the cursor; None where there is no row."""
        return self.source.key(self._cursor) if self._cursor < len(self.source) else None

    @property
    def rows_in_view(self) -> range:
        """The rows that are drawn now."""
        top = int(self.scroll_offset.y)
        return range(top, min(len(self.source), top + max(0, self.size.height - 1)))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The marked rows that are shown, in the order in which they stand; else the one under the cursor."""
        found = [(at, key) for key in self.selected if (at := self.source.index(key)) is not None]
        here = () if (key := self.pointed) is None else (key,)
        return tuple(key for _, key in sorted(found)) or here

    def set_source(self, source: RowSource) -> None:
        """Show these rows. The cursor stays on its row, where that is among them; else it goes to the first."""
        self.source = source
        above = self._cursor - int(self.scroll_offset.y)
        at = self._again()
        self._cursor = at or 0
        self._measure()
        self.scroll_to(y=max(0, self._cursor - above) if at is not None else 0, animate=False)
        self._follow()
        self._tell()

    def changed(self) -> None:
        """Draw again: rows of the source came in, went, or have other cells. The cursor stays on its row."""
        at = self._again()
        if at is not None and at != self._cursor:
            self._cursor = at
            self._measure()
            self._follow()
        else:
            self._measure()
        self._tell()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row, as near as there is one, and bring it into view."""
        at = max(0, min(index, len(self.source) - 1))
        if at != self._cursor:
            self.refresh_line(self._cursor + 1)
            self._cursor = at
            self.refresh_line(at + 1)
        self._follow()
        self._tell()

    def point(self, key: str) -> bool:
        """Put the cursor on the row of a key. Returns whether there is one."""
        at = self.source.index(key)
        if at is not None:
            self.move_to(at)
        return at is not None

    def choose(self, keys: set[str]) -> None:
        """Mark these rows and no others."""
        self.selected = keys
        self.refresh()
        self.post_message(self.Marked(self))

    def sort(self, column: str | None, reverse: bool = False) -> None:
        """Ask for an order, and show it in the head."""
        self.sorted_by = (column, reverse)
        self.refresh()
        self.post_message(self.SortWanted(self, column, reverse))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in view. What style they are drawn on costs more than drawing one: it is asked once."""
        self._base = self.rich_style
        self._lay_out()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, or a row."""
        width = self._width
        index = int(self.scroll_offset.y) + y - 1
        if y == 0:
            style = self._base + self.get_component_rich_style("virtual-table--head", partial=True)
            segments = head(self._placed, self.sorted_by, style)
        elif index < len(self.source):
            segments = self._row(index)
        else:
            return Strip.blank(width, self._base)
        return Strip(segments).adjust_cell_length(width, segments[-1].style)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out for the new width; keep the cursor in view."""
        self._lay_out()
        self._measure()
        self._follow()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The head sorts, the sign marks, a row is pointed at, and the row at hand opens."""
        event.stop()
        index = int(self.scroll_offset.y) + event.y - 1
        if event.y == 0:
            self._sort_at(event.x - GUTTER)
        elif index >= len(self.source):
            return
        elif event.x < GUTTER or event.ctrl:
            self.move_to(index)
            self.action_mark()
        elif event.chain == 1:
            self.move_to(index)
        elif index == self._cursor:
            self.action_open()

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if key := self.pointed:
            self.post_message(self.Opened(self, key))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or no longer."""
        if (key := self.pointed) is not None:
            self.choose(self.selected ^ {key})

    def action_mark_by(self, step: int) -> None:
        """Mark the row under the cursor and go on."""
        if (key := self.pointed) is not None:
            self.choose(self.selected | {key})
            self.move_to(self._cursor + step)

    def action_mark_all(self) -> None:
        """Mark all rows that are shown; if all are marked, none."""
        every = set(self.source.keys())
        self.choose(self.selected - every if every <= self.selected else self.selected | every)

    def action_by(self, step: int) -> None:
        """Move by so many rows."""
        self.move_to(self._cursor + step)

    def action_page(self, step: int) -> None:
        """Move by so many pages."""
        self.move_to(self._cursor + step * max(1, self.size.height - 2))

    def action_end(self, last: bool) -> None:
        """To the first row, or to the last."""
        self.move_to(len(self.source) - 1 if last else 0)

    def action_sort_by(self, step: int) -> None:
        """Sort by the next of the columns that are shown; beyond them stands the order in which the rows came."""
        names = [None, *(placed.column.name for placed in self._placed)]
        here = names.index(self.sorted_by[0]) if self.sorted_by[0] in names else 0
        self.sort(names[(here + step) % len(names)])

    def action_reverse(self) -> None:
        """Turn the order round."""
        column, reverse = self.sorted_by
        self.sort(column, not reverse)

    def _sort_at(self, x: int) -> None:
        for placed in self._placed:
            if placed.start <= x < placed.start + placed.width + GAP:
                name, reverse = self.sorted_by
                self.sort(placed.column.name, name == placed.column.name and not reverse)

    def _row(self, index: int) -> list[Segment]:
        here, key = index == self._cursor, self.source.key(index)
        over = self.get_component_rich_style("virtual-table--cursor", partial=True) if here else Style()
        sign = MARKED if key in self.selected else HERE if here else NEITHER
        return row(self._placed, self.source.cells(index), sign, self._base, over, self.app.console)

    def _lay_out(self) -> None:
        """Place the columns for the width there is beside the scroll bar."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width, self._placed = width, laid_out(self.columns, width - GUTTER)

    def _again(self) -> int | None:
        """Where the row stands now that the cursor was told to be on."""
        return None if self._told is None else self.source.index(self._told)

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.source) + 1)
        self._cursor = max(0, min(self._cursor, len(self.source) - 1))
        self.refresh()

    def _follow(self) -> None:
        """Bring the cursor into view, a row of its neighbours too."""
        if (height := self.size.height - 1) <= 0:
            return
        top = int(self.scroll_offset.y)
        above = min(_ABOVE, max(0, (height - 1) // 2))
        if self._cursor < top + above:
            self.scroll_to(y=max(0, self._cursor - above), animate=False)
        elif self._cursor > top + height - 1 - above:
            self.scroll_to(y=self._cursor - height + 1 + above, animate=False)

    def _tell(self) -> None:
        """Say where the cursor stands, once."""
        if (key := self.pointed) != self._told:
            self._told = key
            self.post_message(self.Pointed(self, key))
