"""Mentions of kind cost: a capital need that is open, overrun, or covered."""

from collections.abc import Iterator

from facts.extractors import deal
from facts.extractors.cued import READ
from facts.extractors.dilution import PARTS
from facts.mention import Mention
from facts.text import money
from facts.text.analysis import Analysis

#: Words that say the money for an estimated cost is not there.
_OPEN = (
    r"(?:not (?:yet )?(?:been )?(?:secured|arranged|funded|committed)|unfunded|no (?:project )?(?:funding|financing)"
    r"|yet to (?:secure|arrange)|to be financed|neither (?:\S+ ){1,6}is a (?:loan|commitment)|remaining equity)"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind cost; a capital estimate with a sum is a gap where the text says the money is not there."""
    hits = list(deal.read(analysis, "cost", PARTS))
    gaps = any(hit.cue.sets["event"] == "gap" and analysis.part(hit.sentence) in READ for hit in hits)
    overruns = {hit.sentence.index for hit in hits if hit.cue.sets["event"] == "overrun"}
    for hit in hits:
        fields, stance = deal.split(hit)
        if not fields.pop("deep", None) and analysis.part(hit.sentence) not in READ:
            continue
        if fields["event"] != "estimate":
            yield deal.mention(hit, fields, {"polarity": "affirmed"} | stance, same=fields["event"])
        elif hit.sentence.index in overruns:
            continue
        elif sums := list(money.find(analysis.text, analysis.folded, hit.sentence.start, hit.sentence.end)):
            first, last = min(hit.start, sums[0].start), max(hit.end, sums[0].end)
            event = "gap" if gaps or _is_open(analysis) else "stated"
            yield Mention(
                "cost", hit.sentence, first, last, {"event": event}, cues=(hit.cue.name,), polarity="affirmed"
            )


def _is_open(analysis: Analysis) -> bool:
    """Whether the text says anywhere that money for the plant is lacking."""
    if "money open" not in analysis.known:  # each sum asks
        hits = (*analysis.family("denial"), *analysis.family("financing"))
        sentences = {hit.sentence.index: hit.sentence for hit in hits}
        analysis.known["money open"] = any(deal.within(analysis, _OPEN, each) for each in sentences.values())
    known: bool = analysis.known["money open"]
    return known
