"""Ratings on record as assessments again: from their stored facts, under their stored pack. Knows no Textual."""

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from rules.assessment import Assessment, Engines
from rules.ledger.ledger import Ledger
from rules.ledger.stored import assessment_json, rerate


def reread(ledger: Ledger, identity: str) -> Assessment:
    """The rating of an id. Raises RulesError or FactsError.

    Only the reference engine reasons here: the other may not run in two threads at once. Where it comes to what is on
    record, that says which engines ran.
    """
    entry = ledger.rating(identity)
    assessment, recorded = rerate(ledger, entry, engine="reference"), assessment_json(ledger, entry)
    engines, today = recorded["engines"], assessment.to_json()
    same = all(today.get(name) == value for name, value in recorded.items() if name != "engines")
    return replace(assessment, engines=Engines(**engines)) if same else assessment


class WithRecord(Sequence[Assessment]):
    """Assessments at hand, then ratings on record, each once and each read when it is wanted: a report on thousands
    must not hold them all. Raises RulesError for what is no rating and belongs to none.
    """

    def __init__(self, at_hand: Sequence[Assessment], ledger: Ledger, identities: Sequence[str]) -> None:
        self._at_hand = at_hand
        self._ledger = ledger
        self._stored = list(dict.fromkeys(str(ledger.rating(each).seq) for each in identities))

    def __len__(self) -> int:
        return len(self._at_hand) + len(self._stored)

    @overload
    def __getitem__(self, index: int) -> Assessment: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Assessment]: ...

    def __getitem__(self, index: int | slice) -> Assessment | Sequence[Assessment]:
        """One of them, or some. Raises IndexError, and RulesError or FactsError for one that cannot be read."""
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        first = len(self._at_hand)
        return self._at_hand[at] if at < first else reread(self._ledger, self._stored[at - first])
