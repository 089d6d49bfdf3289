"""Overrides and challenges on record: which there are, which stand, which are overdue."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Override:
    """Another level for a rating, why, and the last day on which it stands (None: until further notice)."""

    entry: Entry

    @property
    def level(self) -> int:
        """The level that the analyst set."""
        return int(self.entry.data["level"])

    @property
    def because(self) -> str:
        """The reason."""
        return str(self.entry.data["because"])

    @property
    def until(self) -> str | None:
        """The last day, as an ISO date."""
        found: str | None = self.entry.data.get("until")
        return found

    def expired(self, today: dt.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today.isoformat()


def overrides(ledger: Ledger, rating: Entry) -> list[Override]:
    """All overrides of a rating, oldest first: the last one counts."""
    return [Override(entry) for entry in ledger.entries(Filter(kind="override", about=rating.seq))]


def challenges(ledger: Ledger, rating: Entry) -> list[Entry]:
    """All challenges of facts of a rating, oldest first."""
    return list(ledger.entries(Filter(kind="challenge", about=rating.seq)))


def standing(ledger: Ledger, ratings: Sequence[Entry]) -> dict[int, Override]:
    """The overrides that stand today, by the rating: the last one of each, unless it has expired."""
    today = ledger.clock().date()
    last = {made.about or 0: Override(made) for made in ledger.about([each.seq for each in ratings], "override")}
    return {about: made for about, made in last.items() if not made.expired(today)}


def in_force(ledger: Ledger, rating: Entry) -> Override | None:
    """The override that stands today: the last one, unless it has expired."""
    return standing(ledger, [rating]).get(rating.seq)


def overdue(ledger: Ledger) -> Iterator[str]:
    """Overrides that have expired, or that are not needed any more, in words; of several of a rating the last."""
    today = ledger.clock().date()
    last = {entry.about: entry for entry in ledger.entries(Filter(kind="override"))}
    for entry in last.values():
        made = Override(entry)
        if made.expired(today):
            yield f"entry {entry.seq}: the override of entry {entry.about} expired after {made.until}"
        elif made.level == entry.data["rated"]:
            yield f"entry {entry.seq}: the override of entry {entry.about} is not needed: it is the rated level"
        elif (newer := _newer(ledger, entry)) is not None and newer.level == made.level:
            yield (
                f"entry {entry.seq}: the override of entry {entry.about} is not needed any more:"
                f" entry {newer.seq} rates the same story {made.level}"
            )


def _newer(ledger: Ledger, made: Entry) -> Entry | None:
    """The newest rating of the story whose rating was overridden, if it came after the override."""
    story = made.data.get("story")
    found = ledger.entries(Filter(kind="rating", story=story), newest=True, limit=1) if story else iter(())
    newest = next(found, None)
    return newest if newest is not None and newest.seq > made.seq else None
