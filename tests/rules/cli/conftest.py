"""Running the command inside the test process: its exit code, its output, its talk."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from rules.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Caveat = Callable[..., Ran]


@pytest.fixture
def caveat(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caveat:
    """`caveat("rate", path)` runs the command as the shell would; `stdin` gives it bytes to read."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(int(stopped.value.code or 0), printed.out, printed.err)

    return run
