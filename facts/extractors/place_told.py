"""What the words around a place say of it: where something stands, who is from there, whom it is sold to."""

import re
from bisect import bisect_left, bisect_right

from facts.text.place import Place

_SITE, _LOCATED, _ELSEWHERE = 2.0, 3.0, 0.3
#: How far around a place its cues may stand, and in front of it what governs it, in characters.
_NEAR, _BEFORE = 70, 60
#: "Canadian nickel", "the Canadian company": an adjective that does tell where the project or its owner is.
_OWN = 5.0
_OWN_MINERAL = re.compile(
    r" (?:compan(?:y|ies)|miner|explorer|producer|developer|assets?|projects?|mines?|deposits?|subsoil|geolog\w+"
    r"|lithium|nickel|graphite|copper|cobalt|tin|tungsten|spodumene|uranium|antimony|rare earths?|ore"
    r"|resources?|reserves?)\b"
)
#: Parts of the world that sound like a country's people.
_CONTINENT = re.compile(r"\b(?:North|South|Latin|Central|Native|Pan)[ -]$")
_OF_A_CONTINENT = ("America", "AMERICA", "Afric", "Asia", "Europe")
#: What a state does, and who does it for a state.
_ACTS = re.compile(
    r"(?:'s|\u2019s)?(?: (?:[Cc]ommerce|trade|[Cc]abinet|[Gg]overnment|[Mm]inistry|[Cc]ustoms|State Council"
    r"|top|of)){0,4}"
    r" (?:(?:on \w+day|today|yesterday|has|have|is|are|also|again) ){0,3}(?:announc|said|impos|will|to |adds?"
    r"|expand|restrict"
    r"|suspend|curb|bann?|tighten|halt|requir|lift|extend|remov|stop|limit)"
)
_MINISTRY_OF = re.compile(
    r"(?:Ministry|Government|Republic|Council|Administration)(?: of [A-Z][a-z]+)? of (?:the )?"
    r"(?:People's Republic of )?\Z"
)
#: Those who speak or buy for a country are not where the project is; nor is the place where something is bought.
_SPOKESMEN, ORIGIN = 0.25, 0.3
_SPOKEN_FOR = re.compile(
    r"(?:(?:'s|\u2019s)(?: (?:export|development|sovereign|state|national|central))?)? (?:side|government"
    r"|officials?|ministers?|ministry|trade|vice|buyers?|investors?|markets?|duty"
    r"|tariffs?|president|administration|trading houses?|partners?|firms?|groups?|consortium|importers|smelters"
    r"|refiners|consumers|carmakers?|conglomerate|utilities|companies|manufacturers|battery makers"
    r"|defen[cs]e|diplomats|customers?|manufacturer|suppliers?|contractors?|makers?|parent|engineers?|owners?|funds?"
    r"|competitors?|banks?|lenders?|utility)\b",
    re.IGNORECASE,
)
#: Nor is whoever receives an offer.
_FROM = re.compile(
    r"\b(?:offer(?:ed|ing|s)?|written to)(?: the)?$"
    r"|\b(?:bought|purchased|sourced|shipped|flake|ore|subsidiary) (?:from|of|to)$"
    r"|\bfrom(?: (?:the )?[A-Z][\w.-]+(?:,| and|, and)(?: the)?){0,3}$"
)
#: Nor is whoever buys there.
_USERS_IN = re.compile(
    r"\b(?:(?:buy|acquire|purchase|invest in) (?:[a-z]+ )?(?:mines|assets|stakes|projects)"
    r"|(?:to|by|with|from) (?:an?|the|its|their) (?:[a-z-]+ ){0,2}(?:smelter|refinery|refiner|plant|mill"
    r"|customer|buyer|factory|company"
    r"|group|firm|trader|bank)|smelters|customers|buyers|\w* ?makers|refiners|refineries|consumers|users"
    r"|manufacturers|mills|traders|investors"
    r"|utilities|factories) in(?: (?:the )?[A-Z][\w.]+(?:,| and|, and)(?: the)?){0,3}(?: the)?$"
)
#: Nor is the seat of a company that is no more than named, nor who is kept out.
_SEAT_OF = re.compile(
    r"\b(?:Ltd|Inc|Corp|LLC|LLP|GmbH|AG|SA|SAS|plc|PLC|Limited|Co|AB|ASA|AS|Oyj?|NV|BV|KK|Company|Corporation"
    r"|S\.p\.A)\.?,?"
    r" (?:of|based in|from) (?:[A-Z][\w-]+, ?)?(?:the )?(?:Republic of )?$"
)
#: "Glencore of Switzerland": a name and where it is from; not "the Government of Canada".
_NAME_OF = re.compile(
    r"(?!\b(?:Republic|Government|State|Province|Kingdom|Ministry|Commonwealth|Territory|Bank|University"
    r"|Region|Gulf|North|South"
    r"|East|West|Department|Port|City|Council|Parliament|Institute)\b)\b[A-Z][\w'-]{2,} of (?:the )?$"
)
_KEPT_OUT = re.compile(
    r"\b(?:other than|outside(?: of)?|except|excluding|apart from|besides)(?: [\w']+,?(?: and| or)?){0,4} ?$"
)
#: Whose people these are is not the company that the text is about.
_ANOTHERS = re.compile(r"\b(?:by|with|to|from|for|being|single|another|one|two) (?:an? )?(?:[a-z-]+ )?$")


def factor_of(text: str, place: Place, hits: list[tuple[int, str]]) -> float:
    """How much more or less than a bare mention a place counts; `hits` are the cues of its sentence by position."""
    before = text[max(0, place.start - _BEFORE) : place.start]
    own = place.sort == "people" and _OWN_MINERAL.match(text, place.end) and not _ANOTHERS.search(before)
    factor = _OWN if own else 1.0
    if _CONTINENT.search(text[max(0, place.start - 8) : place.start]) and text.startswith(_OF_A_CONTINENT, place.start):
        return 0.0
    if place.sort == "people" and before.endswith("-"):  # "Anglo-Australian"
        return ORIGIN
    if _SPOKEN_FOR.match(text, place.end):
        factor *= _SPOKESMEN
    if _KEPT_OUT.search(before):
        return 0.0
    bare = before.rstrip()
    if (
        _FROM.search(bare)
        or _SEAT_OF.search(before)
        or _NAME_OF.search(before)
        or (" in" in bare and _USERS_IN.search(bare))
    ):
        factor *= ORIGIN
    first = bisect_left(hits, place.start - _NEAR, key=lambda hit: hit[0])
    last = bisect_right(hits, place.start + _NEAR, lo=first, key=lambda hit: hit[0])
    near = {what for _, what in hits[first:last]}
    if "legal" in near:
        return 0.0
    if "elsewhere" in near:
        factor *= _ELSEWHERE
    if "located" in near and place.sort != "people":
        return factor * _LOCATED
    return factor * _SITE if "site" in near else factor


def acts(text: str, place: Place) -> bool:
    """Whether the place is a state that does something: "China will require licences", "China's Ministry of"."""
    return (
        _ACTS.match(text, place.end) is not None
        or _MINISTRY_OF.search(text, max(0, place.start - _BEFORE), place.start) is not None
    )
