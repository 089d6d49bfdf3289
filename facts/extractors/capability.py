"""Mentions of kind capability: plants and mines, how far they are, and whether they are the news or stand already.

Each place gives a claim (step, readiness, asset); the claims of one document on the same step are then weighed
together, so that "the plant" in a later sentence is the plant of the headline and an operator's running works does
not pass for the one that is planned.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from facts.cue import Hit
from facts.extractors import context, project
from facts.extractors.cued import READ
from facts.fact import Layer, Modality
from facts.mention import Mention
from facts.stance import stance_of
from facts.text.analysis import Analysis, Part
from facts.text.quantity import quantities

#: From the weakest to the strongest.
_ORDER = ("claimed", "lab", "pilot", "demo", "under_construction", "opened", "commissioning", "commercial")
_RUNNING = frozenset({"pilot", "demo", "commercial"})
#: From here on a plant stands: places that speak of output then mean the same plant.
_STANDING = frozenset({"opened", "commissioning", "commercial"})
_AHEAD: frozenset[Modality] = frozenset({"rumoured", "possible", "proposed", "planned"})
#: How far, in characters, words on readiness may stand from the plant; how far a capacity may.
_REACH, _CAPACITY_REACH = 90, 110
#: Words before a bare tonnage that make it a rate.
_RATE, _RATE_REACH = re.compile(r"(?:annual|yearly|nameplate|capacity)[^.;,]*$"), 45
#: Words of its sentence that settle what an unnamed plant makes, in this order.
_MADE = (
    ("magnet", ("magnets",)),
    ("anode", ("anode", "spherical graphite", "battery graphite", "graphite at its")),
    ("refining", ("hydroxide", "carbonate", "sulphate", "sulfate", "paratungstate", "refined", "refinery")),
    ("separation", ("ndpr", "dysprosium", "terbium", "rare earth oxide", "separated")),
    ("concentration", ("concentrate",)),
    ("mining", ("ounces", "pounds", "ore ", "gold", "copper", "uranium", " mine", "antimony")),
)
#: Words of the document that settle it where the sentence does not.
_PRODUCTS = (
    ("magnet", ("magnet plant", "magnet works", "sintered magnet", "magnetics", "magnet manufactur")),
    ("anode", ("anode",)),
    ("refining", ("hydroxide", "carbonate", "sulphate", "sulfate", "paratungstate", "refinery", "refining")),
    ("refining", ("gallium", "germanium")),
    ("separation", ("rare earth", "ndpr", "neodymium")),
    ("concentration", ("concentrate", "mill feed", "flotation", " ore ")),
    ("anode", ("graphite",)),
)
_RARE_EARTH = ("rare earth", "rare-earth", "ndpr", "neodymium", "dysprosium", "terbium")
#: A text that names them less than once in so many characters is not about them.
_SELDOM = 1_500
_HEAVY = ("heavy rare earth", "dysprosium", "terbium")
_LIGHT = ("light rare earth", "neodymium", "praseodymium", "ndpr")
#: Steps that do not name a plant of their own.
_OPEN_STEPS = frozenset({"plant", "processing", "tests", "output", "mining"})


@dataclass(frozen=True, slots=True)
class _Claim:
    hit: Hit
    step: str
    readiness: str | None
    asset: str
    modality: Modality
    layer: Layer
    told: bool
    on_spec: str | None = None
    capacity: float | None = None


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind capability."""
    claims = [claim for hit in analysis.family("capability") if (claim := _claim(analysis, hit)) is not None]
    weighed = list(_weighed(_settled(analysis, claims)))
    for claim in weighed:
        yield _mention(analysis, claim)
    yield from _unsaid(analysis, weighed)


def _unsaid(analysis: Analysis, claims: Sequence[_Claim]) -> Iterator[Mention]:
    """The mine that a resource, a study or a producer's name speak of, where nothing else tells of one."""
    announced = any(claim.asset == "announced" for claim in claims)
    running = any(claim.step == "mining" and claim.readiness == "commercial" for claim in claims)
    if not announced and (said := next(project.planned_mine(analysis), None)):
        yield _of_project(analysis, said, "announced", "claimed")
    if not running and (said := next(project.running_mine(analysis), None)):
        yield _of_project(analysis, said, "existing", "commercial")


