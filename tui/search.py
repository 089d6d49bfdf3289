"""What was looked for where nothing was found, as a step of its own: some cues on its line, all of them in words."""

from collections.abc import Sequence

from facts.cue import families, family
from rules.assessment import Assessment
from rules.condition import Pattern
from rules.explain.prose import sentence
from rules.explain.prose.search import looked_for
from rules.explain.searches import search_for, searched
from tui.literal import one_line
from tui.node import Node


def search(assessment: Assessment, pattern: Pattern) -> Node:
    """The search behind the absence of a pattern."""
    if pattern.kind == "slot":
        names = [str(test.operand) for test in pattern.tests if test.field == "name"]
        return _node(search_for(assessment, pattern), _of_slots(assessment, names))
    return _node(search_for(assessment, pattern), _of_kind(assessment, pattern.kind))


def slot_search(assessment: Assessment, name: str) -> Node:
    """The search behind a slot that is not stated."""
    return _node(searched(assessment, [name]), _of_slots(assessment, [name]))


def _node(told: str, cues: Sequence[str]) -> Node:
    told = one_line(sentence(told))
    every = one_line(sentence(looked_for(cues, 0))) if cues else told
    return Node("search", "search", told, f"{every} {_counted(len(cues))}".strip(), counts=False)


def _counted(count: int) -> str:
    return f"{count} cues were tried on every sentence." if count > 1 else ""


def _of_slots(assessment: Assessment, names: Sequence[str]) -> list[str]:
    searches = assessment.reading.searches if assessment.reading else ()
    return list(dict.fromkeys(cue for each in searches if each.slot in names for cue in each.tried))


def _of_kind(assessment: Assessment, kind: str) -> list[str]:
    searches = assessment.reading.searches if assessment.reading else ()
    tried = dict.fromkeys(cue for each in searches for cue in each.tried if cue.partition(".")[0] == kind)
    if tried or assessment.reading is None:
        return list(tried)
    return [cue.name for cue in family(kind)] if kind in families() else []
