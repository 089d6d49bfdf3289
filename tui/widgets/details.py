"""What is highlighted, whole and in words."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static


class Details(VerticalScroll, can_focus=True):
    """A few lines of text that scroll where they do not fit."""

    DEFAULT_CSS = """
    Details {
        height: 5;
        border-top: solid $foreground 40%;
        padding: 0 1;
    }
    Details > Static {
        height: auto;
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.border_title = Text(title)

    def compose(self) -> ComposeResult:
        """The text."""
        yield Static()

    def show(self, text: str | Text) -> None:
        """Show this text from its beginning. It is literal: no markup."""
        self.query_one(Static).update(Text(text) if isinstance(text, str) else text)
        self.scroll_home(animate=False)
