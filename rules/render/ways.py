"""The smallest changes that move a level, as text."""

import textwrap
from collections.abc import Iterator, Sequence

from facts.text.visible import one_line
from rules.explain import prose
from rules.explain.distance import Distance, Way
from rules.explain.prose import change, report
from rules.render.style import Style

_WIDTH = 100
#: More ways than these are counted, not printed, unless all are asked for.
_MOST_PRINTED = 15


def ways(found: Distance, style: Style, all_ways: bool = False) -> str:
    """What lowers and what raises the level, fewest changes first, and what was proved."""
    return "\n".join(_lines(found, style, all_ways)) + "\n"


def candidate_list(found: Distance) -> str:
    """Every change that was tried."""
    lines = [
        f"  {part.name:<16}{prose.SORTS[part.sort]}: {one_line(part.says)}" for part in found.candidates
    ]  # fmt: skip
    return "\n".join(["", change.TRIED, *lines]) + "\n"


def _lines(found: Distance, style: Style, all_ways: bool) -> Iterator[str]:
    yield prose.sentence(prose.level_holds(found.level))
    yield from _section(report.LOWER, found.lower, "lowers", found, style, all_ways)
    yield from _section(report.RAISE, found.higher, "raises", found, style, all_ways)
    yield ""
    yield from textwrap.wrap(prose.DISCLAIMER, _WIDTH)


def _section(
    title: str, some: Sequence[Way], verb: str, found: Distance, style: Style, all_ways: bool
) -> Iterator[str]:
    yield ""
    yield style.strong(title)
    smallest = min((len(way.parts) for way in some), default=found.size + 1)
    if smallest > 1:
        yield f"  {prose.proved(smallest - 1, verb, len(found.candidates))}"
    shown = some if all_ways else some[:_MOST_PRINTED]
    for way in shown:
        told = one_line(prose.way_line(way.level, prose.SORTS[way.sort], prose.way(way.parts)))
        yield from textwrap.wrap(told, _WIDTH, initial_indent="  • ", subsequent_indent="    ")
    if len(shown) < len(some):
        yield f"  {report.more(len(some) - len(shown), '--all')}"
