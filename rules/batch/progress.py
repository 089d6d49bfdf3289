"""How far a batch is, on a terminal: a bar with the rate and the time left. On anything else, nothing."""

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TextIO

from rules.batch.part import Shard
from rules.errors import RulesError

_WIDE = 24


class Progress:
    """Draws on standard error when that is a terminal. The total is counted beside the work, and may come late."""

    def __init__(
        self,
        count: Callable[[], Iterable[Shard]],
        stream: TextIO | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock or time.monotonic
        self._shown = self._stream.isatty()
        self._total: int | None = None
        self._done = self._fresh = self._failed = 0
        self._began = self._clock()
        if self._shown:
            threading.Thread(target=self._add_up, args=(count,), daemon=True).start()

    def advance(self, items: int, failed: int, fresh: bool) -> None:
        """Note a finished shard; `fresh` is one that was rated now, not before a stop."""
        self._done += items
        self._failed += failed
        self._fresh += items if fresh else 0
        if self._shown:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r" + self.line()[:width].ljust(width))
            self._stream.flush()

    def line(self) -> str:
        """The line that is drawn."""
        seconds = max(self._clock() - self._began, 1e-9)
        rate = self._fresh / seconds
        told = f"{self._done:,} · {rate:,.1f}/s"
        if self._total:
            filled = min(_WIDE, self._done * _WIDE // self._total)
            left = _clock(round((self._total - self._done) / rate)) if rate else "?"
            bar = "█" * filled + "░" * (_WIDE - filled)
            told = f"{bar} {self._done:,} of {self._total:,} · {rate:,.1f}/s · {left} left"
        return told + (f" · {self._failed:,} failed" if self._failed else "")

    def clear(self) -> None:
        """Leave the line to what comes next."""
        if self._shown:
            self._stream.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self._stream.flush()

    def _add_up(self, count: Callable[[], Iterable[Shard]]) -> None:
        with suppress(RulesError):  # the run itself meets it, and tells it
            self._total = sum(shard.items for shard in count())


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
