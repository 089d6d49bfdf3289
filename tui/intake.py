"""What works beside the screen for the inbox: rating, listing the ledger, following folders and feeds, in threads.

Whatever they find out is queued as events, and taken in the thread of whoever shows it. Knows nothing of Textual.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from queue import SimpleQueue

from rules.errors import RulesError
from tui.query import Stored
from tui.rater import Found, Lister, Rater, Report, Source, Started
from tui.watch import Arrived, Watcher, place_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of ratings on record; an empty one is the end, with what went wrong if anything did."""

    rows: tuple[Stored, ...] = ()
    error: RulesError | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A thread ended by a fault of the program."""

    error: BaseException


#: Seconds that a thread may keep the interpreter while another wants it: a key must not wait the usual five
#: milliseconds at every step.
_SWITCH = 0.001
Event = Report | Arrived | Listed | Broken


class Intake:
    """`arrived` is called, in some thread, when there are events where there were none."""

    def __init__(self, rater: Rater, lister: Callable[[], Lister]) -> None:
        self._rater = rater
        self._lister = lister
        self._listing: Lister | None = None
        self._batches: SimpleQueue[tuple[list[Source], bool, int] | None] = SimpleQueue()
        self._turn = 0
        self._turning = threading.Lock()
        self._events: deque[Event] = deque()
        self._arrived: Callable[[], object] | None = None
        self._told = False
        self._watcher = Watcher(self.put)

    @property
    def followed(self) -> Sequence[str]:
        """The folders and feeds that are followed."""
        return tuple(self._watcher.names)

    def begin(self, arrived: Callable[[], object]) -> None:
        """Tell of events from now on; at the first call the rating begins."""
        first, self._arrived = self._arrived is None, arrived
        self._told = bool(self._events)
        if self._told:
            arrived()
        if first:
            sys.setswitchinterval(_SWITCH)
            threading.Thread(target=self._guarded, args=(self._rate,), name="rater", daemon=True).start()

    def open(self, sources: Sequence[Source], new: bool = False) -> None:
        """Rate these after those that wait already."""
        self._batches.put((list(sources), new, self._turn))

    def follow(self, name: str, private: bool = False, anew: bool = False) -> bool:
        """Follow a folder or a feed, one in a `private` network too. Returns whether it was not followed already."""
        return self._watcher.follow(place_of(name, private), anew)

    def list(self, address: str, after: int | None) -> None:
        """Read the ratings on record, those behind the entry `after`."""
        threading.Thread(
            target=self._guarded, args=(lambda: self._list(address, after),), name="lister", daemon=True
        ).start()

    def stop(self) -> None:
        """Rate nothing of what waits; what is being rated now is finished."""
        with self._turning:
            self._turn += 1

    def close(self) -> None:
        """End everything at once."""
        self._arrived = None
        self._watcher.close()
        self.stop()
        self._batches.put(None)
        self._rater.close()
        if self._listing is not None:
            self._listing.close()

    def put(self, event: Event) -> None:
        """Queue an event, from any thread."""
        self._events.append(event)
        if not self._told and self._arrived is not None:
            self._told = True
            self._arrived()

    def events(self) -> Iterator[Event]:
        """The events that are there, and those that come while these are taken."""
        self._told = False
        while self._events:
            yield self._events.popleft()

    @property
    def more(self) -> bool:
        """Whether there is something to take."""
        return bool(self._events)

    def _rate(self) -> None:
        while (batch := self._batches.get()) is not None:
            sources, new, turn = batch
            for report in self._rater.rate(sources) if turn == self._turn else ():
                with self._turning:
                    if turn != self._turn and isinstance(report, Found | Started):
                        break
                    self.put(replace(report, new=True) if new and isinstance(report, Found) else report)

    def _list(self, address: str, after: int | None) -> None:
        lister = self._listing = self._lister()
        error: RulesError | None = None
        try:
            for page in lister.rows(address, after):
                self.put(Listed(tuple(page)))
        except RulesError as found:
            error = found
        lister.close()
        self.put(Listed(error=error))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  a thread's boundary: raised again where it is seen
            if self._arrived is not None:
                self.put(Broken(error))
