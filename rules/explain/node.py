"""One step of an explanation, as plain data: renderers print it, programs read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

NodeKind = Literal["rating", "theme", "rule", "slot", "tally", "finding", "fact", "absence", "condition", "sentence"]


@dataclass(frozen=True, slots=True)
class Node:
    """What holds and why. `needed` and `found` are given where something was compared or looked for."""

    kind: NodeKind
    id: str
    says: str
    holds: bool = True
    needed: str | None = None
    found: str | None = None
    children: tuple["Node", ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "kind": self.kind,
            "id": self.id,
            "says": self.says,
            "holds": self.holds,
            "needed": self.needed,
            "found": self.found,
            "children": [child.to_json() for child in self.children],
        }

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def cut(self, depth: int) -> "Node":
        """The same, at most so many levels deep; what is left out is told in words."""
        if depth > 0 or not self.children:
            return Node(self.kind, self.id, self.says, self.holds, self.needed, self.found,
                        tuple(child.cut(depth - 1) for child in self.children))  # fmt: skip
        hidden = sum(1 for _ in self.walk()) - 1
        says = f"{self.says} ({hidden} {'step' if hidden == 1 else 'steps'} below)"
        return Node(self.kind, self.id, says, self.holds, self.needed, self.found)
