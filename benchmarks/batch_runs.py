"""The measurements of benchmarks/batch.py, each with what it found and whether that is what is claimed."""

import json
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import announcements
from facts.announcement import Announcement
from facts.extract import read
from rules.assess import assess
from rules.batch.journal import MANIFEST
from rules.batch.local import Local
from rules.batch.packs import keep_pack
from rules.batch.part import shards
from rules.batch.pool import Workers
from rules.batch.receipt import Receipt
from rules.batch.run import LIMIT, SHARD, Plan, run
from rules.batch.source import parts
from rules.batch.worker import Task, rate_shard
from rules.pack import load
from rules.render.json import dumps
from tests.rules.batch.killing import Victims, run_under_fire

SEED = 1
#: What issue and documentation claim.
LEAST_EFFICIENCY, MOST_OVERHEAD, MOST_GROWTH, MOST_RATIO = 0.85, 0.10, 1.10, 1.15

#: Documents in a shard of a short run, at whose end a worker may wait for the other over a last shard.
_SHORT = 50

Say = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """One claim, what was measured, and whether it holds."""

    claim: str
    measured: str
    holds: bool


@dataclass(frozen=True)
class Ran:
    """A run: seconds of the clock, and of the processor in this process and in its workers; MB of workers, in order."""

    count: int
    clock: float
    here: float
    there: float
    memory: list[float]
    out: Path
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


def ran(
    sources: Sequence[Path], out: Path, workers: Callable[[], AbstractContextManager[Workers]], count: int,
    size: int = SHARD,
) -> Ran:  # fmt: skip
    """Run over the sources, and what that cost."""
    clock, here = time.perf_counter(), time.process_time()
    whole: Receipt = run(Plan(tuple(map(str, sources)), out, load(), workers, size=size), print)
    clock, here = time.perf_counter() - clock, time.process_time() - here
    assert whole.rows == count
    lines = [json.loads(line) for line in (out / "journal.jsonl").read_text().splitlines()[1:]]
    return Ran(count, clock, here, whole.seconds, [line["memory"] for line in lines], out, whole.size)


