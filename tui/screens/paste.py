"""Takes the text of an announcement, pasted or typed."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static, TextArea

from tui.drafts import drafts_of

_SAYS = "Paste one announcement. Ctrl+D rates it, Escape leaves it."
_DRAFT, _TAKEN_UP = "paste", "This is what you left here."


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
    PasteScreen Horizontal {
        height: auto;
    }
    PasteScreen Button {
        margin-right: 2;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Prior to the field's own keys; what ends a text typed into a terminal ends it here.
        Binding("ctrl+d", "rate", "Rate it", priority=True, id="paste.rate"),
        Binding("escape", "cancel", "Leave it", priority=True, id="paste.cancel"),
    ]

    def compose(self) -> ComposeResult:
        """A field for the text, what was typed into it before, and the button."""
        draft = drafts_of(self.app).of(_DRAFT).get("text", "")
        with Vertical() as box:
            box.border_title = Text("Paste")
            yield Static(Text(f"{_SAYS}\n{_TAKEN_UP}" if draft else _SAYS))
            yield TextArea(draft, soft_wrap=True, tab_behavior="focus")
            with Horizontal():
                yield Button("Rate it", variant="primary", id="rate", compact=True)
                if draft:
                    yield Button("Start anew", id="anew", compact=True)

    def on_text_area_changed(self) -> None:
        """What is typed is kept until it is rated."""
        if self.is_current:
            drafts_of(self.app).keep(_DRAFT, {"text": self.query_one(TextArea).text})

    @on(Button.Pressed, "#rate")
    def action_rate(self) -> None:
        """Give back the text."""
        drafts_of(self.app).drop(_DRAFT)
        self.dismiss(self.query_one(TextArea).text)

    @on(Button.Pressed, "#anew")
    def _press_anew(self) -> None:
        self.query_one("#anew").remove()
        self.query_one(TextArea).text = ""
        self.query_one(TextArea).focus()

    def action_cancel(self) -> None:
        """Rate nothing; what was typed is there again at the next opening."""
        self.dismiss("")
