"""Takes the text of an announcement, pasted or typed."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static, TextArea

_SAYS = "Paste one announcement. Ctrl+D rates it, Escape leaves it."


class PasteScreen(ModalScreen[str]):
    """Gives back the text; an empty one when it was left."""

    DEFAULT_CSS = """
    PasteScreen {
        align: center middle;
    }
    PasteScreen > Vertical {
        width: 90%;
        height: 80%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    PasteScreen Static {
        height: auto;
    }
    PasteScreen TextArea {
        height: 1fr;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Prior to the field's own keys; what ends a text typed into a terminal ends it here.
        Binding("ctrl+d", "rate", "Rate it", priority=True, id="paste.rate"),
        Binding("escape", "cancel", "Leave it", priority=True, id="paste.cancel"),
    ]

    def compose(self) -> ComposeResult:
        """A field for the text, and the button."""
        with Vertical() as box:
            box.border_title = Text("Paste")
            yield Static(Text(_SAYS))
            yield TextArea(soft_wrap=True, tab_behavior="focus")
            yield Button("Rate it", variant="primary")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Give back the text."""
        event.stop()
        self.action_rate()

    def action_rate(self) -> None:
        """Give back the text."""
        self.dismiss(self.query_one(TextArea).text)

    def action_cancel(self) -> None:
        """Rate nothing."""
        self.dismiss("")
