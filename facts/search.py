"""What was looked for and not found, and which sentences gave nothing."""

import functools
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from facts.cue import families, family
from facts.extractors.cued import READ
from facts.fact import Fact, Span
from facts.kinds import KINDS, SLOTS
from facts.package import PACKAGE
from facts.reading import Search
from facts.text.analysis import Analysis


@functools.cache
def kinds_of() -> dict[str, tuple[str, ...]]:
    """For each slot the kinds of fact that can fill it."""
    rows = tomllib.loads((PACKAGE / "lexicons" / "slot.toml").read_text("utf-8"))
    return {slot: tuple(kinds) for slot, kinds in rows.items()}


@functools.cache
def tried(slot: str) -> tuple[str, ...]:
    """The cues of every kind that can fill the slot, by name; a kind that is read without cues stands for itself."""
    names: list[str] = []
    for kind in kinds_of()[slot]:
        cues = family(kind) if kind in families() else ()
        names += [cue.name for cue in cues] or [kind]
    return tuple(names)


def searches(analysis: Analysis, facts: Sequence[Fact]) -> tuple[Search, ...]:
    """One search a slot: the cues tried, and whether a fact that can fill the slot was read."""
    standing = {type(fact) for fact in facts if _stands(fact)}
    read = {kind for kind, cls in KINDS.items() if cls in standing}
    return tuple(Search(slot, tried(slot), not read.isdisjoint(kinds_of()[slot])) for slot in SLOTS)


def _stands(fact: Fact) -> bool:
    return fact.polarity == "affirmed" and fact.layer != "opinion"


def unread(analysis: Analysis, facts: Sequence[Fact]) -> tuple[Span, ...]:
    """Sentences that speak about the news and from which nothing was read, in text order."""
    spans = sorted(span for fact in facts for span in fact.spans)
    starts = [span.start for span in spans]
    reach = list(accumulate((span.end for span in spans), max))
    found = []
    for sentence in analysis.sentences:
        before = bisect_right(starts, sentence.end - 1)
        read = before > 0 and reach[before - 1] > sentence.start
        if not read and analysis.part(sentence) in READ:
            found.append(Span(sentence.start, sentence.end))
    return tuple(found)
