"""Mentions of kind offtake: who takes how much, for how long, at what price, and how firmly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal, sale_said
from facts.extractors.condition import hangs
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: Contracts that an intention turns into interest.
_FIRM = frozenset({"binding", "unspecified", "mou", "loi", "term_sheet"})
#: Sentences after an agreement in which its conditions, and its terms, are looked for.
_CONDITIONS = 6
_TERMS = 6
#: What makes an agreement binding whatever else it is called, and what is taken under it already.
_BOUND = r"(?<!not )(?<!not legally )(?<!non~)(?:legally )?binding(?: on| sale| contract| agreement| and| off~take)"
_HELD = frozenset({"binding", "unspecified"})
_UNDER = r"under (?:the|an?|its|our|long~term|term) (?:[a-z0-9-]+ ){0,4}(?:contract|agreement)"
_GOES = r"(?:shipped|(?:is|was|were) sold|all (?:of it )?sold|sells|goes|continue[sd] to go|(?:has|have) gone)"
_LATER = r"(?:will|planned|future|once|would|expected|expects|from 20\d\d|starting in|to be|if|until)"
#: Forms that an unbinding paper in the same sentence lowers to its own.
_LOWERED = frozenset({"binding", "unspecified", "interest"})
_ABLE = r"(?:will|would|may|can|could) be able to (?:[^\s,;]+ ){0,5}$"
_REPLACED = (
    r"(?:replac|supersed|convert|turn|follow|build)\w* (?:\S+ ){0,6}"
    r"(?:memorand\w+|mou|heads|letter|loi|term ?sheet)"
)
#: How a sentence says that its agreement hangs on something, and where the agreement is spoken of again.
_HANGING = (
    r"(?:conditional (?:up)?on|subject to|contingent (?:up)?on|come into force only|becomes? firm (?:if|once|when)"
    r"|(?:not|only) (?:come into force|become effective|take effect)"
    r"|(?:once|if) (?:the |its |[bc]~)?(?:sample |product )?(?:qualification|plant|financing|permits?))"
)
_OF_SALE = (
    r"(?:agreement|contract|off~take|supply|sales?|deliver(?:y|ies)|obligations|parties|into (?:force|effect)"
    r"|conditions precedent)"
)
_WAITS = (
    r"(?:obligations|contract|agreement|off~take)[^.;]{0,60} (?:do|does|will|shall) not"
    r" (?:come into force|become effective|take effect|commence)[^.;]{0,60} (?:until|unless|before)"
)
#: An agreement that is still to be made, and product that is only being tried.
_TO_COME = r"(?:terms of|negotiat\w+|towards?|agree on|prepar\w+)(?: an?| the)?(?: [\w-]+){0,3} ?$"
_SAMPLED = r"(?:samples?|in qualification|being qualified)"
_WOULD_BUY = r"(?:would|wish|interest|indicat|buy|purchas|off~?tak|suppl|negotiat|talks)\w*"
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
    words = list(deal.read(analysis, "offtake"))
    hits = [hit for hit in words if hit.cue.sets and _is_said(analysis, hit)]
    firm = any(hit.cue.sets["form"] not in ("unspecified", "interest") for hit in hits)
    soft = any(hit.cue.sets["form"] in ("mou", "loi", "term_sheet") for hit in hits)
    mentions = list(_mentions(analysis, hits, firm, soft))
    firm = firm or any(mention.fields["form"] != "interest" for mention in mentions)
    mentions += _unread(analysis, words, hits, firm)
    mentions = [mention for mention in mentions if not _is_weaker(mention, mentions)]
    of_same: dict[str | None, list[Mapping[str, Any]]] = {}
    for mention in mentions:
        of_same.setdefault(mention.same, []).append(mention.fields)
    for mention in mentions:
        peers = of_same[mention.same]
        stated = {name: "yes" for name in ("buyer_named", "volume_stated") if any(p[name] == "yes" for p in peers)}
        yield replace(mention, fields={**mention.fields, **stated})


def _unread(analysis: Analysis, words: Sequence[Hit], hits: Sequence[Hit], firm: bool) -> Iterator[Mention]:
    """What the sentences tell that no cue reads; an agreement without a form only where none is known."""
    read = {hit.sentence.index for hit in hits}
    for hit in words:
        if hit.cue.sets or hit.sentence.index in read:
            continue
        read.add(hit.sentence.index)
        said = sale_said.told(analysis, hit.sentence)
        if said is None or (said[0] == "unspecified" and firm) or deal.of_others(analysis, hit):
            continue
        form, modality, place = said
        fields = {"form": form} | _terms(analysis, place, form)
        stance: dict[str, Any] = {"polarity": "affirmed"} | ({"modality": modality} if modality else {})
        cues = (place.cue.name,)
        yield Mention("offtake", place.sentence, place.start, place.end, fields, cues=cues, same=form, **stance)


def _is_weaker(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a mention of interest is only what the same sentence says of an agreement."""
    if mention.fields["form"] != "interest":
        return False
    return any(
        other.sentence.index == mention.sentence.index and other.fields["form"] not in ("interest", "delivering")
        for other in mentions
    )


