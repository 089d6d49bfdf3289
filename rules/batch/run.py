"""A whole run: list, rate what is not done, record, sum up."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.batch.journal import SCHEMA, Journal, cannot_write
from rules.batch.packs import keep_pack
from rules.batch.part import Shard, shards
from rules.batch.pool import Queue, Workers
from rules.batch.progress import Progress
from rules.batch.receipt import Receipt
from rules.batch.save import Saver, drafts_file
from rules.batch.source import parts
from rules.batch.table import need_pyarrow
from rules.batch.worker import Task, caveat_version
from rules.errors import RulesError
from rules.pack import Pack

#: Items in a shard: some seconds of work, so that a stop loses little, and ten million documents are 40,000 files.
SHARD = 250
#: Seconds that a document may take. One of 16 MB, near the longest that is read at all, takes 80 of the processor.
LIMIT = 300.0


@dataclass(frozen=True)
class Plan:
    """What to rate, and how. `open_workers` starts the processes, which a run that is done already never needs."""

    inputs: tuple[str, ...]
    out: Path
    pack: Pack
    open_workers: Callable[[], AbstractContextManager[Workers]]
    form: str = "jsonl"
    columns: tuple[str, ...] = ()
    size: int = SHARD
    limit: float = LIMIT
    saver: Saver | None = None

    def shards(self) -> Iterator[Shard]:
        """Every shard, lazily, always in the same order."""
        return shards(parts(self.inputs, self.size), self.size)

    def task(self) -> Task:
        """What the workers are told."""
        save, who = self.saver is not None, self.saver.who if self.saver else ""
        return Task(str(self.out.absolute()), self.form, self.columns, self.pack.digest, self.limit, save, who)

    def identity(self) -> dict[str, Any]:
        """What the shards' bytes depend on beside the documents."""
        pack = {"name": self.pack.name, "version": self.pack.version, "digest": self.pack.digest}
        return {
            "schema": SCHEMA, "caveat": caveat_version(), "pack": pack, "format": self.form,
            "columns": list(self.columns), "shard": self.size,
        }  # fmt: skip


def run(plan: Plan, told: Callable[[str], None]) -> Receipt:
    """Rate everything that is not done; the sum of all receipts. `told` hears what goes wrong on the way.

    Raises RulesError; what was done until then stays done, and the same call goes on with it.
    """
    if plan.form == "parquet":
        need_pyarrow()
    _refuse_within(plan)
    whole = Receipt()
    progress = Progress(plan.shards)
    with Journal(plan.out, plan.identity()) as journal:
        try:
            keep_pack(plan.out, plan.pack)
        except OSError as error:
            raise cannot_write(plan.out, error) from None
        try:
            done = dict(_advance(plan, journal, whole, progress, told))
        finally:
            progress.clear()
        journal.complete(done)
    return whole


def _refuse_within(plan: Plan) -> None:
    """What a run writes must not be what it reads."""
    out = plan.out.resolve()
    for given in plan.inputs:
        if Path(given).is_dir() and out.is_relative_to(Path(given).resolve()):
            raise RulesError("Cannot write", f"{plan.out}: lies in {given}, which is read; give an --out elsewhere")


def _advance(
    plan: Plan, journal: Journal, whole: Receipt, progress: Progress, told: Callable[[str], None]
) -> Iterator[tuple[int, str]]:
    """Number and key of every shard, when it is finished and recorded."""
    left = _Left(plan, journal, progress)
    first = left.next_open()
    if first is not None:
        with plan.open_workers() as workers:
            for receipt in Queue(plan.task(), workers, told).run(left.rest(first)):
                if plan.saver is not None:
                    _save(plan.saver, plan.out, receipt)
                journal.record(receipt)
                whole.add(receipt)
                progress.advance(receipt.items, receipt.failed, fresh=True)
                yield receipt.number, receipt.key
    for receipt in left.done:
        whole.add(receipt)
        yield receipt.number, receipt.key


def _save(saver: Saver, out: Path, receipt: Receipt) -> None:
    """Take the ratings of a shard into the ledger before the shard counts as done: a kill between does no harm."""
    try:
        receipt.saved, receipt.ledger = saver.take(drafts_file(out, receipt.number)), saver.name
    except OSError as error:
        raise cannot_write(out, error) from None


class _Left:
    """The shards that are not done; those that are gather in `done` as they are passed over."""

    def __init__(self, plan: Plan, journal: Journal, progress: Progress) -> None:
        self._coming, self._journal, self._progress = plan.shards(), journal, progress
        self._ledger = plan.saver.name if plan.saver else ""
        self.done: list[Receipt] = []

    def next_open(self) -> Shard | None:
        """The next shard that must be rated."""
        for shard in self._coming:
            receipt = self._journal.finished(shard.number, shard.key, self._ledger)
            if receipt is None:
                return shard
            self._progress.advance(receipt.items, receipt.failed, fresh=False)
            self.done.append(receipt)
        return None

    def rest(self, first: Shard) -> Iterator[Shard]:
        """All of them, from the first on."""
        shard: Shard | None = first
        while shard is not None:
            yield shard
            shard = self.next_open()
