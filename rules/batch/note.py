"""Where a worker is in a shard, on a note that outlives it, and the alarm that ends it over a document that hangs."""

import faulthandler
import os
import signal
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rules.batch.output import UNFINISHED
from rules.errors import RulesError

_ENDING = f".note{UNFINISHED}"
#: `document` of a mark that means all documents of an item.
WHOLE = -1
#: A document is given up when it took too long twice: the first time, the machine may have been asleep. Its whole file
#: is given up when even passing over it takes too long.
_LATE, _HOPELESS = 2, 4
_WIDE = 24


class Mark(NamedTuple):
    """An item of a shard by its number, and one of the documents in it: an entry of a feed, say."""

    item: int
    document: int


class Note:
    """The note of one attempt at a shard. Its file goes when the attempt ends well, and stays when it does not."""

    def __init__(self, handle: int, seconds: float) -> None:
        self._handle, self._seconds = handle, seconds
        os.write(handle, _line(""))  # the alarm writes on behind this line, which `at` writes over

    def at(self, mark: Mark) -> None:
        """Say what comes next, and start the clock for it."""
        os.pwrite(self._handle, _line(f"{mark.item} {mark.document}"), 0)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def rest(self) -> None:
        """Stop the clock."""
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def noted(folder: Path, shard: int, seconds: float) -> Iterator[Note]:
    """A note for an attempt at a shard; no document of it may take longer than `seconds`.

    The alarm ends the process, for what hangs may hang in C, where no exception of ours would be heard. Before that it
    writes the stack behind the mark, and so tells this end from every other. Raises OSError.
    """
    path = folder / f".{shard:08d}.{uuid.uuid4().hex}{_ENDING}"
    with path.open("wb", buffering=0) as stream:
        faulthandler.register(signal.SIGALRM, stream, all_threads=True, chain=True)
        note = Note(stream.fileno(), seconds)
        try:
            yield note
        except (OSError, RulesError):  # no document's doing
            path.unlink(missing_ok=True)
            raise
        else:
            path.unlink(missing_ok=True)
        finally:
            note.rest()
            faulthandler.unregister(signal.SIGALRM)


def _line(told: str) -> bytes:
    return told.ljust(_WIDE).encode() + b"\n"


def ends(folder: Path, shard: int) -> dict[str, tuple[Mark, bool]]:
    """Where attempts at a shard ended that did not end well, or are now, by file; and whether it was the alarm."""
    found = {}
    for path in folder.glob(f".{shard:08d}.*{_ENDING}"):
        try:
            mark, _, stack = path.read_text("utf-8", "replace").partition("\n")
            item, document = map(int, mark.split())
        except (OSError, ValueError):  # gone meanwhile, or nothing was noted yet
            continue
        found[path.name] = Mark(item, document), bool(stack)
    return found


def given_up(folder: Path, shard: int, seconds: float) -> dict[Mark, str]:
    """What took too long often enough, and why it is not tried again."""
    late = Counter(mark for mark, by_alarm in ends(folder, shard).values() if by_alarm)
    why = f"took more than {seconds:g} seconds (--limit)"
    skip = {mark: why for mark, times in late.items() if times >= _LATE}
    return skip | {Mark(mark.item, WHOLE): why for mark, times in late.items() if times >= _HOPELESS}
