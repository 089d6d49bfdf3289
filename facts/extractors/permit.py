"""Mentions of kind permit: from cues that say what became of it, and from a permit's noun beside words of its state."""

import re
from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import context, deal, stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: How far, in characters, the words on a permit's state may stand from it.
_REACH = 60
#: Parts in which a noun alone is worth a look.
_TELLING = READ - {"heading"}
#: Between two permits that each have their own news.
_BREAKS = (";", ", and ", ", while ", ", but ", " whereas ")
#: What waits for a grant, and the future of what waits for it.
_AFTER = re.compile(r"(?<!\w)(?:after|when)(?: [\w'’-]+){0,5} $")
_ONCE = re.compile(r"(?<!\w)(?:once|until|if|as soon as|provided(?: that)?|assuming|subject to)(?: [\w'’-]+){0,5} $")
_WILL = re.compile(r"(?<!\w)(?:will|would|shall|to be)(?!\w)")
#: What must not be hoped for, denied or only talked of before it holds.
_FIRM = frozenset({"granted", "mostly"})
#: What only may be lost is not.
_LOST = frozenset({"refused", "revoked"})


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind permit; a noun alone counts in a clause in which no cue says more."""
    for hit in analysis.family("permit"):
        if hit.cue.sets:
            if analysis.part(hit.sentence) in READ:
                waits = hit.cue.sets["status"] in _FIRM and _waits(analysis, hit.sentence, hit.start)
                yield stanced.mention("permit", hit, **({"fields": {"status": "pending"}} if waits else {}))
        elif analysis.part(hit.sentence) in _TELLING:
            others = analysis.within("permit", hit.sentence)
            if not any(_is_told(analysis, hit, other) for other in others):
                yield from _composed(analysis, hit)


def _is_told(analysis: Analysis, hit: Hit, other: Hit) -> bool:
    """Whether another cue, which says what became of it, speaks of the permit in the same clause."""
    if not other.cue.sets:
        return False
    between = analysis.folded[min(hit.end, other.end) : max(hit.start, other.start)]
    return not any(sign in between for sign in _BREAKS)


def _composed(analysis: Analysis, hit: Hit) -> Iterator[Mention]:
    """The noun and the nearest words on what became of it."""
    near = [word for _, word in context.near(analysis, "permit_state", hit, _REACH) if _is_joined(analysis, hit, word)]
    if not near:
        return
    status = near[0].cue.sets["status"]
    governed = deal.governor(analysis, hit.sentence, near[0].start)
    if (status in _LOST and governed) or (status == "contested" and governed == "possible"):
        return
    if status in _FIRM and _is_open(analysis, hit, near[0]):
        status = "pending"
    yield stanced.mention(
        "permit",
        hit,
        start=min(hit.start, near[0].start),
        end=max(hit.end, near[0].end),
        fields={"status": status},
        polarity="affirmed",
        modality="agreed",
        cues=(hit.cue.name, near[0].cue.name),
    )


def _is_joined(analysis: Analysis, hit: Hit, word: Hit) -> bool:
    return ";" not in analysis.folded[min(hit.end, word.end) : max(hit.start, word.start)]


def _is_open(analysis: Analysis, hit: Hit, state: Hit) -> bool:
    """Whether a future verb, a negation or "until" stands before the grant or the permit."""
    first = min(hit.start, state.start)
    governed = deal.governor(analysis, hit.sentence, state.start) or deal.governor(analysis, hit.sentence, first)
    negated = deal.negated(analysis, hit.sentence, state.start) or deal.negated(analysis, hit.sentence, first)
    return governed is not None or negated or _waits(analysis, hit.sentence, first)


def _waits(analysis: Analysis, sentence: Sentence, first: int) -> bool:
    """Whether the clause before the permit makes its grant something that another step waits for."""
    words = analysis.folded[max(sentence.start, first - _REACH) : first]
    will = _WILL.search(analysis.folded, sentence.start, sentence.end) is not None
    return bool(_ONCE.search(words) or (will and _AFTER.search(words)))
