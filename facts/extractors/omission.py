"""Omissions: a frame of absence and, in its scope, the things that are missing; one fact a slot."""

from collections.abc import Iterator, Sequence

from facts.cue import Hit
from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.frame import Scope, objects, scopes
from facts.mention import Mention
from facts.text.analysis import Analysis

#: Texts that write about what someone else has said.
_CRITICS = frozenset({"analyst_note", "opinion_piece", "news_report"})
#: The longest stretch, in characters, that is quoted from the frame to what is missing.
_LONGEST = 120


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every omission that the text itself spells out."""
    hits = analysis.family("omission")
    critic = bool(hits) and doc_type_of(analysis) in _CRITICS
    for index in dict.fromkeys(hit.sentence.index for hit in hits):
        sentence = analysis.sentences[index]
        if analysis.part(sentence) not in READ:
            continue
        for scope in scopes(analysis, "omission", sentence):
            if critic or not scope.frame.cue.sets.get("critic"):
                yield from _missing(analysis, scope)


def _missing(analysis: Analysis, scope: Scope) -> Iterator[Mention]:
    found = _without_overlap(objects(analysis, "missing", scope))
    precise = [hit for hit in found if not hit.cue.sets.get("vague")]
    for hit in precise or found:
        start, end = _span(scope, hit)
        slot = hit.cue.sets["slot"]
        yield Mention(
            "omission",
            scope.sentence,
            start,
            end,
            {"slot": slot},
            cues=(scope.frame.cue.name, hit.cue.name),
            polarity="omitted",
        )


def _without_overlap(hits: Sequence[Hit]) -> list[Hit]:
    """Of things that share words the longest: "offtake commitments" are no commitments."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _span(scope: Scope, hit: Hit) -> tuple[int, int]:
    """From the frame to what is missing where they stand close together; otherwise what is missing alone."""
    frame = scope.frame
    if frame.sentence.index != scope.sentence.index:
        return hit.start, hit.end
    start, end = min(frame.start, hit.start), max(frame.end, hit.end)
    return (start, end) if end - start <= _LONGEST else (hit.start, hit.end)
