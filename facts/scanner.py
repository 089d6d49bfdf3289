"""The search for cues: one pass over the text for the words of all of them, patterns only where somebody asks."""

import functools
import operator
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import ahocorasick

from facts.cue import Cue, Hit, families, family, on_demand
from facts.found import Owners, Standing, Trial, hits_in, owners_of
from facts.pattern import is_plain
from facts.text.sentence import Sentence

_NO_HITS: Sequence[Hit] = ()
#: A word's length takes so many bits of its number in the automaton, and can be no more than this.
_LENGTH = 10
_LONGEST = (1 << _LENGTH) - 1


class Scanner:
    """All cues of some families in one automaton: linear in the text, whatever the number of cues."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        by_word: dict[str, list[Cue]] = {}
        trials: dict[Cue, Trial] = {}
        #: The bit that stands for each family.
        self.bits: dict[str, int] = {}
        for cue in cues:
            self.bits.setdefault(cue.family, 1 << len(self.bits))
            if cue.pattern is not None:
                trials[cue] = Trial(cue)
            for word in cue.words:
                by_word.setdefault(word, []).append(cue)
        self._automaton = ahocorasick.Automaton()
        #: Whose a word is, with the bits of their families. Most words of a cue are its alone, and share that.
        self._owners: list[tuple[Owners, int]] = []
        places: dict[tuple[Cue, ...], int] = {}
        for word, cues_of in by_word.items():
            same = tuple(cues_of)
            place = places.setdefault(same, len(places))
            if place == len(self._owners):
                owners = owners_of(same, trials, self.bits)
                self._owners.append((owners, sum(owners)))
            # One number, not a tuple: ten thousand objects more would call the garbage collector into a cold start.
            self._automaton.add_word(word, place << _LENGTH | len(word))
        self._automaton.make_automaton()

    def find(self, folded: str, sentences: Sequence[Sentence]) -> "Found":
        """Where the words of the cues stand. `sentences` are all of the text: their indices count from 0."""
        found = Found(folded, sentences, self.bits)
        if not self._automaton or not sentences:
            return found
        standing, bits, known = found.standing, found.bits_of, self._owners
        at, start, end, count = 0, sentences[0].start, sentences[0].end, len(sentences)
        # All of the text in one go: a call for each sentence would cost more than the search.
        for last, number in self._automaton.iter(folded):
            if last >= end:
                while last >= end and at + 1 < count:
                    at += 1
                    end = sentences[at].end
                start = sentences[at].start
            left = last + 1 - (number & _LONGEST)
            if start <= left and last < end:
                owners, own_bits = known[number >> _LENGTH]
                standing[at].append((owners, left, last + 1))
                bits[at] |= own_bits
        for at in found.odd:
            if "  " not in folded[sentences[at].start : sentences[at].end]:
                continue
            standing[at] = list(self._standing(folded, sentences[at]))
            bits[at] = functools.reduce(operator.or_, chain.from_iterable(owners for owners, _, _ in standing[at]), 0)
        return found

    def scan(self, folded: str, sentences: Iterable[Sentence]) -> dict[str, list[Hit]]:
        """Every hit in some sentences, by family, in text order."""
        hits: dict[str, list[Hit]] = {}
        for sentence in sentences:
            standing = list(self._standing(folded, sentence))
            plain = is_plain(folded, sentence.start, sentence.end)
            for name, bit in self.bits.items() if standing else ():
                if found := hits_in(sentence, folded, plain, standing, bit):
                    hits.setdefault(name, []).extend(found)
        return hits

    def _standing(self, folded: str, sentence: Sentence) -> Iterator[Standing]:
        """The words of cues in a sentence, which may have runs of blanks where the words have one."""
        if not self._automaton:
            return
        # A slice, not `iter(folded, start, end)`: that copies the whole text on every call.
        start, piece = sentence.start, folded[sentence.start : sentence.end]
        if "  " not in piece:
            for last, number in self._automaton.iter(piece):
                yield self._owners[number >> _LENGTH][0], start + last + 1 - (number & _LONGEST), start + last + 1
            return
        kept = [n for n, letter in enumerate(piece) if letter != " " or piece[n - 1] != " "]
        for last, number in self._automaton.iter("".join(piece[n] for n in kept)):
            left = kept[last + 1 - (number & _LONGEST)]
            yield self._owners[number >> _LENGTH][0], start + left, start + kept[last] + 1


@functools.cache
def shipped() -> Scanner:
    """The scanner over every shipped cue that is looked for in whole texts."""
    return Scanner(cue for name in families() if not on_demand(name) for cue in family(name))


@functools.cache
def _on_demand(name: str) -> Scanner | None:
    """The scanner of a family that is looked for on demand only, else None."""
    return Scanner(family(name)) if on_demand(name) else None


class Found:
    """The cues of a text: where their words stand, and their hits as far as somebody has asked."""

    def __init__(self, folded: str, sentences: Sequence[Sentence], bits: Mapping[str, int]) -> None:
        self._folded = folded
        self._sentences = sentences
        self._bits = bits
        #: By sentence, the words that stand there, and the bits of the families that they belong to.
        self.standing: list[list[Standing]] = [[] for _ in sentences]
        self.bits_of = [0] * len(sentences)
        #: The sentences that are not plain.
        self.odd = frozenset(one.index for one in sentences if not is_plain(folded, one.start, one.end))
        self._hits: dict[tuple[str, int], Sequence[Hit]] = {}
        self._families: dict[str, Sequence[Hit]] = {}

    def drop(self, indices: Iterable[int], keep: Container[str]) -> None:
        """Forget the sentences, but for the families in `keep`."""
        kept = sum(bit for name, bit in self._bits.items() if name in keep)
        for index in indices:
            self.bits_of[index] &= kept

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
        elif self.bits_of[index] & bit:
            known = hits_in(sentence, self._folded, index not in self.odd, self.standing[index], bit)
        else:
            return _NO_HITS
        self._hits[name, index] = known
        return known

    def of(self, name: str) -> Sequence[Hit]:
        """The hits of one family in the whole text, in text order."""
        known = self._families.get(name)
        if known is None:
            bit = self._bits.get(name)
            found: list[Hit] = []
            for sentence, bits in zip(self._sentences, self.bits_of, strict=True):
                if bit is None or bits & bit:
                    found += self.within(name, sentence)
            known = self._families[name] = found
        return known

    def reached(self) -> frozenset[str]:
        """The names of the cues that were asked for so far and matched."""
        return frozenset(hit.cue.name for hits in self._hits.values() for hit in hits)
