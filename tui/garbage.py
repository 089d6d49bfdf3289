"""Full garbage collections while nobody waits: among a million objects of packs and ratings one takes 0.1 s.

What the program has loaded when the first rating, or the ledger, is opened is taken out of all collections: it stays
until the end. Of what comes later young garbage is collected as always, and all of it when the program rests.
"""

import gc
import time
from collections.abc import Callable
from typing import Protocol

#: Seconds between looks, and how busy the process may be in them to count as resting.
_EVERY, _REST_SHARE = 3.0, 0.1
#: Collections of the middle generation after which a full one is worth its time, and after which one is made anyhow.
_WORTH, _ANYHOW = 10, 500


class Clocked(Protocol):
    """Whatever can call back: an App."""

    def set_interval(self, interval: float, callback: Callable[[], object]) -> object:
        """Call back again and again."""


class Sweeper:
    """Collects when the process was resting for a while and there is something to collect."""

    def __init__(self, busy: Callable[[], float] = time.process_time) -> None:
        self._busy = busy
        self._last = busy()
        self._middle = _middle()

    def look(self) -> bool:
        """Collect if it is time. Returns whether it was."""
        busy, self._last = self._busy() - self._last, self._busy()
        if busy > _REST_SHARE * _EVERY or _middle() - self._middle < _WORTH:
            return False
        gc.collect()
        self._middle = _middle()
        return True


_watched: list[Sweeper] = []
_begun: set[str] = set()


def watch(app: Clocked, since: str) -> None:
    """Begin, once for a process; and take out once more what was loaded for a sort of screen that is new, `since`."""
    if since not in _begun:
        _begun.add(since)
        gc.freeze()
    if _watched:
        return
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _ANYHOW)
    _watched.append(Sweeper())
    app.set_interval(_EVERY, _watched[0].look)


def _middle() -> int:
    """Collections of the middle generation so far."""
    return int(gc.get_stats()[1]["collections"])
