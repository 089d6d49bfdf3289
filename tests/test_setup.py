"""`make setup` where it cannot go on: one line that says why and what to do. The way through is what CI runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of what setup reads."""
    copy = tmp_path / "a checkout"
    (copy / ".ci").mkdir(parents=True)
    for name in (".ci/setup", "requirements.txt", "pyproject.toml"):
        shutil.copy(root / name, copy / name)
    return copy


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    """What a version manager leaves on PATH for a version that it does not have."""
    path = tmp_path / "shims" / "python3"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\necho 'python3: command not found' >&2\nexit 127\n")
    path.chmod(0o755)
    return path


def setup(checkout: Path, **environment: str) -> tuple[int, list[str]]:
    """The exit code and the lines on stderr."""
    done = subprocess.run(
        [checkout / ".ci" / "setup"],
        env={**os.environ, "VENV": ".venv", "PYTHON": sys.executable, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


def test_a_shim_that_fails_is_not_a_python(checkout: Path, shim: Path) -> None:
    assert setup(checkout, PYTHON=str(shim)) == (
        1,
        [f"setup: PYTHON={shim} does not run or is older than 3.11; name another, or leave PYTHON out"],
    )


def test_without_any_python_the_line_says_how_to_name_one(checkout: Path, shim: Path) -> None:
    for tool in ("cksum", "cat", "dirname", "tr"):
        (shim.parent / tool).symlink_to(shutil.which(tool) or tool)

    assert setup(checkout, PYTHON="", PATH=str(shim.parent)) == (
        1,
        ["setup: no Python 3.11 or newer runs here; install one, or name it: make setup PYTHON=/path/to/python3"],
    )


def test_without_a_compiler_the_line_names_the_remedy(checkout: Path) -> None:
    code, lines = setup(checkout, CC="no-such-compiler -pthread")

    assert code == 1
    assert lines == [
        (
            "setup: no C compiler (no-such-compiler), which durable_rules needs; install one: "
            "apt-get install build-essential, dnf install gcc, or xcode-select --install"
        )
    ]
    assert not (checkout / ".venv").exists()


def test_a_folder_that_is_no_environment_is_left_alone(checkout: Path) -> None:
    precious = checkout / "mine" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("kept")

    code, lines = setup(checkout, VENV="mine")

    assert (code, precious.read_text()) == (1, "kept")
    assert lines == [
        "setup: mine is there and is not an environment; move it away, or name another: make setup VENV=.venv-caveat"
    ]