def speed(folder: Path, counts: Sequence[int], workers: Sequence[int], say: Say) -> Iterator[Finding]:
    """Runs of growing size: throughput, cost a document, memory of the workers."""
    manifests = set()
    for number in workers:
        runs = []
        for count in counts:
            out = folder / f"speed-{count}-{number}"
            runs.append(ran([made(folder, count)], out, lambda number=number: Local(number), count))  # type: ignore[misc]
            say(runs[-1].line(f"{number} worker{'s' * (number > 1)}"))
        first, last = runs[0], runs[-1]
        ratio = last.each / first.each
        told = f"{first.each:.2f} ms for {first.count:,}, {last.each:.2f} ms for {last.count:,}: ratio {ratio:.3f}"
        yield Finding(f"cost is linear, {number} workers", told, ratio <= MOST_RATIO)
        tenth = max(1, len(last.memory) // 10)
        before, after = statistics.median(last.memory[tenth : 2 * tenth]), statistics.median(last.memory[-tenth:])
        told = f"{before:.1f} MB in the second tenth of {last.count:,}, {after:.1f} in the last, at most "
        told += f"{max(last.memory):.1f}"
        yield Finding(f"memory of a worker is flat, {number} workers", told, after <= before * MOST_GROWTH)
        say(f"{'':16}{last.size / last.count:,.0f} bytes a row")
        manifests.add((last.out / MANIFEST).read_bytes())
    told = f"{counts[-1]:,} documents by {' and '.join(map(str, workers))} workers"
    yield Finding("same bytes in the largest run", told, len(manifests) == 1)


def efficiency(folder: Path, count: int, rounds: int, say: Say) -> Iterator[Finding]:
    """One worker and two by turns over the same documents, so that what else the machine does strikes both alike.

    What it does can only cost time: of each, the quickest turn counts, and the median is told beside it.
    """
    source, found = made(folder, count), []
    clocks: dict[int, list[float]] = {1: [], 2: []}
    with Local(1) as one, Local(2) as two:
        pools: dict[int, Workers] = {1: one, 2: two}
        for turn in range(-1, rounds):  # the first one warms up
            for number in (1, 2) if turn % 2 else (2, 1):
                out = folder / f"turn-{turn}-{number}"
                clock = ran([source], out, lambda number=number: nullcontext(pools[number]), count, _SHORT).clock  # type: ignore[misc]
                if turn >= 0:
                    clocks[number].append(clock)
            if turn >= 0:
                found.append(clocks[1][-1] / clocks[2][-1] / 2)
                say(f"turn {turn + 1:>2}: {clocks[1][-1]:.2f} s and {clocks[2][-1]:.2f} s, efficiency {found[-1]:.3f}")
    middle, best = statistics.median(found), min(clocks[1]) / min(clocks[2]) / 2
    rates = " and ".join(f"{count / min(clocks[number]):.0f}" for number in (1, 2))
    told = (
        f"{best:.3f} of the quickest of {rounds} turns each, median {middle:.3f} ({min(found):.3f} to {max(found):.3f})"
    )
    load_, cores = os.getloadavg()[0], len(os.sched_getaffinity(0))
    told += f"; {rates} a second; {cores} cores, load {load_:.1f}"
    yield Finding(f"efficiency of two workers is {LEAST_EFFICIENCY} or more", told, best >= LEAST_EFFICIENCY)


def overhead(folder: Path, count: int, say: Say) -> Iterator[Finding]:
    """The same shards by a bare loop of `rate` and by a worker, by turns, in this process; seconds of the processor.

    Of each shard the quickest of three turns counts: caches that others use cost time, too.
    """
    pack, out = load(), folder / "overhead"
    (out / "shards").mkdir(parents=True, exist_ok=True)
    keep_pack(out, pack)
    task = Task(str(out), "jsonl", (), pack.digest, LIMIT)
    coming = list(shards(parts([str(made(folder, count))], SHARD), SHARD))
    texts = [(str(each["text"]), str(each["name"])) for each in announcements(count, SEED)]
    rate_shard(task, coming[0], {})
    seconds: dict[str, float] = defaultdict(float)
    for turn, shard in enumerate(coming):
        some = texts[turn * SHARD : turn * SHARD + shard.items]
        spent = [
            (_spent(_bare, some, False), _spent(_bare, some, True), _spent(rate_shard, task, shard, {}))
            for _ in range(3)
        ]
        for name, quickest in zip(("rate", "rate and print", "worker"), map(min, *spent), strict=True):
            seconds[name] += quickest
    here = ran([made(folder, count)], folder / "overhead-run", lambda: Local(1), count).here
    say(", ".join(f"{name} {spent / count * 1e3:.3f} ms" for name, spent in seconds.items()))
    whole = seconds["worker"] + here
    for name in ("rate", "rate and print"):
        share = whole / seconds[name] - 1
        told = f"{whole / count * 1e3:.3f} ms against {seconds[name] / count * 1e3:.3f}: {share:+.1%}"
        yield Finding(f"overhead over a bare loop of {name} is under {MOST_OVERHEAD:.0%}", told, share < MOST_OVERHEAD)


def _spent(way: Callable[..., object], *arguments: object) -> float:
    began = time.process_time()
    way(*arguments)
    return time.process_time() - began


def _bare(texts: Sequence[tuple[str, str]], printed: bool) -> None:
    for text, name in texts:
        assessment = assess(read(Announcement.from_text(text, name)))
        if printed:
            dumps(assessment.to_json())


def same(folder: Path, count: int, dask: bool, say: Say) -> Iterator[Finding]:
    """One, two and three workers, this machine and Dask, one file and two in the other order."""
    whole = made(folder, count)
    ways: dict[str, Callable[[], AbstractContextManager[Workers]]] = {
        f"{number} workers": lambda number=number: Local(number)  # type: ignore[misc]
        for number in (1, 2, 3)
    }
    if dask:
        ways["Dask"] = _dask
    manifests = {}
    for name, way in ways.items():
        done = ran([whole], folder / f"same-{name}", way, count)
        say(done.line(name))
        manifests[name] = (done.out / MANIFEST).read_bytes()
    yield Finding(f"same bytes by {', '.join(ways)}", f"{count:,} documents", len(set(manifests.values())) == 1)
    lines = whole.read_bytes().splitlines(keepends=True)
    halves = [folder / f"half-{number}.jsonl" for number in (0, 1)]
    for number, half in enumerate(halves):
        half.write_bytes(b"".join(lines[number * count // 2 : (number + 1) * count // 2]))
    there, back = (
        ran(order, folder / f"order-{at}", lambda: Local(2), count) for at, order in enumerate((halves, halves[::-1]))
    )
    equal = sorted(rows(there.out)) == sorted(rows(back.out))
    yield Finding("same rows whatever the order of the inputs", f"{count:,} documents in two files", equal)


def _dask() -> AbstractContextManager[Workers]:
    from rules.batch.cluster import Cluster

    return Cluster("local", 2)


def rows(out: Path) -> Iterator[str]:
    """Every row of a run."""
    for path in sorted(out.glob("shards/*.jsonl")):
        yield from path.read_text("utf-8").splitlines()


def killed(folder: Path, count: int, kills: int, seconds: float, say: Say) -> Iterator[Finding]:
    """Workers killed at random, then the whole command, against a run that was let be."""
    source, calm = made(folder, count), folder / "calm"
    common = [str(source), "--workers", "2", "--shard", "50", "--out"]
    run_under_fire([*common, str(calm)], 0, SEED, seconds)
    victims: tuple[Victims, ...] = ("workers", "command")
    for victim in victims:
        fire = folder / f"fire-{victim}"
        toll = run_under_fire([*common, str(fire)], kills, SEED, seconds, victim)
        if toll.last:
            yield Finding(f"killed {kills} times ({victim})", f"the last run ended with code {toll.last}", holds=False)
            continue
        equal = (calm / MANIFEST).read_bytes() == (fire / MANIFEST).read_bytes()
        places = [json.loads(line)["place"] for line in rows(fire)]
        once = len(places) == len(set(places)) == count
        number = toll.workers + toll.commands
        told = f"{number} killed, {count:,} documents; each once: {once}; same bytes: {equal}; last code {toll.last}"
        say(f"{victim}: {told}")
        yield Finding(f"killed {kills} times ({victim})", told, equal and once and number >= kills and toll.last == 0)
