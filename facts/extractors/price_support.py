"""Mentions of kind price_support; only a contract counts, so talk of a floor must not pass for one."""

from collections.abc import Iterator

from facts.extractors import deal
from facts.mention import Mention
from facts.text.analysis import Analysis

_CONTRACTED = (
    r"(?:agreement|contract(?! for)|contracted|guarantees|has guaranteed|commits? to (?:pay|purchase)|agreed to"
    r"|entered into|signed|executed)"
)
_LEGISLATED = r"(?:legislation|legislated|act|law|enacted|statute|passed|decree)"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind price_support."""
    for hit in deal.read(analysis, "price_support"):
        fields, stance = deal.split(hit)
        if deal.negated(analysis, hit.sentence, hit.start):
            continue
        weak = deal.governor(analysis, hit.sentence, hit.start) or fields["form"] == "stockpile"
        fields["status"] = "discussed"
        if not weak and deal.within(analysis, _CONTRACTED, hit.sentence):
            fields["status"] = "contracted"
        elif not weak and deal.within(analysis, _LEGISLATED, hit.sentence):
            fields["status"] = "legislated"
        yield deal.mention(hit, fields, stance, same=fields["form"])