def _of_project(analysis: Analysis, said: Mention, asset: str, readiness: str) -> Mention:
    fields: dict[str, str | int | float] = {
        "step": "mining",
        "readiness": readiness,
        "asset": asset,
        "capacity_stated": "no",
        "location": "ex_china",
        "group": _group(analysis, "mining"),
    }
    return Mention(
        "capability",
        said.sentence,
        said.start,
        said.end,
        fields,
        cues=said.cues,
        polarity="affirmed",
        modality="planned" if readiness == "claimed" else "agreed",
        layer="event" if asset == "announced" else "backdrop",
        same=f"mining {asset}",
    )


def _claim(analysis: Analysis, hit: Hit) -> _Claim | None:
    part = analysis.part(hit.sentence)
    if part not in READ or part == "heading":
        return None
    stance = stance_of(analysis, Mention("capability", hit.sentence, hit.start, hit.end))
    if stance.polarity != "affirmed":
        return None
    said = _said(analysis, hit)
    readiness = hit.cue.sets.get("readiness") or _readiness(said, stance.modality)
    told = hit.cue.sets.get("asset") or _told_asset(said, readiness)
    asset = told or _asset(part, readiness)
    capacity = _capacity(analysis, hit)
    if asset == "existing" and readiness == "claimed":
        readiness = None
    if readiness is None and asset == "announced":
        if capacity is None and stance.modality not in _AHEAD:
            return None
        readiness = "claimed"
    if part == "about" and readiness in (None, "claimed"):
        return None
    return _Claim(
        hit,
        hit.cue.sets["step"],
        readiness,
        asset,
        _modality(readiness, asset, hit.cue.sets.get("modality", stance.modality)),
        stance.layer,
        told is not None,
        next((word.cue.sets["on_spec"] for word in said if "on_spec" in word.cue.sets), None),
        capacity,
    )


def _said(analysis: Analysis, hit: Hit) -> list[Hit]:
    """The words on readiness that stand near, nearest first."""
    return [word for _, word in context.near(analysis, "readiness", hit, _REACH)]


def _readiness(said: Sequence[Hit], modality: Modality) -> str | None:
    found = [word.cue.sets["readiness"] for word in said if "readiness" in word.cue.sets]
    if "under_construction" in found:
        return "under_construction"
    if modality in _AHEAD and (not found or found[0] in ("pilot", "demo", "claimed") or _is_weak(said)):
        return "claimed"
    return found[0] if found else None


def _is_weak(said: Sequence[Hit]) -> bool:
    return next("weak" in word.cue.sets for word in said if "readiness" in word.cue.sets)


def _told_asset(said: Sequence[Hit], readiness: str | None) -> str | None:
    """Whether the words themselves say that the plant stood before the news, or that it is new."""
    told = [word.cue.sets["asset"] for word in said if "asset" in word.cue.sets]
    return str(told[0]) if told and readiness != "claimed" else None


def _asset(part: Part, readiness: str | None) -> str:
    """Without such words: what runs is the operator's existing plant, unless the output is the news."""
    return "existing" if readiness in _RUNNING and part not in ("headline", "lead") else "announced"


def _modality(readiness: str | None, asset: str, said: Modality) -> Modality:
    """What is only claimed is planned at most; what stands is not planned, whatever the sentence also hopes for."""
    if readiness == "claimed":
        return said if said in _AHEAD else "planned"
    return "completed" if readiness in ("commercial", "lab", "pilot", "demo") and asset == "announced" else "agreed"


def _capacity(analysis: Analysis, hit: Hit) -> float | None:
    start = max(hit.sentence.start, hit.start - 2 * _CAPACITY_REACH)
    end = min(hit.sentence.end, hit.end + 2 * _CAPACITY_REACH)
    for quantity in quantities(analysis.folded, start, end):
        gap = max(quantity.start - hit.end, hit.start - quantity.end, 0)
        before = analysis.folded[max(start, quantity.start - _RATE_REACH) : quantity.start]
        if gap <= _CAPACITY_REACH and (quantity.rate or _RATE.search(before)):
            return round(quantity.low)
    return None


