"""Long fuzzing: random packs and facts through both engines and a brute-force judge, in processes of their own.

    python -m benchmarks.fuzz --cases 100000 --seed 1 [--workers 2] [--kill] [--perturb]

Every case has a seed; what fails is printed with its seed and replayed by `--seed N --cases 1`. With `--kill` a worker
is killed at a random moment, again and again, and another goes on where it had got to; with `--perturb` the workers run
under MALLOC_PERTURB_, which fills freed and fresh memory with rubbish. Exit code 1 if any case failed or crashed.
"""

import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
#: Cases of one worker, so that a crash loses little; cases between two lines of its report.
_CASES_OF_A_WORKER = 2_000
_CASES_OF_A_LINE = 50


@dataclass
class Outcome:
    """What all workers together have seen."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, counts: dict[str, int], failed: list[str]) -> None:
        """Count what one line of a worker reports."""
        with self.lock:
            self.counts.update(counts)
            self.failed += failed
            for line in failed:
                click.echo(line)


@click.command()
@click.option("--cases", default=10_000, show_default=True, help="How many cases.")
@click.option("--seed", default=0, show_default=True, help="The first case's seed; the others follow it.")
@click.option("--workers", default=2, show_default=True, help="Processes at a time.")
@click.option("--kill", is_flag=True, help="Kill workers at random moments and start others.")
@click.option("--perturb", is_flag=True, help="Run workers under MALLOC_PERTURB_.")
@click.option("--worker", is_flag=True, hidden=True)
def main(cases: int, seed: int, workers: int, kill: bool, perturb: bool, worker: bool) -> None:
    """Fuzz the engines against each other and against brute force."""
    if worker:
        _work(seed, cases)
        return
    outcome, started = Outcome(), time.perf_counter()
    ranges: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
    for first in range(seed, seed + cases, _CASES_OF_A_WORKER):
        ranges.put((first, min(first + _CASES_OF_A_WORKER, seed + cases)))
    threads = [threading.Thread(target=_drive, args=(ranges, outcome, kill, perturb)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts, seconds = outcome.counts, time.perf_counter() - started
    click.echo(
        f"seeds {seed} to {seed + cases - 1}: {counts['cases']} cases, {counts['firings']} firings, "
        f"{counts['silent']} cases without any; {counts['disagreed']} disagreements, "
        f"{counts['refused']} refused at a limit, {counts['crashed']} crashes, "
        f"{counts['killed']} workers killed; {seconds:.0f} s"
    )
    sys.exit(1 if outcome.failed or counts["cases"] != cases else 0)


def _drive(ranges: "queue.SimpleQueue[tuple[int, int]]", outcome: Outcome, kill: bool, perturb: bool) -> None:
    """Work through ranges of seeds, one worker process at a time."""
    chance = random.Random(threading.get_ident())
    while True:
        try:
            first, end = ranges.get_nowait()
        except queue.Empty:
            return
        while first < end:
            first = _one_worker(first, end, outcome, chance if kill else None, perturb)


def _one_worker(first: int, end: int, outcome: Outcome, chance: random.Random | None, perturb: bool) -> int:
    """One worker from the first seed until it is done, killed or crashed; the seed to go on with."""
    environment = {**os.environ, **({"MALLOC_PERTURB_": "165"} if perturb else {})}
    command = [sys.executable, "-m", "benchmarks.fuzz", "--worker", "--seed", str(first), "--cases", str(end - first)]
    lines_to_live = chance.randint(1, 12) if chance else None
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True) as worker:
        assert worker.stdout is not None
        for line in worker.stdout:
            report = json.loads(line)
            first = report["next"]
            outcome.add(report["counts"], report["failed"])
            if lines_to_live is not None:
                lines_to_live -= 1
                if lines_to_live == 0 and first < end:
                    worker.kill()
                    outcome.add({"killed": 1}, [])
                    break
        killed = lines_to_live == 0
    if worker.returncode != 0 and not killed:
        told = f"CRASH seeds {first} to {min(first + _CASES_OF_A_LINE, end) - 1}: worker ended with {worker.returncode}"
        outcome.add({"crashed": 1}, [told])
        return first + _CASES_OF_A_LINE
    return first


def _work(first: int, cases: int) -> None:
    """In the worker: a line of JSON for every few cases."""
    from rules.errors import RulesError
    from tests.rules.fuzzing import make, run

    end = first + cases
    for start in range(first, end, _CASES_OF_A_LINE):
        counts: Counter[str] = Counter()
        failed: list[str] = []
        for seed in range(start, min(start + _CASES_OF_A_LINE, end)):
            counts["cases"] += 1
            try:
                verdict = run(make(seed))
            except RulesError:  # a pack beyond a limit of the library: refused, as it should be, and not compared
                counts["refused"] += 1
                continue
            counts["firings"] += len(verdict.judge)
            counts["silent"] += not verdict.judge
            if not verdict.agree:
                counts["disagreed"] += 1
                failed.append(f"DISAGREED seed {seed}: {verdict.difference}")
        report = {"next": min(start + _CASES_OF_A_LINE, end), "counts": counts, "failed": failed}
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
