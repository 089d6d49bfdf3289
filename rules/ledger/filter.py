"""Which entries are wanted: every column of the log may be asked for, every rule that fired and every cue."""

from dataclasses import dataclass, fields
from typing import Any

from rules.ledger.entry import indexed

_MARKED = "marks LIKE '% ' || (SELECT number FROM mark WHERE sort = ? AND mark.name = ?) || ' %'"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted; None asks nothing. Times are ISO 8601, from (included) and before (excluded).

    `rule` is a code that fired; `cue` is a cue that produced a fact, or the file of one. Both are as they are written
    on record: codes in upper case, cues as `file.name`.
    """

    kind: str | None = None
    issuer: str | None = None
    story: str | None = None
    name: str | None = None
    announcement_class: str | None = None
    level: int | None = None
    pack: str | None = None
    reader: str | None = None
    rule: str | None = None
    cue: str | None = None
    about: int | None = None
    since: str | None = None
    before: str | None = None

    def query(self) -> tuple[str, str, list[Any]]:
        """The table that knows the numbers of these entries, the condition in SQL (empty: none), and its values."""
        asked = {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}
        marks = [each for sort in ("rule", "cue") if sort in asked for each in (sort, asked.pop(sort))]
        marked = " AND ".join([_MARKED] * (len(marks) // 2))
        if marks and not asked:
            return "marked", marked, marks
        conditions = [_CONDITIONS[name] for name in asked]
        if marks:
            conditions.append(f"EXISTS (SELECT 1 FROM marked WHERE marked.seq = entry.seq AND {marked})")
        return "entry", " AND ".join(conditions), [*(_value(name, value) for name, value in asked.items()), *marks]


#: What is asked of each column.
_CONDITIONS = {
    "kind": "kind = ?",
    "issuer": "issuer = ?",
    "story": "story = ?",
    "name": "name = ?",
    "announcement_class": "class = ?",
    "level": "level = ?",
    "pack": "pack LIKE ?",
    "reader": "reader LIKE ?",
    "about": "about = ?",
    "since": "time >= ?",
    "before": "time < ?",
}
#: Digests and versions may be given by their beginning.
_BEGINNINGS = ("pack", "reader")
_NAMES = ("issuer", "name")
#: No question asked.
EVERYTHING = Filter()


def _value(name: str, value: Any) -> Any:
    if name in _BEGINNINGS:
        return f"{value}%"
    return indexed(value) if name in _NAMES else value
