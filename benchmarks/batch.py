"""What `caveat batch` costs, and whether it survives being killed.

    python -m benchmarks.batch --folder DIR all --count 100000 --kills 20     everything that is claimed
    python -m benchmarks.batch --folder DIR overhead --count 1000             one part of it
    python -m benchmarks.batch --folder DIR efficiency --count 2000 --rounds 8
    python -m benchmarks.batch --folder DIR speed --counts 1000,10000 --workers 1,2
    python -m benchmarks.batch --folder DIR same --count 5000
    python -m benchmarks.batch --folder DIR kill --count 20000 --kills 20
    python -m benchmarks.batch --folder DIR show                              what is known by now

Seconds of the clock say what this machine did while it also did other things; seconds of the processor say what the
work costs. Each finding is told as soon as it is known and kept in DIR/findings.jsonl: called again, whatever broke it
off, a command goes on with what is not there yet (`--afresh` begins anew). Each ends with what it was to show and
whether it did; exit code 1 if not.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from benchmarks import batch_runs, batch_turns
from benchmarks.batch_notes import NAME, Finding, Notes
from tests.rules.batch.killing import Victims

#: As many documents as parts take that need not be large to be true.
_OVERHEAD, _TURN, _SAME, _KILL = 1_000, 2_000, 5_000, 20_000
_VICTIMS: tuple[Victims, ...] = ("workers", "command")


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work; by default one that is removed again.")
@click.option("--afresh", is_flag=True, help="Remove what was measured there before, and begin anew.")
@click.pass_context
def main(context: click.Context, folder: Path | None, afresh: bool) -> None:
    """Measure `caveat batch` over generated announcements."""
    if folder is None:
        folder = Path(context.with_resource(tempfile.TemporaryDirectory(prefix="caveat-batch-")))
    elif afresh and (folder / NAME).exists():  # a folder of ours, and no other
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = Notes(folder, click.echo)


@main.command("all")
@click.option("--count", default=100_000, show_default=True, help="Announcements of the largest run.")
@click.option("--kills", default=20, show_default=True)
@click.option("--kill-count", default=_KILL, show_default=True, help="Announcements of a run that is killed.")
@click.option("--same-count", default=_SAME, show_default=True, help="Announcements of runs that are compared.")
@click.option("--rounds", default=8, show_default=True)
@click.option("--dask/--no-dask", default=True, show_default=True)
@click.pass_obj
def all_(notes: Notes, count: int, kills: int, kill_count: int, same_count: int, rounds: int, dask: bool) -> None:
    """Everything, one after the other, the shortest first."""
    counts = sorted({min(1_000, count), min(10_000, count), count})
    _judged(
        *_overhead(notes, min(count, _OVERHEAD)),
        *_efficiency(notes, min(count, _TURN), rounds),
        *_same(notes, min(count, same_count), dask),
        *_kill(notes, min(count, kill_count), kills, None),
        *_speed(notes, counts, [1, 2]),
    )


@main.command()
@click.option("--counts", default="1000,10000", show_default=True)
@click.option("--workers", default="1,2", show_default=True)
@click.pass_obj
def speed(notes: Notes, counts: str, workers: str) -> None:
    """Throughput, cost a document, memory."""
    _judged(*_speed(notes, _numbers(counts), _numbers(workers)))


@main.command()
@click.option("--count", default=_TURN, show_default=True)
@click.option("--rounds", default=8, show_default=True)
@click.pass_obj
def efficiency(notes: Notes, count: int, rounds: int) -> None:
    """One worker and two, by turns."""
    _judged(*_efficiency(notes, count, rounds))


@main.command()
@click.option("--count", default=_OVERHEAD, show_default=True)
@click.pass_obj
def overhead(notes: Notes, count: int) -> None:
    """The machinery against a bare loop of `rate`, by turns."""
    _judged(*_overhead(notes, count))


@main.command()
@click.option("--count", default=_SAME, show_default=True)
@click.option("--dask/--no-dask", default=True, show_default=True)
@click.pass_obj
def same(notes: Notes, count: int, dask: bool) -> None:
    """The same bytes whatever the number of workers, here and by Dask, and the same rows whatever the order."""
    _judged(*_same(notes, count, dask))


@main.command()
@click.option("--count", default=_KILL, show_default=True)
@click.option("--kills", default=20, show_default=True)
@click.option("--seconds", type=float, help="Most seconds between two of them; by default so that all fit in.")
@click.pass_obj
def kill(notes: Notes, count: int, kills: int, seconds: float | None) -> None:
    """Kill workers, then the command, at random, go on, and compare with a run that was let be."""
    _judged(*_kill(notes, count, kills, seconds))


@main.command()
@click.pass_obj
def show(notes: Notes) -> None:
    """What is known by now."""
    _judged(*notes.known())


def _overhead(notes: Notes, count: int) -> list[Finding]:
    return notes.part("overhead", {"count": count}, lambda: batch_turns.overhead(notes, count))


def _efficiency(notes: Notes, count: int, rounds: int) -> list[Finding]:
    given = {"count": count, "rounds": rounds}
    return notes.part("efficiency", given, lambda: batch_turns.efficiency(notes, count, rounds))


def _speed(notes: Notes, counts: list[int], workers: list[int]) -> list[Finding]:
    given = {"counts": counts, "workers": workers}
    return notes.part("speed", given, lambda: batch_runs.speed(notes, counts, workers))


def _same(notes: Notes, count: int, dask: bool) -> list[Finding]:
    return notes.part("same", {"count": count, "dask": dask}, lambda: batch_runs.same(notes, count, dask))


def _kill(notes: Notes, count: int, kills: int, seconds: float | None) -> Iterable[Finding]:
    most = seconds or _between(count, kills)
    for victim in _VICTIMS:
        given = {"count": count, "kills": kills, "seconds": most}
        measure = partial(batch_runs.killed, notes, count, kills, most, victim)
        yield from notes.part(f"kill {victim}", given, measure)


def _numbers(given: str) -> list[int]:
    return [int(each) for each in given.split(",")]


def _between(count: int, kills: int) -> float:
    """Seconds between kills at which so many fall into a run: two workers do some 250 documents a second."""
    return min(6.0, max(0.2, count / 250 / max(kills, 1)))


def _judged(*findings: Finding) -> None:
    click.echo()
    for each in findings:
        click.echo(str(each))
    sys.exit(0 if all(each.holds for each in findings) else 1)


if __name__ == "__main__":
    main()
