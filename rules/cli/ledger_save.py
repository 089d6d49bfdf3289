"""Saving what `caveat rate` gives: each rating into the ledger as it passes."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import discover
from rules.assessment import Assessment
from rules.cli.ledger import asker
from rules.ledger.place import open_ledger
from rules.ledger.record import draft

Row = TypeVar("Row")


def saved(rows: Iterable[Row], sources: Sequence[str], place: str | None, who: str | None) -> Iterator[Row]:
    """The same rows; every assessment has been recorded, durably, before it goes on. Raises RulesError."""
    originals = _Originals(sources)
    with open_ledger(place, write=True) as ledger:
        for row in rows:
            if isinstance(row, Assessment):
                document = originals.of(row.announcement) if row.announcement else None
                entry = ledger.append(draft(row, asker(who), document))[0]
                known = f", rated before as entry {entry.about}" if entry.about is not None else ""
                click.echo(f"caveat: saved as entry {entry.seq}{known}", err=True)
            yield row


class _Originals:
    """The bytes of announcements that came from files, found again by name and digest."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._paths: dict[str, list[Path]] | None = None

    def of(self, announcement: Announcement) -> bytes | None:
        """The original bytes; None where they came from elsewhere, or are those of the text."""
        import hashlib

        if announcement.sha256 == announcement.text_sha256:
            return None
        # The third entry of a feed is called feed.xml#3: the digest on record is that of the whole file.
        for path in self._found().get(announcement.name.partition("#")[0], ()):
            try:
                data = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(data).hexdigest() == announcement.sha256:
                return data
        return None

    def _found(self) -> dict[str, list[Path]]:
        if self._paths is None:
            self._paths = {}
            for source in self._sources:
                try:
                    for path in discover(Path(source)):
                        self._paths.setdefault(path.name, []).append(path)
                except FactsError:
                    continue  # told already, when it was opened
        return self._paths
