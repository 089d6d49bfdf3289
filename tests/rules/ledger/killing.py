"""Writers, and what is killed under them: what was acknowledged may not be missing, nor anything be half-written."""

import random
import select
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.verify import verify
from tests.rules.ledger.server import Server

_ROOT = Path(__file__).parents[3]
WRITERS = 4


@dataclass
class Toll:
    """What the rounds came to. `unheard` are entries that were recorded, their writer killed before it could say so."""

    rounds: int = 0
    acknowledged: int = 0
    recorded: int = 0
    unheard: int = 0
    problems: list[str] = field(default_factory=list)


def kill_writers(place: Path, rounds: int, seed: int = 0, per_ledger: int = 20) -> Toll:
    """Each round, SIGKILL each of four writers at a moment of its own; then everything is checked."""
    toll, chance = Toll(), random.Random(seed)
    for number in range(rounds):
        address = str(place / f"ledger{number // per_ledger}.db")
        before = _size(address)
        acknowledged = _round(address, f"{seed}-{number}", chance)
        _check(address, acknowledged, before, toll)
    return toll


def kill_server(server: Server, rounds: int, seed: int = 0) -> Toll:
    """Each round, SIGKILL the server under four writers, and start it again."""
    toll, chance, address = Toll(), random.Random(seed), server.address()
    for number in range(rounds):
        before = _size(address)
        writers = [_start(address, f"{seed}-{number}-{n}") for n in range(WRITERS)]
        heads = [_first(writer) for writer in writers]
        _listen(writers, chance.uniform(0, 0.5))
        server.kill()
        acknowledged = heads + [line for writer in writers for line in _ended(writer)]
        server.start()
        _check(address, acknowledged, before, toll)
    return toll


def _round(address: str, name: str, chance: random.Random) -> list[str]:
    writers = [_start(address, f"{name}-{n}") for n in range(WRITERS)]
    heads = [_first(writer) for writer in writers]
    lines = list(heads)
    for writer in chance.sample(writers, len(writers)):
        _listen(writers, chance.uniform(0, 0.12))
        writer.kill()
        lines += _ended(writer)
    return lines


def _start(address: str, name: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.rules.ledger.writer", address, name, name]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _first(writer: subprocess.Popen[bytes]) -> str:
    """The first acknowledgement: from now on the writer is at it."""
    return _pipe(writer).readline().decode()


def _listen(writers: list[subprocess.Popen[bytes]], seconds: float) -> None:
    """Let them write for so long: a wait on a pipe that stays silent, not a sleep that outlives a writer's end."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        select.select([], [], [], left)


def _ended(writer: subprocess.Popen[bytes]) -> list[str]:
    """What it had said by its end; a line that the kill cut off was not said."""
    output = _pipe(writer).read().decode()
    writer.wait()
    _pipe(writer).close()
    return [line for line in output.splitlines(keepends=True) if line.endswith("\n")]


def _pipe(writer: subprocess.Popen[bytes]) -> IO[bytes]:
    assert writer.stdout is not None
    return writer.stdout


def _check(address: str, acknowledged: list[str], before: int, toll: Toll) -> None:
    with open_ledger(address) as ledger:
        known = _known(ledger, before)
        told = [line.split() for line in acknowledged if line.strip()]
        toll.problems += [
            f"entry {seq} was acknowledged and is not there" for seq, key in told if known.get(seq) != key
        ]
        found = verify(ledger)
        toll.problems += [f"{finding.sort}: {finding.message}" for finding in found.findings]
        toll.rounds += 1
        toll.acknowledged += len(told)
        toll.recorded += found.size - before
        toll.unheard += found.size - before - len(told)


def _known(ledger: Ledger, before: int) -> dict[str, str]:
    rows = ledger.database.execute("SELECT seq, key FROM entry WHERE seq >= ?", (before,))
    return {str(seq): str(key) for seq, key in rows}


def _size(address: str) -> int:
    with open_ledger(address, write=True) as ledger:
        return ledger.size
