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
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

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


class Hit(NamedTuple):
    """A cue found in a sentence, at `start:end` of the whole text."""

    cue: Cue
    sentence: Sentence
    start: int
    end: int
    groups: Mapping[str, str | None]


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
#: Cues of one family, and where a word of them stands.
_Standing = tuple[tuple[Cue, ...], tuple[int, int]]
_NO_GROUPS: Mapping[str, str | None] = MappingProxyType({})
_NO_HITS: Sequence[Hit] = ()


class _Word:
    """A word of cues: its length, and by family the cues that it may begin."""

    __slots__ = ("alone", "families", "length")

    def __init__(self, word: str, cues: Iterable[Cue]) -> None:
        by_family: dict[str, list[Cue]] = {}
        for cue in cues:
            by_family.setdefault(cue.family, []).append(cue)
        self.length = len(word)
        self.families = tuple((name, tuple(owners)) for name, owners in by_family.items())
        #: Whether some cue has no pattern: then each place of the word counts, else only that it is there.
        self.alone = any(cue.pattern is None for owners in by_family.values() for cue in owners)


class Found:
    """Where the words of cues stand in a text; a pattern is tried only when somebody asks for its family there."""

    def __init__(self, folded: str, sentences: Sequence[Sentence], broken: Container[int]) -> None:
        self._folded = folded
        self._sentences = sentences
        self._broken = broken
        self._candidates: dict[str, dict[int, list[_Standing]]] = {}
        self._hits: dict[tuple[str, int], list[Hit]] = {}
        self._families: dict[str, list[Hit]] = {}

    def add(self, index: int, word: _Word, place: tuple[int, int]) -> None:
        """A word of cues stands at `place` in sentence `index`."""
        candidates = self._candidates
        for name, cues in word.families:
            by_sentence = candidates.get(name)
            if by_sentence is None:
                by_sentence = candidates[name] = {}
            found = by_sentence.get(index)
            if found is None:
                by_sentence[index] = [(cues, place)]
            else:
                found.append((cues, place))

    def drop(self, indices: Iterable[int], keep: Container[str]) -> None:
        """Forget the sentences, but for the families in `keep`."""
        gone = set(indices)
        for name, by_sentence in self._candidates.items():
            if name not in keep:
                for index in gone & by_sentence.keys():
                    del by_sentence[index]

    def within(self, name: str, sentence: Sentence) -> Sequence[Hit]:
        """The hits of one family in one sentence, in text order."""
        index = sentence.index
        known = self._hits.get((name, index))
        if known is not None:
            return known
        scanner = _on_demand(name)
        if scanner:
            candidates = scanner.candidates(self._folded, sentence)
        else:
            here = self._candidates.get(name, _NO_CANDIDATES).get(index)
            if here is None:
                return _NO_HITS
            candidates = _by_cue(here)
        known = []
        runs = index in self._broken
        for cue, places in candidates:
            known += _hits(cue, sentence, places, self._folded, runs)
        if len(known) > 1:
            known.sort(key=_BY_PLACE)
        self._hits[name, index] = known
        return known

    def of(self, name: str) -> Sequence[Hit]:
        """The hits of one family in the whole text, in text order."""
        known = self._families.get(name)
        if known is None:
            indices = range(len(self._sentences)) if _on_demand(name) else sorted(self._candidates.get(name, ()))
            known = []
            for index in indices:
                known += self.within(name, self._sentences[index])
            self._families[name] = known
        return known

    def reached(self) -> frozenset[str]:
        """The names of the cues that were asked for so far and matched."""
        return frozenset(hit.cue.name for hits in self._hits.values() for hit in hits)


def _by_cue(standing: Iterable[_Standing]) -> Iterable[tuple[Cue, _Places]]:
    found: dict[Cue, _Places] = {}
    for cues, place in standing:
        for cue in cues:
            places = found.get(cue)
            if places is None:
                found[cue] = [place]
            else:
                places.append(place)
    return found.items()


_BY_PLACE = attrgetter("start", "end")
_NO_CANDIDATES: Mapping[int, list[_Standing]] = MappingProxyType({})


