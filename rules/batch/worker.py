"""What a worker does, on this machine or another: rate a shard and write its file. One compiled pack a process."""

import functools
import itertools
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

from facts.errors import FactsError
from facts.extract import read
from facts.readers import Unread
from rules.assess import assess
from rules.assessment import Assessment
from rules.batch.note import WHOLE, Mark, Note, given_up, noted
from rules.batch.output import Sink, unfinished
from rules.batch.packs import kept_pack
from rules.batch.part import Shard
from rules.batch.read import Item, Placed, items
from rules.batch.receipt import Receipt, Trouble
from rules.batch.row import Row, killed, whole
from rules.batch.save import drafts, drafts_file
from rules.errors import RulesError
from rules.ledger.entry import Draft
from rules.pack import Pack
from rules.samples import sample, samples

#: What a module that is missing, half-written or of another version raises: no document's doing.
NOT_LOADED = (ImportError, SyntaxError)


def cannot_load(error: Exception | str) -> tuple[str, str]:
    """Title and message for a worker whose program does not load."""
    told = f"{type(error).__name__}: {error}" if isinstance(error, Exception) else error
    return "Broken program", f"a worker cannot load it: {told}; mend it and run the same command again"


@functools.cache
def caveat_version() -> str:
    """The version of this process's Caveat, by which rows may differ."""
    return version("caveat")


@dataclass(frozen=True)
class Task:
    """What stays the same for all shards of a run: where to write, what, and under which pack.

    No document may take more than `limit` seconds. With `save`, ratings are left for the ledger, in the name of `who`.
    """

    out: str
    form: str
    columns: tuple[str, ...]
    digest: str
    limit: float
    save: bool = False
    who: str = ""
    #: The Caveat that hands out the work; another one must not do it.
    caveat: str = field(default_factory=caveat_version)

    @property
    def folder(self) -> Path:
        """Where the shards' rows stand."""
        return Path(self.out) / "shards"

    def file(self, shard: Shard) -> Path:
        """Where a shard's rows stand."""
        return self.folder / f"{shard.number:08d}.{self.form}"


class Done(NamedTuple):
    """What came of a document."""

    row: Row
    draft: Draft | None = None


def rate_shard(task: Task, shard: Shard, skip: Mapping[Mark, str]) -> Receipt | Trouble:
    """Rate a shard and write its file, which then counts as a whole or not at all.

    `skip` says of items or of documents in them why they are not tried; what took too long in earlier attempts is not
    tried either. Raises nothing that is foreseen: what comes out of here as an exception is a document's doing.
    """
    began = time.process_time()
    try:
        receipt = _written(task, shard, skip)
    except RulesError as error:
        return Trouble(error.title, error.message)
    except OSError as error:
        told = f"{task.out}: {error.strerror or error}; mend that and run the same command again: what is done stays"
        return Trouble("Cannot write", told)
    except NOT_LOADED as error:
        return Trouble(*cannot_load(error))
    receipt.seconds, receipt.memory = round(time.process_time() - began, 3), _resident()
    return receipt


def probe(task: Task, shard: Shard, first: int, last: int) -> None:
    """Rate the items from `first` to before `last` for nothing: whoever survives that holds no killer."""
    pack = _ready(task.out, task.digest)
    late = given_up(task.folder, shard.number, task.limit)
    with noted(task.folder, shard.number, task.limit) as note:
        numbered = itertools.islice(enumerate(items(shard)), first, last)
        for _ in _outcomes(numbered, late, note, lambda placed: outcome(placed, pack, task.save, task.who)):
            pass


def outcome(placed: Placed, pack: Pack, save: bool, who: str) -> Done:
    """What comes of a document: its row, and with `save` its entry for the ledger in the name of `who`."""
    place, found = placed
    if isinstance(found, Unread):
        return Done(whole(place, found))
    try:
        assessment = assess(read(found), pack=pack)
        return Done(whole(place, assessment), _draft(assessment, who) if save else None)
    except FactsError as error:
        return Done(whole(place, Unread(found.name, error)))
    except RulesError as error:
        return Done(whole(place, (found.name, error)))


def settle() -> None:
    """Prepare a worker process: the keyboard is for its parent, and it ends when that does, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def warmed(pack: Pack) -> Pack:
    """The pack, in a process that has now loaded all that first announcements load.

    That takes as long as a hundred of them, and what happens meanwhile must not be held against the first.
    """
    for name in samples():
        outcome((name, sample(name)), pack, save=False, who="")
    return pack


@functools.lru_cache(maxsize=2)
def _ready(out: str, digest: str) -> Pack:
    return warmed(kept_pack(out, digest))


def _written(task: Task, shard: Shard, skip: Mapping[Mark, str]) -> Receipt:
    if task.caveat != caveat_version():
        told = f"the worker has {caveat_version()}, this command {task.caveat}; install the same on both"
        raise RulesError("Another Caveat", told)
    pack, path = _ready(task.out, task.digest), task.file(shard)
    receipt = Receipt(shard.number, shard.key, path.name, items=shard.items)
    skip = {**given_up(task.folder, shard.number, task.limit), **skip}
    with ExitStack() as open_:
        note = open_.enter_context(noted(task.folder, shard.number, task.limit))
        waiting = open_.enter_context(unfinished(path))
        add = open_.enter_context(drafts(drafts_file(Path(task.out), shard.number))) if task.save else None
        sink = Sink(waiting, task.form, task.columns)
        open_.callback(sink.abandon)
        outcomes = _outcomes(
            enumerate(items(shard)), skip, note, lambda placed: outcome(placed, pack, task.save, task.who)
        )
        for (row, made), seconds in _timed(outcomes):
            receipt.note(row, seconds)
            sink.write(row)
            if add is not None and made is not None:
                add(made)
        receipt.sha256, receipt.size = sink.close()
    return receipt


def _outcomes(
    numbered: Iterable[tuple[int, Item]],
    skip: Mapping[Mark, str],
    note: Note,
    rated: Callable[[Placed], Done],
) -> Iterator[Done]:
    """What comes of every document of these items, in order, each noted before it is opened."""
    for number, item in numbered:
        if why := skip.get(Mark(number, WHOLE)):
            yield Done(killed(item.place, why))
            continue
        coming = item.open()
        for document in itertools.count():
            mark = Mark(number, document)
            note.at(mark)
            placed = next(coming, None)
            if placed is None:
                break
            why = skip.get(mark)
            yield Done(killed(placed[0], why)) if why else rated(placed)
        note.rest()


def _draft(assessment: Assessment, who: str) -> Draft:
    from rules.ledger.record import draft  # most runs save nothing

    return draft(assessment, who)


def _resident() -> float:
    """MB that this process holds; the most that it ever held where the system tells no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)
    return round(pages * resource.getpagesize() / 1e6, 1)


def _timed(rows: Iterator[Done]) -> Iterator[tuple[Done, float]]:
    """Outcomes with the seconds that each took, reading included."""
    started = time.perf_counter()
    for row in rows:
        yield row, time.perf_counter() - started
        started = time.perf_counter()
