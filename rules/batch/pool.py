"""How shards get to workers and back: queueing, and what happens when a worker dies over one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Protocol

from rules.batch.examine import Examination, is_death, is_final
from rules.batch.part import Shard
from rules.batch.receipt import Receipt, Trouble
from rules.batch.worker import Task, rate_shard
from rules.errors import RulesError

#: A shard that was there when a worker died this often is looked at closely; the first time may have been chance.
_SUSPECT = 2


class Workers(Protocol):
    """Processes that do what they are given, here or elsewhere."""

    slots: int
    #: Whether the death of one process loses the work of all.
    shared_fate: bool

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Have a call done."""

    def alone(self, call: Callable[..., Any], *arguments: object) -> BaseException | Receipt | Trouble | None:
        """Have a call done by a process that does nothing else; what it returned, or what it died of."""

    def mend(self) -> None:
        """Replace what broke. Raises RulesError where that cannot be done."""


@dataclass
class Queue:
    """Feeds shards to workers, a few at a time, and takes them up again when they are lost."""

    task: Task
    workers: Workers
    told: Callable[[str], None]
    _waiting: "dict[Future[Any], Shard]" = field(default_factory=dict)
    _again: list[Shard] = field(default_factory=list)
    _deaths: Counter[int] = field(default_factory=Counter)

    def run(self, shards: Iterable[Shard]) -> Iterator[Receipt]:
        """Rate every shard; receipts come as they are ready. Raises RulesError where nothing more can be written."""
        coming = iter(shards)
        while self._filled(coming):
            done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
            lost: list[tuple[Shard, BaseException]] = []
            for future in done:
                shard = self._waiting.pop(future)
                error = _error_of(future)
                if error is None:
                    yield _receipt(future.result())
                elif is_death(error) and not is_final(error):
                    lost.append((shard, error))
                else:  # the document's doing: no other shard is under suspicion
                    yield self._examined(shard)
            if lost:
                yield from self._mended(lost)

    def _filled(self, coming: Iterator[Shard]) -> bool:
        """Give the workers as much as they can take; whether there is anything to wait for."""
        while len(self._waiting) <= self.workers.slots:
            shard = self._again.pop() if self._again else next(coming, None)
            if shard is None:
                break
            self._waiting[self._submitted(shard)] = shard
        return bool(self._waiting)

    def _submitted(self, shard: Shard) -> "Future[Any]":
        try:
            return self.workers.submit(rate_shard, self.task, shard, {})
        except BrokenProcessPool as error:  # it broke after we last looked
            future: Future[Any] = Future()
            future.set_exception(error)
            return future

    def _mended(self, lost: list[tuple[Shard, BaseException]]) -> Iterator[Receipt]:
        """A worker died: everything under way is lost, and done again; what is lost a second time is examined."""
        for future in list(self._waiting) if self.workers.shared_fate else ():
            if (error := _error_of(future)) is None:
                yield _receipt(future.result())
                del self._waiting[future]
            elif is_death(error):
                lost.append((self._waiting.pop(future), error))
        self.workers.mend()
        for shard, error in lost:
            self._deaths[shard.number] += not isinstance(error, CancelledError)  # that was never begun, or forgotten
            if self._deaths[shard.number] < _SUSPECT:
                self._again.append(shard)
            else:
                yield self._examined(shard)

    def _examined(self, shard: Shard) -> Receipt:
        """Rate a shard alone, without what its workers do not survive."""
        return _receipt(Examination(self.task, shard, self.workers.alone, self.told).outcome())


def _error_of(future: "Future[Any]") -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:  # a scheduler that was started anew has forgotten it
        return error


def _receipt(outcome: Any) -> Receipt:
    if isinstance(outcome, Trouble):
        raise RulesError(outcome.title, outcome.message)
    assert isinstance(outcome, Receipt)
    return outcome
