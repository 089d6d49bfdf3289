"""A mine that a text speaks of only through what it rests on: a study, a stage of development, output.

Announcements of developers name the project and its studies, and leave the mine that these are for unsaid; a producer's
announcements name ounces. Both speak of a mine all the same. A resource alone does not: every explorer hopes for one.
"""

from collections.abc import Collection, Iterable, Iterator

from facts.extractors import company, document, study
from facts.mention import Mention
from facts.text.analysis import Analysis

_STUDIED = frozenset({"scoping_pea", "pfs", "dfs", "feed"})
_DEVELOPED = frozenset({"resource", "pea", "pfs", "dfs", "construction", "commissioning"})
_PUBLIC = frozenset({"gov_statement", "opinion_piece"})


def planned_mine(analysis: Analysis) -> Iterator[Mention]:
    """The words that speak of a mine to come, the surest first."""
    if any(said.fields.get("doc_type") in _PUBLIC for said in document.find(analysis)):
        return
    yield from _affirmed(study.find(analysis), "level", _STUDIED)
    yield from _affirmed(company.find(analysis), "stage", _DEVELOPED)


def running_mine(analysis: Analysis) -> Iterator[Mention]:
    """The words that call the company that the text is about a producer."""
    yield from (said for said in _affirmed(company.find(analysis), "stage", {"producing"}) if said.layer == "event")


def _affirmed(mentions: Iterable[Mention], field: str, values: Collection[object]) -> Iterator[Mention]:
    return (said for said in mentions if said.fields.get(field) in values and said.polarity in (None, "affirmed"))
