"""What the words of cues make of a sentence: the patterns that they call for are tried, and give hits."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from types import MappingProxyType

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

    `search` is for plain sentences, `search_any` for all.
    """

    __slots__ = ("cue", "search", "search_any")

    def __init__(self, cue: Cue) -> None:
        self.cue = cue
        self.search: _Search = self._first
        self.search_any: _Search = self._first_of_any

    def _first(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.search = sought(self.cue.pattern or "", True).search
        return self.search(text, start, end)

    def _first_of_any(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.search_any = sought(self.cue.pattern or "", False).search
        return self.search_any(text, start, end)


class _Stretch:
    """A sentence and the character before it, which every pattern matches first; the first sentence is given one."""

    __slots__ = ("end", "plain", "sentence", "shift", "start", "text")

    def __init__(self, sentence: Sentence, folded: str, plain: bool) -> None:
        self.sentence = sentence
        self.plain = plain
        if sentence.start:
            self.text, self.start, self.end, self.shift = folded, sentence.start - 1, sentence.end, 0
        else:
            self.text, self.start, self.end, self.shift = f" {folded[: sentence.end]}", 0, sentence.end + 1, 1

    def allows(self, cue: Cue) -> bool:
        """Whether the sentence has what the cue needs, and nothing that forbids it."""
        if cue.needs and not sought(cue.needs, self.plain).search(self.text, self.start, self.end):
            return False
        return not (cue.unless and sought(cue.unless, self.plain).search(self.text, self.start, self.end))

    def matched(self, trial: Trial, match: re.Match[str]) -> Iterator[Hit]:
        """The hits of a cue, from its first match on."""
        cue, search, shift = trial.cue, trial.search if self.plain else trial.search_any, self.shift
        more: re.Match[str] | None = match
        while more is not None:
            start, end = more.span()
            if end > start + 1:
                groups = more.groupdict() if more.re.groups else _NO_GROUPS
                yield Hit(cue, self.sentence, start + 1 - shift, end - shift, groups)
            # The last character of a match may be the one before the next.
            more = None if cue.once else search(self.text, max(end - 1, start + 1), self.end)

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


#: By the bit of a family, its cues with and those without a pattern that have some words in common.
Owners = Mapping[int, tuple[tuple[Trial, ...], tuple[Cue, ...]]]
#: Whose word stands where.
Standing = tuple[Owners, int, int]


def owners_of(cues: Iterable[Cue], trials: Mapping[Cue, Trial], bits: Mapping[str, int]) -> Owners:
    """The cues of a word, put in order; `trials` has those with a pattern."""
    by_bit: dict[int, tuple[tuple[Trial, ...], tuple[Cue, ...]]] = {}
    for cue in cues:
        tried, alone = by_bit.get(bits[cue.family], ((), ()))
        trial = trials.get(cue)
        by_bit[bits[cue.family]] = (tried, (*alone, cue)) if trial is None else ((*tried, trial), alone)
    return by_bit


def hits_in(sentence: Sentence, folded: str, plain: bool, standing: Iterable[Standing], bit: int) -> list[Hit]:
    """The hits of one family in one sentence, in text order; `plain` as `facts.pattern.is_plain` says."""
    tried: list[tuple[Trial, ...]] = []
    alone: list[_Alone] = []
    for owners, left, right in standing:
        own = owners.get(bit)
        if own is not None:
            trials, cues = own
            if trials:
                tried.append(trials)
            if cues:
                alone.append((cues, left, right))
    stretch = _Stretch(sentence, folded, plain)
    text, start, end = stretch.text, stretch.start, stretch.end
    found: list[Hit] = []
    for trial in tried[0] if len(tried) == 1 else dict.fromkeys(chain.from_iterable(tried)):
        # The pattern is tried before what the cue needs: it fails most often.
        match = (trial.search if plain else trial.search_any)(text, start, end)
        if match is not None and stretch.allows(trial.cue):
            found += stretch.matched(trial, match)
    if alone:
        found += stretch.standing(alone)
    if len(found) > 1:
        found.sort(key=_BY_PLACE)
    return found
