"""Places in a tree by the ids of its steps, so that they are found again in another tree."""

from collections.abc import Container, Iterator

from textual.widgets.tree import TreeNode

from tui.node import Node

#: The ids of the steps from the root to one.
Path = tuple[str, ...]


def path_of(node: TreeNode[Node] | None) -> Path:
    """The way to a step."""
    path: list[str] = []
    while node:
        path.insert(0, _name(node))
        node = node.parent
    return tuple(path)


def open_paths(node: TreeNode[Node], above: Path = ()) -> Iterator[Path]:
    """The ways to all steps that are open."""
    path = (*above, _name(node))
    if node.is_expanded:
        yield path
        for child in node.children:
            yield from open_paths(child, path)


def nearest(root: TreeNode[Node], at: Path) -> TreeNode[Node]:
    """The step at the end of a way, or where the way ends or is closed."""
    node = root
    for name in at[1:]:
        found = next((child for child in node.children if child.data and child.data.id == name), None)
        if found is None or not node.is_expanded:
            break
        node = found
    return node


def paired(
    node: TreeNode[Node], now: Node, filled: Container[TreeNode[Node]]
) -> list[tuple[TreeNode[Node], Node]] | None:
    """Every line that was made with what it is to show; None where there are other steps than before."""
    was = node.data
    if was is None or was.id != now.id or (was.opens is None) != (now.opens is None):
        return None
    pairs = [(node, now)]
    if node in filled:
        children = now.children
        if len(children) != len(node.children):
            return None
        for child, each in zip(node.children, children, strict=True):
            if (below := paired(child, each, filled)) is None:
                return None
            pairs += below
    return pairs


def _name(node: TreeNode[Node]) -> str:
    return node.data.id if node.data else ""
