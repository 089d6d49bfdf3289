"""Cues as data: words and patterns, and what it means to find them. `facts.scanner` finds them.

A cue file `facts/cues/NAME.toml` holds `[[cue]]` tables:

    name    = "offtake.binding"            unique in all files; stands in the facts that it produced
    words   = ["offtake", "off-take"]      at least one must stand in the sentence (folded, as plain text)
    pattern = "binding (long~term )?off~take"   optional: a regular expression over the folded sentence
    needs   = "sign|execut"                optional: must match too, anywhere in the sentence
    unless  = "non-binding"                optional: must not match in the sentence
    sets    = { form = "binding" }         what a match says
    once    = true                         the first match in a sentence is enough

A word stands where another word begins or at least no letter comes before it: "tin" is in "tinplate", not in "testing".
After `*` it may also be the middle or end of a longer word ("*newswire").

In a pattern a blank stands for a run of up to 12 blanks, ` ?` for any or none, `~` for an optional blank or hyphen (but
not inside a character class), and no `\\w+` or `[a-z]*` is longer than 60 characters. A pattern is bounded by word
boundaries on both sides unless it begins or ends with `.*`.
Patterns are compiled on first use: most announcements touch few of them, and a cold start must not pay for the rest.

A file that says `on_demand = true` above its cues is not looked for in the whole text, but in a sentence when somebody
asks: for words that stand nearly everywhere and matter only beside others.
"""

import functools
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from facts.errors import FactsError
from facts.package import PACKAGE
from facts.pattern import compiled
from facts.text.sentence import Sentence

__all__ = ["Cue", "Hit", "compiled", "families", "family", "on_demand", "plain_tables", "read_cues"]

_ON_DEMAND = re.compile(r"^on_demand = true$", re.MULTILINE)
#: A key of an inline table: `{ form = "binding", weight = 3 }`.
_INLINE_KEY = re.compile(r"([{,] *)(\w+) = ")
#: What precedes a word that may stand inside another.
INSIDE = "*"
_KEYS = {"name", "words", "pattern", "needs", "unless", "sets", "once"}


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One wording and what it says; `family` is the file it stands in."""

    family: str
    name: str
    words: tuple[str, ...]
    pattern: str | None = None
    needs: str | None = None
    unless: str | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)
    once: bool = False


class Hit(NamedTuple):
    """A cue found in a sentence, at `start:end` of the whole text."""

    cue: Cue
    sentence: Sentence
    start: int
    end: int
    groups: Mapping[str, str | None]


def read_cues(source: str, family: str) -> tuple[Cue, ...]:
    """The cues of one file. Raises FactsError naming the family, the cue and the key at fault."""
    tables = plain_tables(source)
    if tables is None:
        try:
            tables = tomllib.loads(source).get("cue", [])
        except tomllib.TOMLDecodeError as error:
            raise FactsError("Broken cue file", f"cues/{family}.toml: {error}") from None
    return tuple(_cue(table, family) for table in tables)


def plain_tables(source: str) -> list[dict[str, Any]] | None:
    """What `tomllib` reads from a cue file of one line a key, in a tenth of its time; None where it is not so plain.

    In that form a value is spelt in TOML as in JSON, so that all of a file is one JSON document.
    """
    rows: list[str] = []
    for line in source.splitlines():
        if line == "[[cue]]":
            rows.append("")
        elif line and line[0] != "#" and rows:
            key, _, value = line.partition(" = ")
            key = key.rstrip(" ")
            if not value or not key.isidentifier():
                return None
            if value[0] == "{":
                value = _INLINE_KEY.sub(r'\1"\2": ', value)
            rows[-1] += f', "{key}": {value}' if rows[-1] else f'"{key}": {value}'
        elif line and line[0] != "#" and line != "on_demand = true":
            return None
    try:
        tables: list[dict[str, Any]] = json.loads("[{" + "}, {".join(rows) + "}]") if rows else []
    except ValueError:
        return None
    return tables


def _cue(table: Mapping[str, Any], family: str) -> Cue:
    place = f"cues/{family}.toml, cue {table.get('name', '?')!r}"
    if unknown := table.keys() - _KEYS:
        raise FactsError("Broken cue file", f"{place}: unknown key {min(unknown)!r}; known: {', '.join(sorted(_KEYS))}")
    if not table.get("name") or not table.get("words"):
        raise FactsError("Broken cue file", f"{place}: a cue needs a name and at least one word")
    return Cue(
        family,
        table["name"],
        tuple(table["words"]),
        table.get("pattern"),
        table.get("needs"),
        table.get("unless"),
        table.get("sets", {}),
        table.get("once", False),
    )


@functools.cache
def family(name: str) -> tuple[Cue, ...]:
    """The shipped cues of one family."""
    return read_cues(_source(name), name)


@functools.cache
def _source(name: str) -> str:
    return (PACKAGE / "cues" / f"{name}.toml").read_text("utf-8")


@functools.cache
def on_demand(name: str) -> bool:
    """Whether a shipped family is looked for in a sentence when somebody asks, not in whole texts."""
    return name in families() and _ON_DEMAND.search(_source(name)) is not None


@functools.cache
def families() -> tuple[str, ...]:
    """The names of all shipped cue files."""
    names = (entry.name for entry in (PACKAGE / "cues").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))
