"""Mentions of kind capability: plants and mines, how far they are, and whether they are the news or stand already.

Each place gives a claim (step, readiness, asset); the claims of one document on the same step are then weighed
together, so that "the plant" in a later sentence is the plant of the headline and an operator's running works does
not pass for the one that is planned.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from facts.cue import Hit
from facts.extractors import context, project
from facts.extractors.cued import READ
from facts.extractors.plant import RARE_EARTH, UNNAMED, Claim, settled
from facts.fact import Layer, Modality
from facts.mention import Mention
from facts.stance import stance_of
from facts.text.analysis import Analysis, Part
from facts.text.quantity import quantities

#: From the weakest to the strongest.
_ORDER = ("claimed", "lab", "pilot", "demo", "under_construction", "opened", "commissioning", "commercial")
#: Stages that a bare verb of making ("makes", "are cast") does not outrank.
_EARLY = frozenset({"lab", "pilot", "demo", "commissioning"})
_RUNNING = frozenset({"pilot", "demo", "commercial"})
#: Between plan and running.
_RISING = frozenset({"under_construction", "opened", "commissioning"})
#: Stages that a hope in the same sentence does not undo: it is of what the plant will do.
_SURE = frozenset({"under_construction", "opened"})
#: From here on a plant stands: places that speak of output then mean the same plant.
_STANDING = frozenset({"opened", "commissioning", "commercial"})
_AHEAD: frozenset[Modality] = frozenset({"rumoured", "possible", "proposed", "planned"})
#: Who makes something without a word of mines is no miner.
_MINE = re.compile(r"(?<!\w)(?:mines?|mining|pits?|ounces|ore)(?!\w)")
#: How far, in characters, words on readiness may stand from the plant; how far a capacity may.
_REACH, _CAPACITY_REACH = 90, 110
#: Words before a bare tonnage that make it a rate.
_RATE, _RATE_REACH = re.compile(r"(?:annual|yearly|nameplate|capacity)[^.;,]*$"), 45
#: What makes a plant a known one, how far before it, in characters, it may stand, and how far in its own words.
_DEFINITE, _OWNER, _LEAD = re.compile(r"(?<!\w)(?:the|its|our|their|this|[\w-]{2,30}['’]s)(?!\w)"), 45, 5
_ANY = re.compile(r"(?<!\w)(?:an?|new|another|further)(?: [\w,.-]{1,20}){0,4} ?$")
_HEAVY = ("heavy rare earth", "dysprosium", "terbium")
_LIGHT = ("light rare earth", "neodymium", "praseodymium", "ndpr")


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind capability."""
    claims = [claim for hit in analysis.family("capability") if (claim := _claim(analysis, hit)) is not None]
    weighed = list(_weighed(settled(analysis, _newest(analysis, claims))))
    for claim in weighed:
        yield _mention(analysis, claim)
    yield from _unsaid(analysis, weighed)


def _newest(analysis: Analysis, claims: Sequence[Claim]) -> list[Claim]:
    """The claims without the plans of the standing description, if the text above it has any of its own."""
    own = [claim for claim in claims if claim.readiness != "claimed" or analysis.part(claim.hit.sentence) != "about"]
    return own if any(claim.asset == "announced" for claim in own) else list(claims)


def _unsaid(analysis: Analysis, claims: Sequence[Claim]) -> Iterator[Mention]:
    """The mine that a resource, a study or a producer's name speak of, where nothing else tells of one."""
    announced = any(claim.asset == "announced" or claim.step == "concentration" for claim in claims)
    mined = any(claim.step == "mining" and claim.readiness in _RUNNING for claim in claims)
    if not announced and (said := next(project.planned_mine(analysis, bool(claims)), None)):
        yield _of_project(analysis, said, "announced", "claimed")
    if not mined and _MINE.search(analysis.folded) and (said := next(project.running_mine(analysis), None)):
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


