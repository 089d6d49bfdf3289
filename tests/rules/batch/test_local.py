"""Worker processes: what happens when they cannot even load the program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.batch.making import bytes_of, lines_of, rated

_ROOT = Path(__file__).parents[3]
#: Loads the command and all that it needs, breaks a module for the processes that it starts, and runs.
_BREAKING = """
import sys
from pathlib import Path
import rules.batch.local
from rules.cli.main import main
if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sys.argv[2])
    sys.argv[1:] = sys.argv[3:]
    sys.exit(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "content", "told"),
    [
        ("facts/extract.py", "import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of"),
        ("rules/batch/worker.py", "def half(", "SyntaxError: '(' was never closed"),
        ("facts/extractors/deal.py", "import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
    ],
)  # fmt: skip
def test_workers_that_cannot_load_the_program_stop_the_run_with_one_line_that_says_why(
    tmp_path: Path, module: str, content: str, told: str
) -> None:
    for package in ("facts", "rules"):
        shutil.copytree(_ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    source = lines_of(tmp_path / "many.jsonl", 3)
    (tmp_path / "breaking.py").write_text(_BREAKING)
    ended = _run(tmp_path, tmp_path / module, content, "batch", source, "--out", tmp_path / "out", "--workers", "2")
    last = ended.stderr.splitlines()[-1]
    assert ended.returncode == 2
    assert "broken program" in last.lower()
    assert told in last
    assert last.endswith("mend it and run the same command again")
    shutil.copy(_ROOT / module, tmp_path / module)
    again = _run(tmp_path, tmp_path / "unused.py", "", "batch", source, "--out", tmp_path / "out", "--workers", "2")
    assert again.returncode == 0
    rated(source, out=tmp_path / "calm")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "calm")


def _run(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(folder / "breaking.py"), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
