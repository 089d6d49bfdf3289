"""Where one can be on the screen, as plain data: what history remembers and `CaveatApp.go` opens."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.assessment import Assessment


@dataclass(frozen=True, slots=True)
class InboxPlace:
    """The list of announcements."""


@dataclass(frozen=True, slots=True)
class AssessmentPlace:
    """The assessment of an announcement; `key` is its row in the inbox, or its id in the ledger."""

    key: str
    assessment: "Assessment" = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RulesPlace:
    """The rules of the pack, those that pass the filter."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class RulePlace:
    """The page of a rule, its conditions lit by an assessment where one is given."""

    code: str
    assessment: "Assessment | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """The ratings on record, those that pass the filter."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """One rating on record, opened from the ledger by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class DiffPlace:
    """Two ratings on record side by side, by their ids."""

    a: str
    b: str


@dataclass(frozen=True, slots=True)
class AwaitedPlace:
    """An assessment that was looked at before the last end of the program, by its name in the state: nobody can go
    there until the announcement has been rated again.
    """

    name: str


Place = InboxPlace | AssessmentPlace | RulesPlace | RulePlace | LedgerPlace | EntryPlace | DiffPlace | AwaitedPlace


def named(place: Place) -> str:
    """What a place is called where one goes back to it; not yet literal."""
    match place:
        case InboxPlace():
            return "the inbox"
        case AssessmentPlace(_, assessment):
            return assessment.announcement.name if assessment.announcement else "facts given by hand"
        case RulesPlace(query):
            return f"rules {query}".strip()
        case RulePlace(code):
            return f"rule {code}"
        case LedgerPlace(query):
            return f"the ledger {query}".strip()
        case EntryPlace(id):
            return f"ledger entry {id}"
        case DiffPlace(a, b):
            return f"ledger {a} beside {b}"
        case AwaitedPlace():
            return "an announcement that is not rated yet"
