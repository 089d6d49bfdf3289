"""The measurements of benchmarks/batch.py, each with what it found and whether that is what is claimed."""

import hashlib
import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.batch_notes import Finding, Notes
from benchmarks.generate import announcements
from rules.batch.journal import MANIFEST
from rules.batch.local import Local
from rules.batch.pool import Workers
from rules.batch.receipt import Receipt
from rules.batch.run import SHARD, Plan, run
from rules.pack import load
from tests.rules.batch.killing import Victims, run_under_fire

SEED = 1
#: What issue and documentation claim.
MOST_GROWTH, MOST_RATIO = 1.10, 1.15

Way = Callable[[], AbstractContextManager[Workers]]


@dataclass(frozen=True)
class Ran:
    """A run: seconds of the clock, and of the processor in this process and in its workers; MB of workers, in order."""

    count: int
    clock: float
    here: float
    there: float
    memory: list[float]
    out: str
    size: int

    @property
    def each(self) -> float:
        """Milliseconds of the processor for a document, everything included but the start of processes."""
        return (self.here + self.there) / self.count * 1e3

    def line(self, name: str) -> str:
        """For the reader."""
        rate = f"{self.count / self.clock:7.1f} a second by the clock"
        there, here = self.there / self.count * 1e3, self.here / self.count * 1e3
        return f"{name:<16}{self.count:>8,}: {self.clock:7.1f} s, {rate}; {there:.2f} ms in workers, {here:.3f} ms here"


def made(folder: Path, count: int, first: int = 0) -> Path:
    """So many generated announcements as JSON lines, made once."""
    source = folder / f"made-{first}-{count}.jsonl"
    if not source.exists():
        waiting = source.with_suffix(".part")
        with waiting.open("w", encoding="utf-8") as stream:
            for each in announcements(count, SEED + first):
                stream.write(json.dumps(each, ensure_ascii=False) + "\n")
        waiting.rename(source)
    return source


def ran(sources: Sequence[Path], out: Path, workers: Way, count: int, size: int = SHARD) -> Ran:
    """Run over the sources into an empty folder, and what that cost."""
    shutil.rmtree(out, ignore_errors=True)  # what a run found done that was broken off would cost nothing
    clock, here = time.perf_counter(), time.process_time()
    whole: Receipt = run(Plan(tuple(map(str, sources)), out, load(), workers, size=size), print)
    clock, here = time.perf_counter() - clock, time.process_time() - here
    assert whole.rows == count
    lines = [json.loads(line) for line in (out / "journal.jsonl").read_text().splitlines()[1:]]
    return Ran(count, clock, here, whole.seconds, [line["memory"] for line in lines], str(out), whole.size)


def _kept(notes: Notes, sources: Sequence[Path], name: str, workers: Way, count: int) -> Ran:
    """The run of this name, if it has been and what it wrote is still there; else it is made and kept."""
    out = notes.folder / name
    before = notes.run(name)
    if before is not None and (out / MANIFEST).exists():
        return Ran(**before)
    found = ran(sources, out, workers, count)
    notes.keep_run(name, asdict(found))
    return found


