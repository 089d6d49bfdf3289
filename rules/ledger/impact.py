"""What another pack would have made of everything on record: who moves, where to, and by which step."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from facts.errors import FactsError
from rules.errors import RulesError
from rules.ledger.compare import compare
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.recall import Recalled
from rules.ledger.stored import assessment_json, rerate
from rules.pack import Pack

LEVELS = (1, 2, 3, 4, 5)


@dataclass
class Impact:
    """The migration matrix and what lies behind it: matrix[was, now] counts ratings."""

    matrix: Counter[tuple[int, int]] = field(default_factory=Counter)
    moved: list[Recalled] = field(default_factory=list)
    failed: list[Recalled] = field(default_factory=list)
    fired_before: Counter[str] = field(default_factory=Counter)
    fired_after: Counter[str] = field(default_factory=Counter)
    rules: frozenset[str] = frozenset()

    @property
    def newly_silent(self) -> list[str]:
        """Rules of the new pack that fired on something before, and now on nothing."""
        return sorted(code for code in self.fired_before if code in self.rules and not self.fired_after[code])

    @property
    def never(self) -> list[str]:
        """Rules of the new pack that fire on nothing in the ledger."""
        return sorted(code for code in self.rules if not self.fired_after[code])

    def to_json(self) -> dict[str, Any]:
        """Plain data; the matrix has a row for each level as it was, a column for each as it would be."""
        return {
            "matrix": [[self.matrix[was, now] for now in LEVELS] for was in LEVELS],
            "moved": [each.to_json() for each in self.moved],
            "failed": [each.to_json() for each in self.failed],
            "newly_silent": self.newly_silent,
            "never_fires": self.never,
        }


def impact(ledger: Ledger, pack: Pack) -> Impact:
    """Every rating of the ledger, from its stored facts, under another pack."""
    found = Impact(rules=frozenset(rule.code for rule in pack.live))
    for each in _under(ledger, pack):
        if each.difference is None:
            found.failed.append(each)
            continue
        found.fired_before.update(firing["rule"] for firing in each.difference.before["fired"])
        found.fired_after.update(firing["rule"] for firing in each.difference.after["fired"])
        was, now = each.difference.levels
        found.matrix[was or 0, now or 0] += 1
        if each.difference.moved:
            found.moved.append(each)
    return found


def _under(ledger: Ledger, pack: Pack) -> Iterator[Recalled]:
    for entry in ledger.entries(Filter(kind="rating")):
        if entry.level is None:
            continue
        yield _one(ledger, entry, pack)


def _one(ledger: Ledger, entry: Entry, pack: Pack) -> Recalled:
    try:
        after = rerate(ledger, entry, pack, "reference")
        return Recalled(entry, compare(assessment_json(ledger, entry), after.to_json()))
    except (FactsError, RulesError) as error:
        return Recalled(entry, failed=str(error))