class Scanner:
    """All cues of some families in one automaton: linear in the text, whatever the number of cues."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._automaton = ahocorasick.Automaton()
        by_word: dict[str, list[Cue]] = {}
        for cue in cues:
            for word in cue.words:
                by_word.setdefault(word, []).append(cue)
        for word, owners in by_word.items():
            self._automaton.add_word(word, _Word(word, owners))
        self._automaton.make_automaton()

    def find(self, folded: str, sentences: Sequence[Sentence]) -> Found:
        """Where the words of the cues stand. `sentences` are all of the text: their indices count from 0."""
        broken = (
            {one.index for one in sentences if folded.find("  ", one.start, one.end) >= 0} if "  " in folded else set()
        )
        found = Found(folded, sentences, broken)
        if not self._automaton or not sentences:
            return found
        at, start, end, count = 0, sentences[0].start, sentences[0].end, len(sentences)
        seen: set[_Word] = set()
        # All of the text in one go: a call for each sentence would cost more than the search.
        for last, word in self._automaton.iter(folded):
            if last >= end:
                seen.clear()
                while last >= end and at + 1 < count:
                    at += 1
                    end = sentences[at].end
                start = sentences[at].start
            if word in seen:  # again in this sentence, and its cues ask only whether it is there
                continue
            left = last + 1 - word.length
            if start <= left and last < end and at not in broken:
                found.add(at, word, (left, last + 1))
                if not word.alone:
                    seen.add(word)
        for index in broken:
            for place, word in self._words(folded, sentences[index]):
                found.add(index, word, place)
        return found

    def scan(self, folded: str, sentences: Iterable[Sentence]) -> dict[str, list[Hit]]:
        """Every hit in some sentences, by family, in text order."""
        hits: dict[str, list[Hit]] = {}
        for sentence in sentences:
            runs = folded.find("  ", sentence.start, sentence.end) >= 0
            for cue, places in self.candidates(folded, sentence):
                hits.setdefault(cue.family, []).extend(_hits(cue, sentence, places, folded, runs))
        for of_family in hits.values():
            of_family.sort(key=_BY_PLACE)
        return hits

    def candidates(self, folded: str, sentence: Sentence) -> Iterable[tuple[Cue, _Places]]:
        """The cues whose words stand in a sentence, and where; their patterns are still to be tried."""
        if not self._automaton:
            return ()
        words = self._words(folded, sentence)
        return _by_cue((cues, place) for place, word in words for _, cues in word.families)

    def _words(self, folded: str, sentence: Sentence) -> Iterator[tuple[tuple[int, int], _Word]]:
        """The words of cues in a sentence, which may have runs of blanks where the words have one."""
        # A slice, not `iter(folded, start, end)`: that copies the whole text on every call.
        start, piece = sentence.start, folded[sentence.start : sentence.end]
        if "  " not in piece:
            for last, word in self._automaton.iter(piece):
                yield (start + last + 1 - word.length, start + last + 1), word
            return
        kept = [n for n, letter in enumerate(piece) if letter != " " or piece[n - 1] != " "]
        for last, word in self._automaton.iter("".join(piece[n] for n in kept)):
            yield (start + kept[last + 1 - word.length], start + kept[last] + 1), word


@functools.cache
def shipped() -> Scanner:
    """The scanner over every shipped cue that is looked for in whole texts."""
    return Scanner(cue for name in families() if not _ON_DEMAND.search(_source(name)) for cue in family(name))


def _hits(cue: Cue, sentence: Sentence, places: _Places, folded: str, runs: bool) -> list[Hit]:
    """The hits of one cue in one sentence. The pattern is tried first: it fails most often."""
    start, end = sentence.start, sentence.end
    if cue.pattern is None:
        found = [
            Hit(cue, sentence, left, right, _NO_GROUPS) for left, right in places if _stands_alone(folded, left, right)
        ]
    else:
        pattern = compiled(cue.pattern, runs)
        first = pattern.search(folded, start, end)
        if first is None:
            return []
        rest = () if cue.once else pattern.finditer(folded, max(first.end(), first.start() + 1), end)
        found = [
            Hit(cue, sentence, match.start(), match.end(), match.groupdict() if pattern.groups else _NO_GROUPS)
            for match in (first, *rest)
            if match.end() > match.start()
        ]
    if not found or (cue.needs and not compiled(cue.needs, runs).search(folded, start, end)):
        return []
    if cue.unless and compiled(cue.unless, runs).search(folded, start, end):
        return []
    return found[:1] if cue.once else found


def _stands_alone(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (before.isalnum() and folded[start].isalnum()) and not (after.isalnum() and folded[end - 1].isalnum())
