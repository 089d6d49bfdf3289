"""The user's configuration: one TOML file for the command line and the screen, with errors that name key and line."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.errors import RulesError

VARIABLE = "CAVEAT_CONFIG"
_FILE = "config.toml"

#: Every key, and what its value must be.
_TEXT, _TEXTS, _TABLE = "a text in quotes", 'a list of texts, such as ["one", "two"]', "a table of texts"
KEYS: Mapping[str, str] = {
    "who": _TEXT,
    "ledger": _TEXT,
    "verifier": _TEXT,
    "rules": _TEXT,
    "theme": _TEXT,
    "watch": _TEXTS,
    "feeds": _TEXTS,
    "private": _TEXTS,
    "keys": _TABLE,
}
_NEAR, _MANY = 0.7, 30
#: Keys whose values are paths unless they are addresses, and those that are a path only where something is there: a
#: key may stand in the file itself, and a pack may be one that is shipped.
_PATHS, _PERHAPS = ("ledger", "watch"), ("verifier", "rules")


@dataclass(frozen=True, slots=True)
class Config:
    """What the user has settled; an empty text was not.

    `who` asks; `ledger` is a path or an address, `verifier` a key or its file, `rules` a pack by name or folder. The
    screen's are `theme`, `watch` (folders), `feeds` (addresses), `private` (addresses that may lead into private
    networks) and `keys` (key by the id of an action). `lines` says where each key stands, the entries of `keys` as
    `keys.ID`.
    """

    path: Path | None = None
    who: str = ""
    ledger: str = ""
    verifier: str = ""
    rules: str = ""
    theme: str = ""
    watch: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def error(self, key: str, message: str) -> RulesError:
        """A fault of a key, with its file and line."""
        return _error(f"{self.path}:{self.lines.get(key, 1)}", f"{key}: {message}")


def path() -> Path:
    """The file of CAVEAT_CONFIG, or that in the user's configuration folder."""
    if given := os.environ.get(VARIABLE):
        return Path(given).expanduser()
    from platformdirs import user_config_path

    return user_config_path("caveat") / _FILE


def load() -> Config:
    """The user's configuration; an empty one where there is no file. Raises RulesError."""
    place = path()
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        if os.environ.get(VARIABLE):
            raise _error(str(place), f"no such file; {VARIABLE} names it") from None
        return Config()
    except OSError as error:
        raise _error(str(place), f"cannot be read: {error.strerror or error}") from None
    return parse(data, place)


def parse(data: bytes, place: Path) -> Config:
    """The configuration in these bytes; `place` is named in errors. Raises RulesError."""
    import tomllib  # most have no configuration, and do not pay for a parser

    try:
        text = data.decode()
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _error(f"{place}:{line}", "this is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _error(f"{place}:{_line_in(str(error), text)}", f"not TOML: {error}") from None
    lines = dict(_lines(text))
    values: dict[str, Any] = {}
    for key, value in found.items():
        at = f"{place}:{_line_of(key, lines)}"
        if key not in KEYS:
            raise _error(at, f"unknown key {key!r} = {value!r}; {choice(key, KEYS)}")
        values[key] = _value(key, value, place, lines)
    return Config(path=place, lines=lines, **values)


def choice(wrong: str, allowed: Iterable[str]) -> str:
    """What to write instead: the nearest of the allowed words, and all of them unless they are many."""
    import difflib  # only for mistakes

    names = list(allowed)
    near = difflib.get_close_matches(wrong, names, 1, _NEAR)
    meant = f"did you mean {near[0]!r}? " if near else ""
    return f"{meant}allowed are: {', '.join(names)}" if len(names) <= _MANY else meant.strip()


def _value(key: str, value: object, place: Path, lines: Mapping[str, int]) -> object:
    kind, at = KEYS[key], f"{place}:{_line_of(key, lines)}"
    if kind == _TEXT and isinstance(value, str):
        path = _resolved(value, place)
        return path if key in _PATHS or (key in _PERHAPS and Path(path).exists()) else value
    if kind == _TEXTS and isinstance(value, list):
        if wrong := [each for each in value if not isinstance(each, str)]:
            raise _error(at, f"{key} = … {wrong[0]!r} …: must be {kind}")
        return tuple(_resolved(each, place) if key in _PATHS else each for each in value)
    if kind == _TABLE and isinstance(value, dict):
        flat = dict(_flat(value))
        for name, each in flat.items():
            if not isinstance(each, str):
                where = f"{place}:{_line_of(f'{key}.{name}', lines)}"
                raise _error(where, f'{key}.{name} = {each!r}: must be a key in quotes, such as "ctrl+f"')
        return flat
    raise _error(at, f"{key} = {value!r}: must be {kind}")


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    """The entries of a table by dotted names: `inbox.filter` may be written with or without quotes."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _resolved(value: str, place: Path) -> str:
    """A path as the file means it: `~` is home, and relative is to the file's folder; an address stays."""
    return value if "://" in value else str(place.parent / Path(value).expanduser())


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Where each key stands, tables and dotted names resolved. What tomllib has accepted is not checked again."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            name = _dotted(stripped.strip("[]").partition("]")[0])
            if name:
                table = f"{name}."
                yield name, number
        elif "=" in stripped and (name := _dotted(stripped.partition("=")[0])):
            yield f"{table}{name}", number


def _line_in(complaint: str, text: str) -> int:
    """The line that tomllib complains of; the last where it ran out of text."""
    line = complaint.partition("at line ")[2].partition(",")[0]
    return int(line) if line.isdecimal() else max(1, len(text.splitlines()))


def _dotted(words: str) -> str:
    """A key as it is written, as a dotted name without quotes; empty for what is no key."""
    import tomllib

    try:
        table: object = tomllib.loads(f"{words} = 0")
    except tomllib.TOMLDecodeError:
        return ""
    return next((name for name, _ in _flat(table)), "") if isinstance(table, dict) else ""


def _line_of(key: str, lines: Mapping[str, int]) -> int:
    """The line of a key, or of the first entry of a table that has no line of its own."""
    return lines.get(key) or min((line for name, line in lines.items() if name.startswith(f"{key}.")), default=1)


def _error(place: str, message: str) -> RulesError:
    return RulesError("Configuration", f"{place}: {message}")
