"""Whose money a text speaks of, how much, and how much of a plant it pays for; for mentions of kind financing."""

import re
from collections.abc import Sequence
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal
from facts.text.analysis import Analysis
from facts.text.money import Money
from facts.text.sentence import Sentence

_NAMED = re.compile(
    r"(?:from|by|with|as|of|via|to) (?:the |its |a |an )?(?P<name>[A-Z][\w&.'\u2019-]+(?: [A-Z][\w&.'\u2019-]+)*)"
)
#: Securities that are mostly sold to nobody in particular; whoever is named as buying them stands beside these verbs.
#: Grants are awarded, not closed; shares are paid in, not drawn.
_FITTING = {("closed", "grant"): "committed", ("drawn", "equity"): "closed"}
#: What is paid out in parts, and what tells a part.
_IN_PARTS = frozenset({"debt", "grant", "prepayment", "guarantee"})
_PART = (
    r"(?:first|second|third|fourth|next|final|last|initial|another|further|remaining) (?:[a-z]{0,3} ?[$€£][\d.,]+ "
    r"(?:million )?|[a-z]+ ){0,2}(?:tranche|instal~?lment|advance|drawing|draw|disbursement|payment|million|part)"
    r"|(?:advanced|received|paid)(?: \S+){0,6} under (?:the|its|this) (?:[a-z]+ ){0,2}(?:facility|loan|agreement|grant)"
)
_SOLD_TO_MANY = frozenset({"equity", "warrants", "convertible"})
_INVESTOR = re.compile(
    r"(?:[Ii]nvest\w*|subscri\w+|led|contribut\w+|backed|[Pp]lacement|notes|debentures?|bonds?)(?: [\w,]+){0,3}"
    r" (?:by|from|with|to) (?:the |its |a )?[A-Z]\w"
    r"|[A-Z][\w.'\u2019-]+,? (?:has |have |also |himself |itself |personally |will ){0,3}"
    r"(?:invest|subscrib|purchas|contribut|acquir|bought|buy|tak(?:e|ing)|took)|stakes? in"
)
_NO_FUNDER = re.compile(
    r"(?:The|This|Private|Company|Offering|Placement|Agreement|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|US|C|A|Units?|Q[1-4]|TSX|CSE|ASX)$"
)


def fitting(analysis: Analysis, sentence: Sentence, status: str, instrument: str) -> str:
    """A status as it fits the sort of money: of a loan that is paid in parts what was received is drawn."""
    if status == "closed" and instrument in _IN_PARTS and deal.within(analysis, _PART, sentence):
        return "drawn"
    return _FITTING.get((status, instrument), status)


def amount(hit: Hit, sums: Sequence[Money]) -> dict[str, Any]:
    """The sum that stands nearest to a sort of money, with its ISO currency where the text gives one."""
    if not sums:
        return {}
    nearest = min(sums, key=lambda item: max(item.start - hit.end, hit.start - item.end))
    found: dict[str, Any] = {"amount_stated": "yes", "amount": nearest.number}
    if nearest.currency:
        found["currency"] = nearest.currency
    return found


def funder(analysis: Analysis, hit: Hit, instrument: str) -> dict[str, Any]:
    """Whether the sentence names who gives the money, and what sort of giver it is."""
    folded, start, end = analysis.folded, hit.sentence.start, hit.sentence.end
    if instrument in _SOLD_TO_MANY and not _INVESTOR.search(analysis.text, start, end):
        return {}
    for kind in deal.lexicon("financing")["funder"]:
        if compiled(kind["pattern"]).search(folded, start, end):
            return {"funder_named": "yes", "funder_type": kind["funder_type"]}
    for match in _NAMED.finditer(analysis.text, start, end):
        if not _NO_FUNDER.match(match["name"].split()[0]):
            return {"funder_named": "yes"}
    return {}


def covers(analysis: Analysis, hit: Hit) -> dict[str, Any]:
    """How much of what the plant costs the money of this sentence pays, where the text says so."""
    for share in deal.lexicon("financing")["covers"]:
        if deal.within(analysis, share["pattern"], hit.sentence):
            return {"covers_capex": share["share"]}
    return {}
