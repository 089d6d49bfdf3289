"""What a worker says of a shard: nothing of the documents themselves, only what was written and what came of it."""

import heapq
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from rules.batch.row import Row

#: As many slow documents and failures as a summary lists.
SLOWEST = 10
FAILURES = 20
_COUNTED = ("levels", "classes", "unrated", "errors")


@dataclass(slots=True)
class Receipt:
    """A shard that was written. `slowest` holds seconds and places; `failures` the first places and errors."""

    number: int = 0
    key: str = ""
    file: str = ""
    sha256: str = ""
    size: int = 0
    items: int = 0
    rows: int = 0
    rated: int = 0
    failed: int = 0
    disagreed: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    unrated: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    #: New entries in the ledger, and which ledger that is; none for a run that saves nothing.
    saved: int = 0
    ledger: str = ""
    #: Seconds of the processor for the shard, and MB that its worker held at the end.
    seconds: float = 0.0
    memory: float = 0.0

    def note(self, row: Row, seconds: float) -> None:
        """Count one row."""
        self.rows += 1
        self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, (round(seconds, 4), row["place"])])
        if "error" in row:
            self.failed += 1
            self.errors[row["error"]["title"]] += 1
            if len(self.failures) < FAILURES:
                message = row["error"]["message"].removeprefix(f"{row['place']}: ")
                self.failures.append((row["place"], f"{row['error']['title']}: {message}"))
            return
        self.disagreed += row["engines"]["agree"] is False
        if row["in_scope"]:
            self.rated += 1
            self.levels[str(row["level"])] += 1
            self.classes[row["class"]] += 1
        else:
            self.unrated[row["not_rated"].get("reason", "")] += 1

    def add(self, other: "Receipt") -> None:
        """Put another shard's counts to these; number, key, file and digest stay."""
        for name in ("size", "items", "rows", "rated", "failed", "disagreed", "saved", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.memory, self.ledger = max(self.memory, other.memory), self.ledger or other.ledger
        for name in _COUNTED:
            getattr(self, name).update(getattr(other, name))
        self.slowest = heapq.nlargest(SLOWEST, [*self.slowest, *other.slowest])
        self.failures = [*self.failures, *other.failures][:FAILURES]

    def to_json(self) -> dict[str, Any]:
        """The receipt as the journal keeps it."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Receipt":
        """The receipt of `to_json`."""
        counted = {name: Counter(data[name]) for name in _COUNTED}
        pairs = {name: [(first, second) for first, second in data[name]] for name in ("slowest", "failures")}
        return cls(**{**data, **counted, **pairs})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a shard could not be written at all: a full disk, a missing pack. A value, for errors travel badly."""

    title: str
    message: str
