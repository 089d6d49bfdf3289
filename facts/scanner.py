"""The search for cues: one pass over the text for the words of all of them, patterns only where somebody asks."""

import functools
import re
from collections.abc import Container, Iterable, Mapping, Sequence

import ahocorasick

from facts.cue import INSIDE, Cue, Hit, families, family, on_demand
from facts.found import Owners, Standing, Stretch, Trial, owners_of
from facts.pattern import is_plain
from facts.text.sentence import Sentence

_NO_HITS: Sequence[Hit] = ()
_BLANKS = re.compile(" {2,}")
#: A word's length takes so many bits of its number in the automaton, and can be no more than this; the next bit is set
#: if the word may stand inside another; the rest is its place among the owners.
_LENGTH = 10
_LONGEST = (1 << _LENGTH) - 1
_INSIDE = 1 << _LENGTH
_PLACE = _LENGTH + 1


class Scanner:
    """All cues of some families in one automaton: linear in the text, whatever the number of cues."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        by_word: dict[str, list[Cue]] = {}
        inside: set[str] = set()
        trials: dict[Cue, Trial] = {}
        #: The bit that stands for each family.
        self.bits: dict[str, int] = {}
        for cue in cues:
            self.bits.setdefault(cue.family, 1 << len(self.bits))
            if cue.pattern is not None:
                trials[cue] = Trial(cue)
            for word in cue.words:
                bare = word.removeprefix(INSIDE)
                by_word.setdefault(bare, []).append(cue)
                if bare != word or not bare[0].isalpha():
                    inside.add(bare)
        self._automaton = ahocorasick.Automaton()
        #: Whose a word is. Most words of a cue are its alone, and share that.
        self._owners: list[Owners] = []
        places: dict[tuple[Cue, ...], int] = {}
        for word, cues_of in by_word.items():
            same = tuple(cues_of)
            place = places.setdefault(same, len(places))
            if place == len(self._owners):
                self._owners.append(owners_of(same, trials, self.bits))
            # One number, not a tuple: ten thousand objects more would call the garbage collector into a cold start.
            self._automaton.add_word(word, place << _PLACE | (word in inside) << _LENGTH | len(word))
        self._automaton.make_automaton()

    def find(self, folded: str, sentences: Sequence[Sentence]) -> "Found":
        """Where the words of the cues stand. `sentences` are all of the text: their indices count from 0."""
        return Found(folded, sentences, self.bits, [self._standing(folded, sentence) for sentence in sentences])

    def scan(self, folded: str, sentences: Iterable[Sentence]) -> dict[str, list[Hit]]:
        """Every hit in some sentences, by family, in text order."""
        hits: dict[str, list[Hit]] = {}
        for sentence in sentences:
            if standing := self._standing(folded, sentence):
                stretch = Stretch(sentence, folded, is_plain(folded, sentence.start, sentence.end), standing)
                for name, bit in self.bits.items():
                    if found := stretch.hits(bit):
                        hits.setdefault(name, []).extend(found)
        return hits

    def _standing(self, folded: str, sentence: Sentence) -> list[Standing]:
        """The words of cues in a sentence, which may have runs of blanks where the words have one."""
        found: list[Standing] = []
        if not self._automaton:
            return found
        # A slice, not `iter(folded, start, end)`: that copies the whole text on every call.
        start, owners, piece = sentence.start, self._owners, folded[sentence.start : sentence.end]
        single = _BLANKS.sub(" ", piece) if "  " in piece else piece
        for last, number in self._automaton.iter(single):
            left = last + 1 - (number & _LONGEST)
            if not left or number & _INSIDE or not single[left - 1].isalpha():
                found.append((owners[number >> _PLACE], start + left, start + last + 1))
        return found if single is piece or not found else _moved(found, start, piece)


def _moved(found: Iterable[Standing], start: int, piece: str) -> list[Standing]:
    """The places of words in a sentence with runs of blanks, where they were found in one without."""
    kept = [start + n for n, letter in enumerate(piece) if letter != " " or not n or piece[n - 1] != " "]
    return [(owners, kept[left - start], kept[right - 1 - start] + 1) for owners, left, right in found]


@functools.cache
def shipped() -> Scanner:
    """The scanner over every shipped cue that is looked for in whole texts."""
    return Scanner(cue for name in families() if not on_demand(name) for cue in family(name))


@functools.cache
def _on_demand(name: str) -> Scanner | None:
    """The scanner of a family that is looked for on demand only, else None."""
    return Scanner(family(name)) if on_demand(name) else None


def _bits_of(standing: Iterable[Standing]) -> int:
    bits = 0
    for owners, _, _ in standing:
        bits |= owners.bits
    return bits


class Found:
    """The cues of a text: where their words stand, and their hits as far as somebody has asked."""

    def __init__(
        self, folded: str, sentences: Sequence[Sentence], bits: Mapping[str, int], standing: Sequence[list[Standing]]
    ) -> None:
        self._folded = folded
        self._sentences = sentences
        self._bits = bits
        #: By sentence, the words that stand there, and the bits of the families that they belong to.
        self._standing = standing
        self._bits_of = [_bits_of(words) for words in standing]
        self._stretches: dict[int, Stretch] = {}
        self._hits: dict[tuple[str, int], Sequence[Hit]] = {}
        self._families: dict[str, Sequence[Hit]] = {}

    def drop(self, indices: Iterable[int], keep: Container[str]) -> None:
        """Forget the sentences, but for the families in `keep`."""
        kept = sum(bit for name, bit in self._bits.items() if name in keep)
        for index in indices:
            self._bits_of[index] &= kept

    def within(self, name: str, sentence: Sentence) -> Sequence[Hit]:
        """The hits of one family in one sentence, in text order."""
        index = sentence.index
        known = self._hits.get((name, index))
        if known is not None:
            return known
        bit = self._bits.get(name)
        if bit is None:
            scanner = _on_demand(name)
            known = scanner.scan(self._folded, (sentence,)).get(name, _NO_HITS) if scanner else _NO_HITS
        elif self._bits_of[index] & bit:
            known = self._stretch(sentence).hits(bit)
        else:
            return _NO_HITS
        self._hits[name, index] = known
        return known

    def _stretch(self, sentence: Sentence) -> Stretch:
        known = self._stretches.get(sentence.index)
        if known is None:
            plain = is_plain(self._folded, sentence.start, sentence.end)
            known = Stretch(sentence, self._folded, plain, self._standing[sentence.index])
            self._stretches[sentence.index] = known
        return known

    def of(self, name: str) -> Sequence[Hit]:
        """The hits of one family in the whole text, in text order."""
        known = self._families.get(name)
        if known is None:
            bit = self._bits.get(name)
            found: list[Hit] = []
            for sentence, bits in zip(self._sentences, self._bits_of, strict=True):
                if bit is None or bits & bit:
                    found += self.within(name, sentence)
            known = self._families[name] = found
        return known

    def reached(self) -> frozenset[str]:
        """The names of the cues that were asked for so far and matched."""
        return frozenset(hit.cue.name for hits in self._hits.values() for hit in hits)
