"""Claims of a plant or mine, and which step of the chain each stands for where its own name leaves that open."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from facts.cue import Hit
from facts.extractors import document, product
from facts.fact import Layer, Modality
from facts.text.analysis import Analysis

#: How far, in characters, the words that tell what a plant makes may stand from it.
_WORDS_REACH = 220
RARE_EARTH = ("rare earth", "rare-earth", "ndpr", "neodymium", "dysprosium", "terbium")
#: A text that names them less than once in so many characters is not about them.
_SELDOM = 1_500
#: Steps that do not name a plant of their own.
UNNAMED = frozenset({"plant", "processing", "tests", "output", "site", "furnace", "wish"})
#: Ways of parting ore from rock: tests of them are of a concentrator.
_SORTING = ("flotation", "gravity", "dense media", "ore sorting", "magnetic separation", "spiral")
_RISING = frozenset({"under_construction", "opened", "commissioning"})
#: Who builds or runs something means that by its hopes, and no further mine.
_WORKING = _RISING | {"commercial"}
_OPEN_STEPS = UNNAMED | {"mining"}
#: Metals whose refineries are no separation plants, and the works whose mill leaves an oxide.
_REFINED = ("nickel", "lithium", "copper", "cobalt", "gallium", "antimony", "alumin", "uranium", "vanadium", "tungsten")
_LEACHED = "uranium processing"
#: Ways of opening minerals of rare earths up, as far as a carbonate of all of them together.
_OPENED_UP = ("cracking", "acid bake", "caustic", "mixed rare earth carbonate", "mixed carbonate", "mrec", "hydromet")
#: Words that make a restart, a development or an output that of a plant, and those that leave it one of a mine.
_PLANT = re.compile(
    r"(?<!\w)(?:smelters?|refiner(?:y|ies)|magnets?|anodes?|hydroxide|recycling|furnaces?|separation|cathodes?)(?!\w)"
)
#: Works other than smelters that have furnaces.
_FIRED = frozenset({"metal", "alloy", "magnet", "anode", "recycling"})
#: Of a mine these words tell nothing that the plant beside it does not.
_LIFE = re.compile(r"mine (?:life|plan)|life[ -]of[ -]mine|first (?:gold )?pour")
#: Metal in concentrate is what a mine counts, unless a mill is what is told of.
_COUNTED = re.compile(r"(?<!\w)mines?(?!\w).* in concentrate(?!\w)")
_MILL = re.compile(r"(?<!\w)(?:mills?|concentrators?|plants?|flotation)(?!\w)")
_PLACE = re.compile(
    r"(?<!\w)(?:plants?|refiner(?:y|ies)|smelt\w+|factor(?:y|ies)|facilit(?:y|ies)|works|lines?|furnaces?)(?!\w)"
)
_GROUND = re.compile(r"(?<!\w)(?:mines?|mining|ores?|pits?|deposits?|projects?|property|drill\w*)(?!\w)")
#: Who sells a concentrate mines what it is made of.
_SELLER = re.compile(r"(?<!\w)(?:suppl|produc|mine)")
#: How far behind its cue, in characters, a wish may name what it is for.
_OBJECT = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that speaks of a plant or mine; `bare` where nothing tells how far it is."""

    hit: Hit
    step: str
    readiness: str | None
    asset: str
    modality: Modality
    layer: Layer
    told: bool
    on_spec: str | None = None
    capacity: float | None = None
    bare: bool = False


class _Setting(NamedTuple):
    """What the document as a whole tells: its main step and product, whether of rare earths, whether of a mine."""

    main: str | None
    product: str | None
    rare_earth: bool
    mined: bool


class _Idle(NamedTuple):
    """Whether a state speaks, whether something is being built or started up, whether anything is built or runs."""

    public: bool
    rising: bool
    working: bool


