"""Mentions of kind jurisdiction: the country of the project or of the measure, not every country that is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.extractors.hero import hero_of
from facts.extractors.place_told import ORIGIN, acts, factor_of
from facts.fact import Layer
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import Organisation, names_of
from facts.text.place import Place, places, risk_of
from facts.text.protagonist import protagonist_of
from facts.text.sentence import Sentence

#: How much a place counts by what it is and where in the document it stands.
_SORT = {"place": 1.0, "country": 1.0, "people": 0.4, "seat": 0.3}
_PART = {"headline": 3.0, "lead": 2.0, "heading": 1.5, "about": 0.7}
#: China is named in most texts of the trade, and seldom as the place of the project.
_CHINA = 0.3
#: A further country counts as a place of the news if it is named at least this often against the first.
_SECOND = 0.88
#: What governments agree on concerns both, though each speaks more of itself.
_BETWEEN_STATES = 0.6
#: Below this nothing tells that the place is more than a passing mention.
_LEAST = 0.25
_LEAST_SECOND = 3.0
#: Of the countries weighed two are told at most; more only if the words say that projects of the text stand there.
_MOST_WEIGHED, _MOST = 2, 5
_ANCHOR_REACH = 90
#: Where projects stand that the text tells of below its lead counts only if it is named so often against the first.
_ANCHORED = 0.4
_NAMED = r"[A-Z][\w.\u2019'-]*(?: [A-Z][\w.\u2019'-]*){0,2}"
_ANCHOR = re.compile(
    r"\b(?:[Pp]rojects?|[Mm]ines?|operations|assets|investments|[Pp]ropert(?:y|ies)|portfolio|activities|discovery"
    r"|concessions|opportunities|areas|exploration (?:projects|initiatives|programs?))(?: \([^)]{1,24}\))?\W{0,8}"
    r"(?:[a-z]+ ){0,2}(?:located |situated )?(?:in|across|near) "
    r"(?:(?:the|[Cc]entral|[NSEWnsew][a-z]{3,4}ern|[a-z]+west|[a-z]+east)(?:-central)? )?"
    rf"(?:{_NAMED}(?:, (?:and )?| and )){{0,3}}$"
)
_NOT_OWN = re.compile(
    r"\b(?:adjacent|nearby|neighbou?r\w*|global|other|their|many|similar|disrupt\w*|such as|like|companies|industry"
    r"|largest|government|tariffs?|imports?|exports?|from|producers?)\b",
    re.IGNORECASE,
)
#: "a Peru-based copper project" stands there, whatever its owner.
_PROJECT_BASED = re.compile(r"-based (?:[a-z-]+,? ){0,4}(?:projects?|mines?|property|deposit)\b")
#: What a standing description says to be held somewhere; of more countries than this it is a list.
_HELD = ("mine", "operations")
_MOST_SITES = 2
#: A name of this kind holds the country that it acts for; it counts little.
_FUND = re.compile(r"\b(?:Fund|Agency|Development Bank|Department|Ministry|Government|Council)\b")
_IN_PUBLIC = 0.4
#: "which has mines in Kazakhstan and Niger": told of whoever is named in front.
_ITS_MINES = re.compile(
    r"\b(?:has|have|with|operates?|owns?|runs?) (?:[a-z]+ ){0,3}(?:mines|operations|plants|projects|smelters"
    r"|refineries)"
    r" (?:in|across) (?:[A-Z][\w.-]+(?:,| and|, and)? (?:the )?){0,3}\Z"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}"
_DASH = r"(?:-{1,2}|\u2013|\u2014)\s"
_DATELINE = re.compile(
    rf"[^\n]{{2,60}}?(?:{_DAY}|/[\w.-]+/)[^\n]{{0,30}}?{_DASH}|[A-Z][A-Z ,.]{{3,40}}(?:\u2013|\u2014|--? )"
)
#: The dateline stands in one of the first sentences.
_DATELINE_WITHIN = 8
_EXCHANGE = re.compile(
    r" (?:Stock|Securities|Venture|Metal) Exchange| dollars?\b|[ -](?:based|listed|quoted|headquartered)\b"
)


@dataclass(slots=True)
class _Case:
    """How much speaks for a country, and the best place to show."""

    total: float = 0.0
    anchored: bool = False
    headed: bool = False
    best: float = 0.0
    place: Place | None = None
    sentence: Sentence | None = None


def find(analysis: Analysis) -> Iterator[Mention]:
    """The country where the project stands or the measure applies; several only if the text weighs them alike."""
    cases: dict[str, _Case] = {}
    for sentence, place, weight in _weighed(analysis):
        case = cases.setdefault(place.country, _Case())
        case.total += weight
        if _is_anchored(analysis, sentence, place):
            case.anchored = True
            case.headed = case.headed or analysis.part(sentence) in ("headline", "lead")
        if weight > case.best:
            case.best, case.place, case.sentence = weight, place, sentence
    ranked = sorted(cases.items(), key=lambda pair: -pair[1].total)
    # A paid text on a market or a fund names countries without standing in one.
    about = doc_type_of(analysis) != "promo_material" or protagonist_of(analysis) is not None
    second = _BETWEEN_STATES if doc_type_of(analysis) == "gov_statement" else _SECOND
    for rank, (country, case) in enumerate(ranked[:_MOST]):
        least = max(_LEAST_SECOND, second * ranked[0][1].total) if rank else _LEAST
        told = case.total >= least and rank < _MOST_WEIGHED and (about or _is_headed(analysis, case))
        anchored = case.headed or (case.anchored and case.total >= _ANCHORED * ranked[0][1].total)
        if case.place and case.sentence and (told or anchored):
            yield _named(country, case.sentence, case.place, analysis, "event" if told else "backdrop")
    if not ranked or ranked[0][1].total < _LEAST:
        yield from _unnamed(analysis)


def _is_headed(analysis: Analysis, case: _Case) -> bool:
    return case.sentence is not None and analysis.part(case.sentence) == "headline"


def _weighed(analysis: Analysis) -> Iterator[tuple[Sentence, Place, float]]:
    hits: dict[int, list[tuple[int, str]]] = {}
    for hit in analysis.family("jurisdiction"):
        hits.setdefault(hit.sentence.index, []).append((hit.start, hit.cue.sets["what"]))
    names = names_of(analysis)
    no_hero = hero_of(analysis) is None
    for sentence in analysis.sentences:
        part = analysis.part(sentence)
        if part not in READ:
            continue
        for place in _places(analysis, sentence):
            weight = (
                _SORT[place.sort] * _PART.get(part, 1.0) * factor_of(analysis.text, place, hits.get(sentence.index, []))
            )
            told = no_hero and acts(analysis.text, place)
            if names.around(sentence, place.start, place.start + 1) and not told:
                weight *= _IN_PUBLIC
            if _ITS_MINES.search(analysis.text, max(sentence.start, place.start - _ANCHOR_REACH), place.start):
                weight *= ORIGIN if _is_anothers(analysis, sentence, place) else 1.0
            if place.country == "China" and not told:
                weight *= _CHINA
            yield sentence, place, weight


def _places(analysis: Analysis, sentence: Sentence) -> Iterator[Place]:
    dateline = None
    if sentence.index < _DATELINE_WITHIN:
        dateline = _DATELINE.match(analysis.text, sentence.start, min(sentence.end, sentence.start + 120))
    start = dateline.end() if dateline else sentence.start
    names = names_of(analysis)
    found = list(places(analysis.text, start, sentence.end))
    for place, after in zip_longest(found, found[1:]):
        if after and _is_in(analysis.text, place, after):
            continue
        around = names.around(sentence, place.start, place.start + 1)
        if (around and not _is_public(around)) or (
            _EXCHANGE.match(analysis.text, place.end) and not _PROJECT_BASED.match(analysis.text, place.end)
        ):
            continue
        yield place


def _is_public(around: Sequence[tuple[int, int, Organisation]]) -> bool:
    """Whether the name that holds the place is a state's own: "the Canada Development Fund"."""
    return any(one.group in ("government", "state_agency") or _FUND.search(one.label) for _, _, one in around)


