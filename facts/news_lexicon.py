"""The nouns and verbs of news, and what they make together: `lexicons/news.toml`, with all forms of its words."""

import functools
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from facts.package import PACKAGE

_VOWELS = frozenset("aeiou")
_NONE: frozenset[str] = frozenset()
#: The key of any amount of money.
MONEY = "$"


class Entry(NamedTuple):
    """Words of the lexicon: the groups of nouns and of verbs that they belong to, and whether they name a state or
    several; `bare` if they are a verb only after a word such as "to" ("plans to test", but "a test"); `past` if they
    are a past form, which may follow what it is about ("mine sold")."""

    nouns: frozenset[str] = _NONE
    verbs: frozenset[str] = _NONE
    state: bool = False
    many: bool = False
    bare: bool = False
    past: bool = False


class Rule(NamedTuple):
    """A class, how strongly it is spoken for, who must act, and which nouns the clause must not and must have."""

    name: str
    weight: float
    who: str | None
    unless: frozenset[str]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewsLexicon:
    """What words say, and what a verb and a noun make together."""

    marks: Mapping[str, Sequence[str]]
    #: By group of verbs and group of nouns, "" for none.
    rules: Mapping[tuple[str, str], Sequence[Rule]]
    #: Groups of verbs that are done by themselves ("drilling resumes"): what they are about may stand before any form.
    moving: frozenset[str]
    #: First words of entries that have several: only there is more than one word looked up.
    openers: frozenset[str]
    known: dict[str, Entry] = field(default_factory=dict)

    def entry(self, words: str) -> Entry | None:
        """What the words say, or None if the lexicon does not have them."""
        marks = self.marks.get(words)
        if marks is None:
            return None
        if words not in self.known:
            nouns = frozenset(mark[5:] for mark in marks if mark.startswith("noun "))
            verbs = frozenset(mark[5:] for mark in marks if mark.startswith("verb "))
            flags = (flag in marks for flag in ("state", "many", "bare", "past"))
            self.known[words] = Entry(nouns, verbs, *flags)
        return self.known[words]


@functools.cache
def news_lexicon() -> NewsLexicon:
    """The shipped lexicon, read once."""
    table = _table((PACKAGE / "lexicons" / "news.toml").read_text("utf-8"))
    marks = _marks(table)
    openers = frozenset(form.split(" ", 1)[0] for form in marks if " " in form)
    return NewsLexicon(marks, _rules(table["sense"]), frozenset(table[""]["moving"]), openers)


def _table(source: str) -> Mapping[str, Any]:
    """The file's sections. It is written with one line a key, which reads in an eighth of the time that `tomllib` takes
    and every cold start would pay. What stands above the first section is under ""."""
    sections: dict[str, Any] = {"": {}, "sense": []}
    section = sections[""]
    for line in source.splitlines():
        if line == "[[sense]]":
            section = {}
            sections["sense"].append(section)
        elif line.startswith("["):
            section = sections[line[1:-1]] = {}
        elif line and line[0] != "#":
            key, _, value = line.partition(" = ")
            section[key] = json.loads(value)
    return sections


def _marks(table: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Every form of every word with its marks; to build their entries is left until a text has them."""
    top = table[""]
    marks: dict[str, list[str]] = {MONEY: ["noun sum"]}
    things = frozenset(top["things"])
    for form, said in chain(_nouns(table["noun"]), _verbs(table["verb"], things)):
        marks[form] = marks.get(form, []) + said
    for word in things.union(map(_plural, top["plurals"])) & marks.keys():
        marks[word].append("bare")
    marks.update((form, []) for word in top["nothing"] for form in (word, _plural(word)))
    for word in (*top["state"], *top["states"]):
        marks.setdefault(word, []).append("state")
    for word in top["states"]:
        marks[word].append("many")
    return marks


def _nouns(groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    for group, words in groups.items():
        for word in words:
            yield word, [f"noun {group}"]
            yield _plural(word), [f"noun {group}"]


def _verbs(groups: Mapping[str, Sequence[str]], things: Container[str]) -> Iterator[tuple[str, list[str]]]:
    for group, words in groups.items():
        for word in words:
            for form, past in _forms(word, things):
                yield form, [f"verb {group}", "past"] if past else [f"verb {group}"]


def _rules(rows: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], Sequence[Rule]]:
    rules: dict[tuple[str, str], list[Rule]] = {}
    for row in rows:
        unless, needs = frozenset(row.get("unless", ())), frozenset(row.get("needs", ()))
        rule = Rule(row["class"], row["weight"], row.get("who"), unless, needs)
        for verb in row.get("verb", [""]):
            for noun in row.get("noun", [""]):
                rules.setdefault((verb, noun), []).append(rule)
    return rules


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def _forms(written: str, things: Container[str]) -> Iterator[tuple[str, bool]]:
    """All forms of a verb, and whether they are past: the regular ones of its first word, and those behind slashes."""
    base, *others = written.split("/")
    yield base, False
    for other in others:
        yield other, True
    verb, blank, rest = base.partition(" ")
    past, running = _regular(verb)
    yield _plural(verb) + blank + rest, False
    yield past + blank + rest, True
    if verb not in things:
        yield running + blank + rest, False


def _regular(verb: str) -> tuple[str, str]:
    if verb.endswith("e"):
        return verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied", verb + "ing"
    # A short vowel between two consonants doubles the last one: ban, banned.
    doubles = len(verb) < 5 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3:-2] not in _VOWELS
    stem = verb + verb[-1] if doubles else verb
    return stem + "ed", stem + "ing"
