"""How fast announcements are read: announcements of 7,000 characters a second on one core, and time against length.

    python -m benchmarks.reading                    over the bundled announcements
    python -m benchmarks.reading FOLDER             over the text files of a folder

Process time, so that a busy machine counts little; ratios are from one run. Reading is text to facts, no rating.
"""

import statistics
import time
from pathlib import Path

import click

from facts.announcement import Announcement
from facts.extract import read
from facts.readers import discover, open_announcement
from rules.samples import sample, samples

_LENGTH = 7_000
_ROUNDS = 5
_SIZES = (50_000, 500_000, 5_000_000)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--long/--no-long", default=True, help="Also texts of up to 5 MB.")
def main(folder: Path | None, long: bool) -> None:
    """Measure the reader."""
    texts = _texts(folder)
    rated = [Announcement.from_text(text) for text in _cut(texts)]
    for announcement in rated:
        read(announcement)
    seconds = statistics.median(_seconds(rated) for _ in range(_ROUNDS))
    click.echo(f"{len(rated)} announcements of {_LENGTH:,} characters: {len(rated) / seconds:.0f} a second"
               f" ({1000 * seconds / len(rated):.2f} ms each)")  # fmt: skip
    if long:
        _linear("\n\n".join(texts))


def _texts(folder: Path | None) -> list[str]:
    if folder is None:
        return [sample(name).text for name in samples() if name != "out-of-scope"]
    return [open_announcement(path).text for path in discover(folder) if path.suffix == ".txt"]


def _cut(texts: list[str]) -> list[str]:
    """Announcements of the measured length, made of the texts one after the other, each beginning with another."""
    found = []
    for place in range(len(texts)):
        whole = "\n\n".join([*texts[place:], *texts[:place]])
        found.append((whole * (_LENGTH // len(whole) + 1))[:_LENGTH])
    return found


def _seconds(announcements: list[Announcement]) -> float:
    started = time.process_time()
    for announcement in announcements:
        read(announcement)
    return time.process_time() - started


def _linear(text: str) -> None:
    first: float | None = None
    for size in _SIZES:
        whole = (text * (size // len(text) + 1))[:size]
        per_character = _seconds([Announcement.from_text(whole)]) / size
        first = first or per_character
        click.echo(f"{size:>9,} characters: {per_character * size:7.2f} s, {per_character / first:.2f} times the first")


if __name__ == "__main__":
    main()
