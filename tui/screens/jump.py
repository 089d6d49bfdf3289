"""Jump mode: a letter over every pane that can have the focus; pressing it goes there."""

from string import ascii_lowercase
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

#: The letters in the order in which they are given out: those under the fingers first.
_LETTERS = "asdfghjkl" + "".join(sorted(set(ascii_lowercase) - set("asdfghjkl")))


class Letter(Static):
    """One letter over a pane; a click is as good as the key."""

    DEFAULT_CSS = """
    Letter {
        position: absolute;
        width: 3;
        height: 1;
        background: $accent;
        color: $background;
        text-style: bold reverse;
    }
    """

    def __init__(self, letter: str, at: Offset) -> None:
        super().__init__(Text(f" {letter} "))
        self.letter = letter
        self.styles.offset = at


class JumpScreen(ModalScreen[Widget]):
    """Gives back the pane that was chosen; None when none was."""

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 0%;
    }
    JumpScreen #how {
        dock: bottom;
        height: 1;
        background: $accent;
        color: $background;
        padding: 0 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="jump.close"),
    ]

    def __init__(self, panes: list[Widget]) -> None:
        super().__init__()
        self._panes = dict(zip(_LETTERS, panes, strict=False))

    def compose(self) -> ComposeResult:
        """The letters, and a line that says what they are for."""
        for letter, pane in self._panes.items():
            yield Letter(letter, pane.region.offset)
        yield Static(Text("Press a letter to go to that pane. Escape stays."), id="how")

    def on_key(self, event: events.Key) -> None:
        """Go to the pane of the letter."""
        if event.key in self._panes:
            event.stop()
            self.dismiss(self._panes[event.key])

    def on_click(self, event: events.Click) -> None:
        """Go to the pane whose letter was clicked; anywhere else, stay."""
        letter = event.widget.letter if isinstance(event.widget, Letter) else ""
        self.dismiss(self._panes.get(letter))


def panes(screen: Widget) -> list[Widget]:
    """What can have the focus and can be seen, from the top left to the bottom right."""
    whole = screen.region
    found = [each for each in screen.screen.focus_chain if each.region.area and whole.overlaps(each.region)]
    return sorted(found, key=lambda each: (each.region.y, each.region.x))
