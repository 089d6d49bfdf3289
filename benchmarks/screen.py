"""Cold start of the screen in a real terminal (a pty): from the start of the process to the first paint.

    python -m benchmarks.screen [--times 10] [--imports]

Each start is a new process that remembers nothing. It is measured with the files of the program in the memory of the
system, and again with them thrown out before each start, so that they are read from the disk.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from pathlib import Path

#: What issue 8 allows, in seconds.
LIMIT = 1.2
_PAINTED = b"Open the samples", b"open the samples"
_PATIENCE = 30.0
_IMPORTS = 15


def first_paint(home: str, size: tuple[int, int], *words: str) -> tuple[float, float]:
    """Seconds from the start of `caveat tui` with these words until the welcome is painted: passed, and computed."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": home}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "tui", *words], stdin=slave, stdout=slave, stderr=slave, env=environment,
        start_new_session=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    os.close(slave)
    try:
        passed = _until(master, started) - started
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        _, process.returncode, used = os.wait4(process.pid, 0)
        os.close(master)
    return passed, used.ru_utime + used.ru_stime


def _until(master: int, started: float) -> float:
    seen = b""
    while time.perf_counter() - started < _PATIENCE:
        if select.select([master], [], [], 0.05)[0]:
            seen += os.read(master, 65536)
            if any(word in seen for word in _PAINTED):
                return time.perf_counter()
    raise SystemExit(f"nothing painted in {_PATIENCE:.0f} s; the terminal shows {seen[-300:]!r}")


def throw_out() -> int:
    """Throw all modules of the screen, and Python's own, out of the memory of the system. Returns how many files."""
    code = (
        "import sys, tui.app, tui.screens.inbox\n"
        "for m in list(sys.modules.values()):\n"
        "    for name in (getattr(m, '__file__', None), getattr(m, '__cached__', None)):\n"
        "        name and print(name)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = [Path(line) for line in ran.stdout.splitlines() if Path(line).is_file()]
    for path in found:
        with path.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return len(found)


def imports() -> str:
    """The slowest imports of the screen, in microseconds, as Python itself tells them."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import tui.app"], capture_output=True, text=True, check=True
    )
    lines = [line for line in ran.stderr.splitlines() if line.startswith("import time:") and "us]" not in line]
    slowest = sorted(lines, key=lambda line: -int(line.split("|")[1]))[:_IMPORTS]
    return "\n".join(slowest)


def _measured(size: tuple[int, int], times: int, disk: bool) -> Iterator[tuple[float, float]]:
    with tempfile.TemporaryDirectory() as home:
        for _ in range(times):
            if disk:
                throw_out()
            yield first_paint(home, size)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--imports", action="store_true", help="What is imported, and what it costs, too.")
    options = parser.parse_args()
    for size in ((80, 24), (160, 50)):
        for disk in (False, True):
            passed, used = zip(*_measured(size, options.times, disk), strict=True)
            median, worst, computed = statistics.median(passed), max(passed), statistics.median(used)
            what = f"first paint {size[0]}x{size[1]} from {'disk' if disk else 'memory'}"
            print(f"{what}: median {median:.3f} s, slowest {worst:.3f} s; computing {computed:.3f} s")
    print(f"limit {LIMIT} s")
    if options.imports:
        print(imports())


if __name__ == "__main__":
    main()
