"""Announcements that end, surprise or hold up whoever reads them, and workers that read with such a reader."""

import multiprocessing
import os
import re
import signal

import facts.extract
from facts.announcement import Announcement
from facts.reading import Reading
from rules.batch.local import Local

_READ = facts.extract.read
#: Takes C a hundred years, in which it hears no exception of ours.
_ENDLESS = re.compile(r"(a+)+$"), "a" * 60 + "b"


def poisoned(announcement: Announcement) -> Reading:
    """What to put in place of the reader."""
    if "POISON" in announcement.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "SURPRISE" in announcement.text:
        raise ZeroDivisionError("division by zero")
    if "HANG" in announcement.text:
        _ENDLESS[0].match(_ENDLESS[1])
    return _READ(announcement)


class Poisonable(Local):
    """Workers of a kind that inherits what a test put in place of the reader."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._pool.shutdown()
        self._context = multiprocessing.get_context("fork")  # type: ignore[assignment]
        self._pool = self._fresh(workers)
