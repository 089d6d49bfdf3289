"""The proof of a rating as a Mermaid flowchart, for documents that draw one."""

from collections.abc import Iterable, Iterator
from itertools import count

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain.node import Node
from rules.explain.prose import fact, report
from rules.explain.why import why
from rules.render.row import Row

_LONGEST = 80
#: Box shapes by kind of node; shape and first word tell the kind, not colour.
_SHAPES = {
    "rating": ("([", "])"), "theme": ("[[", "]]"), "rule": ("[", "]"), "fact": ("(", ")"), "absence": ("{{", "}}"),
}  # fmt: skip


def mermaid(rows: Iterable[Row]) -> str:
    """One flowchart; a subgraph for each announcement."""
    return "\n".join(_lines(rows)) + "\n"


def label(text: str) -> str:
    """A text as a quoted label: whatever means something to Mermaid or HTML stands as its number."""
    line = one_line(text)
    line = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return '"' + "".join(letter if _plain(letter) else f"#{ord(letter)};" for letter in line) + '"'


def _plain(letter: str) -> bool:
    return letter.isalnum() or letter in " .,:%/+-_()…–“”’‘"


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    numbers = count(1)
    yield "flowchart LR"
    for place, row in enumerate(rows, 1):
        if isinstance(row, Assessment):
            name = row.announcement.name if row.announcement else report.FACTS_GIVEN
            yield f"  subgraph s{place}[{label(name)}]"
            yield from _graph(row, numbers)
            yield "  end"


def _graph(assessment: Assessment, numbers: Iterator[int]) -> Iterator[str]:
    if assessment.rated is None:
        yield f"    n{next(numbers)}[{label(report.NOT_RATED)}]"
        return
    known: dict[tuple[str, str], str] = {}
    edges: dict[tuple[str, str], None] = {}
    facts = {each.id: fact(each, assessment.rated.memory.rungs.get(each.id)) for each in assessment.facts}
    yield from _node(why(assessment), None, known, edges, numbers, facts)
    yield from (f"    {below} --> {above}" for below, above in edges)


def _node(
    node: Node, above: str | None, known: dict[tuple[str, str], str], edges: dict[tuple[str, str], None],
    numbers: Iterator[int], facts: dict[str, str],
) -> Iterator[str]:  # fmt: skip
    """Each node once, however many proofs use it; steps between rule and fact are drawn through."""
    own = above
    if node.kind in _SHAPES:
        key = (node.kind, node.id)
        own = known.get(key)
        if own is None:
            own = known[key] = f"n{next(numbers)}"
            left, right = _SHAPES[node.kind]
            named = node.says if node.kind in ("rating", "absence", "theme") else f"{node.id} {node.says}"
            yield f"    {own}{left}{label(named)}{right}"
        if above is not None:
            edges[own, above] = None
    for child in node.children:
        yield from _node(child, own, known, edges, numbers, facts)