def _is_in(text: str, place: Place, after: Place) -> bool:
    """Whether the place is told to be in another than the best known of its name ("Victoria, Texas")."""
    elsewhere = place.country != after.country and text[place.end : after.start] == ", "
    return elsewhere and place.sort == "place" and after.sort == "place"


def _is_anchored(analysis: Analysis, sentence: Sentence, place: Place) -> bool:
    """Whether a project, a mine or the like is said to stand there ("mines in Peru, Chile and ...")."""
    if place.sort not in ("country", "place"):
        return False
    before = analysis.text[max(sentence.start, place.start - _ANCHOR_REACH) : place.start]
    anchor = _ANCHOR.search(before)
    if anchor is None:
        return _PROJECT_BASED.match(analysis.text, place.end, sentence.end) is not None
    if _is_anothers(analysis, sentence, place) or _NOT_OWN.search(before):
        return False
    if anchor.group().startswith("operations") and _is_listed(analysis, sentence):
        return False
    return analysis.part(sentence) != "about" or anchor.group().startswith(_HELD)


def _is_anothers(analysis: Analysis, sentence: Sentence, place: Place) -> bool:
    """Whether the last company named in front of the place is not the one that the text is about."""
    near = names_of(analysis).before(sentence, place.start)
    hero = hero_of(analysis)
    return near is not None and near[2].group is None and hero is not None and near[2] is not hero


def _is_listed(analysis: Analysis, sentence: Sentence) -> bool:
    """Where a company works at all, not where the project of this text stands."""
    named = {place.country for place in places(analysis.text, sentence.start, sentence.end) if place.sort != "people"}
    return len(named) > _MOST_SITES


def _named(country: str, sentence: Sentence, place: Place, analysis: Analysis, layer: Layer) -> Mention:
    fields: dict[str, str | int | float] = {"country": country, "named": "yes", "risk": risk_of(country)}
    subject = analysis.text[place.start : place.end]
    return Mention(
        "jurisdiction",
        sentence,
        place.start,
        place.end,
        fields,
        subject,
        ("jurisdiction.place",),
        "affirmed",
        "agreed",
        layer,
        same=country,
    )


def _unnamed(analysis: Analysis) -> Iterator[Mention]:
    for hit in analysis.family("jurisdiction"):
        if hit.cue.sets["what"] == "unnamed" and analysis.part(hit.sentence) in READ:
            fields: dict[str, str | int | float] = {"country": "unnamed", "named": "no", "risk": "unstated"}
            subject = analysis.text[hit.start : hit.end]
            yield Mention(
                "jurisdiction", hit.sentence, hit.start, hit.end, fields, subject, (hit.cue.name,), same="unnamed"
            )
            return
