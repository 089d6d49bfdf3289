"""Saving what `caveat rate` gives: each rating into the ledger as it passes."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from rules.assessment import Assessment
from rules.cli.ledger import asker
from rules.ledger.place import open_ledger
from rules.ledger.record import draft

Row = TypeVar("Row")


def saved(rows: Iterable[Row], place: str | None, who: str | None) -> Iterator[Row]:
    """The same rows; every assessment has been recorded, durably, before it goes on. Raises RulesError."""
    asks = asker(who)
    with open_ledger(place, write=True) as ledger:
        for row in rows:
            if isinstance(row, Assessment):
                entry = ledger.append(draft(row, asks))[0]
                known = f", rated before as entry {entry.about}" if entry.about is not None else ""
                click.echo(f"caveat: saved as entry {entry.seq}{known}", err=True)
            yield row
