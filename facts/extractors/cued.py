"""Mentions straight from cue data, for kinds where the wording alone decides the fields."""

from collections.abc import Iterator

from facts.mention import Mention
from facts.text.analysis import Analysis

#: Parts of a document that speak about the news at all.
READ = frozenset({"headline", "lead", "body", "heading", "about"})


def mentions(analysis: Analysis, kind: str, parts: frozenset[str] = READ) -> Iterator[Mention]:
    """One mention for each hit of the cue family named after the kind, with the fields that the cue sets."""
    for hit in analysis.family(kind):
        if analysis.part(hit.sentence) in parts:
            yield Mention(kind, hit.sentence, hit.start, hit.end, dict(hit.cue.sets), cues=(hit.cue.name,))
