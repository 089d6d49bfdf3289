"""Mentions of kind study: which study, under which code, and whether it is done or only to be done."""

from collections.abc import Iterator, Sequence

from facts.cue import Hit
from facts.extractors import context
from facts.extractors.cued import READ
from facts.extractors.stanced import mention
from facts.fact import Modality
from facts.mention import Mention
from facts.text.analysis import Analysis

_MODALITY: dict[str, Modality] = {"done": "completed", "planned": "planned"}
#: How far, in characters, the words on a study's state may stand from it.
_REACH = 70
#: How far the reporting code may.
_STANDARD_REACH = 200


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind study."""
    denied = [hit for hit in analysis.family("study") if hit.cue.sets.get("level") == "none"]
    for hit in analysis.family("study"):
        none = hit.cue.sets.get("level") == "none"
        if analysis.part(hit.sentence) not in READ or (not none and _overlaps(hit, denied)):
            continue
        state = None if none else _state(analysis, hit)
        if state != "condition":
            yield _mention(analysis, hit, state)


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _mention(analysis: Analysis, hit: Hit, state: str | None) -> Mention:
    standards = [
        said.cue.sets["standard"] for _, said in context.near(analysis, "study_standard", hit, _STANDARD_REACH)
    ]
    fields = dict(hit.cue.sets)
    if standards:
        fields["standard"] = standards[0]
    if "level" not in fields and _only_inferred(analysis, hit):
        fields["inferred_share"] = 100
    if fields.get("level") == "none":
        return mention("study", hit, fields=fields, polarity="affirmed", modality="agreed")
    return mention("study", hit, fields=fields, modality=_MODALITY.get(state or ""))


def _state(analysis: Analysis, hit: Hit) -> str | None:
    """What the nearest words say; those of a condition stand directly before the study."""
    near = context.near(analysis, "study_state", hit, _REACH)
    if any(gap <= 1 and said.end <= hit.start and said.cue.sets["state"] == "condition" for gap, said in near):
        return "condition"
    return near[0][1].cue.sets["state"] if near else None


def _only_inferred(analysis: Analysis, hit: Hit) -> bool:
    words = analysis.folded[max(hit.sentence.start, hit.start - _STANDARD_REACH) : hit.end + _STANDARD_REACH]
    return "inferred" in words and "indicated" not in words and "measured" not in words
