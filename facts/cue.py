"""Cues: words and patterns as data, found in one pass over the text.

A cue file `facts/cues/NAME.toml` holds `[[cue]]` tables:

    name    = "offtake.binding"            unique in all files; stands in the facts that it produced
    words   = ["offtake", "off-take"]      at least one must occur in the sentence (folded, as plain text)
    pattern = "binding (long~term )?off~take"   optional: a regular expression over the folded sentence
    needs   = "sign|execut"                optional: must match too, anywhere in the sentence
    unless  = "non-binding"                optional: must not match in the sentence
    sets    = { form = "binding" }         what a match says
    once    = true                         the first match in a sentence is enough

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
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import ahocorasick

from facts.errors import FactsError
from facts.package import PACKAGE
from facts.text.sentence import Sentence

_ON_DEMAND = re.compile(r"^on_demand = true$", re.MULTILINE)
#: What stands for itself in a pattern (a look-behind, which must have one width, an escape, a character class), or is a
#: blank or `~` to be spelt out.
_BLANK = re.compile(r"\(\?<[=!][^()]*\)|(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\])[+*]?| +\??|~")
#: A key of an inline table: `{ form = "binding", weight = 3 }`.
_INLINE_KEY = re.compile(r"([{,] *)(\w+) = ")
#: No run of one character class is longer: else a line of nothing but figures would cost the square of its length.
_LONGEST_RUN = 60
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a sentence, at `start:end` of the whole text."""

    cue: Cue
    sentence: Sentence
    start: int
    end: int
    groups: Mapping[str, str | None] = field(default_factory=dict)


#: What a blank of a pattern becomes, and a blank that may be missing.
_SOME_BLANKS, _ANY_BLANKS = "[ ]{1,12}", "[ ]{0,12}"


def _spaced(match: re.Match[str]) -> str:
    """A blank is a run of blanks, `~` an optional blank or hyphen; a run of some character class has an end."""
    piece = match.group()
    if piece[0] in "\\[" and len(piece) > 2 and piece[-1] in "+*":
        return f"{piece[:-1]}{{{int(piece[-1] == '+')},{_LONGEST_RUN}}}"
    if piece[0] in "(\\[":
        return piece
    if piece == "~":
        return "[ -]?"
    return _ANY_BLANKS if piece.endswith("?") else _SOME_BLANKS


@functools.cache
def compiled(pattern: str, runs: bool = True) -> re.Pattern[str]:
    """The regular expression of a cue's pattern, over folded text. Raises FactsError.

    Without `runs` a blank is one blank: for sentences without two blanks together, which are nearly all, that says the
    same, compiles in two thirds of the time and matches faster.
    """
    spaced = _BLANK.sub(_spaced, pattern)
    if not runs:
        spaced = spaced.replace(_SOME_BLANKS, " ").replace(_ANY_BLANKS, " ?")
    left = "" if spaced.startswith((".*", "(?<", "^")) else r"(?<!\w)"
    right = "" if spaced.endswith((".*", "$")) else r"(?!\w)"
    try:
        return re.compile(f"{left}(?:{spaced}){right}")
    except re.error as error:
        raise FactsError("Broken cue pattern", f"{pattern!r}: {error}; mend the cue that holds it") from None


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
def _on_demand(name: str) -> "Scanner | None":
    """The scanner of a family that is looked for on demand only, else None."""
    marked = name in families() and _ON_DEMAND.search(_source(name))
    return Scanner(family(name)) if marked else None


