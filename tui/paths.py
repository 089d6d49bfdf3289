"""What was typed or pasted: paths and addresses, or an announcement itself. Knows no Textual."""

import os
import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

from facts.readers import is_address

#: More lines than this are a text, whatever the first of them say.
_MOST_SOURCES = 200
_LONGEST = 1000
_FILE = "file://"
_ESCAPED = re.compile(r"\\(.)")


def sources_in(text: str) -> list[str]:
    """The paths and addresses that a text consists of; none for a text that says anything else.

    Terminals paste a file that is dropped on them as its path: quoted, escaped, or as a file:// address.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if not lines or len(lines) > _MOST_SOURCES or max(map(len, lines)) > _LONGEST:
        return []
    if len(lines) == 1 and len(words := _words(lines[0])) > 1 and all(_source(word) for word in words):
        return [source for word in words if (source := _source(word))]
    found = [source for line in lines if (source := _source(line))]
    return found if len(found) == len(lines) else []


def given(typed: str) -> str:
    """A source as it was typed: an address, or a path without quotes, `~` resolved."""
    return _source(typed.strip()) or str(Path(typed.strip()).expanduser())


def completion(typed: str) -> str | None:
    """What was typed, completed to a file or folder that begins so; None where there is none."""
    if not typed or is_address(typed):
        return None
    folder, _, start = typed.rpartition("/")
    try:
        place = Path(f"{folder}/" if folder or typed.startswith("/") else ".").expanduser()
        names = sorted(entry.name + ("/" if entry.is_dir() else "") for entry in os.scandir(place))
    except (OSError, ValueError, RuntimeError):  # RuntimeError: no home of that name
        return None
    hidden = start.startswith(".")
    found = next((name for name in names if name.startswith(start) and (hidden or not name.startswith("."))), None)
    return typed + found[len(start) :] if found and found != start else None


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # an apostrophe: it is no list of paths
        return []


def _source(line: str) -> str | None:
    """An address, or a path that leads somewhere."""
    if is_address(line):
        return line if not re.search(r"\s", line) else None
    if line.lower().startswith(_FILE):
        line = unquote(urlsplit(line).path)
    unquoted = line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" else line
    for path in (unquoted, _ESCAPED.sub(r"\1", unquoted)):
        try:
            if path and "/" in path and (place := Path(path).expanduser()).exists():
                return str(place)
        except (OSError, ValueError, RuntimeError):
            continue
    return None
