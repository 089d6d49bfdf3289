"""How a mention is meant: denied or affirmed, hoped or done, news or background, and on whose word.

After ConText (Chapman et al. 2007): a cue (`cues/stance.toml`) has a direction, a reach and a decision; a stop ends
its scope. Of all cues that govern a claim the weakest modality decides. Which kinds of fact take a modality or a
layer from their sentence at all is data too (`lexicons/stance.toml`): a country is not planned.
"""

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from facts.cue import Hit
from facts.fact import Attribution, Layer, Modality, Polarity
from facts.frame import scopes
from facts.mention import Mention
from facts.package import PACKAGE
from facts.text.analysis import Analysis

#: From weakest to strongest; the weakest that governs a claim decides.
STRENGTH: tuple[Modality, ...] = ("rumoured", "possible", "proposed", "planned", "agreed", "completed")
#: How far a cue reaches, in characters, where it does not say.
_REACH = 130


@dataclass(frozen=True, slots=True)
class Stance:
    """The four stance fields and, for each that a cue decided, the cue.

    `decided` says whether words decided the modality; otherwise `agreed` is only the default.
    """

    polarity: Polarity = "affirmed"
    modality: Modality = "agreed"
    layer: Layer = "event"
    attribution: Attribution = "first_hand"
    because: tuple[str, ...] = ()
    decided: bool = False


def stance_of(analysis: Analysis, mention: Mention) -> Stance:
    """The stance of one mention; what the extractor has set stands."""
    governing = list(_governing(analysis, mention))
    modality = mention.modality or _modality(mention, governing)
    return Stance(
        mention.polarity or _polarity(analysis, mention, governing),
        modality or "agreed",
        mention.layer or _layer(analysis, mention, governing, modality),
        mention.attribution or _attribution(analysis, mention, governing),
        tuple(dict.fromkeys(hit.cue.name for hit in governing)),
        modality is not None,
    )


@functools.cache
def _kinds() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads((PACKAGE / "lexicons" / "stance.toml").read_text("utf-8"))
    return {axis: frozenset(row["kinds"]) for axis, row in table.items()}


def takes(kind: str, axis: str) -> bool:
    """Whether the sentence decides this stance field for facts of the kind."""
    return kind in _kinds()[axis]


def _governing(analysis: Analysis, mention: Mention) -> Iterator[Hit]:
    hits = [*analysis.within("stance", mention.sentence), *analysis.within("attribution", mention.sentence)]
    stops = [hit.start for hit in hits if hit.cue.sets["axis"] == "stop"]
    return (hit for hit in hits if hit.cue.sets["axis"] != "stop" and _governs(hit, mention, stops))


def _governs(hit: Hit, mention: Mention, stops: Sequence[int]) -> bool:
    start, end = mention.start, mention.end
    if hit.start < end and start < hit.end:
        return True
    said = hit.cue.sets
    toward: str = said["toward"]
    reach: int = said.get("reach", _REACH)
    if hit.end <= start:
        near = toward != "before" and start - hit.end <= reach
        return near and not any(hit.end <= stop < start for stop in stops)
    near = toward != "after" and hit.start - end <= reach
    return near and not any(end <= stop < hit.start for stop in stops)


def _values(governing: Sequence[Hit], axis: str) -> list[str]:
    return [hit.cue.sets["value"] for hit in governing if hit.cue.sets["axis"] == axis]


def _modality(mention: Mention, governing: Sequence[Hit]) -> Modality | None:
    if not takes(mention.kind, "modality"):
        return None
    said = _values(governing, "modality")
    return next((value for value in STRENGTH if value in said), None)


def _polarity(analysis: Analysis, mention: Mention, governing: Sequence[Hit]) -> Polarity:
    if takes(mention.kind, "omitted") and _is_missing(analysis, mention):
        return "omitted"
    if not takes(mention.kind, "polarity"):
        return "affirmed"
    return "denied" if _values(governing, "polarity") else "affirmed"


def _is_missing(analysis: Analysis, mention: Mention) -> bool:
    """The text says that this is not given. What can still be "to be decided" is a plan, not an absence."""
    return any(
        scope.holds(mention.start, mention.end) and scope.sentence is mention.sentence
        for scope in scopes(analysis, "omission", mention.sentence)
        if scope.frame.cue.sets["frame"] == "after"
    )


def _layer(analysis: Analysis, mention: Mention, governing: Sequence[Hit], modality: Modality | None) -> Layer:
    if not takes(mention.kind, "layer"):
        return "event"
    said = _values(governing, "layer")
    if "opinion" in said and modality in ("possible", "planned"):
        return "opinion"
    part = analysis.part(mention.sentence)
    if part in ("headline", "lead"):
        return "event"
    if part == "about" and takes(mention.kind, "about"):
        return "backdrop"
    if "backdrop" in said or _is_past(analysis, mention):
        return "backdrop"
    return "event"


def _is_past(analysis: Analysis, mention: Mention) -> bool:
    """A year before that of publication stands close to the claim."""
    if analysis.published is None:
        return False
    return any(year < analysis.published.year for year in analysis.years(mention.start, mention.end))


def _attribution(analysis: Analysis, mention: Mention, governing: Sequence[Hit]) -> Attribution:
    if not takes(mention.kind, "attribution"):
        return "first_hand"
    said = _values(governing, "attribution")
    if "anonymous" in said or analysis.anonymous:
        return "anonymous"
    return "reported" if "reported" in said else "first_hand"
