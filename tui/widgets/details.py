"""What is highlighted, whole and in words."""

from typing import ClassVar

from rich.text import Text

from tui.widgets.words import Words


class Details(Words, can_focus=True):
    """The lines below what they tell of."""

    HELP: ClassVar[str] = "What is highlighted, whole and in words. It scrolls where it does not fit."

    DEFAULT_CSS = """
    Details {
        height: 5;
        border-top: solid $foreground 40%;
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self.border_title = Text(title)
