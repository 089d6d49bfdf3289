"""Mentions from cue data whose cues may also set the stance: `polarity`, `modality` and `layer` beside the fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from facts.cue import Hit
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

_STANCE = frozenset({"polarity", "modality", "layer"})


def mentions(analysis: Analysis, kind: str, parts: frozenset[str] = READ) -> Iterator[Mention]:
    """One mention for each hit of the cue family named after the kind."""
    for hit in analysis.family(kind):
        if analysis.part(hit.sentence) in parts:
            yield mention(kind, hit)


def mention(kind: str, hit: Hit, **more: Any) -> Mention:
    """The mention that one hit makes; `more` goes to the mention as it is, and outranks what the cue sets."""
    said: Mapping[str, Any] = hit.cue.sets
    stance = {name: said[name] for name in _STANCE & said.keys()}
    fields = {name: value for name, value in said.items() if name not in _STANCE}
    return Mention(
        **{
            "kind": kind,
            "sentence": hit.sentence,
            "start": hit.start,
            "end": hit.end,
            "fields": fields,
            "cues": (hit.cue.name,),
            **stance,
            **more,
        }
    )
