"""What `caveat batch` costs, and whether it survives being killed.

    python -m benchmarks.batch all --count 100000 --kills 20      everything that is claimed, in some 40 minutes
    python -m benchmarks.batch speed --counts 1000,10000 --workers 1,2
    python -m benchmarks.batch efficiency --count 2000 --rounds 10
    python -m benchmarks.batch overhead --count 2000
    python -m benchmarks.batch same --count 10000
    python -m benchmarks.batch kill --count 20000 --kills 20

Seconds of the clock say what this machine did while it also did other things; seconds of the processor say what the
work costs. Each command ends with what it was to show and whether it did; exit code 1 if not.
"""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from benchmarks import batch_runs
from benchmarks.batch_runs import Finding

#: As many documents as the parts of `all` take at most that need not be large to be true.
_MOST_OVERHEAD, _MOST_TURN, _MOST_SAME, _MOST_KILL = 2_000, 2_000, 10_000, 20_000


@click.group()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work; by default one that is removed again.")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Measure `caveat batch` over generated announcements."""
    if folder is None:
        folder = Path(context.with_resource(tempfile.TemporaryDirectory(prefix="caveat-batch-")))
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = folder


@main.command("all")
@click.option("--count", default=100_000, show_default=True)
@click.option("--kills", default=20, show_default=True)
@click.option("--rounds", default=10, show_default=True)
@click.option("--dask/--no-dask", default=True, show_default=True)
@click.pass_obj
def all_(folder: Path, count: int, kills: int, rounds: int, dask: bool) -> None:
    """Everything, one after the other."""
    counts = sorted({min(1_000, count), min(10_000, count), count})
    _judged(
        *batch_runs.overhead(folder, min(count, _MOST_OVERHEAD), click.echo),
        *batch_runs.efficiency(folder, min(count, _MOST_TURN), rounds, click.echo),
        *batch_runs.speed(folder, counts, (1, 2), click.echo),
        *batch_runs.same(folder, min(count, _MOST_SAME), dask, click.echo),
        *batch_runs.killed(folder, min(count, _MOST_KILL), kills, _between(min(count, _MOST_KILL), kills), click.echo),
    )


@main.command()
@click.option("--counts", default="1000,10000", show_default=True)
@click.option("--workers", default="1,2", show_default=True)
@click.pass_obj
def speed(folder: Path, counts: str, workers: str) -> None:
    """Throughput, cost a document, memory."""
    _judged(*batch_runs.speed(folder, _numbers(counts), _numbers(workers), click.echo))


@main.command()
@click.option("--count", default=_MOST_TURN, show_default=True)
@click.option("--rounds", default=10, show_default=True)
@click.pass_obj
def efficiency(folder: Path, count: int, rounds: int) -> None:
    """One worker and two, by turns."""
    _judged(*batch_runs.efficiency(folder, count, rounds, click.echo))


@main.command()
@click.option("--count", default=_MOST_OVERHEAD, show_default=True)
@click.pass_obj
def overhead(folder: Path, count: int) -> None:
    """The machinery against a bare loop of `rate`, by turns."""
    _judged(*batch_runs.overhead(folder, count, click.echo))


@main.command()
@click.option("--count", default=_MOST_SAME, show_default=True)
@click.option("--dask/--no-dask", default=True, show_default=True)
@click.pass_obj
def same(folder: Path, count: int, dask: bool) -> None:
    """The same bytes whatever the number of workers, here and by Dask, and the same rows whatever the order."""
    _judged(*batch_runs.same(folder, count, dask, click.echo))


@main.command()
@click.option("--count", default=_MOST_KILL, show_default=True)
@click.option("--kills", default=20, show_default=True)
@click.option("--seconds", type=float, help="Most seconds between two of them; by default so that all fit in.")
@click.pass_obj
def kill(folder: Path, count: int, kills: int, seconds: float | None) -> None:
    """Kill workers, then the command, at random, go on, and compare with a run that was let be."""
    _judged(*batch_runs.killed(folder, count, kills, seconds or _between(count, kills), click.echo))


def _numbers(given: str) -> list[int]:
    return [int(each) for each in given.split(",")]


def _between(count: int, kills: int) -> float:
    """Seconds between kills at which so many fall into a run: two workers do some 250 documents a second."""
    return min(6.0, max(0.5, count / 250 / max(kills, 1)))


def _judged(*findings: Finding) -> None:
    _show(findings)
    sys.exit(0 if all(each.holds for each in findings) else 1)


def _show(findings: Iterable[Finding]) -> None:
    click.echo()
    for each in findings:
        click.echo(f"{'holds' if each.holds else 'FAILS':<6} {each.claim}: {each.measured}")


if __name__ == "__main__":
    main()
