"""The table of any length: keys, mouse, marks, order, and that only what is in view is asked for."""

from collections.abc import Iterable, Sequence

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.message import Message

from tests.tui.walk import shown
from tui.columns import Cell, Column, fitted, laid_out, padded
from tui.listing import ListSource
from tui.widgets.table import VirtualTable

COLUMNS = (
    Column("level", "Level", 8),
    Column("size", "Size", 6, right=True, rank=2),
    Column("name", "Name", share=2),
    Column("why", "Why", share=1, rank=1),
)


class Counted:
    """A hundred thousand rows, and which of them were asked for."""

    def __init__(self, count: int = 100_000) -> None:
        self._count = count
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return self._count

    def cells(self, index: int) -> Sequence[Cell]:
        self.asked.add(index)
        return Text("high", "bold"), str(index), f"row {index} [red]\x1b", "因為"

    def key(self, index: int) -> str:
        return f"k{index}"

    def keys(self) -> Iterable[str]:
        return map(self.key, range(self._count))

    def index(self, key: str) -> int | None:
        return int(key[1:]) if int(key[1:]) < self._count else None


class TableApp(App[None]):
    def __init__(self, source: Counted | ListSource) -> None:
        super().__init__()
        self.table = VirtualTable(COLUMNS)
        self.said: list[Message] = []
        self._source = source

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()
        self.table.set_source(self._source)

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        self.said.append(event)

    def on_virtual_table_sort_wanted(self, event: VirtualTable.SortWanted) -> None:
        self.said.append(event)

    def on_virtual_table_pointed(self, event: VirtualTable.Pointed) -> None:
        self.said.append(event)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def test_columns_are_left_out_by_rank_and_the_rest_shares_what_is_left() -> None:
    def placed(width: int) -> list[tuple[str, int, int]]:
        return [(each.column.name, each.start, each.width) for each in laid_out(COLUMNS, width)]

    assert placed(80) == [("level", 0, 8), ("size", 10, 6), ("name", 18, 40), ("why", 60, 20)]
    assert placed(38) == [("level", 0, 8), ("name", 10, 17), ("why", 29, 9)]
    assert placed(25) == [("level", 0, 8), ("name", 10, 15)]
    assert placed(5) == [("level", 0, 5), ("name", 7, 0)]


@pytest.mark.parametrize(
    ("words", "width", "right", "expected"),
    [("ab", 4, False, "ab  "), ("ab", 4, True, "  ab"), ("abcdef", 4, False, "abc…"), ("界界界", 4, False, "界… "),
     ("ab", 0, False, "")],
)  # fmt: skip
def test_a_cell_is_exactly_as_wide_as_its_column(words: str, width: int, right: bool, expected: str) -> None:
    assert padded(words, width, right) == expected
    if width:
        assert fitted(Text(words), width, right).cell_len == width


async def test_a_hundred_thousand_rows_cost_what_is_in_view() -> None:
    source = Counted()
    app = TableApp(source)
    async with app.run_test(size=(80, 24)) as walk:
        await walk.pause()
        await walk.press("end")
        assert app.table.cursor == 99_999
        assert lines(shown(walk))[-1].lstrip().startswith("▸ high       99999  row 99999 [red]␛")
        assert lines(shown(walk))[0].split() == ["Level", "Size", "Name", "Why"]
        await walk.press("home", "pagedown", "down", "up", "up")
        assert app.table.cursor == 21
        assert app.table.rows_in_view.stop - app.table.rows_in_view.start == 23
        assert len(source.asked) < 120


async def test_the_cursor_is_told_once_and_enter_opens_its_row() -> None:
    app = TableApp(Counted(3))
    async with app.run_test(size=(80, 10)) as walk:
        await walk.press("down", "down", "down", "enter")
        assert [each.key for each in app.said if isinstance(each, VirtualTable.Pointed)] == ["k0", "k1", "k2"]
        assert [each.key for each in app.said if isinstance(each, VirtualTable.Opened)] == ["k2"]


async def test_marks_have_a_sign_and_stay_when_the_rows_change() -> None:
    app = TableApp(Counted(5))
    async with app.run_test(size=(80, 10)) as walk:
        await walk.press("down", "space", "shift+down")
        assert app.table.selected == {"k1"}
        assert [line[:1] for line in lines(shown(walk))[1:6]] == [" ", "✓", "▸", " ", " "]
        await walk.press("shift+up", "ctrl+a")
        assert app.table.selected == {f"k{number}" for number in range(5)}
        app.table.set_source(Counted(2))
        assert list(app.table.chosen) == ["k0", "k1"]
        await walk.press("ctrl+a")
        assert app.table.selected == {"k2", "k3", "k4"}
        assert list(app.table.chosen) == ["k1"]


async def test_the_keys_choose_the_order_and_the_head_shows_it() -> None:
    app = TableApp(Counted(5))
    async with app.run_test(size=(80, 10)) as walk:
        await walk.press("greater_than_sign", "greater_than_sign", "exclamation_mark")
        wanted = [(each.column, each.reverse) for each in app.said if isinstance(each, VirtualTable.SortWanted)]
        assert wanted == [("level", False), ("size", False), ("size", True)]
        assert "Size ▼" in shown(walk)
        await walk.press("less_than_sign", "less_than_sign")
        assert app.table.sorted_by == (None, False)
        assert "▼" not in shown(walk)


async def test_the_mouse_points_marks_opens_sorts_and_scrolls() -> None:
    app = TableApp(Counted(500))
    async with app.run_test(size=(80, 10)) as walk:
        await walk.click(app.table, offset=(20, 3))
        assert app.table.pointed == "k2"
        await walk.click(app.table, offset=(0, 4))
        assert app.table.selected == {"k3"}
        await walk.click(app.table, offset=(20, 5), times=2)
        assert [each.key for each in app.said if isinstance(each, VirtualTable.Opened)] == ["k4"]
        await walk.click(app.table, offset=(20, 0))
        await walk.click(app.table, offset=(20, 0))
        assert app.table.sorted_by == ("name", True)
        app.table.scroll_to(y=100, animate=False)
        await walk.pause()
        assert app.table.rows_in_view.start == 100
        assert app.table.cursor == 4


async def test_the_cursor_stays_on_its_row_and_at_its_height_when_the_order_changes() -> None:
    rows = {f"r{number}": ("", str(number), "", "") for number in range(50)}
    app = TableApp(ListSource(rows))
    async with app.run_test(size=(80, 12)) as walk:
        await walk.press(*["down"] * 20)
        height = app.table.cursor - app.table.rows_in_view.start
        app.table.set_source(ListSource(dict(reversed(rows.items()))))
        await walk.pause()
        assert (app.table.pointed, app.table.cursor) == ("r20", 29)
        assert app.table.cursor - app.table.rows_in_view.start == height
        assert app.table.point("r0")
        assert not app.table.point("nowhere")
        app.table.set_source(ListSource())
        await walk.press("enter", "space", "ctrl+a", "down", "end")
        assert app.table.pointed is None


async def test_the_columns_follow_the_width_and_the_cursor_stays_in_view() -> None:
    app = TableApp(Counted(500))
    async with app.run_test(size=(80, 20)) as walk:
        await walk.press(*["down"] * 15)
        await walk.resize_terminal(28, 8)
        await walk.pause()
        assert shown(walk).startswith("  Level     Name    ")
        assert app.table.cursor in app.table.rows_in_view
