"""The announcements as a table: level, name, and as many columns as the width has room for."""

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.timer import Timer

from tui.columns import Cell, Column
from tui.palette import level_style
from tui.row_index import RowIndex
from tui.rows import Row
from tui.widgets.table import VirtualTable

COLUMNS = (
    Column("level", "Level", 19),
    Column("name", "Announcement", rank=1, share=2, least=18),
    Column("class", "Class", 17, rank=4),
    Column("who", "Who", 20, rank=2),
    Column("date", "Date", 10, rank=3),
    Column("reason", "Why", share=3, least=30),
)
_NEW = "new "
#: Rows from which on an order takes longer than a key may.
_VERY_MANY = 5_000
#: Seconds without a change of any row after which orders are worked out, and between two steps of that.
_AT_REST, _BETWEEN = 1.0, 0.05


class InboxTable(VirtualTable):
    """Rows of the inbox that pass the filter, in their order."""

    HELP = (
        "The inbox lists the announcements with their caution level, and why. The filter (/) takes words and level:4, "
        "class:offtake_deal, rule:FIN-006, who:, date:2026-05, is:new, is:error, is:ledger; all that is typed must "
        "fit, and of level:4,5 one. Copying, saving and reports take the marked rows, else the one at hand. "
        f"{VirtualTable.HELP}"
    )

    def __init__(self, rows: RowIndex) -> None:
        super().__init__(COLUMNS)
        self._rows = rows
        self._thinking: Timer | None = None

    @property
    def pointed_row(self) -> Row | None:
        """The row under the cursor."""
        return None if self.pointed is None else self._rows.get(self.pointed)

    def on_mount(self) -> None:
        """Show what there is already."""
        self.sorted_by = self._rows.sorted_by
        self.refill()

    def refill(self) -> None:
        """Other rows pass, or in another order."""
        self.set_source(_Drawn(self._rows, self.app.current_theme.dark))
        self._think_ahead(_BETWEEN)

    def changed(self) -> None:
        """Rows came, went or changed."""
        super().changed()
        self._think_ahead(_AT_REST)

    def _think_ahead(self, after: float) -> None:
        """Among very many rows another order takes long; they are worked out bit by bit while nothing happens."""
        if self._thinking:
            self._thinking.stop()
        if self._rows.total >= _VERY_MANY:
            self._thinking = self.set_timer(after, self._think)

    def _think(self) -> None:
        if self._rows.prepare():
            self._think_ahead(_BETWEEN)

    def chosen_rows(self) -> list[Row]:
        """The marked rows, else the one under the cursor."""
        return [row for key in self.chosen if (row := self._rows.get(key))]


class _Drawn:
    """The rows as cells, levels in their colours."""

    def __init__(self, rows: RowIndex, dark: bool) -> None:
        self._rows = rows
        self._dark = dark
        self.key = rows.key
        self.keys = rows.keys

    def __len__(self) -> int:
        return len(self._rows)

    def index(self, key: str) -> int | None:
        return self._rows.index(key)

    def cells(self, index: int) -> Sequence[Cell]:
        row = self._rows.row(index)
        style = Style(bold=True) if row.state == "error" else level_style(row.level, self._dark)
        name: Cell = f"{row.entry} · {row.name}" if row.entry else row.name  # several may have the same name
        if row.new:
            name = Text.assemble((_NEW, "bold"), row.name)
        return Text(row.level_text, style), name, row.class_name, row.who, row.date, row.reason
