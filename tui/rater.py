"""Ratings made in a process of its own, one after the other, so that the screen never waits for one.

Knows nothing of Textual, and of the reader no more than which files a folder holds.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from facts.announcement import Announcement
    from rules.assessment import Assessment
    from rules.pack import Pack
    from tui.query import Stored


@dataclass(frozen=True, slots=True)
class Found:
    """An announcement that will be rated; `key` names it in all later reports. `new` arrived by itself."""

    key: str
    name: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """The announcement is being rated now."""

    key: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The announcement has been rated (or read and found out of scope)."""

    key: str
    assessment: "Assessment"


@dataclass(frozen=True, slots=True)
class Failed:
    """The source could not be read, or not rated; `message` names the remedy."""

    key: str
    name: str
    title: str
    message: str


Report = Found | Started | Finished | Failed


@dataclass(frozen=True, slots=True)
class Given:
    """An announcement that was read already: pasted, or an entry of a feed."""

    key: str
    announcement: "Announcement"


@dataclass(frozen=True, slots=True)
class Allowed:
    """An http(s) address that may lead into a private network: whoever uses the screen has said so."""

    key: str


#: A path of a file or folder, an http(s) address, or an announcement.
Source = str | Given | Allowed


class Rater(Protocol):
    """Whatever rates: the process below, or a list in a test."""

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        """Reports about the sources, as they come. Blocks; call it in a thread."""

    def close(self) -> None:
        """Stop at once, whatever is being rated."""


class Lister(Protocol):
    """Whatever lists the ratings on record."""

    def rows(self, address: str, after: int | None = None) -> Iterator[list["Stored"]]:
        """The ratings on record, a page at a time. Raises RulesError."""

    def close(self) -> None:
        """Stop at once."""


class ProcessRater:
    """Rates in one other process, started when it is first needed and again if it should die."""

    def __init__(self, pack: str = "") -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the screen)
        self._pack = pack
        self._packs: dict[str, Pack] = {}
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The process that rates; None until it is needed."""
        return self._process.pid if self._process else None

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        """Reports about the sources, as they come: all are found before the first is rated."""
        waiting: list[tuple[str, str, Any]] = []
        for source in sources:
            for report, what in _found(source):
                yield report
                if what is not None:
                    waiting.append((report.key, report.name, what))
        for key, name, what in waiting:
            if self._closed:
                return
            yield Started(key)
            yield from self._rated(key, name, what)

    def rows(self, address: str, after: int | None = None) -> Iterator[list["Stored"]]:
        """The ratings on record, a page at a time. Raises RulesError."""
        from rules.errors import RulesError

        for answer in self._asked("list", address, after):
            if answer[0] == "rows":
                yield answer[1]
            else:
                raise RulesError(answer[2], answer[3])

    def close(self) -> None:
        """Stop the process, whatever it is doing."""
        self._closed = True
        if self._process is not None:
            _end(self._process)
        self._complaints.close()

    def _rated(self, key: str, name: str, what: object) -> Iterator[Report]:
        """The reports of one source, which may hold several announcements: from the second on, they have own keys."""
        answers = (answer for answer in self._asked("rate", what) if answer[0] in ("item", "error"))
        for number, answer in enumerate(answers, 1):
            own = key if number == 1 else f"{key}#{number}"
            if answer[0] == "item":
                if number > 1:
                    yield Found(own, answer[1].announcement.name)
                yield Finished(own, answer[1])
            else:
                yield Failed(own, answer[1] or name, answer[2], answer[3])

    def _asked(self, *question: object) -> Iterator[tuple[Any, ...]]:
        """The answers of the process to a question; an error for one that died over it."""
        from tui.wire import Receiver

        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        whole = False
        try:
            pickle.dump(question, process.stdin)
            process.stdin.flush()
            while (answer := Receiver(process.stdout, self._packs).load())[0] != "end":
                if answer[0] == "pack":
                    self._packs.setdefault(answer[1].digest, answer[1])
                else:
                    yield answer
            whole = True
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):  # ValueError: closed while it was asked
            whole = True
            yield "error", "", "Stopped", f"the rating ended: {self._bury(process)}"
        finally:
            if not whole:  # half an answer would be taken for the next one
                self._bury(process)

    def _start(self) -> subprocess.Popen[bytes]:
        self._complaints.truncate(0)
        self._packs.clear()
        return subprocess.Popen(
            # -P: a folder `rules` or `facts` where the user happens to be is not ours.
            [sys.executable, "-P", "-m", "tui.rating_process", *([self._pack] if self._pack else [])],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )

    def _bury(self, process: subprocess.Popen[bytes]) -> str:
        """What a dead process said last."""
        code = _end(process)
        self._process = None
        if self._complaints.closed:
            return "Caveat was left"
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), f"exit code {code}")


def _found(source: Source) -> Iterator[tuple[Found | Failed, object]]:
    """What a source holds, and how the process is to be asked for it; nothing for what cannot be."""
    from facts.errors import FactsError
    from facts.readers import discover, is_address

    if isinstance(source, Given):
        yield Found(source.key, source.announcement.name), source.announcement
        return
    if isinstance(source, Allowed):
        yield Found(source.key, source.key), source
        return
    if is_address(source):
        yield Found(source, source), source
        return
    try:
        for path in discover(Path(source)):
            yield Found(str(path), path.name), path
    except (FactsError, OSError, ValueError) as error:  # ValueError: a NUL in the name
        title, message = (error.title, error.message) if isinstance(error, FactsError) else ("Not readable", str(error))
        yield Failed(source, Path(source).name or source, title, message), None


def _end(process: subprocess.Popen[bytes]) -> int:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # a question that was never read
                pipe.close()
    return process.wait()
