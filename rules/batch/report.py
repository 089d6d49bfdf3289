"""Questions over finished runs: levels over time, by class, by company, what fired most; two runs compared."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.batch import table
from rules.batch.chart import Bars, Block, Lines, Table
from rules.batch.journal import read_manifest, shard_files
from rules.batch.packs import kept_pack
from rules.batch.row import Row, flat
from rules.batch.shares import LEVELS, Shares
from rules.errors import RulesError
from rules.ledger.identity import folded
from rules.pack import Pack

#: As many companies, rules and moved announcements as are listed.
MOST = 20
_NEEDED = ("place", "sha256", "published", "company", "class", "level", "fired", "error")
#: As many months as fit on a screen.
_MOST_MONTHS = 36


@dataclass
class Counts:
    """What was counted over a run; `held` are the columns that its rows have."""

    held: tuple[str, ...]
    rows: int = 0
    failed: int = 0
    levels: Counter[int] = field(default_factory=Counter)
    months: "defaultdict[str, Counter[int]]" = field(default_factory=lambda: defaultdict(Counter))
    classes: "defaultdict[str, Counter[int]]" = field(default_factory=lambda: defaultdict(Counter))
    companies: "defaultdict[str, Counter[int]]" = field(default_factory=lambda: defaultdict(Counter))
    spelt: dict[str, str] = field(default_factory=dict)
    fired: Counter[str] = field(default_factory=Counter)

    def note(self, row: Row) -> None:
        """Count a row."""
        self.rows += 1
        self.failed += row.get("error") is not None
        level = row.get("level")
        if level is None:
            return
        self.levels[level] += 1
        self.fired.update(row.get("fired") or ())
        if row.get("published"):
            self.months[str(row["published"])[:7]][level] += 1
        if row.get("class"):
            self.classes[row["class"]][level] += 1
        if row.get("company"):
            name = folded(row["company"])
            self.spelt.setdefault(name, row["company"])
            self.companies[name][level] += 1


def rows(folder: Path, columns: tuple[str, ...] = _NEEDED) -> Iterator[Row]:
    """The rows of a finished run, in order, in these columns as far as it has them. Raises RulesError."""
    manifest = read_manifest(folder)
    for path in shard_files(folder, manifest):
        if manifest["format"] == "parquet":
            yield from table.read(str(path), columns)
        else:
            yield from _lines(path, not manifest["columns"])


def count(folder: Path) -> Counts:
    """One pass over a run. Raises RulesError."""
    chosen = read_manifest(folder)["columns"]
    counts = Counts(tuple(chosen) if chosen else _NEEDED)
    for row in rows(folder):
        counts.note(row)
    return counts


def headline(folder: Path, counts: Counts) -> str:
    """The run in a line."""
    pack = read_manifest(folder)["pack"]
    rated = sum(counts.levels.values())
    told = f"{counts.rows:,} announcements, {rated:,} rated, {counts.failed:,} failed"
    return f"{folder.name}: {told}; {pack['name']} {pack['version']}, {pack['digest'][:19]}"


def pack_of(folder: Path) -> Pack:
    """The pack that a run was made under, as it lies there. Raises RulesError."""
    return kept_pack(str(folder), read_manifest(folder)["pack"]["digest"])


def blocks(counts: Counts, pack: Pack) -> list[Block]:
    """The answers, each with a note where the run has not kept the column that it takes."""
    names = {each.level: f"{each.level} {each.name}" for each in pack.settings.levels.values()}
    classes = pack.settings.classes
    by_class = {classes[name].label if name in classes else name: found for name, found in counts.classes.items()}
    by_company = {counts.spelt[name]: found for name, found in counts.companies.items()}
    fired = {_titled(code, pack): number for code, number in _ranked(counts.fired)[:MOST]}
    return [
        Bars("Levels", {names[level]: counts.levels[level] for level in LEVELS}, _without(counts, "level")),
        Shares("Levels over time, by day of publication", *_over_time(counts.months), _without(counts, "published")),
        Shares("Levels by class", "Class", _largest(by_class), _without(counts, "class")),
        Shares(f"Levels by company (the {MOST} with most announcements)", "Company", _largest(by_company),
               _without(counts, "company")),
        Bars("Rules that fired most, by announcements", fired, _without(counts, "fired")),
    ]  # fmt: skip


def compare(before: Path, after: Path) -> list[Block]:
    """Where each announcement of two runs stood and stands, matched by place and digest. Raises RulesError.

    Memory: some 150 bytes for each announcement of the first run.
    """
    was = {_key(row): _standing(row) for row in rows(before)}
    moves: Counter[tuple[str, str]] = Counter()
    moved: list[str] = []
    new = 0
    for row in rows(after):
        old, now = was.pop(_key(row), None), _standing(row)
        if old is None:
            new += 1
            continue
        moves[old, now] += 1
        if old != now and len(moved) < MOST:
            moved.append(f"{row.get('place') or row.get('sha256')}: {old} → {now}")
    kinds = [*map(str, LEVELS), "not rated", "failed"]
    matrix = [(f"was {old}", *(f"{moves[old, now]:,}" for now in kinds)) for old in kinds]
    same = sum(number for (old, now), number in moves.items() if old == now)
    told = f"{moves.total():,} in both runs, {same:,} unmoved; {len(was):,} only in {before.name}, {new:,} only in"
    return [
        Lines("Compared", [f"{told} {after.name}"]),
        Table("From level (down) to level (across)", ("", *kinds), matrix),
        Lines(f"Moved (the first {MOST})", moved),
    ]


def _lines(path: Path, whole: bool) -> Iterator[Row]:
    try:
        with path.open("rb") as stream:
            for line in stream:
                row = json.loads(line)
                yield flat(row) if whole else row
    except (OSError, ValueError) as error:
        raise RulesError("Broken results", f"{path}: {error}; run the batch again, it mends what is missing") from None


def _key(row: Mapping[str, Any]) -> bytes:
    if row.get("place") is None and row.get("sha256") is None:
        told = "the rows have neither place nor sha256; run with --columns place,level,… or without"
        raise RulesError("Cannot compare", told)
    return hashlib.blake2b(f"{row.get('place')}\0{row.get('sha256')}".encode(), digest_size=12).digest()


def _standing(row: Mapping[str, Any]) -> str:
    if row.get("level") is not None:
        return str(row["level"])
    return "failed" if row.get("error") else "not rated"


def _over_time(months: Mapping[str, Counter[int]]) -> tuple[str, Mapping[str, Counter[int]]]:
    """By month; where those are too many for a screen, by quarter or by year."""
    found = {month: months[month] for month in sorted(months)}
    if len(found) <= _MOST_MONTHS:
        return "Month", found
    quarters = _merged(found, lambda month: f"{month[:4]} Q{(int(month[5:7]) + 2) // 3}")
    return ("Quarter", quarters) if len(quarters) <= _MOST_MONTHS else ("Year", _merged(found, lambda month: month[:4]))


def _merged(found: Mapping[str, Counter[int]], name: Callable[[str], str]) -> dict[str, Counter[int]]:
    merged: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for month, levels in found.items():
        merged[name(month)].update(levels)
    return dict(merged)


def _largest(found: Mapping[str, Counter[int]]) -> dict[str, Counter[int]]:
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST])


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _titled(code: str, pack: Pack) -> str:
    rule = pack.by_code.get(code)
    return f"{code} {rule.title}" if rule else code


def _without(counts: Counts, column: str) -> str:
    return "none" if column in counts.held else f"this run did not keep the column {column}"
