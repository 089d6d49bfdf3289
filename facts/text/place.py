"""Places in a text and the countries that they stand in, from `lexicons/countries.toml`."""

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ahocorasick

from facts.package import PACKAGE

Sort = Literal["country", "people", "seat", "place"]
Risk = Literal["low", "moderate", "high"]


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` names a place in `country`: the country itself, its people, its capital or a part of it."""

    country: str
    sort: Sort
    start: int
    end: int


@functools.cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((PACKAGE / "lexicons" / "countries.toml").read_text("utf-8"))


@functools.cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    sorts: tuple[tuple[str, Sort], ...] = (
        ("places", "place"),
        ("seat", "seat"),
        ("people", "people"),
        ("also", "country"),
    )
    for country, row in _table().items():
        for key, sort in sorts:
            for word in row.get(key, ()):
                automaton.add_word(word, (len(word), country, sort))
                if sort == "country" or len(word) > 3:
                    automaton.add_word(word.upper(), (len(word), country, sort))
        automaton.add_word(country, (len(country), country, "country"))
        automaton.add_word(country.upper(), (len(country), country, "country"))
    automaton.make_automaton()
    return automaton


def risk_of(country: str) -> Risk:
    """The risk of the jurisdiction table; countries that it does not name are moderate."""
    risk: Risk = _table().get(country, {}).get("risk", "moderate")
    return risk


def countries() -> frozenset[str]:
    """Every country, in the spelling that facts use."""
    return frozenset(_table())


@functools.cache
def country_of(word: str) -> str | None:
    """The country that a word names by itself ("Ontario", "Canadian"), or None."""
    found = _automaton().get(word, None)
    return found[1] if found else None


def places(text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Every place named in `text[start:end]`, the longest name where several fit, in order."""
    # A slice, not `iter_long(text, start, end)`: that copies the whole text on every call.
    for last, (length, country, sort) in _automaton().iter_long(text[start:end]):
        left, right = start + last + 1 - length, start + last + 1
        if not _inside_a_word(text, left, right):
            yield Place(country, sort, left, right)


def _inside_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or after == "$" or (after.isalnum() and text[end - 1] != ".")