def settled(analysis: Analysis, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with the step of unnamed plants filled in from the document; those that stay open are dropped."""
    rare_earth = sum(map(analysis.folded.count, RARE_EARTH)) * _SELDOM > len(analysis.folded)
    claims = [_opened_up(analysis, claim) for claim in claims] if rare_earth else claims
    named = Counter(claim.step for claim in claims if claim.step not in _OPEN_STEPS and not claim.bare)
    setting = _Setting(
        named.most_common(1)[0][0] if named else None,
        product.made(analysis.folded, product.PRODUCTS),
        rare_earth,
        any(claim.step == "mining" for claim in claims),
    )
    meant = _meant(analysis, claims)
    steps = ((claim, _step(analysis, claim, setting)) for claim in meant)
    return [replace(claim, step=step) for claim, step in steps if step is not None]


def _meant(analysis: Analysis, claims: Sequence[Claim]) -> list[Claim]:
    """The claims without hopes of nothing in particular and without what only repeats the plant beside it."""
    told = {claim.readiness for claim in claims if not claim.bare}
    public = any(said.fields.get("doc_type") == "gov_statement" for said in document.find(analysis))
    idle = _Idle(public, bool(told & _RISING), bool(told & _WORKING))
    claims = [claim for claim in claims if not _is_idle(analysis, claim, idle)]
    if any(claim.step not in _OPEN_STEPS and claim.asset == "announced" and not claim.bare for claim in claims):
        return [
            claim for claim in claims if claim.step not in ("mining", "wish") or not _LIFE.search(_own(analysis, claim))
        ]
    return claims


def _step(analysis: Analysis, claim: Claim, setting: _Setting) -> str | None:
    if claim.step in UNNAMED:
        return _unnamed(analysis, claim, setting)
    if claim.step == "mining" and claim.readiness == "claimed" and _is_of_plant(analysis, claim):
        return None
    if claim.step == "refining" and setting.rare_earth and _is_rare_refinery(analysis, claim):
        return "separation"
    return "refining" if claim.step == "concentration" and _is_leached(analysis, claim) else claim.step


def _opened_up(analysis: Analysis, claim: Claim) -> Claim:
    """A claim of refining as one of cracking, if it is of rare earths brought into a carbonate and not taken apart."""
    if claim.step != "refining":
        return claim
    words = _words(analysis, claim)
    apart = "separat" in words or "oxide" in words or not any(way in words for way in _OPENED_UP)
    return claim if apart else replace(claim, step="cracking")


def _is_idle(analysis: Analysis, claim: Claim, idle: _Idle) -> bool:
    """Whether a state says it and names no mine or plant, or it is a hope of who runs or builds something already."""
    wished = claim.step in ("wish", "mining") and claim.readiness == "claimed"
    if idle.public and (wished or "made" in claim.hit.cue.sets):
        return not any(noun.search(_own(analysis, claim)) for noun in (_GROUND, _PLACE))
    return claim.step == "wish" and (idle.rising or (idle.working and "hope" in claim.hit.cue.sets))


def _is_of_plant(analysis: Analysis, claim: Claim) -> bool:
    """Whether what is wished for is a smelter, a refinery or their output and no mine."""
    hit = claim.hit
    words = analysis.folded[hit.start : min(hit.sentence.end, hit.end + _OBJECT)]
    return _PLANT.search(words) is not None and _GROUND.search(words) is None


def _wished(analysis: Analysis, claim: Claim, setting: _Setting) -> str:
    """What is hoped for: the product in its words, else the only plant that the text tells of, else a mine."""
    hit = claim.hit
    said = analysis.folded[hit.start : min(hit.sentence.end, hit.end + _OBJECT)]
    made = product.made(said, product.MADE) or (setting.main if not setting.mined else None)
    return "mining" if made is None or (made == "concentration" and _SELLER.search(said)) else made


def _unnamed(analysis: Analysis, claim: Claim, setting: _Setting) -> str | None:
    """What a plant does whose own name does not tell."""
    words = _words(analysis, claim)
    if claim.step == "wish":
        return _wished(analysis, claim, setting)
    if claim.step == "processing":
        return "separation" if setting.rare_earth else "anode" if setting.product == "anode" else "refining"
    if claim.step == "furnace":
        return setting.main if setting.main in _FIRED else "smelting"
    if claim.step == "tests":
        return _tested(words, setting)
    if claim.step == "output":
        counted = claim.readiness == "commercial" and _COUNTED.search(words) and not _MILL.search(words)
        return "mining" if counted else product.made(words, product.MADE) or setting.main or setting.product
    if claim.step == "site":
        return setting.main or ("mining" if setting.mined else None)
    return _plant(analysis, claim, setting, words)


def _tested(words: str, setting: _Setting) -> str:
    """What tests are of: of parting ore from rock, of opening up, else of what the text is about, magnets apart."""
    if any(way in words for way in _SORTING):
        return "concentration"
    if setting.rare_earth and any(way in words for way in _OPENED_UP):
        return "cracking"
    return (setting.main if setting.main != "magnet" else None) or setting.product or "refining"


def _plant(analysis: Analysis, claim: Claim, setting: _Setting, words: str) -> str | None:
    """What "the plant" does: a small one what its sentence tells, the others what the text is about."""
    small = claim.readiness in ("pilot", "demo")
    if setting.product == "anode" and (small or "downstream" in _own(analysis, claim)):
        return "anode"
    made = product.made(words, product.MADE[:-1])
    told = (made or setting.main) if small else (setting.main or made)
    told = told or setting.product or _bare(analysis, claim)
    return told or ("concentration" if setting.mined else None)


def _is_leached(analysis: Analysis, claim: Claim) -> bool:
    """Whether a mill is one of a text on uranium processing: that leaves an oxide, not a concentrate of minerals."""
    return "mill" in _own(analysis, claim) and _LEACHED in analysis.folded


def _is_rare_refinery(analysis: Analysis, claim: Claim) -> bool:
    """Whether a plain "refinery" of a text on rare earths names no other metal: it takes them apart."""
    named = _own(analysis, claim).startswith(("refin", "rare"))
    return named and not any(metal in _words(analysis, claim) for metal in _REFINED)


def _bare(analysis: Analysis, claim: Claim) -> str | None:
    """A processing plant of a text that names no product makes concentrate, as most of them do."""
    return "concentration" if "processing" in _own(analysis, claim) else None


def _own(analysis: Analysis, claim: Claim) -> str:
    return analysis.folded[claim.hit.start : claim.hit.end]


def _words(analysis: Analysis, claim: Claim) -> str:
    hit = claim.hit
    start = max(hit.sentence.start, hit.start - _WORDS_REACH)
    return analysis.folded[start : min(hit.sentence.end, hit.end + _WORDS_REACH)]
