"""Runs of the command that are killed, workers or the whole of it, and gone on with until one ends by itself."""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_ROOT = Path(__file__).parents[3]
_WORKERS = 2 / 3
#: Who is killed.
Victims = Literal["workers", "command", "both"]


@dataclass
class Toll:
    """What the rounds came to; `last` is the exit code of the run that was let be."""

    workers: int = 0
    commands: int = 0
    last: int = -1


def run_under_fire(arguments: Sequence[str], kills: int, seed: int, seconds: float, victims: Victims = "both") -> Toll:
    """Kill at random moments within `seconds` of each other until all is done; of `both`, two in three times a worker.

    At most `kills` times: a run that is quicker ends the rounds. A worker is killed when one has begun a document since
    the last kill: whoever kills processes faster than they begin lets nobody work, and the command says so and stops.
    """
    toll, chance = Toll(), random.Random(seed)
    shards = Path(arguments[arguments.index("--out") + 1]) / "shards"
    command, before = _start(arguments), set[str]()
    while toll.workers + toll.commands < kills:
        if victims != "command" and not _has_begun(command, shards, before):
            break
        if _ended_within(command, chance.uniform(0.1, seconds)) or not _at_work(command):
            break
        before = _notes(shards)
        workers = _workers(command.pid)
        if victims != "command" and (chance.random() < _WORKERS or victims == "workers"):
            with suppress(ProcessLookupError, IndexError):  # IndexError: they are being replaced
                os.kill(chance.choice(workers), signal.SIGKILL)
                toll.workers += 1
        else:
            command.kill()
            command.wait()
            toll.commands += 1
            command = _start(arguments)
    toll.last = command.wait()
    return toll


def _start(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "rules", "batch", *arguments],
        cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _at_work(command: "subprocess.Popen[bytes]") -> bool:
    """Wait until it has workers; False if it ends without."""
    while not _workers(command.pid):
        if _ended_within(command, 0.05):
            return False
    return True


def _has_begun(command: "subprocess.Popen[bytes]", shards: Path, before: set[str]) -> bool:
    """Wait until a worker has noted a document that was not noted before; False if the command ends without."""
    while _notes(shards) <= before:
        if _ended_within(command, 0.02):
            return False
    return True


def _notes(shards: Path) -> set[str]:
    """The notes on which workers have written where they are."""
    return {path.name for path in shards.glob(".*.note.unfinished") if _size(path)}


def _size(path: Path) -> int:
    """The bytes of a file; none where it has gone meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _ended_within(command: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait on the process itself, and no longer than it lives."""
    handle = os.pidfd_open(command.pid)
    try:
        if not select.select([handle], [], [], seconds)[0]:
            return False
    finally:
        os.close(handle)
    command.wait()
    return True


def _workers(pid: int) -> list[int]:
    """The children of the server that workers are forked from."""
    return [worker for child in _children(pid) for worker in _children(child)]


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
