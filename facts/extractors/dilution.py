"""Mentions of kind dilution: new shares, and paper that becomes shares; risk factors are read for it too."""

from collections.abc import Iterator

from facts.extractors import deal
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: Forward-looking boilerplate owns up to what the news leaves out.
PARTS = READ | {"boilerplate"}


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind dilution; an offering is raised on news only if the news itself is silent about it."""
    hits = list(deal.read(analysis, "dilution", PARTS))
    for hit in hits:
        fields, stance = deal.split(hit)
        small_print = analysis.part(hit.sentence) == "boilerplate"
        if fields["form"] == "raise_on_news" and (
            not small_print or any(hit.cue.sets["form"] != "raise_on_news" for hit in hits)
        ):
            continue
        if small_print and fields["form"] in ("public_offering", "warrants", "share_consideration"):
            continue
        if not deal.negated(analysis, hit.sentence, hit.start):
            yield deal.mention(hit, fields, stance, same=fields["form"])
