"""Mentions of kind promotion: wording that sells rather than tells."""

from collections.abc import Iterator

from facts.extractors import deal, document
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: Disclosures of payment stand in the small print.
_PARTS = READ | {"boilerplate", "furniture", "contact"}
#: Superlatives needed before the text is said to sell.
_ENOUGH = 2
_MONEY = r"(?:proposed financing|(?:debt|project|equity) (?:funding|financing)|loan|funding package)"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind promotion."""
    hits = list(deal.read(analysis, "promotion", _PARTS))
    praise = [hit for hit in hits if hit.cue.sets["form"] == "superlative" and analysis.part(hit.sentence) in READ]
    if _is_official(analysis):  # statesmen praise, they do not sell
        praise = []
    if len({analysis.folded[hit.start : hit.end] for hit in praise}) >= _ENOUGH:
        yield from (deal.mention(hit, {"form": "superlative"}, {}, same="superlative") for hit in praise)
    letters = _is_letter(analysis)
    for hit in hits:
        fields, stance = deal.split(hit)
        form = fields["form"]
        if form in ("superlative", "weak") or (form != "paid" and analysis.part(hit.sentence) not in READ):
            continue
        if form == "letter_as_funding" and not letters:
            continue
        if not deal.negated(analysis, hit.sentence, hit.start):
            yield deal.mention(hit, fields, stance, same=form)


def _is_official(analysis: Analysis) -> bool:
    return any(mention.fields.get("doc_type") == "gov_statement" for mention in document.find(analysis))


def _is_letter(analysis: Analysis) -> bool:
    """Whether the money of the news is a letter only."""
    if any(hit.cue.sets.get("status") == "interest_letter" for hit in analysis.family("financing")):
        return True
    letters = (hit for hit in analysis.family("commitment") if hit.cue.sets.get("form") in ("loi", "term_sheet"))
    return any(deal.within(analysis, _MONEY, hit.sentence) for hit in letters)
