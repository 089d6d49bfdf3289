"""What the inbox shows: the announcements, a filter, the highlighted one in words; and what of it can be taken away."""

import time
from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Static

from rules.assessment import Assessment
from tui.inbox_words import Pace, as_json, as_text, in_words, title
from tui.literal import one_line
from tui.rows import Row
from tui.tray import Taken, Tray
from tui.widgets.details import Details
from tui.widgets.empty_inbox import EmptyInbox
from tui.widgets.filter import FilterLine
from tui.widgets.inbox_table import InboxTable
from tui.widgets.key_line import KeyLine

#: Seconds between two drawings of rows that stream in.
_OFTEN = 0.1
#: As many as wait to be rated before that counts as streaming in.
_MANY = 20
_NOTHING = "No announcement fits the filter; Escape clears it."


class InboxView(Screen[None]):
    """A view of a `Tray`; what can be done with it is in `InboxScreen`."""

    #: The first widget in order is the filter, which is hidden at first; `on_mount` and `show` choose better.
    AUTO_FOCUS = ""
    CSS_PATH = "inbox.tcss"

    def __init__(self, tray: Tray, samples: bool, open_first: bool = False) -> None:
        super().__init__()
        self.tray = tray
        self._samples = samples
        self._open_first = open_first
        self._query = ""
        self._wanted = ""
        self._told: Row | None = None
        self._pace = Pace()
        self._clock = time.monotonic
        self._waits_to_show, self._shown = False, 0.0

    def compose(self) -> ComposeResult:
        """Title with progress, filter, table or welcome, details, keys."""
        yield Static(id="title", markup=False)
        yield FilterLine()
        yield EmptyInbox(self._samples, self.tray.desk.sealed)
        yield InboxTable(self.tray.rows)
        yield Details("In words")
        yield KeyLine()

    @property
    def table(self) -> InboxTable:
        """The table."""
        return self.query_one(InboxTable)

    def assessments(self) -> Sequence[Assessment]:
        """Those of the marked rows, else of the one under the cursor; ratings on record are there already."""
        return self.tray.several(self.table.chosen)

    def entries(self) -> Sequence[str]:
        """Of the same rows those on record."""
        return [row.entry for row in self.table.chosen_rows() if row.entry]

    def as_text(self) -> str:
        """The marked rows, else all that are shown, one a line."""
        return as_text(str(self.query_one("#title", Static).content), self._copied())

    def as_json(self) -> str:
        """The same as JSON."""
        return as_json(self._copied())

    def kept(self) -> Mapping[str, object]:
        """What the next start takes up: filter and cursor, and what the tray keeps."""
        own = {"filter": self._query, "cursor": self._wanted or self.table.pointed or ""}
        return {**self.tray.kept(), **{name: value for name, value in own.items() if value}}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take it up again; what does not fit is left out."""
        self.tray.restore(kept)
        self.table.sorted_by = self.tray.rows.sorted_by
        self._wanted = str(kept.get("cursor", ""))
        self.set_filter(str(kept.get("filter", "")))

    def set_filter(self, query: str) -> None:
        """Filter as if it had been typed."""
        self.set_class(bool(query), "-filtered")
        self.query_one(FilterLine).value = query
        self.filter_rows(query)

    def filter_rows(self, query: str) -> None:
        """Let only the rows pass that fit."""
        self._query = query
        self.tray.rows.filter(query)
        self.table.refill()
        self._point()
        self.show_title()
        self.show_details()

    def show_soon(self) -> None:
        """Show the rows; while many stream in, ten times a second is enough."""
        streaming = self.tray.more or self.tray.listing or self.tray.left > _MANY
        if not streaming or self._clock() - self._shown >= _OFTEN:
            self.show()
        elif not self._waits_to_show:
            self._waits_to_show = True
            self.set_timer(_OFTEN, self.show)

    def show(self) -> None:
        """Show the rows as they are now."""
        self._waits_to_show, self._shown = False, self._clock()
        filled = self.tray.rows.total > 0
        if filled != self.has_class("-filled"):
            self.set_class(filled, "-filled")
            self.refresh_bindings()
            if filled:
                self.table.focus()
        self.table.changed()
        self._point()
        self.show_title()
        self.show_details()

    def _point(self) -> None:
        """Put the cursor where it is wanted, once that row is there."""
        if self._wanted and self.table.point(self._wanted):
            self._wanted = ""

    def show_title(self) -> None:
        """Say how many there are, and how far the rating is."""
        rows, tray = self.tray.rows, self.tray
        left = self._pace.left(tray.left)
        width = self.size.width - 2  # the padding
        words = title(tray.states, len(rows), len(self.table.selected), left, tray.listing, width)
        self.query_one("#title", Static).update(words, layout=False)

    def show_details(self) -> None:
        """Show the row under the cursor in words, where it is another one, or has changed."""
        row = self.table.pointed_row
        if row is None:
            self._told = None
            self.query_one(Details).show(_NOTHING if self.tray.rows.total else "")
        elif row is not self._told:
            self._told = row
            self.query_one(Details).show(in_words(row))

    def say(self, taken: Taken) -> None:
        """Tell what arrived by itself, and what went wrong."""
        for error in taken.errors:
            self.note(one_line(error.message), error.title, "error")
        for arrived in taken.arrived:
            if arrived.new:
                count = len(arrived.sources)
                self.note(one_line(arrived.place), f"{count:,} new announcement{'s' if count > 1 else ''}")

    def note(self, what: str, heading: str, severity: SeverityLevel = "information") -> None:
        """A few words in the corner."""
        self.app.notify(what, title=heading, severity=severity, markup=False)

    def _copied(self) -> list[Row]:
        """The marked rows, else all that are shown."""
        rows = self.tray.rows
        return self.table.chosen_rows() if self.table.selected else [rows.row(index) for index in range(len(rows))]
