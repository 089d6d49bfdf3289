"""The proof as nested details: readable and foldable without a script."""

from collections.abc import Iterator

from rules.explain.node import Node
from rules.render.html.element import Content, Markup, element, joined


class Tree:
    """Draws one proof; the first place of a rule gets its anchor, so that sentences can link to it."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._placed: set[str] = set()

    def draw(self, root: Node) -> Markup:
        """Everything under the root; the rules that decide stand open."""
        return joined(self._node(child, child.kind == "rule") for child in root.children)

    def _node(self, node: Node, opened: bool) -> Markup:
        label = list(self._label(node))
        anchor = self._anchor(node)
        facts = " ".join(dict.fromkeys(self._prefix + below.id for below in node.walk() if below.kind == "fact"))
        if node.kind == "fact":
            return element("div", label, class_="leaf", data_facts=facts)
        if not node.children:
            return element("div", label, class_="leaf", id=anchor)
        inner = [self._node(child, opened) for child in node.children if child.kind != "sentence"]
        return element(
            "details", element("summary", label, data_facts=facts or None), inner, id=anchor, open=opened
        )  # fmt: skip

    def _label(self, node: Node) -> Iterator[Content]:
        if node.kind == "fact":
            link = element("a", node.id, href=f"#{self._prefix}fact-{node.id}", class_="code")
            yield from (link, f" {node.says}")
            quote = next((child.says for child in node.children if child.says), "")
            if quote:
                yield f", “{quote}”"
            return
        if node.kind == "rule":
            yield from (element("span", node.id, class_="code"), " ")
        yield node.says
        if node.found and node.kind in ("absence", "slot"):
            yield element("span", f" ({node.found})", class_="search")

    def _anchor(self, node: Node) -> str | None:
        if node.kind != "rule" or node.id in self._placed:
            return None
        self._placed.add(node.id)
        return f"{self._prefix}rule-{node.id}"
