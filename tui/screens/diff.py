"""Two ratings on record side by side."""

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from rules.errors import RulesError
from rules.ledger.compare import compare
from rules.ledger.ledger import Ledger
from rules.ledger.stored import assessment_json
from rules.render.json import dumps
from tui import diff_view
from tui.asking import AskingScreen, desk_of
from tui.diff_view import DiffRow, Sides
from tui.listing import ListSource
from tui.messages import Go
from tui.offers import Command
from tui.places import DiffPlace, EntryPlace
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.table import VirtualTable


class DiffTable(VirtualTable):
    """A row of a comparison cannot be opened; its rating can, by Left and Right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", show=False, id="table.open"),
    ]


class DiffScreen(AskingScreen[None]):
    """The levels and the steps between them, then everything that one has and the other has not."""

    AUTO_FOCUS = "DiffTable"

    #: Where there are few lines, the list has them.
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    DiffScreen #head {
        height: auto;
        max-height: 30%;
        padding: 0 1;
    }
    DiffScreen Details {
        height: 6;
    }
    DiffScreen.-low Details {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", "Back", id="diff.leave"),
        Binding("left", "open_side('left')", "Open left", id="diff.open-left"),
        Binding("right", "open_side('right')", "Open right", id="diff.open-right"),
        Binding("t", "turn", "Turn", id="diff.turn"),
        Binding("f", "only_other", "Differing", id="diff.only-other"),
    ]

    HELP: ClassVar[str] = (
        "Two ratings side by side: = is the same in both, ≠ is not. At the top stands what moved the level. f shows "
        "only what differs, t turns them round, Left and Right open one of them. As text: caveat ledger diff A B."
    )

    def __init__(self, a: str, b: str) -> None:
        super().__init__()
        self._ids = (a, b)
        self._sides: Sides | None = None
        self._rows: list[DiffRow] = []
        self._only_other = False

    def compose(self) -> ComposeResult:
        """Head, table, details, keys."""
        yield Static(Text("Being read …"), id="head")
        yield DiffTable(diff_view.columns(*self._ids))
        yield Details("In words")
        yield KeyLine()

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self.query_one(VirtualTable)

    def on_mount(self) -> None:
        """Read both."""
        titles: dict[str, str] = {}
        try:
            pack = desk_of(self.app).pack
            titles = {rule.code: rule.title for rule in pack.rules}
            levels = pack.settings.levels
        except RulesError as error:
            self.complain(error)
            return

        def question(ledger: Ledger) -> Sides:
            left, right = (ledger.rating(each) for each in self._ids)
            found = compare(assessment_json(ledger, left), assessment_json(ledger, right))
            return Sides(left, right, found, titles, levels)

        self.ask("sides", question, self._show, lambda error: self._head(f"{error.title}: {error.message}"))

    def on_virtual_table_pointed(self, event: VirtualTable.Pointed) -> None:
        """Say the row whole."""
        if self._sides is not None and event.key is not None:
            row = self._rows[int(event.key)]
            self.query_one(Details).show(Text(diff_view.in_words(row, self._sides)))

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        """A row says whole what it says; a rating opens by Left or Right."""
        self.app.notify("Left opens the left rating, Right the right one.", markup=False)

    def action_open_side(self, side: str) -> None:
        """To one of the ratings."""
        self.post_message(Go(EntryPlace(self._ids[0] if side == "left" else self._ids[1])))

    def action_turn(self) -> None:
        """The other way round."""
        self.post_message(Go(DiffPlace(self._ids[1], self._ids[0])))

    def action_only_other(self) -> None:
        """Only what differs, or all again."""
        self._only_other = not self._only_other
        self._fill()

    def commands(self) -> Iterable[Command]:
        """What the palette offers here."""
        yield "diff: turn", "The other way round", self.action_turn
        yield "diff: differing", "Only what differs, or all again", self.action_only_other
        yield "diff: left", "Open the left rating", lambda: self.action_open_side("left")
        yield "diff: right", "Open the right rating", lambda: self.action_open_side("right")

    def as_text(self) -> str:
        """Both as plain text."""
        return diff_view.as_text(self._sides) if self._sides else ""

    def as_json(self) -> str:
        """What `caveat ledger diff --format json` prints."""
        if self._sides is None:
            return "null"
        ends = {"a": self._sides.left.seq, "b": self._sides.right.seq}
        return dumps(ends | self._sides.difference.to_json(), indent=2)

    def _show(self, sides: Sides) -> None:
        self._sides = sides
        self._head(diff_view.heading(sides))
        self._fill()

    def _fill(self) -> None:
        if self._sides is None:
            return
        self._rows = diff_view.rows(self._sides)
        kept = {str(at): row for at, row in enumerate(self._rows) if row.sign != "=" or not self._only_other}
        self.table.set_source(ListSource({key: row.cells for key, row in kept.items()}))

    def _head(self, told: str) -> None:
        self.query_one("#head", Static).update(Text(told))
