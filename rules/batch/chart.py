"""Counts as bars, in a terminal and as SVG, and the page that holds them: self-contained, without a script."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facts.text.visible import one_line
from rules.batch import shares
from rules.batch.shares import Shares
from rules.explain.prose import DISCLAIMER
from rules.render.html.element import Content, Markup, element, raw

_WIDE, _BAR, _ROW = 40, 420, 24
_LABEL = 28
_STYLE = """:root{color-scheme:light dark}
body{margin:2rem auto;max-width:60rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h2{font-size:1.15rem;margin:2rem 0 .5rem}table{border-collapse:collapse}
th,td{text-align:right;padding:.25rem .6rem;border-bottom:1px solid #8886}
th:first-child,td:first-child{text-align:left}
svg{max-width:100%;height:auto}svg text{fill:currentColor;font-size:13px}
rect{fill:#3b74b8}li{overflow-wrap:anywhere}
.key{padding:0 .5rem;margin:0 .15rem;color:#111}
"""
_STYLE += shares.STYLE


@dataclass(frozen=True, slots=True)
class Bars:
    """A count for each name, drawn as bars. `note` stands where there is none."""

    title: str
    counts: Mapping[str, int]
    note: str = "none"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under a head."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = "none"


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain lines."""

    title: str
    lines: Sequence[str]
    note: str = "none"


Block = Bars | Table | Lines | Shares


def text(title: str, blocks: Sequence[Block]) -> str:
    """The blocks for a terminal or a file."""
    parts = [title, *(f"{block.title}\n" + "\n".join(f"  {line}" for line in _lines(block)) for block in blocks)]
    return "\n\n".join([*parts, DISCLAIMER]) + "\n"


def page(title: str, blocks: Sequence[Block]) -> str:
    """The blocks as one HTML page that needs nothing else."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta", http_equiv="Content-Security-Policy", content=f"default-src 'none'; style-src 'sha256-{digest}'"
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"Caveat: {one_line(title)}"),
        raw("style", _STYLE),
    )
    sections = [element("section", element("h2", block.title), _drawn(block)) for block in blocks]
    foot = element("footer", element("p", DISCLAIMER))
    body = element("body", element("h1", one_line(title)), sections, foot)
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Lines):
        return [one_line(line) for line in block.lines] or [block.note]
    if isinstance(block, Table):
        return _columns([block.head, *block.rows]) if block.rows else [block.note]
    if isinstance(block, Shares):
        return _columns(block.table(), left=2) if block.counts else [block.note]
    most = max(block.counts.values(), default=0)
    if not most:
        return [block.note]
    wide = min(_LABEL, max(len(one_line(name)) for name in block.counts))
    return [
        f"{_cut(name, wide):<{wide}} {'█' * max(count > 0, round(count * _WIDE / most)):<{_WIDE}} {count:,}"
        for name, count in block.counts.items()
    ]


def _columns(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Cells under each other; the first `left` columns begin at the left, the others end at the right."""
    shown = [[_cut(cell, _LABEL) for cell in row] for row in rows]
    wide = [max(len(row[number]) for row in shown) for number in range(len(shown[0]))]
    return [
        "  ".join(
            f"{cell:<{w}}" if n < left else f"{cell:>{w}}" for n, (cell, w) in enumerate(zip(row, wide, strict=True))
        )
        for row in shown
    ]


def _cut(name: str, wide: int) -> str:
    name = one_line(name)
    return name if len(name) <= wide else name[: wide - 1] + "…"


def _drawn(block: Block) -> Content:
    if isinstance(block, Lines):
        return element("ul", [element("li", one_line(line)) for line in block.lines or [block.note]])
    if isinstance(block, Table):
        return _table(block) if block.rows else element("p", block.note)
    if isinstance(block, Shares):
        return shares.drawn(block) if block.counts else element("p", block.note)
    return _bars(block) if any(block.counts.values()) else element("p", block.note)


def _table(block: Table) -> Markup:
    head = element("tr", [element("th", one_line(cell), scope="col") for cell in block.head])
    rows = [element("tr", [element("td", one_line(cell)) for cell in row]) for row in block.rows]
    return element("table", element("thead", head), element("tbody", rows))


def _bars(block: Bars) -> Markup:
    most, left = max(block.counts.values()), 230
    drawn: list[Content] = [element("title", block.title)]
    for number, (name, count) in enumerate(block.counts.items()):
        top, long = number * _ROW, max(1, round(count * _BAR / most)) if count else 0
        drawn += [
            element("text", _cut(name, _LABEL + 4), x=0, y=top + 16),
            element("rect", x=left, y=top + 3, width=long, height=_ROW - 8),
            element("text", f"{count:,}", x=left + long + 8, y=top + 16),
        ]
    width, height = left + _BAR + 90, _ROW * len(block.counts)
    return element("svg", drawn, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")
