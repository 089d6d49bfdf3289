"""What a worker does, on this machine or another: rate a shard and write its file. One compiled pack a process."""

import base64
import functools
import json
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.extract import read
from facts.readers import Unread
from rules.assess import assess
from rules.assessment import Assessment
from rules.batch.output import Sink, replace, unfinished
from rules.batch.part import Shard
from rules.batch.read import items
from rules.batch.receipt import Receipt, Trouble
from rules.batch.row import Row, killed, whole
from rules.errors import RulesError
from rules.pack import Pack, from_files


@dataclass(frozen=True)
class Task:
    """What stays the same for all shards of a run: where to write, what, and under which pack."""

    out: str
    form: str
    columns: tuple[str, ...]
    digest: str

    def file(self, shard: Shard) -> Path:
        """Where a shard's rows stand."""
        return Path(self.out) / "shards" / f"{shard.number:08d}.{self.form}"


def rate_shard(task: Task, shard: Shard, skip: Mapping[int, str]) -> Receipt | Trouble:
    """Rate a shard and write its file, which then counts as a whole or not at all.

    `skip` says of items, by their number in the shard, why they are not tried. Raises nothing that is foreseen: what
    comes out of here as an exception is a document's doing.
    """
    began = time.process_time()
    try:
        pack = _pack(task.out, task.digest)
        path = task.file(shard)
        with unfinished(path) as waiting:
            sink = Sink(waiting, task.form, task.columns)
            receipt = Receipt(shard.number, shard.key, path.name, items=shard.items)
            try:
                for row, seconds in _timed(_rows(shard, pack, skip)):
                    receipt.note(row, seconds)
                    sink.write(row)
                receipt.sha256, receipt.size = sink.close()
            finally:
                sink.abandon()
        receipt.seconds, receipt.memory = round(time.process_time() - began, 3), _resident()
        return receipt
    except RulesError as error:
        return Trouble(error.title, error.message)
    except OSError as error:
        told = f"{task.out}: {error.strerror or error}; mend that and run the same command again: what is done stays"
        return Trouble("Cannot write", told)


def probe(task: Task, shard: Shard, first: int, last: int) -> None:
    """Rate the items from `first` to before `last` for nothing: whoever survives that holds no killer."""
    pack = _pack(task.out, task.digest)
    for number, item in enumerate(items(shard)):
        if number >= last:
            return
        if number >= first:
            for place, found in item.open():
                _row(place, found, pack)


def keep_pack(folder: Path, pack: Pack) -> None:
    """Put the pack's files under their digest where every worker finds them. Raises OSError."""
    path = _pack_file(str(folder), pack.digest)
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        replace(path, json.dumps({name: base64.b64encode(data).decode() for name, data in pack.files.items()}))


def settle() -> None:
    """Prepare a worker process: the keyboard is for its parent, and it ends when that does, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@functools.lru_cache(maxsize=2)
def _pack(out: str, digest: str) -> Pack:
    path = _pack_file(out, digest)
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        told = f"{path}: {error}; workers must see the folder of --out under the same path"
        raise RulesError("No pack", told) from None
    pack = from_files({name: base64.b64decode(data) for name, data in content.items()}, examples=False)
    if pack.digest != digest:
        raise RulesError("Wrong pack", f"{path}: holds {pack.digest}, not {digest}; remove it and run again")
    return pack


def _pack_file(out: str, digest: str) -> Path:
    return Path(out) / "pack" / f"{digest.rpartition(':')[2]}.json"


def _rows(shard: Shard, pack: Pack, skip: Mapping[int, str]) -> Iterator[Row]:
    for number, item in enumerate(items(shard)):
        if number in skip:
            yield killed(item.place, skip[number])
            continue
        for place, found in item.open():
            yield _row(place, found, pack)


def _row(place: str, found: Announcement | Unread, pack: Pack) -> Row:
    return whole(place, found if isinstance(found, Unread) else _rated(found, pack))


def _rated(announcement: Announcement, pack: Pack) -> Assessment | Unread | tuple[str, RulesError]:
    try:
        return assess(read(announcement), pack=pack)
    except FactsError as error:
        return Unread(announcement.name, error)
    except RulesError as error:
        return announcement.name, error


def _resident() -> float:
    """MB that this process holds; the most that it ever held where the system tells no more."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)
    return round(pages * resource.getpagesize() / 1e6, 1)


def _timed(rows: Iterator[Row]) -> Iterator[tuple[Row, float]]:
    """Rows with the seconds that each took, reading included."""
    started = time.perf_counter()
    for row in rows:
        yield row, time.perf_counter() - started
        started = time.perf_counter()
