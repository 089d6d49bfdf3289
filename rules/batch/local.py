"""Workers of this machine: processes, replaced when they die, and gone when the command is."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType
from typing import Any

from rules.batch.receipt import Receipt, Trouble
from rules.batch.worker import cannot_load, settle
from rules.errors import RulesError

#: What a server of processes that ended meanwhile answers.
_NO_SERVER = (EOFError, OSError)
_MODULES = ("rules.batch.worker", "rules.engine")


class Local:
    """A pool of processes. mp.Pool would wait for ever for a worker that was killed."""

    shared_fate = True

    def __init__(self, workers: int) -> None:
        self.slots = workers
        # Forked from a server of one thread that has loaded everything: quick, and nothing of our threads is copied.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(_MODULES))
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
        try:
            return self._pool.submit(call, *arguments)
        except _NO_SERVER as error:
            raise BrokenProcessPool(str(error)) from None

    def alone(self, call: Callable[..., Any], *arguments: object) -> BaseException | Receipt | Trouble | None:
        """Have a call done by a process of its own; what it returned, or what it died of."""
        with self._fresh(1) as pool:
            try:
                future = pool.submit(call, *arguments)
            except _NO_SERVER as broken:
                return BrokenProcessPool(str(broken))
            error = future.exception()
            return error if error is not None else future.result()

    def mend(self) -> None:
        """A pool that lost one process is lost as a whole. Raises RulesError where no process can load the program."""
        self._end()
        self._pool.shutdown(cancel_futures=True)
        if isinstance(self.alone(_nothing), BrokenProcessPool) and (told := _not_loaded()):
            raise RulesError(*cannot_load(told))
        self._pool = self._fresh(self.slots)

    def _fresh(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, self._context, settle)

    def _end(self) -> None:
        for process in set(multiprocessing.active_children()) - self._others:
            with suppress(ValueError):  # closed meanwhile
                process.kill()


def _nothing() -> None:
    """What a process can do that has loaded the program."""


def _not_loaded() -> str:
    """Why a fresh Python cannot load what a worker loads, as the last line that it says; empty where it can."""
    load = f"import sys; sys.path[:] = {sys.path!r}; import {', '.join(_MODULES)}"
    ended = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=False)
    return ended.stderr.strip().rpartition("\n")[2] if ended.returncode else ""
