"""What the panes of an assessment have in common: one session, a title, a hint of their keys, a first focus."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.containers import Vertical
from textual.widget import Widget

from facts.fact import Span
from tui.node import Node
from tui.offers import Command
from tui.session import Session
from tui.widgets.delivered import Delivered

#: Takes what is highlighted: what it means, and the words of the announcement that it rests on.
Told = Callable[[str, Sequence[Span]], None]


def titled(name: str, keys: str) -> Text:
    """The title of a pane: its name, then its keys."""
    return Text.assemble((name, "bold"), f": {keys}")


class Pane(Vertical):
    """One way to ask about an assessment. `follow` is called whenever the session has changed while it is shown."""

    HELP = ""
    #: What the pane is called, and its keys, in its title.
    NAME: ClassVar[str] = ""
    KEYS: ClassVar[str] = ""

    DEFAULT_CSS = """
    Pane {
        border-top: solid $foreground 40%;
        border-title-color: $text-muted;
        width: 1fr;
        height: 1fr;
    }
    Pane:focus-within {
        border-top: heavy $accent;
        border-title-color: $text;
    }
    """

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        """`changed` is called after the pane has changed the session: head, bars and panes follow in one paint.

        `told` takes what is highlighted.
        """
        super().__init__()
        self.session = session
        self.changed = changed
        self.told = told

    @property
    def first(self) -> Widget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def point(self, node: Node) -> None:
        """Tell which step of a tree is highlighted."""
        self.told(node.means or node.label, node.spans)

    def on_mount(self) -> None:
        """Name the pane, and its keys."""
        self.border_title = titled(self.NAME, self.KEYS)

    def commands(self) -> Iterable[Command]:
        """What the palette offers for it, so that the mouse can do what keys do."""
        return ()

    def tell(self) -> None:
        """Tell once more what is highlighted."""

    def on_delivered(self, event: Delivered) -> None:
        """Take what was done in a thread."""
        event.stop()
        event.deliver()

    def begin(self) -> None:
        """Take the focus."""
        self.first.focus()

    def follow(self) -> None:
        """Show the session as it is now."""
        raise NotImplementedError
