"""What a level hangs on, as text."""

import textwrap
from collections.abc import Iterator, Sequence

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.evidence import shortened
from rules.explain.prose import report
from rules.explain.robust import Robustness

_WIDTH = 100


def robust_text(found: Robustness, assessment: Assessment) -> str:
    """Single points of evidence, idle facts, unused sentences, and how sure the reading is."""
    facts = {fact.id: fact for fact in assessment.facts}
    lines = list(_wrapped(found.head, ""))
    lines += _list([point.says for point in found.points])
    lines += ["", *_wrapped(found.confidence, "")]
    if found.idle:
        lines += ["", report.IDLE, *_list([prose.idle_line(facts[name]) for name in found.idle])]
    if found.unused and assessment.announcement is not None:
        text = assessment.announcement.text
        quotes = [prose.unused_line(shortened(text[start:end])) for start, end in found.unused]
        lines += ["", report.UNUSED, *_list(quotes)]
    return "\n".join(lines) + "\n"


def _list(items: Sequence[str]) -> Iterator[str]:
    for item in items:
        yield from _wrapped(item, "  • ")


def _wrapped(line: str, first: str) -> Iterator[str]:
    yield from textwrap.wrap(one_line(line), _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
