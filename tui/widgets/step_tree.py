"""A tree of steps; children are made when a step is opened. The proof, why not and what if are such trees."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Self

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.node import Node
from tui.palette import stance_style
from tui.widgets.still import Still
from tui.widgets.tree_paths import Path, nearest, open_paths, paired, path_of

#: Kinds that are not opened by "expand all": the words are in the pane beside it.
_CLOSED = ("fact", "absence", "sentence")
_GUIDE = 2
_LEAST_LABEL = 8


class StepTree(Tree[Node], Still):
    """Steps with the cursor on one of them; posts `Pointed` as the cursor moves, `Chosen` on Enter or a click.

    A `listener` is told at once instead of by a message, so that what it shows is painted together with the cursor.
    """

    DEFAULT_CSS = """
    StepTree {
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", "Open a step, or go into it", show=False, id="tree.open"),
        Binding("left", "close", "Close a step, or go up", show=False, id="tree.close"),
    ]

    class Pointed(Message):
        """The cursor stands on another step."""

        def __init__(self, tree: "StepTree", node: Node) -> None:
            super().__init__()
            self.tree = tree
            self.node = node

    class Chosen(Message):
        """A step was chosen."""

        def __init__(self, tree: "StepTree", node: Node) -> None:
            super().__init__()
            self.tree = tree
            self.node = node

    def __init__(self, root: Node, id: str | None = None) -> None:
        self._held = self._settled = False
        self._filled: set[TreeNode[Node]] = set()
        super().__init__(Text(root.label), root, id=id)
        self.guide_depth = _GUIDE
        self.listener: Callable[[Node], None] | None = None

    def stand_open(self) -> None:
        """Without a line for the root; its children are there from the start."""
        self.show_root = False
        self._open(self.root)

    @property
    def pointed(self) -> Node | None:
        """The step under the cursor."""
        return self.cursor_node.data if self.cursor_node else None

    @property
    def above(self) -> Iterator[Node]:
        """The step under the cursor and those that it belongs to, up to the root."""
        node = self.cursor_node
        while node:
            if node.data:
                yield node.data
            node = node.parent

    def show(self, root: Node) -> None:
        """Another tree; what was open stays open and the cursor stays where it was, as far as the steps are there."""
        if (pairs := paired(self.root, root, self._filled)) is not None:
            self._tell_anew(pairs)
        else:
            self._build_anew(root)
        self.tell()

    def _tell_anew(self, pairs: Iterable[tuple[TreeNode[Node], Node]]) -> None:
        """The same steps: only the lines that tell something else are drawn."""
        for node, now in pairs:
            node.data = now
            if (label := self.label_of(now)) != node.label:
                node.label = label
                self.refresh_line(node.line)

    def _build_anew(self, root: Node) -> None:
        was_open, at = set(open_paths(self.root)), path_of(self.cursor_node)
        self._filled.clear()
        with self._at_once():
            self.reset(Text(root.label), root)
            self._open_again(self.root, (), was_open)
        _ = self.last_line  # lays the lines out, so that the cursor can move
        self.move_cursor(nearest(self.root, at))
        self.refresh()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Throw away what was worked out for drawing once, not for each line that is added."""
        held, self._held = self._held, True
        try:
            yield
        finally:
            self._held = held
        self._invalidate()

    def _invalidate(self) -> None:
        """Its place stays as it is, whatever it shows: nothing is laid out anew."""
        if not self._held:
            self._settled = True
            super()._invalidate()
            self._settled = False

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw these regions, or all of it."""
        return super().refresh(*regions, repaint=repaint, layout=layout and not self._settled, recompose=recompose)

    def tell(self) -> None:
        """Tell once more which step the cursor stands on."""
        if self.cursor_line < 0 and self.last_line >= 0:
            self.cursor_line = 0
        if self.pointed and self.listener:
            self.listener(self.pointed)
        elif self.pointed:
            # Not at once: a message that a parent posts for its child goes no further than the parent.
            self.call_later(self.post_message, self.Pointed(self, self.pointed))

    def watch_cursor_line(self, previous_line: int, line: int) -> None:
        """Tell a listener at once."""
        super().watch_cursor_line(previous_line, line)
        if self.listener and self.pointed and previous_line != line:
            self.listener(self.pointed)

    def fitted(self) -> None:
        """The lines are laid out, too, before they or the scroll bar are drawn."""
        super().fitted()
        with self.drawn():
            _ = self.last_line

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view where there is less room than before."""
        event.prevent_default()  # Textual's trees throw every line away; ours are kept by the width that they are for
        if self.cursor_line >= 0:
            self.scroll_to_line(self.cursor_line)

    def scroll_to_line(self, line: int, animate: bool = True) -> None:
        """At once, not after the next paint."""
        top, height = int(self.scroll_offset.y), self.scrollable_content_region.height
        if line < top:
            self.scroll_to(y=line, animate=False)
        elif line >= top + height:
            self.scroll_to(y=line - height + 1, animate=False)

    def reveal(self, name: str) -> bool:
        """Put the cursor on the first step of that id, opening what it stands in. Returns whether there is one."""
        queue = [self.root]
        while queue:
            node = queue.pop(0)
            if node.data and node.data.id == name:
                self._show_node(node)
                return True
            if node.data and node.data.kind not in _CLOSED:
                self._fill(node)
                queue += node.children
        return False

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Node]) -> None:
        """Make the children of a step that is opened by hand."""
        self._fill(event.node)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Node]) -> None:
        """Tell which step the cursor stands on."""
        event.stop()
        if event.node.data and event.node is self.cursor_node and not self.listener:
            self.post_message(self.Pointed(self, event.node.data))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Node]) -> None:
        """Tell which step was chosen."""
        event.stop()
        if event.node.data:
            self.post_message(self.Chosen(self, event.node.data))

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
            with self._at_once():
                self._open_all(node)

    def render_label(self, node: TreeNode[Node], base_style: Style, style: Style) -> Text:
        """The label, cut to the width of the pane with an ellipsis; the details have it whole."""
        label = super().render_label(node, base_style, style)
        room = self.scrollable_content_region.width - self._depth(node) * _GUIDE
        label.truncate(max(_LEAST_LABEL, room), overflow="ellipsis")
        return label

    def get_label_width(self, node: TreeNode[Node]) -> int:
        """Nothing scrolls sideways: the width is not measured."""
        return _LEAST_LABEL

    def label_of(self, node: Node) -> Text:
        """How a step is drawn: evidence by stance, absences in italics, dim what decides nothing."""
        label = Text(node.label, no_wrap=True)
        if node.stance:
            label.stylize(stance_style(node.stance, self.app.current_theme.dark))
        elif not node.counts:
            label.stylize("dim")
        elif node.kind == "absence":
            label.stylize("italic")
        return label

    def _show_node(self, node: TreeNode[Node]) -> None:
        above = node.parent
        while above:
            above.expand()
            above = above.parent
        _ = self.last_line
        self.move_cursor(node)

    def _depth(self, node: TreeNode[Node]) -> int:
        depth = 0 if self.show_root else -1
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
        if node.data is None or node in self._filled:
            return
        self._filled.add(node)
        with self._at_once():
            for child in node.data.children:
                node.add(self.label_of(child), child, allow_expand=child.opens is not None)

    def _open_again(self, node: TreeNode[Node], above: Path, was_open: set[Path]) -> None:
        path = (*above, node.data.id if node.data else "")
        if path in was_open or (len(path) == 1 and was_open):
            self._open(node)
            for child in node.children:
                self._open_again(child, path, was_open)
