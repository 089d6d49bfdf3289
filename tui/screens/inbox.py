"""The inbox: every announcement that was opened, rated one after the other."""

from collections import Counter
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Button, Footer, Input, Static

from rules.assessment import Assessment
from tui.rater import Failed, Finished, Found, Report, Started
from tui.view import Row, State, failed, in_progress, rated, waiting
from tui.widgets.details import Details
from tui.widgets.empty_inbox import EmptyInbox
from tui.widgets.inbox_table import InboxTable

_BAR = 20


class InboxScreen(Screen[None]):
    """The list of announcements, a filter, and the highlighted one in words."""

    #: The first widget in order is the filter, which is hidden at first; `on_mount` and `take` choose better.
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    InboxScreen #title {
        height: 1;
        padding: 0 1;
        text-style: bold;
    }
    InboxScreen #filter {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
    }
    InboxScreen.-filtered #filter {
        display: block;
    }
    InboxScreen InboxTable, InboxScreen Details {
        display: none;
    }
    InboxScreen.-filled InboxTable, InboxScreen.-filled Details {
        display: block;
    }
    InboxScreen Details {
        height: 7;
    }
    InboxScreen.-filled EmptyInbox {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("o", "ask_path", "Open a file"),
        Binding("escape", "clear_filter", "Clear filter", show=False),
    ]

    HELP = (
        "The inbox lists the announcements with their caution level, and why. Enter opens one. The filter takes words "
        "and level:4, class:offtake_deal, rule:FIN-006; several must all fit."
    )

    class Opened(Message):
        """An assessment is to be shown."""

        def __init__(self, assessment: Assessment) -> None:
            super().__init__()
            self.assessment = assessment

    class PathWanted(Message):
        """A file or folder is to be asked for."""

    def __init__(self, samples: bool, open_first: bool = False) -> None:
        super().__init__()
        self._samples = samples
        self._open_first = open_first
        self._assessments: dict[str, Assessment] = {}
        self._states: Counter[State] = Counter()

    def compose(self) -> ComposeResult:
        """Title with progress, filter, table or welcome, details, keys."""
        yield Static(id="title")
        yield Input(placeholder="filter: words, level:4, class:offtake_deal, rule:FIN-006", id="filter", compact=True)
        yield EmptyInbox(self._samples)
        yield InboxTable()
        yield Details("In words")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Say how many there are; let Enter open the samples."""
        self._title()
        for button in self.query(Button):
            button.focus()

    @property
    def table(self) -> InboxTable:
        """The table."""
        return self.query_one(InboxTable)

    def take(self, report: Report) -> None:
        """Put what the rater reports into the table."""
        if not self.has_class("-filled"):
            self.add_class("-filled")
            self.table.focus()
            self.refresh_bindings()
        before = row = self.table.all_rows.get(report.key)
        if isinstance(report, Found):
            row = waiting(report.key, report.name)
        elif isinstance(report, Failed):
            row = failed(row or waiting(report.key, report.name), report.title, report.message)
        elif row is not None and isinstance(report, Started):
            row = in_progress(row)
        elif row is not None and isinstance(report, Finished):
            self._assessments[report.key] = report.assessment
            row = rated(row, report.assessment)
        if row is not None:
            self.table.put(row)
            self._states[row.state] += 1
        if before is not None:
            self._states[before.state] -= 1
        self._title()
        if isinstance(report, Finished) and self._open_first:
            self._open_first = False
            self.post_message(self.Opened(report.assessment))

    def on_inbox_table_opened(self, event: InboxTable.Opened) -> None:
        """Open the assessment of a row, or say why there is none."""
        assessment = self._assessments.get(event.row.key)
        if assessment is not None:
            self.post_message(self.Opened(assessment))
        elif event.row.state == "error":
            self.app.notify(event.row.reason, title="Could not be read", severity="error", markup=False)
        else:
            self.app.notify("It is rated in its turn; Enter opens it then.", title="Not rated yet", markup=False)

    def on_inbox_table_pointed(self, event: InboxTable.Pointed) -> None:
        """Show the row in words."""
        if event.row is None:
            nothing = "No announcement fits the filter; Escape clears it." if self.table.all_rows else ""
            self.query_one(Details).show(nothing)
        else:
            self.query_one(Details).show(_in_words(event.row))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self.table.filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the table, filter kept."""
        self.table.focus()

    def on_key(self) -> None:
        """Whoever uses the inbox already is not to be carried off to the first announcement."""
        self._open_first = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to filter in an empty inbox."""
        return self.has_class("-filled") if action == "filter" else True

    def action_filter(self) -> None:
        """Show the filter and type into it."""
        if self.has_class("-filled"):
            self.add_class("-filtered")
            self.query_one("#filter", Input).focus()

    def action_clear_filter(self) -> None:
        """Show all announcements again."""
        self.query_one("#filter", Input).value = ""
        self.remove_class("-filtered")
        if self.has_class("-filled"):
            self.table.focus()

    def action_ask_path(self) -> None:
        """Ask for a file or folder."""
        self.post_message(self.PathWanted())

    def _title(self) -> None:
        states, count = self._states, self._states.total()
        done, errors = count - states["waiting"] - states["rating"], states["error"]
        text = Text("Caveat")
        if done < count:
            full = done * _BAR // count
            text.append(f" · {done:,} of {count:,} done {'█' * full}{'·' * (_BAR - full)}")
        elif count:
            text.append(f" · {count:,} announcement{'s' if count > 1 else ''}")
        if errors:
            text.append(f" · {errors:,} could not be read")
        self.query_one("#title", Static).update(text)


def _in_words(row: Row) -> Text:
    head = " · ".join(part for part in (row.name, row.class_label, row.who, row.date) if part)
    return Text(head, style="bold").append(f"\n{row.level_text}: {row.reason}", style="not bold")
