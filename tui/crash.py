"""The report of a crash: what a developer needs. It names no announcement; an error's own words may quote one."""

import platform
import sys
import tempfile
import traceback
from importlib.metadata import version
from pathlib import Path

from tui.state import folder

_HEAD = """\
Caveat {caveat}, Textual {textual}, Python {python}, {system}
Terminal {width}x{height}; in front was {where}

"""


def write(error: BaseException, where: str, size: tuple[int, int], place: Path | None = None) -> str:
    """Write the report of an error. Returns its path; without a place to write, where there is none and why."""
    head = _HEAD.format(
        caveat=version("caveat"), textual=version("textual"), python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}", width=size[0], height=size[1], where=where,
    )  # fmt: skip
    text = head + "".join(traceback.format_exception(error))
    for parent in (place or folder(), Path(tempfile.gettempdir())):
        try:
            parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", errors="backslashreplace", prefix="crash-", suffix=".txt", dir=parent,
                delete=False,
            ) as report:  # fmt: skip
                report.write(text)
                return report.name
        except OSError:
            continue
    sys.stderr.write(text.encode("utf-8", "backslashreplace").decode())
    return "the terminal, as no file could be written"
