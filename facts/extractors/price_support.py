"""Mentions of kind price_support; only a contract counts, so talk of a floor must not pass for one."""

from collections.abc import Iterator

from facts.extractors import deal
from facts.mention import Mention
from facts.text.analysis import Analysis

_CONTRACTED = (
    r"(?:agreement|contract(?! for)|contracted|committed to (?:buy|buying|purchas)|guarantees|has guaranteed"
    r"|commits? to (?:pay|purchase)|agreed to|agree[ds]? to (?:buy|purchase)|entered into|signed|executed)"
)
_LEGISLATED = r"(?:legislation|legislated|bill signed|act|law|enacted|statute|passed|decree|in force|charged)"
#: A bill that is signed is a law, not a contract.
_BILL = r"(?:bill|act|law) (?:was |has been |is )?signed|signed (?:into law|the bill)"
#: A stockpile is only talk unless somebody buys for it.
_BOUGHT = r"(?:agreed to (?:buy|purchase)|contract(?:ed|s)? (?:to|for|with)|awarded|purchase agreement)"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind price_support."""
    for hit in deal.read(analysis, "price_support"):
        fields, stance = deal.split(hit)
        if deal.negated(analysis, hit.sentence, hit.start):
            continue
        idle = fields["form"] == "stockpile" and not deal.within(analysis, _BOUGHT, hit.sentence)
        weak = deal.governor(analysis, hit.sentence, hit.start) or idle
        fields["status"] = "discussed"
        if not weak and deal.within(analysis, _BILL, hit.sentence):
            fields["status"] = "legislated"
        elif not weak and deal.within(analysis, _CONTRACTED, hit.sentence):
            fields["status"] = "contracted"
        elif not weak and deal.within(analysis, _LEGISLATED, hit.sentence):
            fields["status"] = "legislated"
        yield deal.mention(hit, fields, stance, same=fields["form"])
