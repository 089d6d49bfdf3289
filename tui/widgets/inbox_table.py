"""The announcements as a table: level, name, and as many columns as the width has room for."""

from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable
from textual.widgets.data_table import CellDoesNotExist, RowDoesNotExist

from tui.palette import level_style
from tui.view import Row, fits

#: Columns in the order in which they are drawn: field of a row, heading, cells. The reason takes what is left.
_COLUMNS = (("level_text", "Level", 19), ("name", "Announcement", 20), ("class_name", "Class", 17),
            ("who", "Who", 20), ("date", "Date", 10))  # fmt: skip
#: The order in which columns come in as the screen grows.
_BY_WORTH = ("level_text", "name", "who", "date", "class_name")
_REASON, _LEAST_REASON = "reason", 30
_PADDING, _SCROLLBAR = 2, 2
#: Cells that the name gets on top where every column has room.
_LONGER_NAME = 12


class InboxTable(DataTable[Text]):
    """Rows of the inbox that pass the filter; posts `Opened` on Enter and `Pointed` as the cursor moves."""

    DEFAULT_CSS = """
    InboxTable {
        height: 1fr;
    }
    """

    class Opened(Message):
        """A row was opened."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Pointed(Message):
        """The cursor stands on another row, or on none."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    # The table's own key, not the screen's: a screen's would overtake cursor keys that are still waiting for the table,
    # and a quick Down, Down, Enter would open the first row.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select_cursor", "Open")]

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=False)
        self.all_rows: dict[str, Row] = {}
        self._query = ""
        self._fields: tuple[tuple[str, str, int], ...] = ()

    @property
    def pointed(self) -> Row | None:
        """The row under the cursor."""
        try:
            key = self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value
        except CellDoesNotExist:
            return None
        return self.all_rows.get(key or "")

    def put(self, row: Row) -> None:
        """Add a row, or change the one of the same key."""
        was_shown = row.key in self.all_rows and fits(self.all_rows[row.key], self._query)
        self.all_rows[row.key] = row
        shown = fits(row, self._query)
        if was_shown and shown:
            self._change(row)
        elif shown and row.key == next(reversed(self.all_rows)):
            self._add(row)
        elif shown or was_shown:
            self._rebuild()
        if (pointed := self.pointed) and pointed.key == row.key:
            self.post_message(self.Pointed(row))

    def filter(self, query: str) -> None:
        """Show only the rows that fit."""
        self._query = query
        self._rebuild()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns that fit the new width."""
        fields = _columns(self.size.width)
        if fields != self._fields:
            self._fields = fields
            self._rebuild()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Tell which row the cursor stands on."""
        event.stop()
        self.post_message(self.Pointed(self.pointed))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open the row."""
        event.stop()
        if row := self.all_rows.get(event.row_key.value or ""):
            self.post_message(self.Opened(row))

    def _rebuild(self) -> None:
        pointed = self.pointed
        self.clear(columns=True)
        for field, heading, width in self._fields:
            self.add_column(Text(heading), width=width, key=field)
        for row in self._shown():
            self._add(row)
        if pointed is not None:
            with suppress(RowDoesNotExist):
                self.move_cursor(row=self.get_row_index(pointed.key), animate=False)
        self.post_message(self.Pointed(self.pointed))

    def _shown(self) -> Iterable[Row]:
        return (row for row in self.all_rows.values() if fits(row, self._query))

    def _add(self, row: Row) -> None:
        if self._fields:
            self.add_row(*(self._cell(row, field, width) for field, _, width in self._fields), key=row.key)

    def _change(self, row: Row) -> None:
        for field, _, width in self._fields:
            self.update_cell(row.key, field, self._cell(row, field, width))

    def _cell(self, row: Row, field: str, width: int) -> Text:
        text = Text(getattr(row, field), no_wrap=True)
        if field == "level_text":
            bold = Style(bold=True)
            dark = self.app.current_theme.dark
            text.stylize(bold if row.state == "error" else level_style(row.level, dark))
        text.truncate(width, overflow="ellipsis")
        return text


def _columns(width: int) -> tuple[tuple[str, str, int], ...]:
    """The columns that fit; what is left over goes to the reason, and on a wide screen some of it to the name."""
    room = width - _SCROLLBAR - _LEAST_REASON - _PADDING
    sizes = {field: size for field, _, size in _COLUMNS}
    taken: set[str] = set()
    for field in _BY_WORTH:
        if sizes[field] + _PADDING > room:
            break
        taken.add(field)
        room -= sizes[field] + _PADDING
    if len(taken) == len(_COLUMNS):
        longer = min(_LONGER_NAME, room // 2)
        sizes["name"] += longer
        room -= longer
    kept = tuple((field, heading, sizes[field]) for field, heading, _ in _COLUMNS if field in taken)
    return (*kept, (_REASON, "Why", _LEAST_REASON + max(0, room)))
