"""Asks where a report is to be written, and whether what stands there may go."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from rules.errors import RulesError
from tui.report import FORMS, form_of
from tui.screens.box import Box

_FORMS = "\n".join(f"  {ending:<7} {what}" for ending, what in FORMS.items())


class ReportScreen(Box[tuple[Path, bool]]):
    """Gives back a path, and whether it may be overwritten; None when nothing is to be written."""

    DEFAULT_CSS = """
    ReportScreen > Vertical {
        width: 70;
    }
    ReportScreen #complaint {
        color: $error;
        text-style: bold;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="report.cancel"),
    ]
    HELP = "Writes what is rated here to a file. The ending of its name chooses the form."

    def __init__(self, count: int, name: str) -> None:
        super().__init__()
        self._count = count
        self._name = name
        self._may_go = ""

    def compose(self) -> ComposeResult:
        """The name to write to, and the forms there are."""
        what = "the announcement" if self._count == 1 else f"{self._count:,} announcements"
        with Vertical() as box:
            box.border_title = Text("Save a report")
            yield Static(Text(f"Report on {what}. Enter writes it, Escape cancels.\n{_FORMS}"))
            yield Input(self._name, placeholder="file", compact=True, select_on_focus=False)
            yield Static(id="complaint")

    def on_input_changed(self) -> None:
        """Another name: what was said of the one before no longer holds."""
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back the path, unless something stands there already: then ask first."""
        path = Path(event.value.strip()).expanduser()
        try:
            form_of(path)
        except RulesError as error:
            self._say(error.message)
            return
        if path.is_dir() or not path.absolute().parent.is_dir():
            self._say(f"no folder {path.absolute().parent}; choose another" if not path.is_dir() else "a folder")
        elif path.exists() and self._may_go != str(path):
            self._say("This file exists. Enter again overwrites it; or change the name.")
            self._may_go = str(path)
        else:
            self.dismiss((path, self._may_go == str(path)))

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    def _say(self, what: str) -> None:
        self._may_go = ""
        self.query_one("#complaint", Static).update(Text(what))