def speed(notes: Notes, counts: Sequence[int], workers: Sequence[int]) -> Iterator[Finding]:
    """Runs of growing size: throughput, cost a document, memory of the workers."""
    manifests, clocks = set(), []
    for number in workers:
        runs = []
        for count in counts:
            source, name = made(notes.folder, count), f"speed-{count}-{number}"
            runs.append(_kept(notes, [source], name, lambda number=number: Local(number), count))  # type: ignore[misc]
            notes.say(runs[-1].line(f"{number} worker{'s' * (number > 1)}"))
        first, last = runs[0], runs[-1]
        ratio = last.each / first.each
        told = f"{first.each:.2f} ms for {first.count:,}, {last.each:.2f} ms for {last.count:,}: ratio {ratio:.3f}"
        yield Finding(f"cost is linear, {number} workers", told, ratio <= MOST_RATIO)
        tenth = max(1, len(last.memory) // 10)
        before, after = statistics.median(last.memory[tenth : 2 * tenth]), statistics.median(last.memory[-tenth:])
        told = f"{before:.1f} MB in the second tenth of {last.count:,}, {after:.1f} in the last, at most "
        told += f"{max(last.memory):.1f}"
        yield Finding(f"memory of a worker is flat, {number} workers", told, after <= before * MOST_GROWTH)
        notes.say(f"{'':16}{last.size / last.count:,.0f} bytes a row")
        manifests.add((Path(last.out) / MANIFEST).read_bytes())
        clocks.append(last.clock)
    told = f"{counts[-1]:,} documents by {' and '.join(map(str, workers))} workers"
    if len(workers) > 1:
        share = clocks[0] * workers[0] / clocks[-1] / workers[-1]
        told += f"; efficiency of {workers[-1]} by the clock of these runs, one after the other: {share:.3f}"
    yield Finding("same bytes in the largest run", told, len(manifests) == 1)


def same(notes: Notes, count: int, dask: bool) -> Iterator[Finding]:
    """One, two and three workers, this machine and Dask, one file and two in the other order."""
    whole = made(notes.folder, count)
    ways: dict[str, Way] = {
        f"{number} workers": lambda number=number: Local(number)  # type: ignore[misc]
        for number in (1, 2, 3)
    }
    if dask:
        ways["Dask"] = _dask
    manifests = {}
    for name, way in ways.items():
        done = _kept(notes, [whole], f"same-{count}-{name}", way, count)
        notes.say(done.line(name))
        manifests[name] = (Path(done.out) / MANIFEST).read_bytes()
    yield Finding(f"same bytes by {', '.join(ways)}", f"{count:,} documents", len(set(manifests.values())) == 1)
    lines = whole.read_bytes().splitlines(keepends=True)
    halves = [notes.folder / f"half-{count}-{number}.jsonl" for number in (0, 1)]
    for number, half in enumerate(halves):
        half.write_bytes(b"".join(lines[number * count // 2 : (number + 1) * count // 2]))
    there, back = (
        ran(order, notes.folder / f"order-{count}-{at}", lambda: Local(2), count)
        for at, order in enumerate((halves, halves[::-1]))
    )
    equal = sorted(map(_digest, rows(Path(there.out)))) == sorted(map(_digest, rows(Path(back.out))))
    yield Finding("same rows whatever the order of the inputs", f"{count:,} documents in two files", equal)


def _digest(row: str) -> bytes:
    return hashlib.sha256(row.encode()).digest()


def _dask() -> AbstractContextManager[Workers]:
    from rules.batch.cluster import Cluster

    return Cluster("local", 2)


def rows(out: Path) -> Iterator[str]:
    """Every row of a run."""
    for path in sorted(out.glob("shards/*.jsonl")):
        yield from path.read_text("utf-8").splitlines()


def killed(notes: Notes, count: int, kills: int, seconds: float, victim: Victims) -> Iterator[Finding]:
    """Workers killed at random, or the whole command, against a run that was let be."""
    source, size = made(notes.folder, count), _shard(count)
    calm, fire = notes.folder / f"calm-{count}", notes.folder / f"fire-{count}-{victim}"
    common = [str(source), "--workers", "2", "--shard", str(size), "--out"]
    if not (calm / MANIFEST).exists():
        run_under_fire([*common, str(calm)], 0, SEED, seconds)
    shutil.rmtree(fire, ignore_errors=True)
    toll = run_under_fire([*common, str(fire)], kills, SEED, seconds, victim)
    if toll.last:
        yield Finding(f"killed {kills} times ({victim})", f"the last run ended with code {toll.last}", holds=False)
        return
    equal = (calm / MANIFEST).read_bytes() == (fire / MANIFEST).read_bytes()
    places = [json.loads(line)["place"] for line in rows(fire)]
    once = len(places) == len(set(places)) == count
    number = toll.workers + toll.commands
    told = f"{number} killed, {count:,} documents; each once: {once}; same bytes: {equal}; last code {toll.last}"
    yield Finding(f"killed {kills} times ({victim})", told, equal and once and number >= kills)


def _shard(count: int) -> int:
    """Documents in a shard of a run that is killed: some hundreds of shards, each of less than a second."""
    return min(50, max(5, count // 200))
