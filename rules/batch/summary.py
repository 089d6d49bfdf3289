"""What came of a run, from the receipts of its shards alone."""

from collections.abc import Mapping
from pathlib import Path

from rules.batch.chart import Bars, Block, Lines, page, text
from rules.batch.journal import cannot_write
from rules.batch.output import replace
from rules.batch.receipt import FAILURES, Receipt
from rules.pack import Pack


def blocks(whole: Receipt, pack: Pack) -> list[Block]:
    """Levels, classes, what was not rated, failures and the slowest."""
    classes = {pack.settings.classes[name].label: count for name, count in _most(whole.classes).items()}
    slowest = [f"{seconds:.2f} s  {place}" for seconds, place in whole.slowest]
    failures = [f"{place}: {error}" for place, error in sorted(whole.failures)]
    if whole.failed > len(failures):
        failures.append(f"and {whole.failed - len(failures):,} more: their rows have an error")
    return [
        Bars("Levels", levels(whole.levels, pack)),
        Bars("Classes", classes),
        Bars("Not rated, by reason", _most(whole.unrated)),
        Bars("Failures, by sort", _most(whole.errors)),
        Lines(f"Failures (the first {FAILURES} met)" if whole.failed > FAILURES else "Failures", failures),
        Lines("Slowest", slowest),
    ]


def headline(whole: Receipt, pack: Pack) -> str:
    """The counts in a line."""
    unrated = whole.rows - whole.rated - whole.failed
    told = f"{whole.rows:,} announcements: {whole.rated:,} rated, {unrated:,} not rated, {whole.failed:,} failed"
    if whole.ledger:
        told += f", {whole.saved:,} new in the ledger"
    return f"{told}; {pack.title}" + (f"; the engines DISAGREE on {whole.disagreed:,}" if whole.disagreed else "")


def levels(counts: Mapping[str, int], pack: Pack) -> dict[str, int]:
    """Counts by level under their names, every level there, lowest first."""
    return {f"{each.level} {each.name}": counts.get(str(each.level), 0) for each in pack.settings.levels.values()}


def write(whole: Receipt, pack: Pack, folder: Path) -> str:
    """Leave summary.txt and summary.html in the folder; the text. Raises RulesError."""
    told, found = headline(whole, pack), blocks(whole, pack)
    plain = text(told, found)
    try:
        replace(folder / "summary.txt", plain)
        replace(folder / "summary.html", page(told, found))
    except OSError as error:
        raise cannot_write(folder, error) from None
    return plain


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
