"""What the words of cues make of a sentence: the patterns that they call for are tried, and give hits."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from facts.cue import Cue, Hit
from facts.pattern import sought
from facts.text.sentence import Sentence

_Search = Callable[[str, int, int], re.Match[str] | None]
#: Cues without a pattern, and where a word of them stands.
_Alone = tuple[tuple[Cue, ...], int, int]
_NO_GROUPS: Mapping[str, str | None] = MappingProxyType({})
_BY_PLACE = attrgetter("start", "end")


class Trial:
    """A cue with a pattern, ready to be tried; the pattern is compiled when it is tried first.

    `search` is for plain sentences, `search_any` for all; `free` says that a match is all that the cue asks for.
    """

    __slots__ = ("cue", "free", "search", "search_any")

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self.free = not (cue.needs or cue.unless)
        self.search: _Search = self._first
        self.search_any: _Search = self._first_of_any

    def _first(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.search = sought(self.cue.pattern or "", True).search
        return self.search(text, start, end)

    def _first_of_any(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.search_any = sought(self.cue.pattern or "", False).search
        return self.search_any(text, start, end)


class Owners(NamedTuple):
    """The cues that have some words in common: the bits of their families, and by the bit of each its cues with and
    those without a pattern."""

    bits: int
    families: tuple[tuple[int, tuple[Trial, ...], tuple[Cue, ...]], ...]


#: Whose word stands where.
Standing = tuple[Owners, int, int]


class Stretch:
    """A sentence with the words that stand in it, and the character before it, which every pattern matches first; the
    first sentence is given one. `plain` as `facts.pattern.is_plain` says."""

    __slots__ = ("_alone", "_tried", "end", "plain", "sentence", "shift", "start", "text")

    def __init__(self, sentence: Sentence, folded: str, plain: bool, standing: Iterable[Standing]) -> None:
        self.sentence = sentence
        self.plain = plain
        if sentence.start:
            self.text, self.start, self.end, self.shift = folded, sentence.start - 1, sentence.end, 0
        else:
            self.text, self.start, self.end, self.shift = f" {folded[: sentence.end]}", 0, sentence.end + 1, 1
        #: What the words call for, by the bit of a family: patterns, and cues without one.
        self._tried: defaultdict[int, list[tuple[Trial, ...]]] = defaultdict(list)
        self._alone: defaultdict[int, list[_Alone]] = defaultdict(list)
        for owners, left, right in standing:
            for bit, trials, cues in owners.families:
                if trials:
                    self._tried[bit].append(trials)
                if cues:
                    self._alone[bit].append((cues, left, right))

    def hits(self, bit: int) -> Sequence[Hit]:
        """The hits of one family, in text order."""
        tried, alone = self._tried.get(bit), self._alone.get(bit)
        found: list[Hit] = []
        if tried is not None:
            text, start, end, plain = self.text, self.start, self.end, self.plain
            for trial in tried[0] if len(tried) == 1 else dict.fromkeys(chain.from_iterable(tried)):
                search = trial.search if plain else trial.search_any
                # The pattern is tried before what the cue needs: it fails most often.
                match = search(text, start, end)
                if match is not None and (trial.free or self.allows(trial.cue)):
                    self._take(trial.cue, search, match, found)
        if alone is not None:
            found += self.standing(alone)
        if len(found) > 1:
            found.sort(key=_BY_PLACE)
        return found

    def allows(self, cue: Cue) -> bool:
        """Whether the sentence has what the cue needs, and nothing that forbids it."""
        if cue.needs and not sought(cue.needs, self.plain).search(self.text, self.start, self.end):
            return False
        return not (cue.unless and sought(cue.unless, self.plain).search(self.text, self.start, self.end))

    def _take(self, cue: Cue, search: _Search, match: re.Match[str] | None, found: list[Hit]) -> None:
        """Add the hits of a cue, from its first match on."""
        shift = self.shift
        while match is not None:
            start, end = match.span()
            if end > start + 1:
                groups = match.groupdict() if match.re.groups else _NO_GROUPS
                found.append(Hit(cue, self.sentence, start + 1 - shift, end - shift, groups))
            # The last character of a match may be the one before the next.
            match = None if cue.once else search(self.text, end - 1 if end > start + 1 else end, self.end)

    def standing(self, alone: Iterable[_Alone]) -> Iterator[Hit]:
        """The hits of cues without a pattern: whole words."""
        allowed: dict[Cue, bool] = {}
        text, shift = self.text, self.shift
        for cues, left, right in alone:
            if _stands_alone(text, left + shift, right + shift):
                for cue in cues:
                    if cue not in allowed:
                        allowed[cue] = self.allows(cue)
                    if allowed[cue]:
                        yield Hit(cue, self.sentence, left, right, _NO_GROUPS)
                        allowed[cue] = not cue.once


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def owners_of(cues: Iterable[Cue], trials: Mapping[Cue, Trial], bits: Mapping[str, int]) -> Owners:
    """The cues of a word, put in order; `trials` has those with a pattern."""
    by_bit: dict[int, tuple[list[Trial], list[Cue]]] = {}
    for cue in cues:
        tried, alone = by_bit.setdefault(bits[cue.family], ([], []))
        trial = trials.get(cue)
        if trial is None:
            alone.append(cue)
        else:
            tried.append(trial)
    families = tuple((bit, tuple(tried), tuple(alone)) for bit, (tried, alone) in by_bit.items())
    return Owners(sum(by_bit), families)
