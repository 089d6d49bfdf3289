"""Workers of this machine: processes, replaced when they die, and gone when the command is."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any

from rules.batch.receipt import Receipt, Trouble
from rules.batch.worker import settle


class Local:
    """A pool of processes. mp.Pool would wait for ever for a worker that was killed."""

    shared_fate = True

    def __init__(self, workers: int) -> None:
        self.slots = workers
        # Forked from a server of one thread that has loaded everything: quick, and nothing of our threads is copied.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["rules.batch.worker", "rules.engine"])
        self._others = set(multiprocessing.active_children())
        self._pool = self._fresh(workers)

    def __enter__(self) -> "Local":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """End the processes; at once where the command itself is ending early."""
        if kind is not None:
            self._end()
        self._pool.shutdown(cancel_futures=True)

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Have a call done by any of the processes."""
        return self._pool.submit(call, *arguments)

    def alone(self, call: Callable[..., Any], *arguments: object) -> BaseException | Receipt | Trouble | None:
        """Have a call done by a process of its own; what it returned, or what it died of."""
        with self._fresh(1) as pool:
            future = pool.submit(call, *arguments)
            error = future.exception()
            return error if error is not None else future.result()

    def mend(self) -> None:
        """A pool that lost one process is lost as a whole."""
        self._end()
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._fresh(self.slots)

    def _fresh(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, self._context, settle)

    def _end(self) -> None:
        for process in set(multiprocessing.active_children()) - self._others:
            with suppress(ValueError):  # closed meanwhile
                process.kill()
