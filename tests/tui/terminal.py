"""The screen in a real terminal: tmux draws it, keys go in, and what stands there is read back."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 120.0
_OFTEN = 0.05


class Terminal:
    """A terminal of a size with a program in it, in a tmux server of its own; all frames that were waited for."""

    def __init__(self, socket: Path, size: tuple[int, int]) -> None:
        self._socket = socket
        self._starts = 0
        self.size = size
        self.frames: list[tuple[str, str]] = []

    def start(self, command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Start a program in it; it ends with it. A server that ends is not to be asked again: each has its own."""
        self._starts += 1
        width, height = self.size
        given = [part for name, value in environment.items() for part in ("-e", f"{name}={value}")]
        size = ("-x", str(width), "-y", str(height))
        self._run("new-session", "-d", *size, "-c", str(folder), *given, shlex.join(command))

    def press(self, *keys: str) -> None:
        """Press keys by the names that tmux gives them."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it stands."""
        self._run("send-keys", "-l", text)

    def frame(self) -> str:
        """What stands in the terminal; empty once it is gone."""
        found = subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=False)
        return found.stdout

    def sees(self, *words: str, title: str = "") -> str:
        """Wait until all these stand there, blanks and frames aside; the frame, which is kept under its title."""
        until = time.monotonic() + _PATIENCE
        while not all(_plain(each) in _plain(frame := self.frame()) for each in words):
            assert time.monotonic() < until, f"{words} never came; there is:\n{frame}"
            time.sleep(_OFTEN)
        assert len(frame.splitlines()) == self.size[1]
        self.frames.append((title or words[0], frame))
        return frame

    def ended(self) -> bool:
        """Whether the program has ended, and the terminal with it; waited for."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if subprocess.run([*self._tmux, "has-session"], capture_output=True, check=False).returncode:
                return True
            time.sleep(_OFTEN)
        return False

    def close(self) -> None:
        """End the server and all in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    @property
    def _tmux(self) -> tuple[str, ...]:
        return ("tmux", "-S", f"{self._socket}-{self._starts}", "-f", os.devnull)

    def _run(self, *words: str) -> None:
        # The environment as Python has it: a library in this process may have put its own LINES and COLUMNS behind it.
        subprocess.run([*self._tmux, *words], check=True, capture_output=True, env=dict(os.environ))


@contextmanager
def terminal(folder: Path, size: tuple[int, int]) -> Iterator[Terminal]:
    """A terminal for as long as the block runs; its socket is in the folder."""
    found = Terminal(folder / "tmux", size)
    try:
        yield found
    finally:
        found.close()


def caveat(*words: str) -> list[str]:
    """The program as it is run from a checkout."""
    return [sys.executable, "-P", "-m", "tui", *words]


def _plain(text: str) -> str:
    return re.sub(r"[\s│║┃█▌▐]+", " ", text)
