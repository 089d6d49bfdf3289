"""Mentions of kind feedstock: from cues that say whose feed it is, and from feed and its plant beside words that do."""

from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import context, stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: How far, in characters, the words on whose feed it is may stand from it.
_REACH = 90
#: From the least to the most certain word; a paper that binds nobody takes its contract with it.
_ORDER = ("own_resource", "own_reserve", "contracted", "mou")
#: What feed is whose source is left open.
_OPEN = "unspecified"
#: Parts in which feed and plant alone are worth a look.
_TELLING = READ - {"heading"}


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind feedstock; feed and plant alone count in a sentence in which no cue says more."""
    hits = analysis.family("feedstock")
    told = {hit.sentence.index for hit in hits if hit.cue.sets.get("status", _OPEN) != _OPEN}
    beside = {hit.sentence.index for hit in hits if not hit.cue.sets} - told
    for hit in hits:
        if hit.cue.sets:
            if analysis.part(hit.sentence) in READ and hit.sentence.index not in beside:
                yield stanced.mention("feedstock", hit)
        elif hit.sentence.index in beside and analysis.part(hit.sentence) in _TELLING:
            yield _composed(analysis, hit)


def _composed(analysis: Analysis, hit: Hit) -> Mention:
    """Feed and plant, and the words on whose feed it is."""
    near = [word for _, word in context.near(analysis, "feedstock_status", hit, _REACH)]
    best = max(near, key=lambda word: _ORDER.index(word.cue.sets["status"]), default=None)
    return stanced.mention(
        "feedstock",
        hit,
        fields={"status": best.cue.sets["status"] if best else _OPEN},
        cues=(hit.cue.name, best.cue.name) if best else (hit.cue.name,),
    )
