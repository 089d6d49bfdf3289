"""Why a fact was read: its places, the cues that matched there, and what decided how it is meant.

A reading does not carry this: the announcement is read once more, which the same text always answers in the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from facts.announcement import Announcement
from facts.cue import Cue, families, family
from facts.fact import Fact, Span
from facts.kinds import KINDS
from facts.merge import trimmed
from facts.stance import Stance, stance_of
from facts.text.analysis import Analysis, Part, analyse


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that says the fact: its words, its part of the document, the cues by name, the stance it was read in.

    `stance.because` names the stance cues that govern the place, whether or not they decided a field.
    """

    span: Span
    part: Part
    cues: tuple[str, ...]
    stance: Stance


def why(announcement: Announcement, fact: Fact) -> tuple[Evidence, ...]:
    """The evidence for a fact that was read from the announcement, in text order; none for a fact given by hand."""
    kind = next(name for name, cls in KINDS.items() if cls is type(fact))
    return tuple(_evidence(analyse(announcement), kind, fact))


def _evidence(analysis: Analysis, kind: str, fact: Fact) -> Iterator[Evidence]:
    for mention in sorted(import_module(f"facts.extractors.{kind}").find(analysis), key=lambda m: (m.start, m.end)):
        span = trimmed(analysis.text, mention)
        stance = stance_of(analysis, mention)
        if span in fact.spans and set(mention.cues) <= set(fact.cues) and stance.polarity == fact.polarity:
            yield Evidence(span, analysis.part(mention.sentence), mention.cues, stance)


def cue_named(name: str) -> Cue | None:
    """The shipped cue of a name; None where an extractor reads without cue data."""
    return next((cue for one in families() for cue in family(one) if cue.name == name), None)
