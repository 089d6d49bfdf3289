"""An explanation tree as text, for analysts: every step, what was needed and what was found."""

import textwrap
from collections.abc import Iterator

from facts.text.visible import one_line
from rules.explain.node import Node
from rules.render.style import Style

_WIDEST = 110
_MARKS = {True: "✓", False: "✗"}
_LABELLED = ("rule", "theme", "fact", "slot", "finding", "tally")


def tree(node: Node, style: Style) -> str:
    """The tree with lines between parents and children; each condition with what was needed and found."""
    return "\n".join(_branch(node, style, "", "")) + "\n"


def _branch(node: Node, style: Style, first: str, rest: str) -> Iterator[str]:
    room = max(_WIDEST - len(rest), 40)
    label = f"{node.id} " if node.kind in _LABELLED else ""
    lines = textwrap.wrap(f"{label}{one_line(_line(node))}", room) or [""]
    yield first + (style.strong(label[:-1]) + lines[0][len(label) - 1 :] if label else lines[0])
    bar = rest + ("│ " if node.children else "  ")
    yield from (bar + line for line in lines[1:])
    for word, told in (("needed", node.needed), ("found", node.found)):
        if told:
            yield from (bar + style.dim(line) for line in textwrap.wrap(f"{word} {one_line(told)}", room))
    for place, child in enumerate(node.children):
        last = place == len(node.children) - 1
        yield from _branch(child, style, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _line(node: Node) -> str:
    if node.kind == "condition":
        return f"{_MARKS[node.holds]} {node.says}"
    if node.kind == "sentence":
        return f"“{node.says}” [{node.id}]"
    return node.says