def _claim(analysis: Analysis, hit: Hit) -> Claim | None:
    part = analysis.part(hit.sentence)
    if part not in READ or part == "heading":
        return None
    stance = stance_of(analysis, Mention("capability", hit.sentence, hit.start, hit.end))
    if stance.polarity != "affirmed":
        return None
    said = _said(analysis, hit)
    readiness = hit.cue.sets.get("readiness") or _readiness(hit, said, stance.modality)
    told = hit.cue.sets.get("asset") or _told_asset(said, readiness)
    asset = told or _asset(part, readiness)
    capacity = _capacity(analysis, hit)
    if asset == "existing" and readiness == "claimed":
        readiness = None
    bare = readiness is None and asset == "announced" and capacity is None and stance.modality not in _AHEAD
    if bare:
        if part not in ("headline", "lead", "body"):
            return None
        if part != "headline" and _stands(analysis, hit):
            asset, readiness = "existing", "commercial" if "made" in hit.cue.sets else None
        elif _is_any(analysis, hit):
            bare, readiness = False, "claimed"
        else:
            return None
    elif readiness is None and asset == "announced":
        readiness = "claimed"
    if part == "about" and readiness is None and hit.cue.sets.get("asset") != "existing":
        return None
    return Claim(
        hit,
        hit.cue.sets["step"],
        readiness,
        asset,
        _modality(readiness, asset, hit.cue.sets.get("modality", stance.modality)),
        stance.layer,
        told is not None,
        next((word.cue.sets["on_spec"] for word in said if "on_spec" in word.cue.sets), None),
        capacity,
        bare,
    )


def _stands(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words take the plant as known ("its mill") or tell what is made: if nothing else is said, it runs."""
    if hit.cue.sets["step"] in UNNAMED:
        return False
    if "made" in hit.cue.sets:
        return True
    return _DEFINITE.search(analysis.folded, max(hit.sentence.start, hit.start - _OWNER), hit.start + _LEAD) is not None


def _is_any(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words speak of some plant of that kind ("a loan for a gallium line"): one that is still to come."""
    start = max(hit.sentence.start, hit.start - _OWNER)
    return hit.cue.sets["step"] not in UNNAMED and _ANY.search(analysis.folded, start, hit.start) is not None


def _said(analysis: Analysis, hit: Hit) -> list[Hit]:
    """The words on readiness that stand near, nearest first."""
    return [word for _, word in context.near(analysis, "readiness", hit, _REACH)]


def _readiness(hit: Hit, said: Sequence[Hit], modality: Modality) -> str | None:
    """What the words say; that something is made says little of the plant, if they also call it a pilot."""
    found: list[str] = [word.cue.sets["readiness"] for word in said if "readiness" in word.cue.sets]
    if any(_is_own_word(word, hit) for word in said) and modality not in _AHEAD:
        return next(value for value in ("pilot", "demo") if value in found)
    if surest := next((value for value in found if value in _SURE), None):
        return surest
    if modality in _AHEAD and (not found or found[0] in ("pilot", "demo", "claimed") or _is_weak(said)):
        return "claimed"
    if found and ("made" in hit.cue.sets or _is_weak(said)):
        return next((value for value in found if value in _EARLY), found[0])
    return found[0] if found else None


def _is_own_word(word: Hit, hit: Hit) -> bool:
    """Whether the plant is itself called a pilot or a demonstration."""
    return word.cue.sets.get("readiness") in ("pilot", "demo") and word.start < hit.end and hit.start < word.end


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


def _weighed(claims: Sequence[Claim]) -> Iterator[Claim]:
    """One claim for each step and asset, the strongest; lesser places on the same lend their capacity."""
    telling = {claim.step for claim in claims if not claim.bare}
    claims = [claim for claim in claims if not claim.bare or claim.step not in telling]
    standing = {claim.step for claim in claims if claim.asset == "announced" and claim.readiness in _STANDING}
    building = {claim.step for claim in claims if claim.readiness == "under_construction"}
    groups: dict[tuple[str, str], list[Claim]] = {}
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


def _strength(claim: Claim) -> tuple[int, bool]:
    return (_ORDER.index(claim.readiness) if claim.readiness else -1, claim.capacity is not None)


def _mention(analysis: Analysis, claim: Claim) -> Mention:
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
        layer=_layer(claim),
        same=f"{claim.step} {claim.asset}",
    )


def _layer(claim: Claim) -> Layer:
    """What an operator has is background; what is being built or started up is news, whatever came before."""
    if claim.asset == "existing":
        return "backdrop"
    return "event" if claim.readiness in _RISING else claim.layer


def _group(analysis: Analysis, step: str) -> str:
    if step in ("magnet", "alloy"):
        return "magnet"
    if "rare earths" not in analysis.known:  # each claim asks
        analysis.known["rare earths"] = _rare_earths(analysis.folded)
    known: str = analysis.known["rare earths"]
    return known


def _rare_earths(folded: str) -> str:
    if not any(word in folded for word in RARE_EARTH):
        return "non_ree"
    heavy, light = (any(word in folded for word in words) for words in (_HEAVY, _LIGHT))
    return "mixed" if heavy == light else "heavy" if heavy else "light"
