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
    r"|yet to (?:secure|arrange)|to be financed)"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind cost; a capital estimate with a sum is a gap where the text says the money is not there."""
    for hit in deal.read(analysis, "cost", PARTS):
        fields, stance = deal.split(hit)
        if not fields.pop("deep", None) and analysis.part(hit.sentence) not in READ:
            continue
        if fields["event"] != "estimate":
            yield deal.mention(hit, fields, {"polarity": "affirmed"} | stance, same=fields["event"])
        elif sums := list(money.find(analysis.text, analysis.folded, hit.sentence.start, hit.sentence.end)):
            first, last = min(hit.start, sums[0].start), max(hit.end, sums[0].end)
            event = "gap" if _is_open(analysis) else "stated"
            yield Mention(
                "cost", hit.sentence, first, last, {"event": event}, cues=(hit.cue.name,), polarity="affirmed"
            )


def _is_open(analysis: Analysis) -> bool:
    """Whether the text says anywhere that money for the plant is lacking."""
    sentences = {hit.sentence for hit in analysis.family("denial")} | {
        hit.sentence for hit in analysis.family("financing")
    }
    return any(deal.within(analysis, _OPEN, sentence) for sentence in sentences)
