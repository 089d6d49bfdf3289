"""Claims of a plant or mine, and which step of the chain each stands for where its own name leaves that open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from facts.cue import Hit
from facts.extractors import product
from facts.fact import Layer, Modality
from facts.text.analysis import Analysis

#: How far, in characters, the words that tell what a plant makes may stand from it.
_WORDS_REACH = 220
RARE_EARTH = ("rare earth", "rare-earth", "ndpr", "neodymium", "dysprosium", "terbium")
#: A text that names them less than once in so many characters is not about them.
_SELDOM = 1_500
#: Steps that do not name a plant of their own.
UNNAMED = frozenset({"plant", "processing", "tests", "output", "site", "furnace"})
#: Ways of parting ore from rock: tests of them are of a concentrator.
_SORTING = ("flotation", "gravity", "dense media", "ore sorting", "magnetic separation", "spiral")
_OPEN_STEPS = UNNAMED | {"mining"}
#: Metals whose refineries are no separation plants, and the works whose mill leaves an oxide.
_REFINED = ("nickel", "lithium", "copper", "cobalt", "gallium", "antimony", "alumin", "uranium", "vanadium", "tungsten")
_LEACHED = "uranium processing"


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


def settled(analysis: Analysis, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with the step of unnamed plants filled in from the document; those that stay open are dropped."""
    named = Counter(claim.step for claim in claims if claim.step not in _OPEN_STEPS and not claim.bare)
    setting = _Setting(
        named.most_common(1)[0][0] if named else None,
        product.made(analysis.folded, product.PRODUCTS),
        sum(map(analysis.folded.count, RARE_EARTH)) * _SELDOM > len(analysis.folded),
        any(claim.step == "mining" for claim in claims),
    )
    steps = ((claim, _step(analysis, claim, setting)) for claim in claims)
    return [replace(claim, step=step) for claim, step in steps if step is not None]


def _step(analysis: Analysis, claim: Claim, setting: _Setting) -> str | None:
    if claim.step in UNNAMED:
        return _unnamed(analysis, claim, setting)
    if claim.step == "refining" and setting.rare_earth and _is_rare_refinery(analysis, claim):
        return "separation"
    return "refining" if claim.step == "concentration" and _is_leached(analysis, claim) else claim.step


def _unnamed(analysis: Analysis, claim: Claim, setting: _Setting) -> str | None:
    """What a plant does whose own name does not tell."""
    words = _words(analysis, claim)
    if claim.step == "processing":
        return "separation" if setting.rare_earth else "refining"
    if claim.step == "furnace":
        return setting.main or "smelting"
    if claim.step == "tests":
        sorted_out = any(way in words for way in _SORTING)
        return "concentration" if sorted_out else setting.main or setting.product or "refining"
    if claim.step == "output":
        return product.made(words, product.MADE) or setting.main or setting.product
    if claim.step == "site":
        return setting.main or ("mining" if setting.mined else None)
    told = setting.main or product.made(words, product.MADE[:-1]) or setting.product or _bare(analysis, claim)
    return told or ("concentration" if setting.mined else None)


def _is_leached(analysis: Analysis, claim: Claim) -> bool:
    """Whether a mill is one of a text on uranium processing: that leaves an oxide, not a concentrate of minerals."""
    return "mill" in analysis.folded[claim.hit.start : claim.hit.end] and _LEACHED in analysis.folded


def _is_rare_refinery(analysis: Analysis, claim: Claim) -> bool:
    """Whether a plain "refinery" of a text on rare earths names no other metal: it takes them apart."""
    named = analysis.folded[claim.hit.start : claim.hit.end].startswith("refin")
    return named and not any(metal in _words(analysis, claim) for metal in _REFINED)


def _bare(analysis: Analysis, claim: Claim) -> str | None:
    """A processing plant of a text that names no product makes concentrate, as most of them do."""
    return "concentration" if "processing" in analysis.folded[claim.hit.start : claim.hit.end] else None


def _words(analysis: Analysis, claim: Claim) -> str:
    hit = claim.hit
    start = max(hit.sentence.start, hit.start - _WORDS_REACH)
    return analysis.folded[start : min(hit.sentence.end, hit.end + _WORDS_REACH)]
