"""The keys of the screen on its last line, each to be clicked, too; drawn anew only when they have changed.

Textual's own footer makes a widget for each key whenever the focus moves, which takes longer than what the key does.
"""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.still import settled


@dataclass(frozen=True, slots=True)
class Shown:
    """A key as it is shown, what it does, and the key to press for it."""

    display: str
    says: str
    key: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells, the blanks around it included."""
        return cell_len(self.display) + cell_len(self.says) + 3


class KeyLine(Widget):
    """One line; what does not fit is left out from the right."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        color: $footer-foreground;
        background: $footer-background;
    }
    KeyLine > .key-line--key {
        color: $footer-key-foreground;
        background: $footer-key-background;
        text-style: bold;
    }
    """

    COMPONENT_CLASSES = {"key-line--key"}  # noqa: RUF012  (the base class declares it so)

    virtual_size = settled()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Shown, ...] = ()

    @property
    def plain(self) -> str:
        """The line as text."""
        return " ".join(f"{each.display} {each.says}" for each in self._shown)

    def on_mount(self) -> None:
        """Follow the keys that work."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def render(self) -> Text:
        """Keys and what they do."""
        text = Text(no_wrap=True)
        key = self.get_component_rich_style("key-line--key")
        for each in self._shown:
            text.append(f" {each.display} ", key).append(f"{each.says} ", "" if each.enabled else "dim")
        return text

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        right = 0
        for each in self._shown:
            right += each.width
            if event.x < right:
                self.app.simulate_key(each.key)
                return

    def _follow(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        active = screen.active_bindings.values()
        shown = tuple(
            Shown(self.app.get_key_display(each.binding), each.binding.description, each.binding.key, each.enabled)
            for each in active
            if each.binding.show
        )
        if shown != self._shown:
            self._shown = shown
            self.refresh()
