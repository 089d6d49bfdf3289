"""What the inbox says of an announcement: Assessment -> one row. Pure; knows nothing of Textual.

All texts are plain and literal: nothing in them is markup, and control characters of documents are visible symbols.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, Literal

from facts.announcement import Announcement
from facts.fact import Fact
from rules.assessment import Assessment
from rules.explain.prose import says, sentence
from rules.explain.reasons import weightiest
from rules.ledger.identity import whose
from rules.memory import kind_of
from tui.header import not_rated
from tui.literal import one_line

State = Literal["waiting", "rating", "rated", "not_rated", "error"]

#: Reasons in a row.
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One announcement in the inbox. `key` is its own for as long as the screen is open.

    `rules` are the codes of the rules that fired, blanks between them; `entry` is the id of a rating on record that
    is listed, empty for what was rated here; `new` is what arrived by itself and was not looked at yet.
    """

    key: str
    name: str
    state: State = "waiting"
    level: int | None = None
    level_text: str = "· waiting"
    class_name: str = ""
    class_label: str = ""
    who: str = ""
    date: str = ""
    reason: str = ""
    rules: str = ""
    entry: str = ""
    new: bool = False


#: A row in storage. The collector of garbage does not look at tuples of texts and numbers: a hundred thousand objects
#: would make it stop everything for a fifth of a second, now and then.
Packed = tuple[Any, ...]
_NAMES = tuple(each.name for each in fields(Row))
KEY, NAME, STATE, LEVEL, LEVEL_TEXT, CLASS, LABEL, WHO, DATE, REASON, RULES, ENTRY, NEW = range(len(_NAMES))
packed: Callable[[Row], Packed] = attrgetter(*_NAMES)


def unpacked(found: Packed) -> Row:
    """The row that was stored so."""
    return Row(*found)


def waiting(key: str, name: str, new: bool = False) -> Row:
    """The row of an announcement that has not been rated yet."""
    return Row(key, one_line(name), reason="waiting for its turn", new=new)


def in_progress(row: Row) -> Row:
    """The row of the announcement that is being rated."""
    return replace(row, state="rating", level_text="» rating", reason="being read and rated")


def failed(row: Row, title: str, message: str) -> Row:
    """The row of a source that could not be read or rated."""
    reason = f"{one_line(title)}: {one_line(message)}"
    return replace(row, state="error", level=None, level_text="! error", reason=reason, rules="")


def rated(row: Row, assessment: Assessment) -> Row:
    """The row of an assessment."""
    announcement = assessment.announcement
    date = announcement.published if announcement else None
    row = replace(row, name=called(announcement) if announcement else row.name, date=date.isoformat() if date else "")
    if assessment.rated is None:
        return replace(row, state="not_rated", level=None, level_text="– not rated", reason=not_rated(assessment))
    head = assessment.pack.settings.levels[assessment.rated.rating.level]
    name = assessment.rated.announcement_class
    return replace(
        row,
        state="rated",
        level=head.level,
        level_text=f"{head.shape} {head.level} {head.name}",
        class_name=name,
        class_label=assessment.pack.settings.classes[name].label,
        who=who(assessment.facts),
        reason=reasons(assessment),
        rules=" ".join(assessment.rated.trace.fired),
    )


def called(announcement: Announcement) -> str:
    """What an announcement is called: its file's name; the title of one among several, which have only numbers."""
    several = "#" in announcement.name or announcement.url is not None
    return one_line(announcement.title if several and announcement.title else announcement.name)


def reasons(assessment: Assessment) -> str:
    """The reasons that weigh most, as one line."""
    if assessment.rated is None:
        return not_rated(assessment)
    rules = weightiest(assessment.pack, assessment.rated.rating, assessment.rated.trace)[:MOST_REASONS]
    return one_line(sentence("; ".join(says(rule) for rule in rules))) if rules else "No rule fired"


def who(facts: Sequence[Fact]) -> str:
    """Whose announcement it is, as the ledger has it; where nobody is named, the first party by what it is called."""
    if name := whose(facts):
        return one_line(name)
    parties = [fact for fact in facts if kind_of(fact) == "party" and fact.subject and fact.polarity == "affirmed"]
    return one_line(parties[0].subject) if parties else ""


def told(row: Row) -> str:
    """A row as one line of plain text."""
    parts = (row.level_text, row.name, row.class_name, row.who, row.date, row.reason)
    return " · ".join(part for part in parts if part)
