"""Mentions of kind offtake: who takes how much, for how long, at what price, and how firmly."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal
from facts.extractors.condition import hangs
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: Contracts that an intention turns into interest.
_FIRM = frozenset({"binding", "unspecified", "mou", "loi", "term_sheet"})
#: Sentences after an agreement in which its conditions, and its terms, are looked for.
_CONDITIONS = 6
_TERMS = 6
#: How far behind "subject to", in characters, an agreement is only a condition.
_HANGS = 60

_BUYER = re.compile(
    r"\b(?:with|to|by|from|buyer:|and|partner) (?:(?:the|an?|its|listed|state-owned|german|japanese|korean|us) )*"
    r"|(?<=[\s(])(?=[\w.&' ]{2,30} (?:has |have )?(?:agreed to (?:purchase|buy|take)|will (?:purchase|buy)) )"
)
_NAME = re.compile(r"(?:[A-Z][\w&'\u2019.-]*)(?: (?:[A-Z][\w&'\u2019.-]*|of|and|&|de))*")
_NO_NAME = re.compile(
    r"(?:The|It|Its|This|Offtake|Supply|Agreement|Company|MoU|LOI|Letter|Memorandum|North|South|Europe|Asia|Quarter"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4])\b"
)
_YEARS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind offtake; an agreement that only an intention names is interest."""
    hits = [hit for hit in deal.read(analysis, "offtake") if _is_said(analysis, hit)]
    firm = any(hit.cue.sets["form"] not in ("unspecified", "interest") for hit in hits)
    soft = any(hit.cue.sets["form"] in ("mou", "loi", "term_sheet") for hit in hits)
    mentions = list(_mentions(analysis, hits, firm, soft))
    of_same: dict[str | None, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        of_same.setdefault(mention.same, []).append(mention.fields)
    for mention in mentions:
        peers = of_same[mention.same]
        stated = {name: "yes" for name in ("buyer_named", "volume_stated") if any(p[name] == "yes" for p in peers)}
        yield dataclasses.replace(mention, fields={**mention.fields, **stated})


def _is_said(analysis: Analysis, hit: Hit) -> bool:
    """Neither denied, nor hoped for, nor only what something else hangs on ("subject to binding offtake")."""
    if deal.negated(analysis, hit.sentence, hit.start) or deal.of_others(analysis, hit):
        return False
    if hit.cue.sets["form"] == "delivering" and deal.not_yet(analysis, hit.sentence, hit.start, hit.end):
        return False
    triggers = (other for other in analysis.within("condition", hit.sentence) if other.cue.sets.get("trigger"))
    return not any(0 <= hit.start - other.end <= _HANGS for other in triggers)


def _mentions(analysis: Analysis, hits: list[Hit], firm: bool, soft: bool) -> Iterator[Mention]:
    for hit in hits:
        form = hit.cue.sets["form"]
        if (form == "unspecified" and firm) or (
            form == "binding" and soft and analysis.part(hit.sentence) == "headline"
        ):
            continue
        if form == "unspecified" and "sure" not in hit.cue.sets and not _is_agreed(analysis, hit, hits):
            continue
        yield _mention(analysis, hit)


def _is_agreed(analysis: Analysis, hit: Hit, hits: list[Hit]) -> bool:
    """Whether an agreement without a form is more than a word: it has a buyer, or somebody has it."""
    if any(other is not hit and other.start < hit.end and hit.start < other.end for other in hits):
        return False
    if _names_buyer(analysis, hit.start, hit.sentence.end):
        return True
    return deal.within(analysis, deal.lexicon("offtake")["held"], hit.sentence) is not None


def _mention(analysis: Analysis, hit: Hit) -> Mention:
    fields, stance = deal.split(hit)
    fields.pop("sure", None)
    governor = deal.governor(analysis, hit.sentence, hit.start)
    if fields.pop("kept", None):  # the contract exists, only the sale is to come
        stance["modality"] = governor or "agreed"
    elif governor and fields["form"] in _FIRM:
        fields["form"] = "interest"
        stance.setdefault("modality", governor)
    if fields["form"] == "interest" and governor is None and "modality" not in stance:
        stance["modality"] = "rumoured" if analysis.anonymous else "planned"
    if stance.get("polarity") == "denied" and _was_conditional(analysis, hit):
        fields["form"] = "binding_conditional"
    if fields["form"] == "binding" and hangs(analysis, hit.sentence, _CONDITIONS):
        fields["form"] = "binding_conditional"
    fields |= _terms(analysis, hit, fields["form"])
    return deal.mention(hit, fields, stance, same=str(fields["form"]))


def _was_conditional(analysis: Analysis, hit: Hit) -> bool:
    end = _last(analysis, hit.sentence, _CONDITIONS).end
    return compiled(r"(?:was|were|remained) conditional").search(analysis.folded, hit.start, end) is not None


def _terms(analysis: Analysis, hit: Hit, form: str) -> dict[str, Any]:
    """Buyer, volume, term and price, from the sentence of the agreement and the few that follow."""
    own = (hit.sentence.start, hit.sentence.end)
    wide = (hit.sentence.start, _last(analysis, hit.sentence, 0 if form == "interest" else _TERMS).end)
    folded, table = analysis.folded, deal.lexicon("offtake")
    found: dict[str, Any] = {
        "buyer_named": "yes" if form != "interest" and _names_buyer(analysis, *own) else "no",
        "volume_stated": "yes" if compiled(table["volume"]).search(folded, *wide) else "no",
    }
    if (term := compiled(table["term"]).search(folded, *wide)) and form != "interest":
        found["term_years"] = _YEARS.get(term["n"]) or int(term["n"])
    prices = (item["terms"] for item in table["price"] if compiled(item["pattern"]).search(folded, *wide))
    found["price_terms"] = next(prices, "unstated")
    return found


def _names_buyer(analysis: Analysis, start: int, end: int) -> bool:
    for lead in _BUYER.finditer(analysis.folded, start, end):
        name = _NAME.match(analysis.text, lead.end(), end)
        if name and not _NO_NAME.match(name.group()):
            return True
    return False


def _last(analysis: Analysis, sentence: Sentence, reach: int) -> Sentence:
    return analysis.sentences[min(sentence.index + reach, len(analysis.sentences) - 1)]
