"""Levels side by side: for each month, class or company a bar that is made of its levels, and the numbers behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rules.render.html.element import Content, Markup, element

LEVELS = range(1, 6)
_WIDE, _BAR, _HIGH = 24, 240, 14
#: From blue to red, told apart by the colour-blind, too; the numbers beside the bar say the same.
COLOURS = ("#2c7bb6", "#8ab8d9", "#d9c25e", "#ee9a50", "#c0392b")
STYLE = "".join(
    f".l{level}{{fill:{colour};background:{colour}}}" for level, colour in zip(LEVELS, COLOURS, strict=True)
)


@dataclass(frozen=True, slots=True)
class Shares:
    """Counts by level for each name. `head` says what the names are; `note` stands where there is none."""

    title: str
    head: str
    counts: Mapping[str, Mapping[int, int]]
    note: str = "none"

    def table(self) -> list[list[str]]:
        """Head and rows: name, bar, each level, all, mean."""
        most = max((sum(levels.values()) for levels in self.counts.values()), default=0)
        rows = [[name, bar(levels, most), *_numbers(levels)] for name, levels in self.counts.items()]
        return [[self.head, "", *map(str, LEVELS), "All", "Mean"], *rows]


def bar(levels: Mapping[int, int], most: int) -> str:
    """As long as the count beside the largest, made of the digits of its levels in proportion."""
    total = sum(levels.values())
    long = max(total > 0, round(total * _WIDE / most)) if most else 0
    return "".join(str(level) * (end - start) for level, start, end in _pieces(levels, long))


def drawn(block: Shares) -> Markup:
    """The same as a table with a coloured bar in each row."""
    most = max(sum(levels.values()) for levels in block.counts.values())
    head = [element("th", cell, scope="col") for cell in block.table()[0]]
    rows: list[Content] = []
    for name, levels in block.counts.items():
        numbers = [element("td", cell) for cell in _numbers(levels)]
        rows.append(element("tr", element("td", name), element("td", _coloured(levels, most)), numbers))
    key = [element("span", str(level), class_=f"key l{level}") for level in LEVELS]
    table = element("table", element("thead", element("tr", head)), element("tbody", rows))
    return element("div", element("p", "Level ", key), table)


def _coloured(levels: Mapping[int, int], most: int) -> Markup:
    long = round(sum(levels.values()) * _BAR / most)
    told = ", ".join(f"level {level}: {levels.get(level, 0):,}" for level in LEVELS)
    pieces: list[Content] = [element("title", told)]
    pieces += [
        element("rect", x=start, y=0, width=end - start, height=_HIGH, class_=f"l{level}")
        for level, start, end in _pieces(levels, long)
    ]
    return element("svg", pieces, viewBox=f"0 0 {_BAR} {_HIGH}", width=_BAR, height=_HIGH, role="img")


def _pieces(levels: Mapping[int, int], long: int) -> list[tuple[int, int, int]]:
    """Level, start and end of each piece of a bar so long; rounded so that the pieces fill it exactly."""
    total = sum(levels.values())
    ends = (
        [round(part * long / total) for part in accumulate(levels.get(level, 0) for level in LEVELS)] if total else []
    )
    return [
        (level, start, end) for level, (start, end) in zip(LEVELS, pairwise([0, *ends]), strict=False) if end > start
    ]


def _numbers(levels: Mapping[int, int]) -> list[str]:
    total = sum(levels.values())
    mean = sum(level * number for level, number in levels.items()) / total if total else 0
    return [*(f"{levels.get(level, 0):,}" for level in LEVELS), f"{total:,}", f"{mean:.2f}"]
