"""How much of the ledger its checkpoints cover, at a glance: nothing is verified."""

from dataclasses import dataclass

from rules.ledger.ledger import Ledger
from rules.ledger.signing import parsed


@dataclass(frozen=True, slots=True)
class Status:
    """Entries, checkpoints kept in the ledger, and the entries that the largest of these covers."""

    entries: int
    checkpoints: int
    covered: int

    @property
    def uncovered(self) -> int:
        """How many entries no checkpoint covers yet."""
        return max(0, self.entries - self.covered)


def status(ledger: Ledger) -> Status:
    """The status by what the ledger says of itself. Raises RulesError."""
    notes = ledger.checkpoints()
    sizes = [parsed(note, "a stored checkpoint")[1].size for note in notes]
    return Status(ledger.size, len(notes), max(sizes, default=0))
