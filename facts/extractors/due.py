"""Dates that no event of `lexicons/milestones.toml` claims: what their clause speaks of, act or thing, is due then.

That table knows events by their wording; here a noun is enough, as whatever is told of a plant and of a day to come is
told of what happens to the plant on that day.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from facts.cue import Hit
from facts.extractors import context
from facts.text.analysis import Analysis
from facts.text.date import When
from facts.text.sentence import Sentence

#: How far, in characters, the noun may stand from its date.
_REACH = 120
#: Between the noun and its date the clause must not end.
_BREAKS = (";", " but ", " while ", " whereas ", " after ", " because ")


def unclaimed(
    analysis: Analysis, sentence: Sentence, whens: Sequence[When], today: dt.date | None, claimed: bool
) -> Iterator[tuple[Hit, When]]:
    """The first date to come of those given, with what is due then, if its clause speaks of anything.

    Where some mere meeting or report has `claimed` a date of the sentence already, only a decision or a signature is
    worth naming.
    """
    when = next((one for one in whens if today is not None and one.last is not None and one.last > today), None)
    if when is None:
        return
    near = [hit for hit in context.hits(analysis, "milestone_nouns", sentence) if _is_near(analysis, hit, when)]
    if near and not any("skip" in hit.cue.sets for hit in near):
        best = min(near, key=lambda hit: _rank(hit, when))
        if not claimed or "firm" in best.cue.sets:
            yield best, when


def _rank(hit: Hit, when: When) -> tuple[bool, bool, int]:
    """Acts before things, what stands before the date before what follows it, and of those the first."""
    return "act" not in hit.cue.sets, hit.start > when.start, hit.start


def _is_near(analysis: Analysis, hit: Hit, when: When) -> bool:
    between = analysis.folded[min(hit.end, when.end) : max(hit.start, when.start)]
    overlaps = hit.start < when.end and when.start < hit.end
    return not overlaps and len(between) <= _REACH and not any(sign in between for sign in _BREAKS)
