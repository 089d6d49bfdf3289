"""What one entry of the log is: canonical JSON, its hash, and the columns by which it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import orjson
import rfc8785

from rules.errors import RulesError
from rules.ledger.merkle import leaf_hash

SCHEMA = "caveat/entry/1"
Kind = Literal["rating", "reading", "override", "challenge", "prune"]
#: The columns of table `entry` beside seq, leaf and leaf_hash: all follow from the leaf.
COLUMNS = ("kind", "time", "about", "key", "name", "issuer", "story", "class", "level", "pack", "reader")
#: Letters of a name in its column: a row of an index in PostgreSQL has 2,700 bytes for all its names.
_INDEXED = 200
#: The largest whole number that JSON carries everywhere (RFC 8785, section 3.2.2.3).
_LARGEST = 2**53 - 1
#: What is read of an entry, and as what it was written.
_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("kind", "time", "key", "issuer", "story", "class", "because", "until"), (str,)),
    **dict.fromkeys(("level", "about", "upto", "rated"), (int, type(None))),
    **dict.fromkeys(("source", "pack", "versions", "content"), (dict,)),
    **dict.fromkeys(("fired", "cues", "roles"), (list,)),
}
_WORDS = {str}
_NEEDED: Mapping[str, tuple[str, ...]] = {"override": ("level", "rated", "because"), "prune": ("upto", "roles")}


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the log; `leaf` are the bytes that are hashed."""

    seq: int
    leaf: bytes

    @cached_property
    def data(self) -> dict[str, Any]:
        """The leaf as JSON. Raises RulesError for one that is none."""
        return parse(self.leaf, self.seq)

    @property
    def kind(self) -> str:
        """rating, reading (of something rated before), override, challenge or prune."""
        return str(self.data["kind"])

    @property
    def time(self) -> str:
        """When it was appended: ISO 8601 in UTC, to the microsecond."""
        return str(self.data["time"])

    @property
    def about(self) -> int | None:
        """The rating that a reading, an override or a challenge belongs to."""
        found: int | None = self.data.get("about")
        return found

    @property
    def level(self) -> int | None:
        """The level of a rating or an override."""
        found: int | None = self.data.get("level")
        return found

    @property
    def name(self) -> str:
        """The name of the document, or of the rating that it speaks of."""
        return str(self.data.get("source", {}).get("name", ""))

    @property
    def content(self) -> dict[str, str]:
        """The digests of what belongs to it, by role: document, text, reading, assessment, pack, who."""
        found: dict[str, str] = self.data.get("content", {})
        return found


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has a place and a time; `blobs` are its contents by role.

    `key` names what must not be recorded twice; `sketch` is that of the text, by which its story is found; a draft
    whose key is taken becomes what `again` gives: an entry that refers to the first.
    """

    kind: Kind
    body: Mapping[str, Any]
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    key: str | None = None
    sketch: bytes = b""

    def again(self, first: int, story: str | None) -> "Draft":
        """The same announcement under the same pack, read once more: only who asked and where it came from is new."""
        blobs = {role: data for role, data in self.blobs.items() if role == "who"}
        kept = ("source", "announcer", "issuer", "class", "level")
        body = {name: self.body[name] for name in kept if name in self.body} | {"about": first}
        return Draft("reading", body | ({"story": story} if story else {}), blobs)


def canonical(data: Mapping[str, Any]) -> bytes:
    """RFC 8785 JSON. Raises RulesError for what it cannot carry.

    orjson with sorted keys writes the same bytes, twenty times faster, where there are only words, names of ASCII
    letters and whole numbers that every reader takes; an entry holds nothing else. For all others rfc8785 writes.
    """
    try:
        if _is_plain(data):
            return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
        return rfc8785.dumps(dict(data))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, orjson.JSONEncodeError) as error:
        raise RulesError("Not recordable", f"an entry cannot carry this: {error}") from None


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind in (str, bool, type(None)):
        return True
    if kind is int:
        return bool(abs(value) <= _LARGEST)
    if kind is dict:
        return all(type(name) is str and name.isascii() for name in value) and all(map(_is_plain, value.values()))
    return kind is list and all(map(_is_plain, value))


def parse(leaf: bytes, seq: int) -> dict[str, Any]:
    """The JSON of a leaf. Raises RulesError if it is none, or of a later schema."""
    try:
        data = orjson.loads(leaf)
    except orjson.JSONDecodeError:
        data = None
    if not isinstance(data, dict) or not _is_sound(data):
        raise RulesError("Broken entry", f"entry {seq} is no ledger entry; run `caveat ledger verify`")
    if data.get("schema") != SCHEMA:
        raise RulesError(
            "Newer entry", f"entry {seq} has schema {data.get('schema')!r}, not {SCHEMA}; update Caveat to read it"
        )
    return data


def _is_sound(data: Mapping[str, Any]) -> bool:
    """Whether everything that is read of an entry has the type that it was written with."""
    for name, value in data.items():
        if name in _TYPES and type(value) not in _TYPES[name]:
            return False
    words = (*data.get("fired", ()), *data.get("cues", ()), *data.get("roles", ()), *data.get("content", {}).values())
    known = "kind" in data and "time" in data and set(map(type, words)) <= _WORDS
    return known and all(data.get(name) is not None for name in _NEEDED.get(data["kind"], ()))


def columns(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of COLUMNS for a leaf; names are cut to what an index carries."""
    source, pack, versions = data.get("source", {}), data.get("pack", {}), data.get("versions", {})
    return (
        data.get("kind"), data.get("time"), data.get("about"), data.get("key"), indexed(source.get("name")),
        indexed(data.get("issuer")), data.get("story"), data.get("class"), data.get("level"), pack.get("digest"),
        versions.get("reader"),
    )  # fmt: skip


def indexed(name: Any) -> Any:
    """A name as it stands in its column."""
    return name[:_INDEXED] if type(name) is str else name


def sealed(seq: int, data: Mapping[str, Any]) -> tuple[Entry, bytes]:
    """The entry of that place and the hash of its leaf."""
    leaf = canonical({"schema": SCHEMA, "seq": seq, **data})
    return Entry(seq, leaf), leaf_hash(leaf)


def is_canonical(leaf: bytes, data: Mapping[str, Any]) -> bool:
    """Whether the bytes are the RFC 8785 JSON of their content."""
    try:
        return orjson.dumps(data, option=orjson.OPT_SORT_KEYS) == leaf or canonical(data) == leaf
    except (orjson.JSONEncodeError, RulesError):
        return False
