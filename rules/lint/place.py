"""At which line of a TOML file a table or key stands: the standard parser does not say."""

import re
from collections.abc import Sequence

_TABLE = re.compile(r"\s*\[\[\s*([\w.\-]+)\s*\]\]|\s*\[\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w\-]+)\s*=")
Path = tuple[str | int, ...]


class Lines:
    """The places of one file: `find(("when", 0, "rung"))` is the line of `rung` in the first `[[when]]`."""

    def __init__(self, text: str) -> None:
        self._known: dict[Path, int] = {}
        counts: dict[Path, int] = {}
        current: Path = ()
        inside = False
        for number, line in enumerate(text.splitlines(), 1):
            quotes = line.count('"""') + line.count("'" * 3)
            if inside:
                inside = quotes % 2 == 0
                continue
            if table := _TABLE.match(line):
                current = _opened(table, counts)
                self._known.setdefault(current, number)
            elif key := _KEY.match(line):
                self._known.setdefault((*current, key.group(1)), number)
            inside = quotes % 2 == 1

    def find(self, path: Sequence[str | int]) -> int:
        """The line of the path or of the nearest table or key above it; 1 where nothing of it is in the file."""
        for length in range(len(path), 0, -1):
            if (line := self._known.get(tuple(path[:length]))) is not None:
                return line
        return 1

    def containing(self, text_of: str, lines: Sequence[str]) -> int:
        """The first line that holds the words; 1 if none does."""
        return next((number for number, line in enumerate(lines, 1) if text_of in line), 1)


def _opened(table: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path of a table; `[[slot.any]]` belongs to the last `[[slot]]`."""
    listed, single = table.groups()
    path: Path = ()
    parts = str(listed or single).split(".")
    for place, part in enumerate(parts):
        path = (*path, part)
        if place == len(parts) - 1 and listed:
            counts[path] = counts.get(path, -1) + 1
            return (*path, counts[path])
        if path in counts:
            path = (*path, counts[path])
    return path
