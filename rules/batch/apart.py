"""Announcements rated one at a time in a process beside this one, which none of them can end or hold up."""

import signal
import time
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType

from facts.announcement import Announcement
from rules.batch.local import Local
from rules.batch.read import Placed
from rules.batch.row import killed
from rules.batch.worker import Done, outcome
from rules.pack import Pack, from_files

#: A process that ends over an announcement may have been ended from outside; one that does so again was not.
_TWICE = 2


class Apart:
    """One process, started anew when it ends. No announcement may take longer than `limit` seconds.

    With `save`, what comes of an announcement brings its entry for the ledger, in the name of `who`.
    """

    def __init__(self, pack: Pack, limit: float, save: bool = False, who: str = "") -> None:
        self._told, self._limit = _Told(dict(pack.files), pack.digest, save, who), limit
        self._workers = Local(1)

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        self._workers.__exit__(kind, value, at)

    def rate(self, place: str, found: Announcement) -> Done:
        """What comes of an announcement; of one that the process does not survive, a row that says so."""
        why = ""
        for _ in range(_TWICE):
            began = time.monotonic()
            future = self._workers.submit(_timed, self._told, self._limit, (place, found))
            error = future.exception()
            if error is None:
                done: Done = future.result()
                return done
            if not isinstance(error, BrokenProcessPool):
                return Done(killed(place, f"it fails in an unforeseen way ({type(error).__name__}: {error})"))
            self._workers.mend()
            late = time.monotonic() - began >= self._limit
            why = f"took more than {self._limit:g} seconds (--limit)" if late else "its worker dies over it"
        return Done(killed(place, why))


@dataclass(frozen=True)
class _Told:
    """What stays the same for all announcements. The pack goes along each time: half a megabyte, and nobody hurries."""

    files: dict[str, bytes]
    digest: str
    save: bool
    who: str


#: The compiled packs of this process by digest: one.
_PACKS: dict[str, Pack] = {}


def _timed(told: _Told, limit: float, placed: Placed) -> Done:
    if told.digest not in _PACKS:
        _PACKS[told.digest] = from_files(told.files, examples=False)
    signal.setitimer(signal.ITIMER_REAL, limit)  # unheard, it ends the process: what hangs may hang in C
    try:
        return outcome(placed, _PACKS[told.digest], told.save, told.who)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
