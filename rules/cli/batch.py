"""`caveat batch`: many announcements, resumable; `caveat batch report`: what came out."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from rules.batch import row
from rules.batch.pool import Workers
from rules.batch.run import LIMIT, SHARD, Plan, run
from rules.batch.save import Saver
from rules.batch.summary import write
from rules.cli.ledger import asker, ledger_option, who_option
from rules.cli.main import DONE, INTERNAL, UNREAD, complain
from rules.cli.options import chosen_pack, limit_option, pack_option, target
from rules.pack import Pack


class Batch(click.Group):
    """A group whose first word, when it names no subcommand, is already an input of the batch itself."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`caveat batch IN...` is the batch; only `report` is another command."""
        return super().parse_args(ctx, args if args[:1] == ["report"] else ["", *args])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the batch itself."""
        batch.format_help(ctx, formatter)


class _Context(click.Context):
    """The batch is called as the group is: it has no name of its own."""

    @property
    def command_path(self) -> str:
        """As it is typed."""
        return self.parent.command_path if self.parent else super().command_path


class _Itself(click.Command):
    """The batch, as the command of the group that has no name."""

    context_class = _Context


@click.group("batch", cls=Batch, add_help_option=False)
def command() -> None:
    """Rate many announcements; `caveat batch report DIR` tells what came out."""


@command.command("", cls=_Itself)
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where results go.")
@click.option("--format", "form", type=click.Choice(["jsonl", "parquet"]), default="jsonl", show_default=True)
@click.option("--columns", metavar="a,b,c", help=f"Only these, of {', '.join(row.COLUMNS)}.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes.  [default: one a core]")
@click.option("--dask", metavar="ADDRESS", help="A scheduler's address (tcp://…, tls://…), or local.")
@limit_option("document", LIMIT)
@click.option("--save/--no-save", "save", help="Record each rating in the ledger.  [default: no-save]")
@ledger_option
@who_option
@click.option("--shard", type=click.IntRange(1, 100_000), default=SHARD, show_default=True, metavar="N",
              help="Documents in one file of results.")  # fmt: skip
@pack_option
def batch(
    inputs: tuple[str, ...], out: Path, form: str, columns: str | None, workers: int | None, dask: str | None,
    limit: float, save: bool, place: str | None, who: str | None, shard: int, pack_name: str | None,
) -> int:  # fmt: skip
    """Rate folders, globs, JSON lines, Parquet files, feeds, zip and tar archives, whatever their number.

    DIR gets shards/, manifest.json and a summary as text and HTML. Stopped in any way, the same command goes on where
    it was. `caveat batch report DIR` tells what came out, and compares two runs.

    Exit codes: 0 done; 2 usage, rules or a full disk; 3 some documents could not be rated (their rows have an error);
    5 the engines disagree.

    Example: caveat batch news/ archive.zip --out results --workers 4
    """
    pack = chosen_pack(pack_name)
    pack.refuse_text()

    def open_workers() -> AbstractContextManager[Workers]:
        return _workers(workers or len(os.sched_getaffinity(0)), dask)

    plan = Plan(inputs, out, pack, open_workers, form, row.chosen(columns), shard, limit)
    with _saver(pack, place, who) if save else nullcontext() as saver:
        whole = run(replace(plan, saver=saver), _told)
    click.echo(write(whole, pack, out), nl=False)
    if whole.disagreed:
        return complain("the engines disagree", f"on {whole.disagreed:,} announcements; see {out}", INTERNAL)
    if whole.failed:
        return complain("not all rated", f"{whole.failed:,} of {whole.rows:,}; their rows have an error", UNREAD)
    return DONE


@command.command("report")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("other", type=click.Path(path_type=Path), metavar="[DIR2]", required=False)
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Also write a page with charts.")
def report_(folder: Path, other: Path | None, html: Path | None) -> int:
    """Levels over time, by class and by company, and what fired most; with DIR2, what moved between the two runs.

    Example: caveat batch report results --html results.html
    """
    from rules.batch import chart, report

    counts = report.count(folder)
    title, blocks = report.headline(folder, counts), report.blocks(counts, report.pack_of(folder))
    if other is not None:
        blocks = report.compare(folder, other) + blocks
    click.echo(chart.text(title, blocks), nl=False)
    if html is not None:
        with target(str(html)) as stream:
            stream.write(chart.page(title, blocks))
    return DONE


def _told(message: str) -> None:
    complain("worker lost", message, DONE)


@contextmanager
def _saver(pack: Pack, place: str | None, who: str | None) -> Iterator[Saver]:
    """The ledger of a run that is saved; refused before anything is rated, if it cannot be written."""
    from rules.ledger.place import open_ledger

    with open_ledger(place, write=True) as ledger:
        yield Saver(ledger, pack, asker(who))


def _workers(number: int, dask: str | None) -> AbstractContextManager[Workers]:
    """This machine's processes or a cluster's; each is imported when it is wanted."""
    if dask is not None:
        from rules.batch.cluster import Cluster

        return Cluster(dask, number)
    from rules.batch.local import Local

    return Local(number)
