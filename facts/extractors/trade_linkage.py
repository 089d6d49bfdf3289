"""Minerals inside another bargain between states."""

from collections.abc import Iterator

from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.mention import Mention
from facts.text.analysis import Analysis

#: A company that buys or gives "in return" does so for itself.
_COMPANIES = frozenset({"company_release", "exchange_filing", "promo_material"})


def find(analysis: Analysis) -> Iterator[Mention]:
    """One mention a hit; cues marked `state` count only where states bargain."""
    for hit in analysis.family("trade_linkage"):
        if analysis.part(hit.sentence) not in READ:
            continue
        if hit.cue.sets.get("state") and doc_type_of(analysis) in _COMPANIES:
            continue
        fields = {"ltype": hit.cue.sets["ltype"]}
        yield Mention("trade_linkage", hit.sentence, hit.start, hit.end, fields, cues=(hit.cue.name,))