def _is_said(analysis: Analysis, hit: Hit) -> bool:
    """Neither denied, nor hoped for, nor only what something else hangs on ("subject to binding offtake")."""
    if deal.negated(analysis, hit.sentence, hit.start) or deal.of_others(analysis, hit):
        return False
    before = deal.before(analysis, hit.sentence, hit.start)
    if hit.cue.sets["form"] == "binding" and compiled(_TO_COME).search(before):
        return False
    if hit.cue.sets["form"] == "interest" and _is_only_sampled(analysis, hit.sentence):
        return False
    if hit.cue.sets["form"] == "delivering" and deal.not_yet(analysis, hit.sentence, hit.start, hit.end):
        return False
    triggers = (other for other in analysis.within("condition", hit.sentence) if other.cue.sets.get("trigger"))
    return not any(0 <= hit.start - other.end <= _HANGS for other in triggers)


def _is_only_sampled(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether customers have samples in their hands and nothing is said of buying."""
    return bool(deal.within(analysis, _SAMPLED, sentence)) and not deal.within(analysis, _WOULD_BUY, sentence)


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
    if compiled(_ABLE).search(deal.before(analysis, hit.sentence, hit.start)):
        governor = "planned"
    if fields.pop("kept", None):  # the contract exists, only the sale is to come
        stance["modality"] = governor or "agreed"
    elif governor and fields["form"] in _FIRM:
        fields["form"] = "interest"
        stance.setdefault("modality", governor)
    if fields["form"] == "interest" and governor is None and "modality" not in stance:
        stance["modality"] = "rumoured" if analysis.anonymous else "planned"
    if stance.get("polarity") == "denied" and _was_conditional(analysis, hit):
        fields["form"] = "binding_conditional"
    if fields["form"] == "unspecified" and governor is None and deal.within(analysis, _BOUND, hit.sentence):
        fields["form"] = "binding"
    if fields["form"] in _LOWERED and (soft := _paper(analysis, hit)):
        fields["form"] = soft
        stance.pop("modality", None)
    if fields["form"] in _HELD and _flows(analysis, hit.sentence):
        fields["form"], stance["modality"] = "delivering", "completed"
    if fields["form"] == "binding" and _hangs(analysis, hit.sentence):
        fields["form"] = "binding_conditional"
    fields |= _terms(analysis, hit, fields["form"])
    return deal.mention(hit, fields, stance, same=str(fields["form"]))


def _flows(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence tells that product goes to a buyer under a contract, not that it will."""
    if deal.within(analysis, _UNDER, sentence) is None or deal.within(analysis, _LATER, sentence):
        return False
    return deal.within(analysis, _GOES, sentence) is not None


def _paper(analysis: Analysis, hit: Hit) -> str | None:
    """The unbinding paper that the sentence of a sale rests on, unless it is one that the sale replaces."""
    if deal.within(analysis, _REPLACED, hit.sentence):
        return None
    return sale_said.paper(analysis, hit.sentence, hit.start)


def _hangs(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sale itself waits for something: in its own sentence, or where the agreement is spoken of again."""
    if hangs(analysis, sentence, 0) or deal.within(analysis, _HANGING, sentence):
        return True
    later = analysis.sentences[sentence.index + 1 : sentence.index + _CONDITIONS + 1]
    if any(deal.within(analysis, _OF_SALE, other) and hangs(analysis, other, 0) for other in later):
        return True
    if "offtake waits" not in analysis.known:
        found = compiled(_WAITS).search(analysis.folded)
        analysis.known["offtake waits"] = found is not None
    return bool(analysis.known["offtake waits"])


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
