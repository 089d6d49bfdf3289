"""A mine that a text speaks of only through what it rests on: a study, a stage of development, output.

Announcements of developers name the project and its studies, and leave the mine that these are for unsaid; a producer's
announcements name ounces. Both speak of a mine all the same. A resource alone does not: every explorer hopes for one.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from facts.extractors import company, document, study
from facts.mention import Mention
from facts.text.analysis import Analysis

_STUDIED = frozenset({"scoping_pea", "pfs", "dfs", "feed"})
#: Studies that speak of a mine even while they are only to be made.
_NEAR = frozenset({"dfs", "feed"})
_AHEAD = frozenset({"rumoured", "possible", "proposed", "planned"})
_DEVELOPED = frozenset({"resource", "pea", "pfs", "dfs", "construction", "commissioning"})
#: What a producer runs that is no mine.
_WORKS = re.compile(
    r"(?<!\w)(?:plants?|refiner(?:y|ies)|smelters?|concentrators?|mills?|works|factory|furnaces?)(?!\w)"
)
_PUBLIC = frozenset({"gov_statement", "opinion_piece"})


def planned_mine(analysis: Analysis, told: bool) -> Iterator[Mention]:
    """The words that speak of a mine to come, the surest first; `told` where the text tells of a plant that stands."""
    if any(said.fields.get("doc_type") in _PUBLIC for said in document.find(analysis)):
        return
    for said in _affirmed(study.find(analysis), "level", _STUDIED):
        if said.modality not in _AHEAD or said.fields["level"] in _NEAR:
            yield said
    if not told:
        yield from _affirmed(company.find(analysis), "stage", _DEVELOPED)


def running_mine(analysis: Analysis) -> Iterator[Mention]:
    """The words that call the company that the text is about a producer, and name no works of another kind."""
    for said in _affirmed(company.find(analysis), "stage", {"producing"}):
        if said.layer == "event" and not _WORKS.search(analysis.folded, said.sentence.start, said.sentence.end):
            yield said


def _affirmed(mentions: Iterable[Mention], field: str, values: Collection[object]) -> Iterator[Mention]:
    return (said for said in mentions if said.fields.get(field) in values and said.polarity in (None, "affirmed"))
