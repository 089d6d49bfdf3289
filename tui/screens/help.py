"""Help: what is on the screen, its keys, and what the signs mean."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from rules.explain.prose import DISCLAIMER
from rules.pack import load
from tui.evidence import STANCES
from tui.palette import level_style, stance_style

#: Keys that are the same everywhere, or belong to a pane rather than to a screen.
_KEYS = (
    ("↑ ↓", "move, or scroll"),
    ("→ ←", "in the tree: open a step, close it or go up"),
    ("PgUp PgDn", "a page up or down"),
    ("Tab, Shift+Tab", "next pane, pane before"),
    ("Ctrl+P", "all commands, by name"),
)


class HelpScreen(ModalScreen[None]):
    """Shown over the screen that it explains."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
    }
    HelpScreen > VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    HelpScreen Static {
        height: auto;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close"),
    ]

    def __init__(self, purpose: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._purpose = purpose
        self._own_keys = keys

    def compose(self) -> ComposeResult:
        """The text, in a box that scrolls."""
        with VerticalScroll() as box:
            box.border_title = Text("Help")
            box.border_subtitle = Text("Escape closes")
            yield Static(self._text())

    def _text(self) -> Text:
        dark = self.app.current_theme.dark
        text = Text(f"{self._purpose}\n")
        text.append("\nKeys\n", "bold")
        for key, what in (*self._own_keys, *_KEYS):
            text.append(f"  {key:<15} {what}\n")
        text.append("\nLevels of caution\n", "bold")
        for level in load().settings.levels.values():
            text.append(f"  {level.shape} {level.level} {level.name}\n", level_style(level.level, dark))
            text.append(f"    {level.means}\n")
        text.append("\nWords of the announcement that count\n", "bold")
        for stance, word in STANCES.items():
            text.append("  ").append(word, stance_style(stance, dark)).append("\n")
        return text.append(f"\n{DISCLAIMER}")
