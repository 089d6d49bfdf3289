"""Mentions of kind legal: suspension, charges, arrests, short reports, suits and probes."""

from collections.abc import Iterator

from facts.extractors import deal
from facts.mention import Mention
from facts.text.analysis import Analysis

#: "We know of no regulator that has opened one": said of a probe, and denied.
_DENIED = (
    r"(?:no (?:regulator|investigation|inquiry|probe)|know of no|not (?:been )?under investigation|declined to say"
    r"|not aware of any)"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind legal; a probe of which the text knows nothing is denied."""
    for hit in deal.read(analysis, "legal"):
        fields, stance = deal.split(hit)
        if deal.within(analysis, _DENIED, hit.sentence):
            if "declined to say" in analysis.folded[hit.sentence.start : hit.sentence.end]:
                continue
            stance["polarity"] = "denied"
        elif deal.governor(analysis, hit.sentence, hit.start) == "possible":
            continue
        yield deal.mention(hit, fields, stance, same=fields["event"])
