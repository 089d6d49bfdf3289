"""`python -m tui`, which `caveat demo` runs to open the screen."""

import subprocess
import sys

from rules.samples import FOLDER


def test_the_module_is_the_command_and_asks_for_a_terminal() -> None:
    command = [sys.executable, "-m", "tui", "tui", str(FOLDER)]
    ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "the screen needs a terminal" in ran.stderr
