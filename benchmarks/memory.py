"""Memory of the adapter over many announcements in one process.

    python -m benchmarks.memory --cases cases.jsonl [--announcements 100000]

Prints the resident memory at the 1,000th announcement and at the last; exit code 1 if it grew by more than 5 MB.
"""

import itertools
import json
import sys
import time
from pathlib import Path

import click

from facts.codec import parse_facts
from rules.engine import Durable
from rules.memory import remember
from rules.pack import load
from rules.reason import reason

_FIRST = 1_000
_MOST_GROWTH = 5.0


def resident() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


@click.command()
@click.option(
    "--cases", required=True, type=click.Path(exists=True, path_type=Path), help="JSONL with class and facts."
)
@click.option("--announcements", default=100_000, show_default=True)
def main(cases: Path, announcements: int) -> None:
    """Reason over the cases again and again and watch the memory."""
    pack = load()
    engine = Durable(pack)
    rows = [json.loads(line) for line in cases.read_text().splitlines()]
    memories = [(remember(parse_facts(row["facts"], "case"), pack.settings), row["class"]) for row in rows]
    started, first = time.perf_counter(), 0.0
    for number, (memory, name) in zip(range(1, announcements + 1), itertools.cycle(memories), strict=False):
        reason(pack, memory, name, engine)
        if number == _FIRST:
            first = resident()
            click.echo(f"after {number:>7,}: {first:.1f} MB")
        elif number % (announcements // 5) == 0:
            click.echo(f"after {number:>7,}: {resident():.1f} MB")
    last, seconds = resident(), time.perf_counter() - started
    click.echo(f"grew by {last - first:.1f} MB; {seconds / announcements * 1e3:.3f} ms an announcement")
    sys.exit(1 if last - first > _MOST_GROWTH else 0)


if __name__ == "__main__":
    main()
