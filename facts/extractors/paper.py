"""Papers and plants found by a noun alone, with the words nearest to them that say what became of them.

The nouns (cues of commitment.toml that set `noun`) and the states (`lexicons/NOUN_state.toml`) multiply, so that no
wording of "put its name to a contract" or "the lease, signed in May" has to be listed.
"""

from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import context, deal
from facts.text.analysis import Analysis

#: What goes on at a plant tells nothing of a paper.
_WORKS = frozenset({"operating", "construction"})
#: How far, in characters, the words on a paper's state may stand from its noun.
_REACH = 60


def composed(analysis: Analysis, hits: list[Hit]) -> Iterator[tuple[Hit, Hit]]:
    """The noun and its state, for nouns in sentences in which no cue of the kind says more.

    A headline says "deal" of every letter; only what is news by itself is read there.
    """
    told = {hit.sentence.index for hit in hits if hit.cue.sets.get("form", "operating") not in _WORKS}
    for hit in hits:
        headed = analysis.part(hit.sentence) == "headline" and hit.cue.sets.get("where") != "news"
        if "noun" in hit.cue.sets and hit.sentence.index not in told and not headed:
            state = _state(analysis, hit)
            if state is not None:
                yield hit, state


def _state(analysis: Analysis, hit: Hit) -> Hit | None:
    """The nearest words on the noun's state; None where those leave it open, a future verb or a denial governs."""
    near = [word for _, word in context.near(analysis, f"{hit.cue.sets['noun']}_state", hit, _REACH)]
    if not near or any("open" in word.cue.sets for word in near):
        return None
    first = min(hit.start, near[0].start)
    starts = {first, near[0].start, hit.start}
    if any(deal.governor(analysis, hit.sentence, at) or deal.negated(analysis, hit.sentence, at) for at in starts):
        return None
    return near[0]
