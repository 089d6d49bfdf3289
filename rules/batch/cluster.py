"""Workers of a Dask cluster. They get paths, ranges and a pack's digest; documents and rows stay on the shared disk."""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any

from rules.batch.receipt import Receipt, Trouble
from rules.errors import RulesError

#: Seconds that a scheduler has to answer, and workers to come back after it was started anew.
ANSWER = 10.0
PATIENCE = 60.0
#: What distributed raises where nobody answers, or something else than a scheduler does.
_NO_ANSWER = (OSError, ValueError)
#: What its client raises that ends while it is asked.
_ENDED = (AttributeError, RuntimeError)


class Cluster:
    """A scheduler's workers, or some of this machine (`local`)."""

    shared_fate = False

    def __init__(self, address: str, workers: int, answer: float = ANSWER, patience: float = PATIENCE) -> None:
        """Raises RulesError where distributed is missing or nobody answers."""
        try:
            import distributed
        except ImportError:
            raise RulesError("Dask is missing", "install it with: pip install 'caveat[dask]'") from None
        self._distributed, self._address, self._answer, self._patience = distributed, address, answer, patience
        self._under_way: set[Future[Any]] = set()
        for name in ("distributed", "distributed.nanny", "distributed.client", "distributed.scheduler"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in our own words
        self._cluster: Any = None
        if address == "local":
            with _deaf():
                self._cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
        try:
            self._connect(answer)
        except _NO_ANSWER as error:
            told = f"{address}: {str(error) or 'no answer'}; is a scheduler running there? `--dask local` starts one"
            raise RulesError("No scheduler", told) from None
        except TypeError as error:  # an address with tls:// and nothing to show there
            told = (
                f"{address}: {error}; name the files in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT, …__KEY"
            )
            raise RulesError("No certificate", told) from None
        self.slots = max(1, sum(self._client.nthreads().values()))

    def _connect(self, answer: float) -> None:
        self._client = self._distributed.Client(self._cluster or self._address, timeout=answer)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """Let the scheduler go; one that was started here ends."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Have a call done by any of the workers. One that is lost, it or its result, raises CancelledError."""
        future: Future[Any] = Future()
        if not self._is_open():
            _lose(future)
            return future
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        # Not by the client's executor: its futures stay open for ever when a result cannot be fetched any more.
        self._client.loop.add_callback(hand_on, self._client.submit(call, *arguments, pure=False), future)
        return future

    def alone(self, call: Callable[..., Any], *arguments: object) -> BaseException | Receipt | Trouble | None:
        """Have a call done; a worker of one thread does nothing else meanwhile. What it returned, or died of."""
        future = self.submit(call, *arguments)
        try:
            error = future.exception()
        except CancelledError as cancelled:
            return cancelled
        return error if error is not None else future.result()

    def mend(self) -> None:
        """Wait until workers are there again, for the scheduler too. Raises RulesError where none come."""
        until, trouble = time.monotonic() + self._patience, ""
        while (left := until - time.monotonic()) > 0:
            try:
                if self._is_open():
                    self._client.wait_for_workers(1, timeout=left)
                    return
            except (*_NO_ANSWER, *_ENDED) as error:
                trouble = str(error)
            self._client.close()  # whatever was under way there is lost, and done again
            for future in self._under_way.copy():
                _lose(future)
            self._find_again(until)
        remedy = "start scheduler and workers and run the same command again: what is done stays"
        raise RulesError("No workers", f"{self._address}: {trouble or 'no answer'}; {remedy}")

    def _is_open(self) -> bool:
        """Whether the client still goes on: one that found nobody for a while ends by itself."""
        return self._client.status in ("running", "connecting")

    def _find_again(self, until: float) -> None:
        """Connect anew, however often it takes; each attempt waits for an answer by itself."""
        while (left := until - time.monotonic()) > 0:
            with suppress(*_NO_ANSWER):
                self._connect(min(self._answer, left))
                return


async def hand_on(theirs: Any, future: "Future[Any]") -> None:
    """Pass on what a call came to. What it returned may be lost like the call itself: with who kept it."""
    fetched = theirs.client.gather([theirs], asynchronous=True)
    outcome: Any = (await asyncio.gather(fetched, return_exceptions=True))[0]
    if not isinstance(outcome, BaseException):
        with suppress(InvalidStateError):  # given up meanwhile
            future.set_result(outcome[0])
    elif theirs.status == "error":
        with suppress(InvalidStateError):
            future.set_exception(outcome)
    else:
        _lose(future)


def _lose(future: "Future[Any]") -> None:
    with suppress(InvalidStateError):  # it came to something meanwhile
        future.set_exception(CancelledError())


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started meanwhile do not hear the keyboard: an interrupt is this process's to answer."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
