"""What the panes of an assessment have in common: one session, a title, a hint of their keys, a first focus."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Self

from rich.text import Text
from textual.containers import Vertical
from textual.geometry import Region
from textual.widget import Widget

from facts.fact import Span
from tui.node import Node
from tui.offers import Command
from tui.session import Session
from tui.widgets.delivered import Delivered
from tui.widgets.still import settled

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
    Pane.-lit {
        border-top: heavy $accent;
        border-title-color: $text;
    }
    """

    virtual_size = settled()
    #: Whether it was made and not yet shown: until then there is nothing to lay out.
    waiting = True

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        """`changed` is called after the pane has changed the session: head, bars and panes follow in one paint.

        `told` takes what is highlighted.
        """
        super().__init__()
        self.session = session
        self.changed = changed
        self.told = told

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw it; and lay it out, once it is shown."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self.waiting, recompose=recompose)

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
        """What the palette offers: nothing for a pane that is not in front."""
        return self.offers() if self.display else ()

    def offers(self) -> Iterable[Command]:
        """Its commands, so that the mouse can do what keys do."""
        return ()

    def tell(self) -> None:
        """Tell once more what is highlighted."""

    def on_delivered(self, event: Delivered) -> None:
        """Take what was done in a thread."""
        event.stop()
        event.deliver()

    def on_descendant_focus(self) -> None:
        """The focus has come in."""
        self.light(True)

    def on_descendant_blur(self) -> None:
        """The focus has gone, or goes to another widget of the pane."""
        self.light(self.screen.focused is not None and self in self.screen.focused.ancestors)

    def light(self, lit: bool) -> None:
        """Show whether the focus is in it; with `:focus-within` all that is in it would be styled anew."""
        if lit != self.has_class("-lit"):
            self.set_class(lit, "-lit", update=False)
            self.app.stylesheet.update_nodes([self])

    def follow(self) -> None:
        """Show the session as it is now."""
        raise NotImplementedError
