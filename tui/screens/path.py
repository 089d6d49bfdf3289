"""Asks for a file or folder."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class PathScreen(ModalScreen[str]):
    """Gives back what was typed; an empty word when nothing was."""

    DEFAULT_CSS = """
    PathScreen {
        align: center middle;
    }
    PathScreen > Vertical {
        width: 70;
        max-width: 100%;
        height: auto;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    PathScreen Static {
        height: auto;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
    ]

    def compose(self) -> ComposeResult:
        """A line to type into."""
        with Vertical() as box:
            box.border_title = Text("Open")
            yield Static(Text("An announcement (.txt, .md), or a folder of them. Enter opens, Escape cancels."))
            yield Input(placeholder="path", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was typed."""
        self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        """Open nothing."""
        self.dismiss("")
