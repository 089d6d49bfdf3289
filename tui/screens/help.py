"""Help: what is on the screen, its keys, and what the signs mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from rules.config import path
from rules.explain.prose import DISCLAIMER
from rules.settings import Level
from tui.evidence import STANCES
from tui.palette import level_style, stance_style

#: Keys that are the same everywhere and belong to no action.
_MOVES = (
    ("↑ ↓ PgUp PgDn", "move, or scroll"),
    ("→ ←", "in a tree: open a step, close it or go up"),
    ("Tab Shift+Tab", "next pane, pane before"),
)
_KEY, _SAYS = 15, 32
_PANE, _SCREEN, _EVERYWHERE = "In this pane", "On this screen", "Everywhere"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a pane, a screen or the program: key, what it does, id of the action."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is explained: its name, what it is for, and the keys that work there, the nearest first."""

    title: str
    purposes: tuple[str, ...]
    keys: tuple[Keys, ...]


def help_for(screen: Screen[object]) -> About:
    """The help of the focused pane (the nearest with help of its own), then of its screen."""
    focused = screen.focused
    pane = next((node for node in focused.ancestors_with_self if _own_help(node)), None) if focused else None
    purposes = dict.fromkeys(_own_help(node) for node in (pane, screen) if node is not None)
    title = str(getattr(pane, "border_title", None) or "") if pane is not screen else ""
    name = Content.from_markup(title).plain.partition(":")[0].strip()
    return About(name or "Help", tuple(filter(None, purposes)), tuple(_keys(screen)))


def _keys(screen: Screen[object]) -> Iterator[Keys]:
    """The keys that work now, by whose they are; those of Textual's own widgets have no id and go without saying."""
    rows: dict[str, dict[str, tuple[list[str], str]]] = {_PANE: {}, _SCREEN: {}, _EVERYWHERE: {}}
    for active in screen.active_bindings.values():
        node, binding = active.node, active.binding
        if binding.id and binding.description and active.enabled:
            where = _EVERYWHERE if isinstance(node, App) else _SCREEN if node is screen else _PANE
            keys, _ = rows[where].setdefault(binding.id, ([], binding.description))
            keys.append(screen.app.get_key_display(binding))
    for where, found in rows.items():
        if found:
            yield Keys(where, tuple((" ".join(dict.fromkeys(keys)), says, id) for id, (keys, says) in found.items()))


def _own_help(node: DOMNode | None) -> str:
    return str(getattr(node, "HELP", None) or "")


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
        Binding("escape,question_mark,f1,q,enter", "dismiss", "Close", id="help.close"),
    ]

    def __init__(self, about: About, levels: Sequence[Level]) -> None:
        super().__init__()
        self._about = about
        self._levels = levels

    def compose(self) -> ComposeResult:
        """The text, in a box that scrolls."""
        with VerticalScroll() as box:
            box.border_title = Text(self._about.title)
            box.border_subtitle = Text("Escape closes")
            yield Static(self._text())

    def _text(self) -> Text:
        text = Text("\n\n".join(self._about.purposes) + "\n")
        here = [keys for keys in self._about.keys if keys.title != _EVERYWHERE]
        for keys in here:
            _tell(text, keys)
        self._signs(text)
        for keys in self._about.keys:
            if keys not in here:
                _tell(text, keys)
        text.append("\nMoving\n", "bold")
        for key, says in _MOVES:
            text.append(f"  {key:<{_KEY}} {says}\n")
        text.append(f"\nFor other keys, write the names on the right under [keys] in {path()}\n")
        return text.append(f"\n{DISCLAIMER}")

    def _signs(self, text: Text) -> None:
        """What the shapes, numbers and styles mean."""
        dark = self.app.current_theme.dark
        text.append("\nLevels of caution\n", "bold")
        for level in self._levels:
            text.append(f"  {level.shape} {level.level} {level.name}\n", level_style(level.level, dark))
            text.append(f"    {level.means}\n")
        text.append("\nWords of the announcement that count\n", "bold")
        for stance, word in STANCES.items():
            text.append("  ").append(word, stance_style(stance, dark)).append("\n")


def _tell(text: Text, keys: Keys) -> None:
    text.append(f"\n{keys.title}\n", "bold")
    for key, says, action in keys.rows:
        text.append(f"  {key:<{_KEY}} {says:<{_SAYS}} ").append(f"{action}\n", "dim")
