"""Mentions of kind permit: from cues that say what became of it, and from a permit's noun beside words of its state."""

from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import context, deal, stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: How far, in characters, the words on a permit's state may stand from it.
_REACH = 60
#: Parts in which a noun alone is worth a look.
_TELLING = READ - {"heading"}
#: What must not be hoped for, denied or only talked of before it holds.
_FIRM = frozenset({"granted", "mostly"})


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind permit; a noun alone counts in a sentence in which no cue says more."""
    told = {hit.sentence.index for hit in analysis.family("permit") if hit.cue.sets}
    for hit in analysis.family("permit"):
        if hit.cue.sets:
            if analysis.part(hit.sentence) in READ:
                yield stanced.mention("permit", hit)
        elif hit.sentence.index not in told and analysis.part(hit.sentence) in _TELLING:
            yield from _composed(analysis, hit)


def _composed(analysis: Analysis, hit: Hit) -> Iterator[Mention]:
    """The noun and the nearest words on what became of it."""
    near = [word for _, word in context.near(analysis, "permit_state", hit, _REACH)]
    if not near:
        return
    status = near[0].cue.sets["status"]
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


def _is_open(analysis: Analysis, hit: Hit, state: Hit) -> bool:
    """Whether a future verb, a negation or "until" stands before the grant or the permit."""
    first = min(hit.start, state.start)
    governed = deal.governor(analysis, hit.sentence, state.start) or deal.governor(analysis, hit.sentence, first)
    negated = deal.negated(analysis, hit.sentence, state.start) or deal.negated(analysis, hit.sentence, first)
    return governed is not None or negated
