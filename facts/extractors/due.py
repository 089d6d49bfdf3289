"""Dates that no event of `lexicons/milestones.toml` claims: what their clause speaks of, act or thing, is due then.

That table knows events by their wording; here a noun is enough, as whatever is told of a plant and of a day to come is
told of what happens to the plant on that day.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from facts.cue import Hit
from facts.extractors import context
from facts.extractors.times_ahead import before, is_future
from facts.text.analysis import Analysis
from facts.text.date import When
from facts.text.sentence import Sentence

#: What is due, and when.
Pair = tuple[Hit, When]
#: How far, in characters, the noun may stand from its date.
_REACH = 120
#: Between the ends of a span of time.
_TO = (" to ", " until ", " through ")
_YEAR = re.compile(r"\d\d\d\d")
#: What happened in the year that follows.
_TOLD = re.compile(r"(?<!be )(?<!\w)\w{2,30}ed (?:\S+ ){0,3}(?:in|on|since) $")
#: What says that a thing lasts until a day, and what can end on one.
_UNTIL = ("until ", "through ", "till ", "until the ", "through the ")
_ENDING = ("effective_date", "permit", "review")
#: Between the noun and its date the clause must not end.
_BREAKS = (";", " but ", " while ", " whereas ", " after ", " because ", " followed by ", " if ")


def unclaimed(
    analysis: Analysis, sentence: Sentence, whens: Sequence[When], today: dt.date | None, pairs: Sequence[Pair]
) -> Iterator[Pair]:
    """The dates to come of those given that are in no pair, each with what is due then, if its clause tells.

    Where some mere meeting or report has the only date of the sentence, only a decision or a signature is worth naming,
    but of what is published or submitted any act is; beside dates that have their event, only an act is.
    """
    taken = [pair for pair in pairs if pair[0].cue.sets.get("what") != "review"]
    firm = any("weak" not in hit.cue.sets for hit, _ in pairs)
    told = {id(when) for _, when in taken}
    told |= {id(one) for first, last in pairwise(whens) if _is_span(analysis, first, last) for one in (first, last)}
    ahead = [when for when in whens if _is_ahead(analysis, sentence, when, today)]
    free = [when for when in ahead if id(when) not in told]
    if not free:
        return
    nouns = context.hits(analysis, "milestone_nouns", sentence)
    for when in free:
        near = [hit for hit in nouns if _is_near(analysis, hit, when) and not _is_parted(hit, when, taken)]
        if near and not any("skip" in hit.cue.sets for hit in near):
            best = min(near, key=lambda hit: _rank(hit, when))
            certain = today is not None or "act" in best.cue.sets
            if certain and _is_worth(best, bool(taken), bool(pairs), firm) and not _is_term(analysis, best, when):
                taken.append((best, when))
                yield best, when


def _is_worth(hit: Hit, claimed: bool, told: bool, firm: bool) -> bool:
    if claimed or (told and not firm):
        return "act" in hit.cue.sets
    return not told or "firm" in hit.cue.sets


def _is_term(analysis: Analysis, hit: Hit, when: When) -> bool:
    """Whether what the noun stands for goes on until then, and is not due then."""
    return hit.cue.sets["what"] not in _ENDING and before(analysis, when).endswith(_UNTIL)


def _is_span(analysis: Analysis, first: When, last: When) -> bool:
    """Whether two dates are the ends of one span of time: that holds for a while, and is due on neither."""
    return analysis.folded[first.end : last.start] in _TO


def _is_ahead(analysis: Analysis, sentence: Sentence, when: When, today: dt.date | None) -> bool:
    if today is None:
        dated = _YEAR.search(analysis.folded, when.start, when.end) is not None
        told = _TOLD.search(analysis.folded, sentence.start, when.start) is not None
        return (dated or when.kind != "exact") and not told and is_future(analysis, sentence)
    return when.last is not None and when.last > today


def _is_parted(hit: Hit, when: When, taken: Sequence[Pair]) -> bool:
    """Whether a date or an event that has its own covers the noun or stands between it and the date."""
    first, last = min(hit.start, when.start), max(hit.end, when.end)
    return any(first < other.end and other.start < last for pair in taken for other in pair)


def _rank(hit: Hit, when: When) -> tuple[bool, bool, int]:
    """Acts before things, what stands before the date before what follows it, and of those the first."""
    return "act" not in hit.cue.sets, hit.start > when.start, hit.start


def _is_near(analysis: Analysis, hit: Hit, when: When) -> bool:
    between = analysis.folded[min(hit.end, when.end) : max(hit.start, when.start)]
    overlaps = hit.start < when.end and when.start < hit.end
    return not overlaps and len(between) <= _REACH and not any(sign in between for sign in _BREAKS)
