"""Ratings made in a process of its own, one after the other, so that the screen never waits for one.

The engine may not run in two threads at once, and holds the interpreter while it runs; another process disturbs
nothing, can be stopped in the middle, and takes nothing with it if it dies. Knows nothing of Textual.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from rules.assessment import Assessment
    from rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Found:
    """An announcement that will be rated; `key` names it in all later reports."""

    key: str
    name: str


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


class Rater(Protocol):
    """Whatever rates: the process below, or a list in a test."""

    def rate(self, sources: list[str]) -> Iterator[Report]:
        """Reports about the files and folders, as they come. Blocks; call it in a thread."""

    def close(self) -> None:
        """Stop at once, whatever is being rated."""


class ProcessRater:
    """Rates in one other process, started when it is first needed and again if it should die."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the screen)
        self._pack: Pack | None = None
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The process that rates; None until it is needed."""
        return self._process.pid if self._process else None

    def rate(self, sources: list[str]) -> Iterator[Report]:
        """Reports about the files and folders, as they come."""
        paths: list[tuple[str, Path]] = []
        for source in sources:
            for report, path in _found(source):
                yield report
                if path is not None:
                    paths.append((report.key, path))
        for key, path in paths:
            if self._closed:
                return
            yield Started(key)
            yield self._rated(key, path)

    def close(self) -> None:
        """Stop the process, whatever it is doing."""
        self._closed = True
        if self._process is not None:
            _end(self._process)
        self._complaints.close()

    def _rated(self, key: str, path: Path) -> Report:
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        try:
            pickle.dump(path, process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            return Failed(key, path.name, "Stopped", f"{path.name}: the rating ended: {self._bury(process)}")
        if isinstance(answer, tuple):
            return Failed(key, path.name, *answer)
        return Finished(key, self._sharing(answer))

    def _start(self) -> subprocess.Popen[bytes]:
        self._complaints.truncate(0)
        return subprocess.Popen(
            # -P: a folder `rules` or `facts` where the user happens to be is not ours.
            [sys.executable, "-P", "-m", "tui.rater"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )

    def _bury(self, process: subprocess.Popen[bytes]) -> str:
        """What a dead process said last."""
        code = _end(process)
        self._process = None
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), f"exit code {code}")

    def _sharing(self, assessment: "Assessment") -> "Assessment":
        """The assessment with the pack of those before it: one copy, however many there are."""
        if self._pack is None or self._pack.digest != assessment.pack.digest:
            self._pack = assessment.pack
        return replace(assessment, pack=self._pack)


def _found(source: str) -> Iterator[tuple[Found | Failed, Path | None]]:
    from facts.errors import FactsError
    from facts.readers import discover

    try:
        for path in discover(Path(source)):
            yield Found(str(path), path.name), path
    except FactsError as error:
        yield Failed(source, Path(source).name or source, error.title, error.message), None


def _end(process: subprocess.Popen[bytes]) -> int:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # a question that was never read
                pipe.close()
    return process.wait()


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """The other process: a path comes in, an assessment or (title, message) goes out."""
    from facts.errors import FactsError
    from rules.assess import rate
    from rules.errors import RulesError

    while True:
        try:
            path = pickle.load(questions)
        except EOFError:
            return
        try:
            answer: Assessment | tuple[str, str] = rate(path)
        except (FactsError, RulesError) as error:
            answer = error.title, error.message
        pickle.dump(answer, answers)
        answers.flush()


def _own_output() -> BinaryIO:
    """Standard output, for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, _own_output())
