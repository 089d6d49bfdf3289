"""What the trade knows: the words of organisations' names, and the well-known organisations themselves."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ahocorasick

from facts.package import PACKAGE

#: A well-known name no longer than this is too short to be known by its beginning.
SHORT_HEAD = 4


_TAILS = ("", ".", ",", ".,", "'s", "\u2019s", ".'s", ".\u2019s", "'", "\u2019")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `lexicons/organisations.toml`."""

    legal: frozenset[str]
    trade: frozenset[str]
    joined: frozenset[str]
    leading: frozenset[str]
    titles: frozenset[str]
    ordinary: frozenset[str]
    bodies: frozenset[str]
    #: Legal forms and trade words with whatever stops and possessives may cling to them.
    ending: frozenset[str]
    known: ahocorasick.Automaton


@functools.cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((PACKAGE / "lexicons" / "organisations.toml").read_text("utf-8"))


@functools.cache
def _sort_words(sort: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _table()["sort"][sort])
    return re.compile(rf"\b(?:{words})\b")


def sounds_like(label: str, sort: str) -> bool:
    """Whether a word in the name says that its bearer is a state body, bank, fund, miner or startup."""
    return _sort_words(sort).search(label) is not None


@functools.cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    table = _table()
    known = ahocorasick.Automaton()
    for group, names in {**table["role"], "silent": table["silent"]["names"]}.items():
        for name in names:
            known.add_word(name, (len(name), group))
            if len(name) > 4:
                known.add_word(name.upper(), (len(name), group))
    known.make_automaton()
    word = {key: frozenset(words) for key, words in table["word"].items()}
    ending = frozenset(last + tail for last in word["legal"] | word["trade"] for tail in _TAILS)
    return Lexicon(known=known, ending=ending, **word)


def key_of(name: str) -> str:
    """The name without its legal form, in small letters: under it a company is one and the same."""
    words = name.replace(",", " ").replace("\u2019", "'").lower().split()
    while len(words) > 1 and (words[-1].rstrip(".") in _small_legal() or words[-1] in ("z", "&", "sp.")):
        words.pop()
    return " ".join(words).removesuffix("'s")


@functools.cache
def _small_legal() -> frozenset[str]:
    return frozenset(form.lower() for form in lexicon().legal)


def group_of(label: str) -> str | None:
    """The lexicon group of a name, or of the well-known name that it begins with."""
    known = lexicon().known
    words = label.split()[: len(key_of(label).split())]
    label = " ".join(words).rstrip(",")
    length = known.longest_prefix(label)
    while length:
        head = label[:length]
        if head in known and not label[length : length + 1].isalnum():
            group: str = known.get(head)[1]
            return group if length > SHORT_HEAD or length == len(label) else None
        length = label.rfind(" ", 0, length) if " " in head else 0
    return None
