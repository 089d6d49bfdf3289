"""The rules of the pack: browsed, filtered, and which of them hold in the announcement that was looked at."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from rules.errors import RulesError
from rules.explain.prose import several
from rules.pack import Pack
from rules.render.json import dumps
from tui import rulebook
from tui.asking import LookedAt, desk_of, looked_at
from tui.listing import ListSource
from tui.literal import one_line
from tui.messages import Go
from tui.offers import Command
from tui.places import RulePlace
from tui.rulebook import RuleRow
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.table import VirtualTable


class RulesScreen(Screen[None]):
    """A table of rules with a filter, and the one under the cursor in words."""

    AUTO_FOCUS = "VirtualTable"

    #: Where there are few lines, the list has them.
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    RulesScreen #title {
        height: 1;
        padding: 0 1;
        text-style: bold;
    }
    RulesScreen #filter {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
    }
    RulesScreen.-filtered #filter {
        display: block;
    }
    RulesScreen Details {
        height: 7;
    }
    RulesScreen.-low Details {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="rules.leave"),
        # Prior to all others, so that what is typed right behind it stands in the filter and is no command.
        Binding("slash", "filter", "Filter", key_display="/", priority=True, id="rules.filter"),
        Binding("h", "only_here", "Only those that hold here", show=False, id="rules.here"),
    ]

    HELP: ClassVar[str] = (
        "The rules of the pack. Enter opens the page of one. The filter takes words and theme:COM, effect:floor, "
        "level:4, fact:offtake, status:draft, here:holds; several must all fit. “Here” says how a rule stands in the "
        "announcement that was looked at last. As text: caveat rules list, caveat rules show CODE."
    )

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._query = query
        self._pack: Pack | None = None
        self._lit: LookedAt | None = None
        self._all: list[RuleRow] = []
        self._shown: list[RuleRow] = []

    def compose(self) -> ComposeResult:
        """Title, filter, table, details, keys."""
        yield Static(id="title")
        yield Input(self._query, placeholder=rulebook.FILTER_HINT, id="filter", compact=True)
        yield VirtualTable(rulebook.COLUMNS)
        yield Details("In words")
        yield KeyLine()

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self.query_one(VirtualTable)

    @property
    def lit(self) -> LookedAt | None:
        """The announcement that the rules are lit by; None where there is none, or it was rated under another pack."""
        lit = self._lit
        if lit is None or lit.assessment.rated is None or self._pack is None:
            return None
        return lit if lit.assessment.pack.digest == self._pack.digest else None

    def on_mount(self) -> None:
        """Show a filter that came with the place."""
        self.set_class(bool(self._query), "-filtered")
        self._load()

    def on_screen_resume(self) -> None:
        """Light the rules by what was looked at meanwhile."""
        now, before = looked_at(self.app), self._lit
        if self._pack is not None and (now and now.assessment) is not (before and before.assessment):
            self._load()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self._query = event.value
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the table, filter kept."""
        self.table.focus()

    def on_virtual_table_pointed(self, event: VirtualTable.Pointed) -> None:
        """Say what the rule under the cursor says."""
        self._tell()

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        """To the page of a rule."""
        lit = self.lit
        self.post_message(Go(RulePlace(event.key, lit.assessment if lit else None)))

    def on_virtual_table_sort_wanted(self, event: VirtualTable.SortWanted) -> None:
        """Sort by a column."""
        self._show()

    def action_filter(self) -> None:
        """Show the filter and type into it."""
        self.add_class("-filtered")
        self.set_focus(self.query_one("#filter", Input))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter, a slash is a letter."""
        return not (action == "filter" and isinstance(self.focused, Input))

    def action_only_here(self) -> None:
        """Only the rules that hold in the announcement that was looked at, or all again."""
        word = "here:holds"
        words = self._query.split()
        words = [each for each in words if each != word] if word in words else [*words, word]
        self.add_class("-filtered")
        self.query_one("#filter", Input).value = " ".join(words)

    async def action_leave(self) -> None:
        """Clear the filter if there is one; else back."""
        if self.has_class("-filtered"):
            self.query_one("#filter", Input).value = ""
            self.remove_class("-filtered")
            self.table.focus()
        else:
            await self.app.run_action("app.back")

    def commands(self) -> Iterable[Command]:
        """What the palette offers here."""
        yield "rules: filter", "Show only some rules", self.action_filter
        yield "rules: hold here", "Only the rules that hold in the announcement looked at", self.action_only_here

    def kept(self) -> Mapping[str, object]:
        """What the next start takes up: filter and cursor."""
        found = {"filter": self._query, "cursor": (self.table.pointed or "") if self.table.cursor else ""}
        return {name: value for name, value in found.items() if value}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take it up again; what does not fit is left out."""
        query = str(kept.get("filter", ""))
        self.set_class(bool(query), "-filtered")
        self.query_one("#filter", Input).value = self._query = query
        self._show()
        self.table.point(str(kept.get("cursor", "")))

    def as_text(self) -> str:
        """The rules that are shown."""
        return rulebook.as_text(self._shown, self._title().plain)

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(rulebook.as_data(self._shown), indent=2)

    def _load(self) -> None:
        self._lit = looked_at(self.app)
        try:
            self._pack = desk_of(self.app).pack
        except RulesError as error:
            self.query_one(Details).show(Text(f"{error.title}: {error.message}"))
            return
        lit = self.lit
        self._all = rulebook.rows(self._pack, lit.assessment if lit else None)
        self._show()

    def _show(self) -> None:
        column, reverse = self.table.sorted_by
        found = [row for row in self._all if rulebook.fits(row, self._query)]
        self._shown = rulebook.in_order(found, column, reverse)
        self.table.set_source(ListSource({row.rule.code: row.cells for row in self._shown}))
        self.query_one("#title", Static).update(self._title())
        self._tell()

    def _title(self) -> Text:
        if self._pack is None:
            return Text("Rules")
        count = len(self._all)
        some = (
            several(count, "rule") if len(self._shown) == count else f"{len(self._shown)} of {several(count, 'rule')}"
        )
        lit = self.lit
        announcement = lit.assessment.announcement if lit else None
        by = f" · lit by {one_line(announcement.name)}" if announcement else ""
        return Text(f"Rules · {self._pack.title} · {some}{by}")

    def _tell(self) -> None:
        pointed = next((row for row in self._shown if row.rule.code == self.table.pointed), None)
        if pointed is not None:
            self.query_one(Details).show(Text(rulebook.in_words(pointed)))
        elif self._all:
            wrong = rulebook.unknown_key(self._query)
            self.query_one(Details).show(Text(wrong or "No rule fits the filter; Escape clears it."))
