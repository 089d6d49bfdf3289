"""Two ratings side by side, and what changed between them."""

import textwrap
from collections.abc import Iterator

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain.prose import change, sentence
from rules.explain.whatif import WhatIf
from rules.rating import plain, rounded
from rules.render.style import Style

_WIDTH = 100


def beside(told: WhatIf, style: Style) -> str:
    """The changes, both levels and theme scores, and each rule that fired in one rating only."""
    return "\n".join(_lines(told, style)) + "\n"


def pair(before: Assessment, after: Assessment, first: str, second: str) -> Iterator[str]:
    """Level, score and every theme whose score differs, in two columns."""
    yield f"{'':<30}{first:<26}{second}"
    yield f"{'Level':<30}{_level(before):<26}{_level(after)}"
    yield f"{'Score':<30}{_score(before):<26}{_score(after)}"
    if before.rated is None or after.rated is None:
        return
    for was, now in zip(before.rated.rating.themes, after.rated.rating.themes, strict=True):
        if was.score != now.score:
            yield f"{before.pack.settings.themes[was.code].name:<30}{plain(was.score):<26}{plain(now.score)}"


def _lines(told: WhatIf, style: Style) -> Iterator[str]:
    changes = one_line("; ".join(told.changes)) or change.NOTHING
    yield from textwrap.wrap(f"{change.CHANGED}: {changes}", _WIDTH, subsequent_indent="  ")
    yield ""
    yield from pair(told.before, told.after, change.AS_IT_IS, change.AS_CHANGED)
    yield ""
    yield style.strong(change.rules_changed(len(told.steps)))
    for step in told.steps:
        line = one_line(f"{step.rule}  {sentence(step.because)}")
        yield from textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent=" " * 11)


def _level(assessment: Assessment) -> str:
    level = assessment.pack.settings.levels[assessment.level or 1]
    return f"{level.level} {level.name} {level.shape}"


def _score(assessment: Assessment) -> str:
    return rounded(assessment.rated.rating.score) if assessment.rated else ""
