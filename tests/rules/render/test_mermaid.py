"""Mermaid that its parser takes: a small grammar of what is written, and labels that hold no syntax."""

import re

import pytest

from rules.assess import rate
from rules.render.mermaid import label, mermaid
from tests.rules.explain.known import case
from tests.rules.render.hostile import hostile

_LABEL = r'"(?:[^"#&<>\[\]{}|`;]|#\d+;)*"'
_LINE = re.compile(
    rf"flowchart LR|  subgraph s\d+\[{_LABEL}\]|  end|    n\d+ --> n\d+"
    rf"|    n\d+(?:\(\[{_LABEL}\]\)|\[\[{_LABEL}\]\]|\[{_LABEL}\]|\({_LABEL}\)|\{{\{{{_LABEL}\}}\}})"
)


def test_every_line_is_one_that_the_parser_knows() -> None:
    unrated = rate("A poem about the sea.", engine="reference")
    for line in mermaid([case(1), hostile(), unrated]).splitlines():
        assert _LINE.fullmatch(line), line


def test_every_arrow_joins_nodes_that_are_drawn() -> None:
    lines = mermaid([case(1)]).splitlines()
    drawn = {match[1] for line in lines if (match := re.match(r"    (n\d+)[\[({]", line))}
    joined = {name for line in lines if "-->" in line for name in re.findall(r"n\d+", line)}
    assert joined <= drawn
    assert drawn - joined == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('a "b"', '"a #34;b#34;"'),
        ("a [b] {c} <d>", '"a #91;b#93; #123;c#125; #60;d#62;"'),
        ("#1; `x`", '"#35;1#59; #96;x#96;"'),
        ("end", '"end"'),
    ],
)
def test_a_label_holds_no_syntax(text: str, told: str) -> None:
    assert label(text) == told
