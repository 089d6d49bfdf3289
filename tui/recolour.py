"""After a change of theme: what had its colours from the old ground is drawn anew; all else reads the theme itself."""

from collections.abc import Iterable

from textual.screen import Screen

from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.inbox_table import InboxTable
from tui.widgets.step_tree import StepTree


def recolour(screens: Iterable[Screen[None]]) -> None:
    """Draw their levels and stances in the colours for the ground that they stand on now; cursors stay."""
    for screen in screens:
        for tree in screen.query(StepTree):
            if tree.root.data is not None:
                tree.show(tree.root.data)
        for text in screen.query(AnnouncementText):
            text.title()
        for table in screen.query(InboxTable):
            table.refill()
