"""The day from which a text's relative times are counted."""

import datetime as dt
import re

from facts.text.analysis import Analysis
from facts.text.date import times

_READ = frozenset({"headline", "lead", "body", "heading"})
_AHEAD = frozenset({"planned", "proposed", "possible"})
_DEADLINE = ("until ", "by ", "before ", "to ", "through ", "ending ")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def reference_day(analysis: Analysis) -> dt.date | None:
    """The day of publication; for a text without one, the latest day that it names as past: it is no older."""
    if analysis.published:
        return analysis.published
    if "latest" not in analysis.known:
        analysis.known["latest"] = _latest(analysis)
    latest: dt.date | None = analysis.known["latest"]
    return latest


def _latest(analysis: Analysis) -> dt.date | None:
    days = (
        when.last
        for sentence, part in zip(analysis.sentences, analysis.parts, strict=True)
        if part in _READ and _YEAR.search(analysis.folded, sentence.start, sentence.end)
        for when in times(analysis.folded, sentence.start, sentence.end)
        if when.kind == "exact"
        and not analysis.folded[max(0, when.start - 8) : when.start].endswith(_DEADLINE)
        and not any(hit.cue.sets.get("value") in _AHEAD for hit in analysis.within("stance", sentence))
    )
    return max((day for day in days if day is not None), default=None)
