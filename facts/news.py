"""What a sentence tells, by noun and verb: the classes that the two make together (`lexicons/news.toml`).

Groups of nouns and groups of verbs multiply, so that no wording of "Tarn offloads its tin claims" has to be listed. A
verb goes with the nearest noun behind it that it makes sense with, or failing that with one before it, inside one
clause; what a state does is told apart from what a company does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from facts.news_lexicon import MONEY, Entry, news_lexicon

#: Words, money, and what ends a clause; what stands in brackets is no part of the clause.
_TOKEN = re.compile(
    r"\([^()]{0,200}\)|u\.s\.|[a-z]{0,3}[$€£]\d[\d.,]{0,20}|[^\W_]{1,40}|[;:]|[-\u2013\u2014] "
    r"|, (?:which|who|where|while|after|but)\b"
)
_MONEY = re.compile(r"[a-z]{0,3}[$€£]\d")
#: How many words an entry can have, and how many words a noun may stand behind its verb, or before it, and a state
#: before its verb.
_LONGEST, _AHEAD, _BEHIND, _ACTOR = 4, 9, 6, 6
#: A state after one of these does not act.
_PLACES = frozenset({"in", "of", "near", "at", "for", "across", "to", "outside", "off", "into", "on"})
#: What acts for the state whose it is, and how many words its title may have before.
_OFFICES = frozenset({"office", "department", "agency", "bureau", "administration", "ministry", "programme", "program"})
_TITLE = 4
#: A state after one of these acts though it stands behind the verb, or gives what somebody gets.
_BY, _FROM = "by", "from"
#: What makes a verb of a word that is else a noun.
_AUXILIARIES = frozenset({"to", "will", "may", "can", "could", "would", "should", "must", "not", "shall"})
#: Who acts in senses that are no state's.
_ANYBODY = (None, "company")
#: Nouns that only tell what the next noun is made of.
_MATTER = frozenset({"product"})
#: What each word between verb and noun takes from the weight.
_FADE = 0.03


class Sense(NamedTuple):
    """A class that words at `start:end` of the text speak for, and how strongly: `paired` if noun and verb make it
    together or the verb alone; `official` if it asks that a state acts, so that who wrote the text tells no more."""

    name: str
    weight: float
    start: int
    end: int
    paired: bool
    official: bool


class Named(NamedTuple):
    """A name at `start:end` of the text, and whether it is a state's or a state body's."""

    start: int
    end: int
    state: bool


class _Word(NamedTuple):
    text: str
    start: int
    end: int


class _Said(NamedTuple):
    """An entry found in a clause: its first and last word there, and its place in the text."""

    entry: Entry
    first: int
    last: int
    start: int
    end: int


def senses(folded: str, start: int, end: int, names: Sequence[Named]) -> Iterator[Sense]:
    """The classes that the clauses of the sentence at `start:end` of a folded text speak for."""
    for words in _clauses(folded, start, end):
        yield from _Clause.of(words, folded, names).senses()


def _clauses(folded: str, start: int, end: int) -> Iterator[list[_Word]]:
    words: list[_Word] = []
    for match in _TOKEN.finditer(folded, start, end):
        word = match.group()
        if word[0] == "(":
            continue
        if word[0] in ";:,-\u2013\u2014":
            yield words
            words = []
        else:
            words.append(_Word("us" if word == "u.s." else word, match.start(), match.end()))
    yield words


@dataclass(frozen=True, slots=True)
class _Clause:
    words: Sequence[_Word]
    said: Sequence[_Said]
    states: Sequence[_Said]
    #: What a verb can be about: of "copper project" the project.
    heads: Sequence[_Said]
    #: The groups of all its nouns, and whether it has a verb.
    nouns: frozenset[str]
    acting: bool

    @classmethod
    def of(cls, words: Sequence[_Word], folded: str, names: Sequence[Named]) -> "_Clause":
        said = list(_said(words, names))
        things = {one.first for one in said if one.entry.nouns and not one.entry.verbs}
        states = [one for one in said if one.entry.state and one.last + 1 not in things and _acts(words, one, folded)]
        nouns = frozenset(noun for one in said for noun in one.entry.nouns)
        heads = [one for one in said if not (one.last + 1 in things and one.entry.nouns & _MATTER)]
        return cls(words, said, states, heads, nouns, any(one.entry.verbs for one in said))

    def senses(self) -> Iterator[Sense]:
        acting = False
        for one in self.said:
            for group in one.entry.verbs:
                yield from self._made(group, "", one, one)
                yield from self._with_noun(group, one)
            acting = acting or bool(one.entry.verbs)
            # What stands before the first verb is who acts, and tells nothing by itself.
            if acting or not self.acting:
                for noun in one.entry.nouns:
                    yield from self._made("", noun, one, one)

    def _with_noun(self, group: str, verb: _Said) -> Sequence[Sense]:
        behind = [one for one in self.heads if 0 < one.first - verb.last <= _AHEAD]
        before = []
        if verb.entry.past or group in news_lexicon().moving:
            before = [one for one in reversed(self.heads) if 0 < verb.first - one.last <= _BEHIND]
        for one in (*behind, *before):
            made = [sense for noun in one.entry.nouns for sense in self._made(group, noun, verb, one)]
            if made:
                return made
        return ()

    def _made(self, group: str, noun_group: str, verb: _Said, noun: _Said) -> Iterator[Sense]:
        for rule in news_lexicon().rules.get((group, noun_group), ()):
            fits = not rule.unless & self.nouns and rule.needs <= self.nouns
            if fits and (rule.who is None or self._is_done_by(rule.who, verb)):
                far = max(0, noun.first - verb.last, verb.first - noun.last)
                start, end = min(verb.start, noun.start), max(verb.end, noun.end)
                weight = rule.weight * (1 - _FADE * far)
                yield Sense(rule.name, weight, start, end, bool(group), rule.who not in _ANYBODY)

    def _is_done_by(self, who: str, verb: _Said) -> bool:
        behind = _FROM if who == "giver" else _BY
        actors = [one for one in self.states if one.first > verb.last and _before(self.words, one) == behind]
        if who != "giver":
            ahead = (one for one in self.states if 0 < verb.first - one.last <= _ACTOR)
            actors += [one for one in ahead if _before(self.words, one) != _FROM]
        if who == "company":
            return not actors
        if who == "states":
            return len(actors) > 1 or any(one.entry.many for one in actors)
        return bool(actors)


_STATE, _FIRM = Entry(state=True), Entry()


def _said(words: Sequence[_Word], names: Sequence[Named]) -> Iterator[_Said]:
    place = 0
    while place < len(words):
        named = _named(words[place], names) if names else None
        found = _name(words, place, named) if named else _longest(words, place)
        if found is None:
            place += 1
            continue
        place = found.last + 1
        if found.entry.bare and (not found.first or words[found.first - 1].text not in _AUXILIARIES):
            found = found._replace(entry=Entry(found.entry.nouns))
        yield found


def _named(word: _Word, names: Sequence[Named]) -> Named | None:
    for name in names:
        if name.start < word.end and word.start < name.end:
            return name
    return None


def _name(words: Sequence[_Word], place: int, name: Named) -> _Said:
    """A name as a whole: of its words only a state's tell anything."""
    last = place
    while last + 1 < len(words) and words[last + 1].start < name.end:
        last += 1
    return _Said(_STATE if name.state else _FIRM, place, last, words[place].start, words[last].end)


def _longest(words: Sequence[_Word], place: int) -> _Said | None:
    lexicon = news_lexicon()
    first = words[place]
    if first.text in lexicon.openers:
        texts = [word.text for word in words[place : place + _LONGEST]]
        for many in range(len(texts), 1, -1):
            entry = lexicon.entry(" ".join(texts[:many]))
            if entry is not None:
                last = place + many - 1
                return _Said(entry, place, last, first.start, words[last].end)
    entry = lexicon.entry(MONEY if _MONEY.match(first.text) else first.text)
    return _Said(entry, place, place, first.start, first.end) if entry is not None else None


def _acts(words: Sequence[_Word], state: _Said, folded: str) -> bool:
    """Whether a state is more than the place where something is, or the one whose something is."""
    if folded.startswith("'s", state.end):
        return any(word.text in _OFFICES for word in words[state.last + 1 : state.last + 1 + _TITLE])
    return _before(words, state) not in _PLACES


def _before(words: Sequence[_Word], state: _Said) -> str:
    """The word before a state, but for an article."""
    before = [word.text for word in words[max(0, state.first - 2) : state.first]]
    if before and before[-1] == "the":
        before.pop()
    return before[-1] if before else ""
