"""Shown when something in Caveat itself failed: what to do, where the report is, and that nothing is lost."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Static

from tui.literal import one_line

_TEXT = """\
Something in Caveat failed. It is a mistake in the program, not in what you did, and no rating was changed by it.

{error}

Nothing is lost: your announcements, where you were, what-if changes and what was half typed are kept, also for the \
next start.

What to do
  Enter  goes on: the screen is built again as it was.
  Q      leaves; `caveat` opens at the same place next time.

If it happens again, send the report to whoever maintains Caveat. It tells the steps of the program, not your \
announcements:
"""


class CrashScreen(Screen[bool]):
    """Covers what failed, lest drawing it fail again. Gives back whether to go on."""

    DEFAULT_CSS = """
    CrashScreen {
        align: center middle;
    }
    CrashScreen VerticalScroll {
        width: 78;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: heavy $error;
        padding: 0 1;
    }
    CrashScreen Static {
        height: auto;
    }
    CrashScreen Horizontal {
        height: auto;
        align-horizontal: center;
    }
    CrashScreen Button {
        margin: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go_on", "Go on", show=False, id="crash.go_on"),
        Binding("q", "leave", "Leave", show=False, id="crash.leave"),
    ]
    HELP = "Caveat failed at something. Enter goes on, Q leaves; nothing is lost either way."

    def __init__(self, error: BaseException, report: str) -> None:
        super().__init__()
        self._error = error
        self._report = report

    def compose(self) -> ComposeResult:
        """What happened, what to do, and two buttons."""
        with VerticalScroll(can_focus=False) as box:
            box.border_title = Text("Internal error")
            said = one_line(f"{type(self._error).__name__}: {self._error}")
            yield Static(Text(_TEXT.format(error=said)).append(self._report, "bold"))
            with Horizontal():
                yield Button("Go on", id="go-on", variant="primary", compact=True)
                yield Button("Leave", id="leave", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The same with the mouse."""
        self.dismiss(event.button.id == "go-on")

    def action_go_on(self) -> None:
        """Back to work."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave Caveat."""
        self.dismiss(False)
