"""What was looked for where nothing was found."""

from collections.abc import Iterable, Sequence

from facts.cue import families, family
from rules.assessment import Assessment
from rules.condition import Pattern
from rules.explain.prose.search import given, looked_for, not_searched

_MOST_NAMED = 6


def search_for(assessment: Assessment, pattern: Pattern) -> str:
    """The search behind the absence of a pattern: of the slots that it names, or of facts of its kind."""
    if pattern.kind == "slot":
        return searched(assessment, [str(test.operand) for test in pattern.tests if test.field == "name"])
    if assessment.reading is None:
        return given()
    return _told(_tried(assessment, pattern.kind), pattern.kind)


def searched(assessment: Assessment, slots: Iterable[str]) -> str:
    """The search behind an empty slot, in words: which cues were tried, or that the facts were given by hand."""
    if assessment.reading is None:
        return given()
    wanted = set(slots)
    tried = [cue for search in assessment.reading.searches if search.slot in wanted for cue in search.tried]
    return _told(list(dict.fromkeys(tried)), "")


def _tried(assessment: Assessment, kind: str) -> list[str]:
    """The cues of one kind: those that the reading names, else all that there are (every sentence is scanned)."""
    assert assessment.reading is not None
    named = (cue for search in assessment.reading.searches for cue in search.tried if cue.partition(".")[0] == kind)
    known = dict.fromkeys(named)
    return list(known) or ([cue.name for cue in family(kind)] if kind in families() else [])


def _told(cues: Sequence[str], kind: str) -> str:
    return looked_for(cues[:_MOST_NAMED], len(cues) - _MOST_NAMED) if cues else not_searched(kind)
