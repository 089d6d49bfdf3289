"""Workers of a Dask cluster. They get paths, ranges and a pack's digest; documents and rows stay on the shared disk."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
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
        for name in ("distributed", "distributed.nanny", "distributed.client", "distributed.scheduler"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in our own words
        self._cluster: Any = None
        if address == "local":
            with _deaf():
                self._cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
        try:
            self._connect()
        except _NO_ANSWER as error:
            told = f"{address}: {str(error) or 'no answer'}; is a scheduler running there? `--dask local` starts one"
            raise RulesError("No scheduler", told) from None
        except TypeError as error:  # an address with tls:// and nothing to show there
            told = (
                f"{address}: {error}; name the files in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT, …__KEY"
            )
            raise RulesError("No certificate", told) from None
        self.slots = max(1, sum(self._client.nthreads().values()))

    def _connect(self) -> None:
        self._client = self._distributed.Client(self._cluster or self._address, timeout=self._answer)
        self._executor = self._client.get_executor(pure=False)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """Let the scheduler go; one that was started here ends."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Have a call done by any of the workers."""
        future: Future[Any] = self._executor.submit(call, *arguments)
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
                self._client.wait_for_workers(1, timeout=left)
                return
            except _NO_ANSWER as error:
                trouble = str(error) or "no answer"
            self._client.close()  # whatever was under way there is lost, and done again
            self._find_again(until)
        remedy = "start scheduler and workers and run the same command again: what is done stays"
        raise RulesError("No workers", f"{self._address}: {trouble}; {remedy}")

    def _find_again(self, until: float) -> None:
        """Connect anew, however often it takes; each attempt waits for an answer by itself."""
        while time.monotonic() < until:
            with suppress(*_NO_ANSWER):
                self._connect()
                return


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
