"""What a buyer pays, as a mention of kind financing: as firm as the deal it belongs to."""

from collections.abc import Sequence
from typing import Any

from facts.cue import Hit
from facts.extractors import deal, funding
from facts.extractors.condition import hangs
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.money import Money

#: How far behind its words, in characters, the price may stand.
_NEAR = 130
_IN_SHARES = r"(?:stock consideration|equity of|share consideration|value it at)"
_PAID = r"(?:paid (?:at|on|upon|in full)|consideration consisted|was paid|were paid|were issued|have been issued)"
#: Sentences around a consideration in which the deal may hang on conditions.
_CONDITIONS = 6


def mention(analysis: Analysis, hit: Hit, sums: Sequence[Money]) -> Mention | None:
    """What a buyer pays: as firm as the deal it belongs to."""
    after = [item for item in sums if 0 <= item.start - hit.end <= _NEAR]
    if not after:
        return None
    hoped = deal.governor(analysis, hit.sentence, hit.start) is not None
    status = _price_status(analysis, hit, hoped)
    instrument = "equity" if deal.within(analysis, _IN_SHARES, hit.sentence) else "unspecified"
    fields = {"instrument": instrument, "status": status, "funder_named": "yes", "funder_type": "acquirer"}
    fields |= funding.amount(hit, after)
    modality: dict[str, Any] = {} if hoped else {"modality": "proposed" if status == "mentioned" else "agreed"}
    end = max(hit.end, after[0].end)
    cues = (hit.cue.name,)
    return Mention("financing", hit.sentence, hit.start, end, fields, cues=cues, same=f"{status} price", **modality)


def _price_status(analysis: Analysis, hit: Hit, hoped: bool) -> str:
    """Paid, promised on conditions, or only part of a letter."""
    paid = analysis.folded[hit.start : hit.end].startswith(("paid", "pays"))
    if not hoped and (paid or deal.within(analysis, _PAID, hit.sentence)):
        return "closed"
    forms = {other.cue.sets.get("form") for other in deal.read(analysis, "commitment")}
    promised = analysis.folded[hit.start : hit.end].startswith(("will", "agreed")) or deal.before(
        analysis, hit.sentence, hit.start
    ).endswith(("agreed to ", "agrees to "))
    if (hoped and not promised) or forms & {"loi", "mou", "term_sheet"}:
        return "mentioned"
    if hangs(analysis, hit.sentence, _CONDITIONS):
        return "conditional"
    return "closed" if "closed" in forms and not promised else "committed"