def _settled(analysis: Analysis, claims: Sequence[_Claim]) -> list[_Claim]:
    """The claims with the step of unnamed plants filled in from the document; those that stay open are dropped."""
    named = Counter(claim.step for claim in claims if claim.step not in _OPEN_STEPS)
    rare_earth = sum(map(analysis.folded.count, _RARE_EARTH)) * _SELDOM > len(analysis.folded)
    main = named.most_common(1)[0][0] if named else None
    product = _made(analysis.folded, _PRODUCTS)
    settled = []
    for claim in claims:
        step: str | None = claim.step
        if step == "processing":
            step = "separation" if rare_earth else "refining"
        elif step == "tests":
            floated = "flotation" in _words(analysis, claim)
            step = "concentration" if floated else main or product or "refining"
        elif step == "output":
            step = _made(_words(analysis, claim), _MADE) or main or product
        elif step == "plant":
            step = main or _made(_words(analysis, claim), _MADE[:-1]) or product or _bare(analysis, claim)
        if step is not None:
            settled.append(replace(claim, step=step))
    return settled


def _bare(analysis: Analysis, claim: _Claim) -> str | None:
    """A processing plant of a text that names no product makes concentrate, as most of them do."""
    return "concentration" if "processing" in analysis.folded[claim.hit.start : claim.hit.end] else None


def _words(analysis: Analysis, claim: _Claim) -> str:
    hit = claim.hit
    start = max(hit.sentence.start, hit.start - 2 * _CAPACITY_REACH)
    return analysis.folded[start : min(hit.sentence.end, hit.end + 2 * _CAPACITY_REACH)]


def _made(words: str, table: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    return next((step for step, products in table if any(product in words for product in products)), None)


def _weighed(claims: Sequence[_Claim]) -> Iterator[_Claim]:
    """One claim for each step and asset, the strongest; lesser places on the same lend their capacity."""
    standing = {claim.step for claim in claims if claim.asset == "announced" and claim.readiness in _STANDING}
    building = {claim.step for claim in claims if claim.readiness == "under_construction"}
    groups: dict[tuple[str, str], list[_Claim]] = {}
    for claim in claims:
        same = claim.asset == "existing" and not claim.told and claim.step in standing
        claim = replace(claim, asset="announced", modality="completed") if same else claim
        if claim.step == "mining" and claim.readiness == "commercial" and "mining" in building:
            claim = replace(claim, asset="existing", modality="agreed")  # one mine pays for the next
        groups.setdefault((claim.step, claim.asset), []).append(claim)
    for group in groups.values():
        best = max(group, key=_strength)
        capacity = best.capacity or next((claim.capacity for claim in group if claim.capacity), None)
        on_spec = best.on_spec or next((claim.on_spec for claim in group if claim.on_spec), None)
        yield replace(best, capacity=capacity, on_spec=on_spec)


def _strength(claim: _Claim) -> tuple[int, bool]:
    return (_ORDER.index(claim.readiness) if claim.readiness else -1, claim.capacity is not None)


def _mention(analysis: Analysis, claim: _Claim) -> Mention:
    fields: dict[str, str | int | float] = {"step": claim.step, "asset": claim.asset, "location": "ex_china"}
    if claim.readiness:
        fields["readiness"] = claim.readiness
    fields["capacity_stated"] = "no" if claim.capacity is None else "yes"
    if claim.capacity is not None:
        fields["capacity_tpa"] = claim.capacity
    if claim.on_spec:
        fields["on_spec"] = claim.on_spec
    fields["group"] = _group(analysis, claim.step)
    return Mention(
        "capability",
        claim.hit.sentence,
        claim.hit.start,
        claim.hit.end,
        fields,
        cues=(claim.hit.cue.name,),
        polarity="affirmed",
        modality=claim.modality,
        layer="backdrop" if claim.asset == "existing" else claim.layer,
        same=f"{claim.step} {claim.asset}",
    )


def _group(analysis: Analysis, step: str) -> str:
    if step in ("magnet", "alloy"):
        return "magnet"
    if not any(word in analysis.folded for word in _RARE_EARTH):
        return "non_ree"
    heavy, light = (any(word in analysis.folded for word in words) for words in (_HEAVY, _LIGHT))
    return "mixed" if heavy == light else "heavy" if heavy else "light"
