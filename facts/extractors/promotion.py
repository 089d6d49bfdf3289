"""Mentions of kind promotion: wording that sells rather than tells."""

import re
from collections.abc import Iterator, Sequence

from facts.cue import Hit
from facts.extractors import deal, document
from facts.extractors.cued import READ
from facts.extractors.hero import hero_of
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import names_of

#: Disclosures of payment stand in the small print.
_PARTS = READ | {"boilerplate", "furniture", "contact"}
#: Superlatives needed before the text is said to sell.
_ENOUGH = 2
#: Who speaks of himself, and who acts for a nation by office.
_WE = re.compile(r"\b(?:we|our|us|the company|the corporation|the project|company's)\b")
_STATE = re.compile(
    r"\b(?:ministers?|ministry|president|administration|government|congress|senators?|secretary|commission|department"
    r"|executive order|act|law|policy|tariffs?|agency|white house|pentagon) (?!of the (?:board|company))"
)
#: How far around "we" it may stand that somebody with an office said so, in characters.
_SPEAKER = 200
_SAYS = r"(?:said|says|added|stated|according to|declared)"
_HOLDER = (
    r"(?:secretary(?! to the board)|ministers?|senators?|congress(?:man|woman)|president (?!and|&|of)|governor"
    r"|commissioner|ambassador|administration|[a-z]+ director)"
)
_OFFICE = re.compile(rf"\b{_SAYS} [^.;\n]{{0,50}}?{_HOLDER}\b|\b{_HOLDER}[^.;\n]{{0,50}}? {_SAYS}\b")
_MONEY = r"(?:proposed financing|(?:debt|project|equity) (?:funding|financing)|loan|funding package)"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind promotion."""
    hits = list(deal.read(analysis, "promotion", _PARTS))
    praise = [hit for hit in hits if hit.cue.sets["form"] == "superlative" and analysis.part(hit.sentence) in READ]
    official = _is_official(analysis)
    if official:  # statesmen praise, they do not sell
        praise = []
    if _praised(analysis, praise) >= _ENOUGH:
        yield from (deal.mention(hit, {"form": "superlative"}, {}, same="superlative") for hit in praise)
    letters = _is_letter(analysis)
    for hit in hits:
        fields, stance = deal.split(hit)
        form = fields["form"]
        if form in ("superlative", "weak") or (form != "paid" and analysis.part(hit.sentence) not in READ):
            continue
        if (form == "letter_as_funding" and not letters) or (form == "national_hero" and official):
            continue
        if fields.pop("by", None) and not _is_own(analysis, hit):
            continue
        if not deal.negated(analysis, hit.sentence, hit.start):
            yield deal.mention(hit, fields, stance, same=form)


def _praised(analysis: Analysis, praise: Sequence[Hit]) -> float:
    """How many words of praise there are, each counted once where cues overlap; weak ones count half."""
    total, end = 0.0, -1
    told: set[str] = set()
    for hit in sorted(praise, key=lambda hit: (hit.start, -hit.cue.sets.get("weight", 1.0))):
        words = analysis.folded[hit.start : hit.end]
        if hit.start >= end and words not in told:
            total += hit.cue.sets.get("weight", 1.0)
            told.add(words)
            end = hit.end
    return total


def _is_own(analysis: Analysis, hit: Hit) -> bool:
    """Whether the deed is the company's: its name, or "we", stands in the sentence with no government behind it."""
    hero = hero_of(analysis)
    if hero is None or _is_official(analysis):
        return False
    before = analysis.folded[hit.sentence.start : hit.end]
    named = [
        end - hit.sentence.start
        for start, end, one in names_of(analysis).within(hit.sentence)
        if one is hero and start < hit.end
    ]
    around = analysis.folded[max(0, hit.sentence.start - _SPEAKER) : hit.sentence.end + _SPEAKER]
    own = max(named, default=-1)
    if not named and not _OFFICE.search(around):
        own = max((match.end() for match in _WE.finditer(before)), default=-1)
    state = max((match.end() for match in _STATE.finditer(before[: hit.start - hit.sentence.start])), default=-1)
    return own > state


def _is_official(analysis: Analysis) -> bool:
    return any(mention.fields.get("doc_type") == "gov_statement" for mention in document.find(analysis))


def _is_letter(analysis: Analysis) -> bool:
    """Whether the money of the news is a letter only."""
    if any(hit.cue.sets.get("status") == "interest_letter" for hit in analysis.family("financing")):
        return True
    letters = (hit for hit in analysis.family("commitment") if hit.cue.sets.get("form") in ("loi", "term_sheet"))
    return any(deal.within(analysis, _MONEY, hit.sentence) for hit in letters)
