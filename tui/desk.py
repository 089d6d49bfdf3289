"""What an analyst works with: the configuration, the pack, a name for the record, the ledger. Knows no Textual.

Everything that touches the ledger takes milliseconds to seconds: call it in a thread, never where keys are answered.
"""

import functools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rules.config import Config
from rules.errors import RulesError

if TYPE_CHECKING:
    from rules.assessment import Assessment
    from rules.ledger.ledger import Ledger
    from rules.pack import Pack

_WHO = "CAVEAT_WHO"
_KNOWN = "SELECT MIN(seq) FROM entry WHERE key = ? AND kind = 'rating'"
#: Drafts made and appended at once: all of them or none are on record.
_AT_ONCE = 100


class Desk:
    """One for each open screen. What may be reached from a browser is less: `read_only` refuses to write the ledger,
    `sealed` to open paths and addresses and to write files.
    """

    def __init__(
        self,
        config: Config | None = None,
        ledger_address: str | None = None,
        read_only: bool = False,
        sealed: bool = False,
    ) -> None:
        self.config = config or Config()
        self.read_only = read_only
        self.sealed = sealed
        self._given = ledger_address

    @property
    def who(self) -> str:
        """Who asks, for the record: CAVEAT_WHO, else the configuration; empty for nobody."""
        return os.environ.get(_WHO, "") or self.config.who

    @functools.cached_property
    def pack(self) -> "Pack":
        """The pack that is rated under. Raises RulesError."""
        from rules.pack import load

        return load(self.config.rules or None)

    @property
    def ledger_address(self) -> str:
        """Where the ledger is: as given, else CAVEAT_LEDGER, else the configuration, else the user's data folder."""
        from rules.ledger.place import VARIABLE, address

        if self._given or os.environ.get(VARIABLE):
            return address(self._given)
        return address(self.config.ledger or None)

    @contextmanager
    def ledger(self, write: bool = False) -> "Iterator[Ledger]":
        """The ledger, open in this thread. Raises RulesError, also where it is to be written and may not."""
        from rules.ledger.place import open_ledger

        if write:
            self.refuse_read_only()
        with open_ledger(self.ledger_address, write) as ledger:
            yield ledger

    def refuse_read_only(self) -> None:
        """Raise RulesError where nothing may be written."""
        if self.read_only:
            raise RulesError("Read only", "this screen may only look; start `caveat serve --write` to record from it")

    def save(self, assessments: "Sequence[Assessment]") -> list[str]:
        """Record them; one line each with its place in the ledger. Raises RulesError; then none of a hundred is."""
        from rules.ledger.record import draft

        lines: list[str] = []
        with self.ledger(write=True) as ledger:
            for at in range(0, len(assessments), _AT_ONCE):
                page = assessments[at : at + _AT_ONCE]
                for assessment, entry in zip(
                    page, ledger.append(*(draft(each, self.who) for each in page)), strict=True
                ):
                    name = assessment.announcement.name if assessment.announcement else "facts given by hand"
                    known = f"already there as {entry.about}; noted as read again" if entry.about is not None else ""
                    lines.append(f"{name}: {known or f'saved as {entry.seq}'}")
        return lines

    def place_of(self, assessment: "Assessment") -> str | None:
        """Where the rating is on record ("ledger 12"); None if it is not, or there is no ledger yet."""
        from rules.ledger.record import draft

        try:
            with self.ledger() as ledger:
                found = ledger.database.execute(_KNOWN, (draft(assessment).key,))
        except RulesError as error:
            if error.title == "No ledger":
                return None
            raise
        return None if found[0][0] is None else f"ledger {int(found[0][0])}"

    def assessment_of(self, identity: str) -> "Assessment":
        """A rating on record. Raises RulesError or FactsError."""
        from tui.reread import reread

        with self.ledger() as ledger:
            return reread(ledger, identity)
