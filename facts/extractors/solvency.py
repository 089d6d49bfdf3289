"""Mentions of kind solvency: whether the company can pay its way, small print included."""

from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import deal
from facts.extractors.dilution import PARTS
from facts.mention import Mention
from facts.text import money
from facts.text.analysis import Analysis

#: Cash that carries a company of this trade through twelve months, in any currency.
_PLENTY = 10_000_000


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind solvency."""
    for hit in deal.read(analysis, "solvency", PARTS):
        if not deal.negated(analysis, hit.sentence, hit.start):
            fields, stance = deal.split(hit)
            if fields.pop("cash", None) and not _is_plenty(analysis, hit):
                continue
            yield deal.mention(hit, fields, stance, same=fields["state"])


def _is_plenty(analysis: Analysis, hit: Hit) -> bool:
    sums = money.find(analysis.text, analysis.folded, hit.start, hit.end)
    return any(item.amount >= _PLENTY and not item.rate for item in sums)
