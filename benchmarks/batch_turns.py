"""What is measured by turns, so that what else the machine does strikes both sides alike: efficiency and overhead."""

import functools
import os
import shutil
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext

from benchmarks.batch_notes import Finding, Notes
from benchmarks.batch_runs import SEED, made, ran
from benchmarks.generate import announcements
from facts.announcement import Announcement
from facts.extract import read
from rules.assess import assess
from rules.batch.local import Local
from rules.batch.packs import keep_pack
from rules.batch.part import shards
from rules.batch.pool import Workers
from rules.batch.run import LIMIT, SHARD
from rules.batch.source import parts
from rules.batch.worker import Task, rate_shard
from rules.pack import load
from rules.render.json import dumps

#: What issue and documentation claim.
LEAST_EFFICIENCY, MOST_OVERHEAD = 0.85, 0.10

#: Documents in a shard of a short run, at whose end a worker may wait for the other over a last shard.
_SHORT = 50
#: Announcements of a bare loop, and how often a loop or a shard is gone through: the quickest counts.
_LOOP, _TURNS = 250, 5

Text = tuple[str, str]


def efficiency(notes: Notes, count: int, rounds: int) -> Iterator[Finding]:
    """One worker and two by turns over the same documents; beside them, bare loops of `rate` in as many processes.

    What else the machine does can only cost time: of each, the quickest turn counts, and the median is told beside it.
    What two bare loops cost each other (cache, memory, clock of the cores) is no doing of the machinery.
    """
    made(notes.folder, count)
    clocks: dict[int, list[float]] = {1: [], 2: []}
    loops: dict[int, list[float]] = {1: [], 2: []}
    cores: dict[int, list[float]] = {1: [], 2: []}
    with Local(1) as one, Local(2) as two:
        pools: dict[int, Workers] = {1: one, 2: two}
        for turn in range(-1, rounds):  # the first one warms up
            for number in (1, 2) if turn % 2 else (2, 1):
                clock, there, loop = _turn(notes, pools[number], number, count)
                if turn >= 0:
                    clocks[number].append(clock)
                    cores[number].append(there)
                    loops[number].append(loop)
            if turn >= 0:
                notes.say(_line(turn, clocks, cores, loops))
    yield _judged(count, clocks, cores, loops)


def _turn(notes: Notes, pool: Workers, number: int, count: int) -> tuple[float, float, float]:
    """Seconds of the clock and of the workers' processor for a run, and of the clock for bare loops side by side."""
    done = ran([made(notes.folder, count)], notes.folder / "turn", lambda: nullcontext(pool), count, _SHORT)
    shutil.rmtree(done.out)
    began = time.perf_counter()
    for each in [pool.submit(loop) for _ in range(number)]:
        each.result()
    return done.clock, done.there, time.perf_counter() - began


def loop() -> None:
    """Rate some announcements, in whatever process; nothing more."""
    _bare(_texts(_LOOP), False)


@functools.cache
def _texts(count: int) -> Sequence[Text]:
    return [(str(each["text"]), str(each["name"])) for each in announcements(count, SEED)]


def _line(
    turn: int, clocks: dict[int, list[float]], cores: dict[int, list[float]], loops: dict[int, list[float]]
) -> str:
    share, loop_ = clocks[1][-1] / clocks[2][-1] / 2, loops[1][-1] / loops[2][-1]
    busy = " and ".join(f"{cores[number][-1] / clocks[number][-1] / number:.0%}" for number in (1, 2))
    told = f"turn {turn + 1:>2}: {clocks[1][-1]:.2f} s and {clocks[2][-1]:.2f} s, efficiency {share:.3f}"
    return f"{told}; workers had a core {busy} of the time; two bare loops {loop_:.3f}"


def _judged(
    count: int, clocks: dict[int, list[float]], cores: dict[int, list[float]], loops: dict[int, list[float]]
) -> Finding:
    found = [one / two / 2 for one, two in zip(clocks[1], clocks[2], strict=True)]
    best, machine = min(clocks[1]) / min(clocks[2]) / 2, min(loops[1]) / min(loops[2])
    rates = " and ".join(f"{count / min(clocks[number]):.0f}" for number in (1, 2))
    told = f"{best:.3f} of the quickest of {len(found)} turns each, median {statistics.median(found):.3f}"
    told += f" ({min(found):.3f} to {max(found):.3f}); {rates} a second; two bare loops of rate beside each other"
    told += f" {machine:.3f}; seconds of the processor, one worker against two: {min(cores[1]) / min(cores[2]):.3f}"
    told += f"; {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}"
    return Finding(f"efficiency of two workers is {LEAST_EFFICIENCY} or more", told, best >= LEAST_EFFICIENCY)


def overhead(notes: Notes, count: int) -> Iterator[Finding]:
    """The same shards by a bare loop of `rate` and by a worker, by turns, in this process; seconds of the processor.

    Of each shard the quickest of some turns counts: caches that others use cost time, too.
    """
    pack, out = load(), notes.folder / "overhead"
    (out / "shards").mkdir(parents=True, exist_ok=True)
    keep_pack(out, pack)
    task = Task(str(out), "jsonl", (), pack.digest, LIMIT)
    source, texts = made(notes.folder, count), _texts(count)
    coming = list(shards(parts([str(source)], SHARD), SHARD))
    rate_shard(task, coming[0], {})
    seconds: dict[str, float] = defaultdict(float)
    for number, shard in enumerate(coming):
        some = texts[number * SHARD : number * SHARD + shard.items]
        ways: dict[str, Callable[[], object]] = {
            "rate": functools.partial(_bare, some, False),
            "rate and print": functools.partial(_bare, some, True),
            "worker": functools.partial(rate_shard, task, shard, {}),
        }
        spent = defaultdict[str, list[float]](list)
        for turn in range(_TURNS):
            for name in list(ways)[:: -1 if turn % 2 else 1]:
                spent[name].append(_spent(ways[name]))
        for name, each in spent.items():
            seconds[name] += min(each)
    here = ran([source], notes.folder / "overhead-run", lambda: Local(1), count).here
    notes.say(", ".join(f"{name} {spent / count * 1e3:.3f} ms" for name, spent in sorted(seconds.items())))
    whole = seconds["worker"] + here
    for name in ("rate", "rate and print"):
        share = whole / seconds[name] - 1
        told = f"{whole / count * 1e3:.3f} ms against {seconds[name] / count * 1e3:.3f}: {share:+.1%}"
        yield Finding(f"overhead over a bare loop of {name} is under {MOST_OVERHEAD:.0%}", told, share < MOST_OVERHEAD)


def _spent(way: Callable[[], object]) -> float:
    began = time.process_time()
    way()
    return time.process_time() - began


def _bare(texts: Sequence[Text], printed: bool) -> None:
    for text, name in texts:
        assessment = assess(read(Announcement.from_text(text, name)))
        if printed:
            dumps(assessment.to_json())
