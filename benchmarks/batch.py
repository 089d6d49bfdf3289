"""What `caveat batch` costs, and whether it survives being killed.

    python -m benchmarks.batch speed --counts 1000,10000 --workers 1,2
    python -m benchmarks.batch kill --count 2000 --kills 20

Seconds of the clock say what this machine did while it also did other things; seconds of the processor say what the
work costs. `speed` compares with a bare loop of `rate` and printing in one process.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import click

from benchmarks.generate import announcements
from facts.announcement import Announcement
from facts.extract import read
from rules.assess import assess
from rules.batch.journal import MANIFEST
from rules.batch.local import Local
from rules.batch.run import Plan, run
from rules.pack import load
from rules.render.json import dumps
from tests.rules.batch.killing import run_under_fire

_SEED = 1


@click.group()
def main() -> None:
    """Measure `caveat batch` over generated announcements."""


@main.command()
@click.option("--counts", default="1000,10000", show_default=True)
@click.option("--workers", default="1,2", show_default=True)
def speed(counts: str, workers: str) -> None:
    """Throughput, cost a document, memory, against a bare loop."""
    load()
    with tempfile.TemporaryDirectory() as folder:
        for count in map(int, counts.split(",")):
            source = _made(Path(folder), count)
            _bare(count)
            for number in map(int, workers.split(",")):
                _batch(Path(folder), source, count, number)


@main.command()
@click.option("--count", default=1_000, show_default=True)
@click.option("--kills", default=20, show_default=True)
@click.option("--seconds", default=6.0, show_default=True, help="Most seconds between two of them.")
@click.option("--seed", default=_SEED, show_default=True)
def kill(count: int, kills: int, seconds: float, seed: int) -> None:
    """Kill workers and the command at random, go on, and compare with a run that was let be."""
    with tempfile.TemporaryDirectory() as folder:
        source, calm, fire = _made(Path(folder), count), Path(folder) / "calm", Path(folder) / "fire"
        common = [str(source), "--workers", "2", "--shard", "50", "--out"]
        run_under_fire([*common, str(calm)], 0, seed, seconds)
        toll = run_under_fire([*common, str(fire)], kills, seed, seconds)
        same = (calm / MANIFEST).read_bytes() == (fire / MANIFEST).read_bytes()
        places = [
            json.loads(line)["place"]
            for path in sorted(fire.glob("shards/*"))
            for line in path.read_text().splitlines()
        ]
        once = len(places) == len(set(places)) == count
        told = f"killed {toll.workers} workers and {toll.commands} commands; last exit code {toll.last}"
        click.echo(f"{told}; every document once: {once}; same bytes: {same}")
    sys.exit(0 if same and once else 1)


def _made(folder: Path, count: int) -> Path:
    source = folder / f"made-{count}.jsonl"
    with source.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in announcements(count, _SEED))
    return source


def _bare(count: int) -> None:
    """Read, assess and print, in a loop of this process, once warm."""
    texts = [(str(each["text"]), str(each["name"])) for each in announcements(count, _SEED)]
    assess(read(Announcement.from_text(*texts[0])))
    clock, processor = time.perf_counter(), time.process_time()
    for text, name in texts:
        dumps(assess(read(Announcement.from_text(text, name))).to_json())
    _told("bare loop", count, time.perf_counter() - clock, time.process_time() - processor)


def _batch(folder: Path, source: Path, count: int, workers: int) -> None:
    out = folder / f"out-{count}-{workers}"
    clock = time.perf_counter()
    whole = run(Plan((str(source),), out, load(), lambda: Local(workers)), click.echo)
    _told(f"{workers} workers", count, time.perf_counter() - clock, whole.seconds)
    lines = [json.loads(line) for line in (out / "journal.jsonl").read_text().splitlines()[1:]]
    memory = [line["memory"] for line in lines]
    shown = " ".join(f"{memory[place * (len(memory) - 1) // 4]:.0f}" for place in range(5))
    click.echo(
        f"{'':14}memory of a worker at the start, quarters and end: {shown} MB; {whole.size / count:,.0f} bytes a row"
    )


def _told(what: str, count: int, clock: float, processor: float) -> None:
    rate = f"{count / clock:7.1f} a second by the clock"
    click.echo(f"{what:<14}{count:>8,}: {clock:8.1f} s, {rate}, {processor / count * 1e3:6.2f} ms of processor each")


if __name__ == "__main__":
    main()
