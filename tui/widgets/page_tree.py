"""A page as a tree without a root: groups that stand open from the start, steps of them in their order."""

from rich.text import Text
from textual.widgets.tree import TreeNode

from tui.node import Node
from tui.widgets.step_tree import StepTree

_GROUP = "group"


class PageTree(StepTree):
    """Groups are open when the page is first shown; afterwards what was open stays open."""

    DEFAULT_CSS = """
    PageTree {
        border-top: solid $foreground 40%;
        background: $background;
        scrollbar-size-vertical: 1;
    }
    PageTree:focus {
        border-top: heavy $accent;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(Node("group", "page", "", ""), id)
        self.show_root = False
        self.border_title = Text("Conditions, and where it is used")
        self._shown = False

    def show(self, root: Node) -> None:
        """Another page, or the same one with more in it."""
        super().show(root)
        if not self._shown:
            self._shown = True
            self._open(self.root)
            self._open_groups(self.root)
            _ = self.last_line  # lays the lines out, so that the cursor can move
            self.cursor_line = 0

    def _open_groups(self, node: TreeNode[Node]) -> None:
        for child in node.children:
            if child.data and child.data.kind == _GROUP and child.data.opens:
                self._open(child)
                self._open_groups(child)
