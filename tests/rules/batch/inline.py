"""Workers that are none: calls are done at once, in the process of the test, and die where they are told to."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from rules.batch.receipt import Receipt, Trouble


class Inline:
    """Does what it is given. `kills` of the calls, in order of their arrival, end a worker instead."""

    slots = 1
    shared_fate = True

    def __init__(self, kills: int = 0) -> None:
        self.kills, self.calls, self.mended = kills, 0, 0

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """The finished call."""
        future: Future[Any] = Future()
        self.calls += 1
        if self.calls <= self.kills:
            future.set_exception(BrokenProcessPool("killed by the test"))
        else:
            future.set_result(call(*arguments))
        return future

    def alone(self, call: Callable[..., Any], *arguments: object) -> BaseException | Receipt | Trouble | None:
        """The result."""
        found: Receipt | Trouble | None = call(*arguments)
        return found

    def mend(self) -> None:
        """Count it."""
        self.mended += 1
