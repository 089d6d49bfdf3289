"""The proof of a rating as a tree; children are made when a node is opened."""

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.node import Node
from tui.palette import stance_style

#: Kinds that are not opened by "expand all": the words are in the pane beside it.
_CLOSED = ("fact", "absence", "sentence")
_GUIDE = 2
_LEAST_LABEL = 8


class ProofTree(Tree[Node]):
    """The steps of a proof, heaviest first. Highlighting one is told by `Tree.NodeHighlighted`."""

    DEFAULT_CSS = """
    ProofTree {
        border-top: solid $foreground 40%;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-gutter: stable;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", "Open", show=False),
        Binding("left", "close", "Close, or go up", show=False),
    ]

    def __init__(self, root: Node) -> None:
        super().__init__(Text(root.label), root)
        self.guide_depth = _GUIDE
        self._filled: set[int] = set()

    def on_mount(self) -> None:
        """Open the heaviest chain."""
        self.border_title = Text("Why")
        self.open_chain(self.root)

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Node]) -> None:
        """Make the children of a node that is opened by hand."""
        self._fill(event.node)

    def open_chain(self, node: TreeNode[Node]) -> None:
        """Open a node, the score under it, and the heaviest theme of that."""
        self._open(node)
        for child in node.children:
            if child.data and child.data.id == "score":
                self._open(child)
                if child.children:
                    self._open(child.children[0])

    def action_open(self) -> None:
        """Open the highlighted step, or go to its first reason."""
        node = self.cursor_node
        if node is None or not node.allow_expand:
            return
        if node.is_expanded and node.children:
            self.move_cursor(node.children[0])
        else:
            self._open(node)

    def action_close(self) -> None:
        """Close the highlighted step, or go to the one it belongs to."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand and node.parent:
            node.collapse()
        elif node.parent:
            self.move_cursor(node.parent)

    def action_expand(self) -> None:
        """Open the highlighted step with all below it, or close it."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and all(child.is_expanded or self._is_closed(child) for child in node.children):
            for child in node.children:
                child.collapse_all()
            if node.parent:
                node.collapse()
        else:
            self._open_all(node)

    def render_label(self, node: TreeNode[Node], base_style: Style, style: Style) -> Text:
        """The label, cut to the width of the pane with an ellipsis; the details pane has it whole."""
        label = super().render_label(node, base_style, style)
        room = self.scrollable_content_region.width - self._depth(node) * _GUIDE
        label.truncate(max(_LEAST_LABEL, room), overflow="ellipsis")
        return label

    def _depth(self, node: TreeNode[Node]) -> int:
        depth = 0
        while node.parent:
            node, depth = node.parent, depth + 1
        return depth

    def _open(self, node: TreeNode[Node]) -> None:
        self._fill(node)
        node.expand()

    def _open_all(self, node: TreeNode[Node]) -> None:
        self._open(node)
        for child in node.children:
            if not self._is_closed(child):
                self._open_all(child)

    def _is_closed(self, node: TreeNode[Node]) -> bool:
        return not node.allow_expand or (node.data is not None and node.data.kind in _CLOSED)

    def _fill(self, node: TreeNode[Node]) -> None:
        if node.data is None or node.id in self._filled:
            return
        self._filled.add(node.id)
        for child in node.data.children:
            node.add(self._label(child), child, allow_expand=child.opens is not None)

    def _label(self, node: Node) -> Text:
        label = Text(node.label, no_wrap=True)
        if node.stance:
            label.stylize(stance_style(node.stance, self.app.current_theme.dark))
        elif not node.counts:
            label.stylize("dim")
        elif node.kind == "absence":
            label.stylize("italic")
        return label
