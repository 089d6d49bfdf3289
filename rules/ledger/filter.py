"""Which entries are wanted: every column of the log may be asked for."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted; None asks nothing. Times are ISO 8601, from (included) and before (excluded)."""

    kind: str | None = None
    issuer: str | None = None
    story: str | None = None
    name: str | None = None
    announcement_class: str | None = None
    level: int | None = None
    pack: str | None = None
    reader: str | None = None
    rule: str | None = None
    about: int | None = None
    since: str | None = None
    before: str | None = None

    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL, and its values."""
        asked = [(_CONDITIONS[f.name], value) for f in fields(self) if (value := getattr(self, f.name)) is not None]
        values = [form.format(value) if form else value for (_, form), value in asked]
        return " AND ".join(condition for (condition, _), _ in asked), values


#: The condition of each question, and the form of its value where it is a pattern.
_CONDITIONS = {
    "kind": ("kind = ?", ""),
    "issuer": ("issuer = ?", ""),
    "story": ("story = ?", ""),
    "name": ("name = ?", ""),
    "announcement_class": ("class = ?", ""),
    "level": ("level = ?", ""),
    "pack": ("pack LIKE ?", "{}%"),
    "reader": ("reader LIKE ?", "{}%"),
    "rule": ("' ' || fired || ' ' LIKE ?", "% {} %"),
    "about": ("about = ?", ""),
    "since": ("time >= ?", ""),
    "before": ("time < ?", ""),
}
#: No question asked.
EVERYTHING = Filter()
