"""A challenge as text: the disputed fact, what rests on it, both ratings."""

import textwrap
from collections.abc import Iterator

from facts.text.visible import one_line
from rules.explain import prose
from rules.explain.challenge import Challenge
from rules.explain.prose import change
from rules.render.beside import pair
from rules.render.style import Style

_WIDTH = 100


def challenged(told: Challenge, style: Style) -> str:
    """The whole challenge."""
    return "\n".join(_lines(told, style)) + "\n"


def _lines(told: Challenge, style: Style) -> Iterator[str]:
    yield from _wrapped(prose.challenged(told.fact, told.because), "")
    if told.who or told.on:
        yield prose.by_analyst(told.who, told.on)
    yield ""
    yield from pair(told.with_it, told.without, change.WITH_IT, change.WITHOUT_IT)
    yield ""
    yield style.strong(change.disputed_too(len(told.disputed)))
    for item in told.disputed:
        label = f"{item.id}: " if item.kind == "rule" else ""
        yield from _wrapped(f"{label}{prose.sentence(item.says)}", "  • ")
    codes = {item.id for item in told.disputed}
    fresh = [step for step in told.steps if step.rule not in codes]
    if fresh:
        yield ""
        yield style.strong(change.ALSO_CHANGES)
        for step in fresh:
            yield from _wrapped(f"{step.rule}: {prose.sentence(step.because)}", "  • ")
    yield ""
    yield from _wrapped(prose.DISCLAIMER, "")


def _wrapped(line: str, indent: str) -> Iterator[str]:
    yield from textwrap.wrap(one_line(line), _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
