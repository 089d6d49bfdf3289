"""A shard that workers do not survive: which documents do it, so that the rest can be rated."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from rules.batch import note
from rules.batch.note import WHOLE, Mark
from rules.batch.part import Shard
from rules.batch.receipt import Receipt, Trouble
from rules.batch.worker import Task, probe, rate_shard
from rules.errors import RulesError

#: A document is skipped when this many processes of its own ended at it; one may have been ended by something else.
_TWICE = 2
#: Attempts that leave no note until it is believed that none can be left: a process may also end before its first.
_SILENT = 3
#: Attempts without a culprit, one after another, until it is the machine that is to blame. One that did not come as far
#: as a document counts for more: something may end processes now and then, but these do not even begin.
_MOST_CHANCES, _UNBEGUN = 30, 5

#: Has a call done by a process that does nothing else: what it returned, or what it died of.
Alone = Callable[..., Any]
#: Where processes ended, and whether the alarm ended them.
Ends = list[tuple[Mark, bool]]


class Examination:
    """Rates one shard, a process at a time, and finds out what it must leave out. `told` hears of it."""

    def __init__(self, task: Task, shard: Shard, alone: Alone, told: Callable[[str], None]) -> None:
        self._task, self._shard, self._run, self._told = task, shard, alone, told
        self._skip: dict[Mark, str] = {}
        self._silent = 0

    def outcome(self) -> Receipt | Trouble:
        """What the shard comes to in the end. Raises RulesError where processes die and no document is to blame."""
        chances = 0
        while True:
            outcome, ends = self._alone(rate_shard, self._skip)
            if not isinstance(outcome, BaseException):
                done: Receipt | Trouble = outcome
                return done
            found = self._culprits(outcome, ends)
            self._skip |= found
            chances = 0 if found else chances + (1 if ends else _UNBEGUN)
            if chances > _MOST_CHANCES:
                told = f"shard {self._shard.number} ({self._place()}): {why(outcome)}, again and again"
                raise RulesError("Workers die", f"{told}; is there enough memory for --workers?")

    def _alone(self, call: Callable[..., Any], *more: object) -> tuple[Any, Ends]:
        """What a call came to that had a process to itself, and where that ended if it did not end well."""
        before = self._ends()
        outcome = self._run(call, self._task, self._shard, *more)
        return outcome, [end for name, end in self._ends().items() if name not in before]

    def _ends(self) -> dict[str, tuple[Mark, bool]]:
        return note.ends(self._task.folder, self._shard.number)

    def _culprits(self, error: BaseException, ends: Ends) -> dict[Mark, str]:
        """What to skip from now on; nothing where it may have been chance."""
        if not ends:
            self._silent += 1
            if self._silent < _SILENT:
                return {}
            idle, _ = self._alone(probe, 0, 0)
            return {} if isinstance(idle, BaseException) else self._killers(0, self._shard.items)
        if any(by_alarm for _, by_alarm in ends):
            return {}  # the next attempt sees that for itself
        found = {}
        for mark in {mark for mark, _ in ends}:
            if all(self._ends_at(mark) for _ in range(_TWICE)):
                # A document that ends the process although it is only passed over takes its whole file with it.
                found[Mark(mark.item, WHOLE) if mark in self._skip else mark] = self._blamed(mark.item, error)
        return found

    def _ends_at(self, mark: Mark) -> bool:
        """Whether a process that does nothing else ends there, and not on the way there."""
        outcome, ends = self._alone(probe, mark.item, mark.item + 1)
        return isinstance(outcome, BaseException) and mark in (each for each, _ in ends)

    def _killers(self, first: int, last: int) -> dict[Mark, str]:
        """Where no note tells (it did not reach the disk): by halves, and at the end each item alone, twice."""
        if last - first == 1 and Mark(first, WHOLE) in self._skip:
            return {}
        error, _ = self._alone(probe, first, last)
        if last - first == 1 and isinstance(error, BaseException):
            error, _ = self._alone(probe, first, last)
        if not isinstance(error, BaseException):
            return {}
        if last - first == 1:
            return {Mark(first, WHOLE): self._blamed(first, error)}
        middle = (first + last) // 2
        return self._killers(first, middle) | self._killers(middle, last)

    def _blamed(self, item: int, error: BaseException) -> str:
        because = why(error)
        self._told(f"{self._place()}: item {item + 1} of shard {self._shard.number}: {because}; skipped")
        return because

    def _place(self) -> str:
        return f"{self._shard.parts[0].place} …"


def is_death(error: BaseException) -> bool:
    """Whether it says that a process ended, rather than that a document raised."""
    return isinstance(error, BrokenProcessPool | CancelledError) or is_final(error)


def is_final(error: BaseException) -> bool:
    """Whether it says that a process ended again and again: of distributed, which is not imported for its name."""
    return type(error).__name__ == "KilledWorker"


def why(error: BaseException) -> str:
    """What a row says of a document that could not be rated."""
    if is_death(error):
        return "its worker dies over it"
    return f"it fails in an unforeseen way ({type(error).__name__}: {error})"
