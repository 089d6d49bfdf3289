"""Announcements rated one at a time in a process beside this one, which none of them can end or hold up."""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from facts.announcement import Announcement
from rules.batch.local import Local
from rules.batch.note import Mark, ends, noted
from rules.batch.read import Placed
from rules.batch.row import killed
from rules.batch.worker import Done, outcome, warmed
from rules.errors import RulesError
from rules.pack import Pack, from_files

#: A process that ends over an announcement may have been ended from outside; one that does so again was not.
_TWICE = 2
#: On its note an announcement stands as the only one of a shard of this number.
_ALONE = 0


class Apart:
    """One process, started anew when it ends. No announcement may take longer than `limit` seconds.

    With `save`, what comes of an announcement brings its entry for the ledger, in the name of `who`.
    """

    def __init__(self, pack: Pack, limit: float, save: bool = False, who: str = "") -> None:
        self._folder = TemporaryDirectory(prefix="caveat-")
        self._told = _Told(dict(pack.files), pack.digest, limit, Path(self._folder.name), save, who)
        self._workers = Local(1)
        self._ready = False

    def __enter__(self) -> "Apart":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        self._workers.__exit__(kind, value, at)
        self._folder.cleanup()

    def rate(self, place: str, found: Announcement) -> Done:
        """What comes of an announcement; of one that the process does not survive, a row that says so.

        Raises RulesError where processes end before they have looked at any.
        """
        why = ""
        for _ in range(_TWICE):
            self._prepare()
            done = self._called(_timed, self._told, (place, found))
            if isinstance(done, Done):
                return done
            late = self._was_alarmed()
            if not isinstance(done, BrokenProcessPool):
                return Done(killed(place, f"it fails in an unforeseen way ({type(done).__name__}: {done})"))
            self._ready = False
            self._workers.mend()
            why = f"took more than {self._told.limit:g} seconds (--limit)" if late else "its worker dies over it"
        return Done(killed(place, why))

    def _was_alarmed(self) -> bool:
        """Whether the alarm ended the last attempt, by the note that it left; which goes."""
        late = any(by_alarm for _, by_alarm in ends(self._told.notes, _ALONE).values())
        for note in self._told.notes.iterdir():
            note.unlink()
        return late

    def _prepare(self) -> None:
        """See that the process has loaded everything: no announcement answers for the time that this takes."""
        for _ in range(_TWICE):
            if self._ready:
                return
            error = self._called(_pack, self._told)
            self._ready = not isinstance(error, BaseException)
            if not self._ready:
                self._workers.mend()
        if not self._ready:
            raise RulesError("Worker dies", f"before it has looked at anything ({error}); is there enough memory?")

    def _called(self, call: Callable[..., Any], *arguments: object) -> Any:
        """What a call by the process returns, or what it raises or dies of."""
        try:
            future = self._workers.submit(call, *arguments)
        except BrokenProcessPool as broken:  # it broke after we last looked
            return broken
        error = future.exception()
        return future.result() if error is None else error


@dataclass(frozen=True)
class _Told:
    """What stays the same for all announcements. The pack goes along each time: half a megabyte, and nobody hurries."""

    files: dict[str, bytes]
    digest: str
    limit: float
    notes: Path
    save: bool
    who: str


#: The compiled packs of this process by digest: one.
_PACKS: dict[str, Pack] = {}


def _pack(told: _Told) -> None:
    """Have the pack, and all that first announcements load, in this process."""
    if told.digest not in _PACKS:
        _PACKS[told.digest] = warmed(from_files(told.files, examples=False))


def _timed(told: _Told, placed: Placed) -> Done:
    _pack(told)
    with noted(told.notes, _ALONE, told.limit) as note:
        note.at(Mark(0, 0))
        return outcome(placed, _PACKS[told.digest], told.save, told.who)
