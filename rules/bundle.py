"""The files of a pack: found, bounded, parsed, and laid over the pack that they extend.

A pack that says `extends = "critical_minerals"` carries the other pack's files below `extends/`, so that one flat table
of names and bytes is the whole pack: it is what the digest covers, what a record stores and what the proof checker
reads.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from rules.errors import RulesError

BELOW = "extends/"
#: The packs that come with Caveat. Not importlib.resources: its import alone is a thirtieth of a cold start.
_PACKS = Path(__file__).parent / "packs"
#: A pack larger than this was not written by hand; reading it would only be slow.
_MOST_FILES = 5_000
_MOST_BYTES = 1_000_000
_DEEPEST = 4
#: What names an entry in a list of tables, so that an extending pack can override one of them.
_NAMES = (("name",), ("code",), ("level",), ("kind", "field"), ("finding", "rule"))

Files = Mapping[str, bytes]


def collect(place: str, depth: int = 0) -> dict[str, bytes]:
    """Every file of a pack by its path, the extended pack's below `extends/`. `place` is a shipped name or a folder.

    Raises RulesError naming the folder or file at fault.
    """
    if depth > _DEEPEST:
        raise RulesError("Broken pack", f"{place}: packs extend each other more than {_DEEPEST} deep, or in a circle")
    found = dict(_contents(_folder(place), place))
    if "pack.toml" not in found:
        raise RulesError("No pack", f"{place}: no pack.toml there; a pack is a folder with pack.toml and rule files")
    base = parse_toml(found["pack.toml"], "pack.toml").get("extends")
    if base is not None:
        found |= {BELOW + name: data for name, data in collect(_beside(place, str(base)), depth + 1).items()}
    return dict(sorted(found.items()))


def own_files(place: str) -> dict[str, bytes]:
    """The pack's own files by path, without those of a pack that it extends. Raises RulesError."""
    return dict(sorted(_contents(_folder(place), place)))


def resolve(content: Files, examples: bool = True) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The settings and the rules by file, an extending pack's laid over those that it extends.

    Without `examples` the rules' examples are left unparsed: rating does not need them, and they are most of a pack.
    """
    parse = parse_toml if examples else _parse_head
    own = {name: parse(data, name) for name, data in content.items() if not name.startswith(BELOW)}
    settings = own.pop("pack.toml")
    below = {name.removeprefix(BELOW): data for name, data in content.items() if name.startswith(BELOW)}
    if not below:
        return settings, own
    base_settings, base_rules = resolve(below, examples)
    replaced = {rule.get("code") for rule in own.values()}
    kept = {BELOW + name: rule for name, rule in base_rules.items() if rule.get("code") not in replaced}
    return overlay(base_settings, settings), {**kept, **own}


def overlay(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merged key by key, lists of named tables entry by entry; anything else replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            merged[key] = overlay(below, value)
        elif isinstance(below, list) and isinstance(value, list) and (names := _naming(below, value)):
            merged[key] = _overlay_list(below, value, names)
        else:
            merged[key] = value
    return merged


def parse_toml(data: bytes, name: str) -> dict[str, Any]:
    """A TOML file with exact decimals. Raises RulesError naming file and line."""
    try:
        return tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RulesError("Broken pack", f"{name}: not TOML: {error}") from None
    except UnicodeDecodeError as error:
        raise RulesError("Broken pack", f"{name}: not UTF-8 at byte {error.start}") from None


def _parse_head(data: bytes, name: str) -> dict[str, Any]:
    """A rule file up to its first example; the whole of it where that part alone is no TOML."""
    head, mark, _ = data.partition(b"\n[[example]]")
    try:
        return parse_toml(head, name) if mark else parse_toml(data, name)
    except RulesError:
        return parse_toml(data, name)


def digest_of(data: bytes) -> str:
    """The digest of one file."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_of_all(content: Files) -> str:
    """SHA-256 over each file's path, length and bytes, in order of path."""
    total = hashlib.sha256()
    for name, data in sorted(content.items()):
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return f"sha256:{total.hexdigest()}"


def is_shipped(place: str) -> bool:
    """Whether a pack of that name comes with Caveat."""
    return place.isidentifier() and (_PACKS / place / "pack.toml").is_file()


def _folder(place: str) -> Path:
    return _PACKS / place if is_shipped(place) else Path(place)


def _beside(place: str, base: str) -> str:
    """The extended pack: a shipped name, or a folder as seen from the extending one."""
    return base if is_shipped(base) or is_shipped(place) else str(Path(place) / base)


def _contents(folder: Path, place: str, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Every TOML file below the folder, by its path inside the pack."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        raise RulesError("No pack", f"{place}: no such folder") from None
    except PermissionError:
        raise RulesError("No pack", f"{place}/{prefix}: the folder may not be read") from None
    if len(entries) > _MOST_FILES:
        raise RulesError("No pack", f"{place}: {len(entries)} entries in one folder; a pack has at most {_MOST_FILES}")
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if entry.is_dir() and not entry.name.startswith((".", "_")) and name != BELOW.rstrip("/"):
            yield from _contents(entry, place, f"{name}/")
        elif entry.name.endswith(".toml"):
            yield name, _bytes(entry, f"{place}/{name}")


def _bytes(entry: Path, place: str) -> bytes:
    try:
        data = entry.read_bytes()
    except OSError as error:
        raise RulesError("Broken pack", f"{place}: {error.strerror or error}") from None
    if len(data) > _MOST_BYTES:
        raise RulesError("Broken pack", f"{place}: {len(data)} bytes; at most {_MOST_BYTES} a file")
    return data


def _naming(below: list[Any], over: list[Any]) -> tuple[str, ...] | None:
    entries = [*below, *over]
    if not entries or not all(isinstance(entry, Mapping) for entry in entries):
        return None
    return next((names for names in _NAMES if all(entry.keys() >= set(names) for entry in entries)), None)


def _overlay_list(below: list[Any], over: list[Any], names: tuple[str, ...]) -> list[Any]:
    def name(entry: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(entry[part] for part in names)

    changed = {name(entry): entry for entry in over}
    known = {name(entry) for entry in below}
    kept = [overlay(entry, changed[name(entry)]) if name(entry) in changed else entry for entry in below]
    return kept + [entry for entry in over if name(entry) not in known]
