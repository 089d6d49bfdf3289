"""Mentions of kind jurisdiction: the country of the project or of the measure, not every country that is named."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.fact import Layer
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import names_of
from facts.text.place import Place, places, risk_of
from facts.text.protagonist import protagonist_of
from facts.text.sentence import Sentence

#: How much a place counts by what it is and where in the document it stands.
_SORT = {"place": 1.0, "country": 1.0, "people": 0.4, "seat": 0.3}
_PART = {"headline": 3.0, "lead": 2.0, "heading": 1.5, "about": 0.7}
_SITE, _LOCATED, _ELSEWHERE = 2.0, 3.0, 0.3
#: China is named in most texts of the trade, and seldom as the place of the project.
_CHINA = 0.3
#: A further country counts as a place of the news if it is named at least this often against the first.
_SECOND = 0.88
#: What governments agree on concerns both, though each speaks more of itself.
_BETWEEN_STATES = 0.6
#: Below this nothing tells that the place is more than a passing mention.
_LEAST = 0.35
_LEAST_SECOND = 3.0
_NEAR = 70
#: Of the countries weighed two are told at most; more only if the words say that projects of the text stand there.
_MOST_WEIGHED, _MOST = 2, 5
_ANCHOR_REACH = 90
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
    r"|largest|government|tariffs?|imports?|exports?)\b",
    re.IGNORECASE,
)
#: "a Peru-based copper project" stands there, whatever its owner.
_PROJECT_BASED = re.compile(r"-based (?:[a-z-]+,? ){0,4}(?:projects?|mines?|property|deposit)\b")
#: What a standing description says to be held somewhere; of more countries than this it is a list.
_HELD = ("mine", "operations")
_MOST_SITES = 2
#: "Canadian nickel", "the Canadian company": an adjective that does tell where the project or its owner is.
_OWN = 5.0
_OWN_MINERAL = re.compile(
    r" (?:compan(?:y|ies)|miner|explorer|producer|developer|assets?|projects?|mines?|deposits?|subsoil|geolog\w+"
    r"|lithium|nickel|graphite|copper|cobalt|tin|tungsten|spodumene|uranium|antimony|rare earths?|ore"
    r"|resources?|reserves?)\b"
)
#: Parts of the world that sound like a country's people.
_CONTINENT = re.compile(r"\b(?:North|South|Latin|Central|Native|Pan)[ -]$")
#: Those who speak or buy for a country are not where the project is; nor is the place where something is bought.
_SPOKESMEN, _ORIGIN = 0.25, 0.3
_SPOKEN_FOR = re.compile(
    r"(?:'s|\u2019s)? (?:side|government|officials?|ministers?|ministry|trade|vice|buyers?|investors?|markets?|duty"
    r"|tariffs?|president|administration|trading houses?|partners?|firms?|groups?|consortium|importers|smelters"
    r"|refiners|consumers|carmakers?|conglomerate|utilities|companies|manufacturers|battery makers"
    r"|defen[cs]e|diplomats)\b",
    re.IGNORECASE,
)
#: Nor is whoever receives an offer.
_FROM = re.compile(
    r"\b(?:offer(?:ed|ing|s)?|written to)(?: the)?$"
    r"|\b(?:bought|purchased|sourced|shipped|flake|ore|subsidiary) (?:from|of|to)$|\bfrom$"
)
#: Nor is whoever buys there.
_USERS_IN = re.compile(
    r"\b(?:smelters|customers|buyers|\w+makers|refiners|refineries|consumers|users|manufacturers|mills|traders|investors"
    r"|utilities|factories) in(?: [A-Z][\w.]+(?:,| and|, and)){0,3}$"
)
_BEFORE = 60
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
    best: float = 0.0
    place: Place | None = None
    sentence: Sentence | None = None


def find(analysis: Analysis) -> Iterator[Mention]:
    """The country where the project stands or the measure applies; several only if the text weighs them alike."""
    cases: dict[str, _Case] = {}
    for sentence, place, weight in _weighed(analysis):
        case = cases.setdefault(place.country, _Case())
        case.total += weight
        case.anchored = case.anchored or _is_anchored(analysis, sentence, place)
        if weight > case.best:
            case.best, case.place, case.sentence = weight, place, sentence
    ranked = sorted(cases.items(), key=lambda pair: -pair[1].total)
    # A paid text on a market or a fund names countries without standing in one.
    about = doc_type_of(analysis) != "promo_material" or protagonist_of(analysis) is not None
    second = _BETWEEN_STATES if doc_type_of(analysis) == "gov_statement" else _SECOND
    for rank, (country, case) in enumerate(ranked[:_MOST]):
        least = max(_LEAST_SECOND, second * ranked[0][1].total) if rank else _LEAST
        told = case.total >= least and rank < _MOST_WEIGHED and (about or _is_headed(analysis, case))
        if case.place and case.sentence and (told or case.anchored):
            yield _named(country, case.sentence, case.place, analysis, "event" if told else "backdrop")
    if not ranked or ranked[0][1].total < _LEAST:
        yield from _unnamed(analysis)


def _is_headed(analysis: Analysis, case: _Case) -> bool:
    return case.sentence is not None and analysis.part(case.sentence) == "headline"


def _weighed(analysis: Analysis) -> Iterator[tuple[Sentence, Place, float]]:
    hits: dict[int, list[tuple[int, str]]] = {}
    for hit in analysis.family("jurisdiction"):
        hits.setdefault(hit.sentence.index, []).append((hit.start, hit.cue.sets["what"]))
    for sentence in analysis.sentences:
        part = analysis.part(sentence)
        if part not in READ:
            continue
        for place in _places(analysis, sentence):
            weight = (
                _SORT[place.sort] * _PART.get(part, 1.0) * _context(analysis.text, place, hits.get(sentence.index, []))
            )
            yield sentence, place, weight * (_CHINA if place.country == "China" else 1.0)


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
        if names.around(sentence, place.start, place.start + 1) or (
            _EXCHANGE.match(analysis.text, place.end) and not _PROJECT_BASED.match(analysis.text, place.end)
        ):
            continue
        yield place


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
    if _NOT_OWN.search(before) or (anchor.group().startswith("operations") and _is_listed(analysis, sentence)):
        return False
    return analysis.part(sentence) != "about" or anchor.group().startswith(_HELD)


def _is_listed(analysis: Analysis, sentence: Sentence) -> bool:
    """Where a company works at all, not where the project of this text stands."""
    named = {place.country for place in places(analysis.text, sentence.start, sentence.end) if place.sort != "people"}
    return len(named) > _MOST_SITES


def _context(text: str, place: Place, hits: list[tuple[int, str]]) -> float:
    factor = _OWN if place.sort == "people" and _OWN_MINERAL.match(text, place.end) else 1.0
    if _CONTINENT.search(text[max(0, place.start - 8) : place.start]):
        return 0.0
    if _SPOKEN_FOR.match(text, place.end):
        factor *= _SPOKESMEN
    before = text[max(0, place.start - _BEFORE) : place.start].rstrip()
    if _FROM.search(before[-20:]) or (" in" in before and _USERS_IN.search(before)):
        factor *= _ORIGIN
    first = bisect_left(hits, place.start - _NEAR, key=lambda hit: hit[0])
    last = bisect_right(hits, place.start + _NEAR, lo=first, key=lambda hit: hit[0])
    near = {what for _, what in hits[first:last]}
    if "elsewhere" in near:
        factor *= _ELSEWHERE
    if "located" in near and place.sort != "people":
        return factor * _LOCATED
    return factor * _SITE if "site" in near else factor


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
