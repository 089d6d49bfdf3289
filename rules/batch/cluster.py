"""Workers of a Dask cluster. They get paths, ranges and a pack's digest; documents and rows stay on the shared disk."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from types import TracebackType
from typing import Any

from rules.batch.receipt import Receipt, Trouble
from rules.errors import RulesError

#: Seconds that a scheduler has to answer, and workers to come back after it was started anew.
ANSWER = 10
_RETURN = 60


class Cluster:
    """A scheduler's workers, or some of this machine (`local`)."""

    shared_fate = False

    def __init__(self, address: str, workers: int, answer: float = ANSWER) -> None:
        """Raises RulesError where distributed is missing or nobody answers."""
        try:
            import distributed
        except ImportError:
            raise RulesError("Dask is missing", "install it with: pip install 'caveat[dask]'") from None
        self._address, self._cluster = address, None
        self._silence = distributed.config.get("logging", {})
        for name in ("distributed", "distributed.nanny", "distributed.client", "distributed.scheduler"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in our own words
        try:
            if address == "local":
                self._cluster = distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
            self._client = distributed.Client(self._cluster or address, timeout=answer)
        except (OSError, ValueError) as error:
            told = f"{address}: {str(error) or 'no answer'}; is a scheduler running there? `--dask local` starts one"
            raise RulesError("No scheduler", told) from None
        self._executor = self._client.get_executor(pure=False)
        self.slots = max(1, sum(self._client.nthreads().values()))

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
        """Wait until workers are there again. Raises RulesError where none come."""
        try:
            self._client.wait_for_workers(1, timeout=_RETURN)
        except (OSError, ValueError) as error:
            told = f"{self._address}: {error}; start it and run the same command again: what is done stays"
            raise RulesError("No workers", told) from None