@functools.cache
def families() -> tuple[str, ...]:
    """The names of all shipped cue files."""
    names = (entry.name for entry in (PACKAGE / "cues").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


_Places = list[tuple[int, int]]
_NO_GROUPS: Mapping[str, str | None] = MappingProxyType({})


class Found:
    """Where the words of cues stand in a text; a pattern is tried only when somebody asks for its family there."""

    def __init__(self, folded: str, sentences: Sequence[Sentence]) -> None:
        self._folded = folded
        self._sentences = sentences
        self._candidates: dict[str, dict[int, dict[Cue, _Places]]] = {}
        self._hits: dict[tuple[str, int], list[Hit]] = {}
        self._families: dict[str, list[Hit]] = {}

    def add(self, index: int, cues: Iterable[Cue], place: tuple[int, int]) -> None:
        """A word of the cues stands at `place` in sentence `index`."""
        for cue in cues:
            by_sentence = self._candidates.get(cue.family)
            if by_sentence is None:
                by_sentence = self._candidates[cue.family] = {}
            by_cue = by_sentence.get(index)
            if by_cue is None:
                by_cue = by_sentence[index] = {}
            places = by_cue.get(cue)
            if places is None:
                by_cue[cue] = [place]
            else:
                places.append(place)

    def drop(self, indices: Iterable[int], keep: Container[str]) -> None:
        """Forget the sentences, but for the families in `keep`."""
        gone = set(indices)
        for name, by_sentence in self._candidates.items():
            if name not in keep:
                for index in gone & by_sentence.keys():
                    del by_sentence[index]

    def within(self, name: str, sentence: Sentence) -> Sequence[Hit]:
        """The hits of one family in one sentence, in text order."""
        known = self._hits.get((name, sentence.index))
        if known is None:
            scanner = _on_demand(name)
            candidates = (
                scanner.candidates(self._folded, sentence)
                if scanner
                else self._candidates.get(name, {}).get(sentence.index, {}).items()
            )
            known = [hit for cue, places in candidates for hit in _hits(cue, sentence, places, self._folded)]
            known.sort(key=lambda hit: (hit.start, hit.end))
            self._hits[name, sentence.index] = known
        return known

    def of(self, name: str) -> Sequence[Hit]:
        """The hits of one family in the whole text, in text order."""
        known = self._families.get(name)
        if known is None:
            indices = range(len(self._sentences)) if _on_demand(name) else sorted(self._candidates.get(name, ()))
            known = [hit for index in indices for hit in self.within(name, self._sentences[index])]
            self._families[name] = known
        return known


class Scanner:
    """All cues of some families in one automaton: linear in the text, whatever the number of cues."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._automaton = ahocorasick.Automaton()
        by_word: dict[str, list[Cue]] = {}
        for cue in cues:
            for word in cue.words:
                by_word.setdefault(word, []).append(cue)
        for word, owners in by_word.items():
            self._automaton.add_word(word, (len(word), tuple(owners)))
        self._automaton.make_automaton()

    def find(self, folded: str, sentences: Sequence[Sentence]) -> Found:
        """Where the words of the cues stand. `sentences` are all of the text: their indices count from 0."""
        found = Found(folded, sentences)
        if not self._automaton or not sentences:
            return found
        broken = {one.index for one in sentences if folded.find("  ", one.start, one.end) >= 0}
        at, start, end = 0, sentences[0].start, sentences[0].end
        # All of the text in one go: a call for each sentence would cost more than the search.
        for last, (length, owners) in self._automaton.iter(folded):
            while last >= end and at + 1 < len(sentences):
                at += 1
                start, end = sentences[at].start, sentences[at].end
            if start <= last + 1 - length and last < end and at not in broken:
                found.add(at, owners, (last + 1 - length, last + 1))
        for index in broken:
            for place, owners in self._words(folded, sentences[index]):
                found.add(index, owners, place)
        return found

    def scan(self, folded: str, sentences: Iterable[Sentence]) -> dict[str, list[Hit]]:
        """Every hit in some sentences, by family, in text order."""
        hits: dict[str, list[Hit]] = {}
        for sentence in sentences:
            for cue, places in self.candidates(folded, sentence):
                hits.setdefault(cue.family, []).extend(_hits(cue, sentence, places, folded))
        for of_family in hits.values():
            of_family.sort(key=lambda hit: (hit.start, hit.end))
        return hits

    def candidates(self, folded: str, sentence: Sentence) -> Iterable[tuple[Cue, _Places]]:
        """The cues whose words stand in a sentence, and where; their patterns are still to be tried."""
        if not self._automaton:
            return ()
        found: dict[Cue, _Places] = {}
        for place, owners in self._words(folded, sentence):
            for cue in owners:
                found.setdefault(cue, []).append(place)
        return found.items()

    def _words(self, folded: str, sentence: Sentence) -> Iterator[tuple[tuple[int, int], tuple[Cue, ...]]]:
        """The words of cues in a sentence, which may have runs of blanks where the words have one."""
        # A slice, not `iter(folded, start, end)`: that copies the whole text on every call.
        start, piece = sentence.start, folded[sentence.start : sentence.end]
        if "  " not in piece:
            for last, (length, owners) in self._automaton.iter(piece):
                yield (start + last + 1 - length, start + last + 1), owners
            return
        kept = [n for n, letter in enumerate(piece) if letter != " " or piece[n - 1] != " "]
        for last, (length, owners) in self._automaton.iter("".join(piece[n] for n in kept)):
            yield (start + kept[last + 1 - length], start + kept[last] + 1), owners


@functools.cache
def shipped() -> Scanner:
    """The scanner over every shipped cue that is looked for in whole texts."""
    return Scanner(cue for name in families() if not _ON_DEMAND.search(_source(name)) for cue in family(name))


def _hits(cue: Cue, sentence: Sentence, places: _Places, folded: str) -> Iterator[Hit]:
    """The hits of one cue in one sentence. The pattern is tried first: it fails most often."""
    start, end = sentence.start, sentence.end
    runs = folded.find("  ", start, end) >= 0
    if cue.pattern is None:
        matches: Iterable[tuple[int, int, Mapping[str, str | None]]] = (
            (left, right, _NO_GROUPS) for left, right in places if _stands_alone(folded, left, right)
        )
    else:
        matches = (
            (match.start(), match.end(), match.groupdict())
            for match in compiled(cue.pattern, runs).finditer(folded, start, end)
            if match.end() > match.start()
        )
    for number, (left, right, groups) in enumerate(matches):
        if number == 0 and (
            (cue.needs and not compiled(cue.needs, runs).search(folded, start, end))
            or (cue.unless and compiled(cue.unless, runs).search(folded, start, end))
        ):
            return
        yield Hit(cue, sentence, left, right, groups)
        if cue.once:
            return


def _stands_alone(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (before.isalnum() and folded[start].isalnum()) and not (after.isalnum() and folded[end - 1].isalnum())
