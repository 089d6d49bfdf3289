"""Organisations and governments named in a text, each with all the places where it is named.

A name is recognised by what trade writing puts around it: a legal form ("Corvane Metals Ltd."), a ticker
("(TSX-V: CVN)"), a short form in brackets ('("Corvane" or the "Company")'), a trade word at its end ("Halvorsen
Magnetics"), the lexicon of well-known names, or an office of state. Later mentions are found by the short forms.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ahocorasick

from facts.text.lexicon import group_of, key_of, lexicon
from facts.text.place import country_of
from facts.text.proper import Proper, proper_names
from facts.text.sentence import Sentence

if TYPE_CHECKING:
    from facts.text.analysis import Analysis

#: Parts of a document in which someone can be named as taking part.
_NAMED_IN = frozenset({"headline", "lead", "body", "heading", "about"})
#: Short forms that mean whoever announces.
_SELF = frozenset(
    {
        "company",
        "the company",
        "corporation",
        "the corporation",
        "issuer",
        "the issuer",
        "group",
        "the group",
        "the bank",
    }
)
_SELF_WORDS = re.compile(r"\b(?:the Company|The Company|the Corporation|The Corporation)\b(?! to )")
#: Names beyond this number are not given short forms: lists of hundreds of companies stay linear.
_MOST_SHORTENED = 60
_SHORTEST = 3


@dataclass(slots=True)
class Organisation:
    """Someone with a name. `group` is the lexicon's type of it, or None; `announcer` whether the text calls it "the
    Company"; `places` are its mentions as (sentence index, start, end), in text order."""

    label: str
    group: str | None = None
    firm: bool = False
    listed: bool = False
    announcer: bool = False
    shorts: set[str] = field(default_factory=set)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Where it is first named."""
        return self.places[0][1]


@dataclass(frozen=True, slots=True)
class Names:
    """All organisations in order of first mention, who is named in which sentence, and the organisation that the text
    calls the Company."""

    organisations: tuple[Organisation, ...]
    by_sentence: Mapping[int, tuple[tuple[int, int, Organisation], ...]]
    company: Organisation | None

    def within(self, sentence: Sentence) -> tuple[tuple[int, int, Organisation], ...]:
        """(start, end, organisation) of every mention in a sentence, in text order."""
        return self.by_sentence.get(sentence.index, ())

    def around(self, sentence: Sentence, start: int, end: int) -> tuple[tuple[int, int, Organisation], ...]:
        """The mentions in a sentence that touch `start:end`."""
        mentions = self.within(sentence)
        first = bisect_right(mentions, start, key=lambda mention: mention[1])
        return mentions[first : bisect_left(mentions, end, lo=first, key=lambda mention: mention[0])]

    def before(self, sentence: Sentence, position: int) -> tuple[int, int, Organisation] | None:
        """The last mention in a sentence that begins before a position."""
        mentions = self.within(sentence)
        place = bisect_left(mentions, position, key=lambda mention: mention[0])
        return mentions[place - 1] if place else None


_last: "tuple[Analysis, Names] | None" = None


def names_of(analysis: "Analysis") -> Names:
    """Every organisation named in the announcement; linear in its length. The last answer is kept: several extractors
    ask about the same announcement in turn."""
    global _last
    if _last is None or _last[0] is not analysis:
        _last = (analysis, _find(analysis))
    return _last[1]


def _find(analysis: "Analysis") -> Names:
    register = _Register()
    for sentence in analysis.sentences:
        part = analysis.part(sentence)
        if part in _NAMED_IN:
            headline = _is_capitalised(analysis, sentence)
            for proper in proper_names(analysis.text, sentence.start, sentence.end, headline):
                register.note(analysis.text, proper)
    organisations = list(register.by_key.values())
    _shorten(analysis, organisations)
    _locate(analysis, organisations, register.company)
    named = sorted((one for one in organisations if one.places), key=lambda one: one.first)
    by_sentence: dict[int, list[tuple[int, int, Organisation]]] = {}
    for one in named:
        for index, start, end in one.places:
            by_sentence.setdefault(index, []).append((start, end, one))
    ordered = {index: tuple(sorted(found, key=lambda place: place[:2])) for index, found in by_sentence.items()}
    return Names(tuple(named), ordered, next((one for one in named if one.announcer), None))


def _is_capitalised(analysis: "Analysis", sentence: Sentence) -> bool:
    """A headline, or a sentence all in capitals: there a capital tells nothing."""
    text = analysis.of(sentence)[:200]
    titled = analysis.part(sentence) in ("headline", "heading") and not text.endswith((".", "!", "?"))
    return titled or text.upper() == text


@dataclass(slots=True)
class _Register:
    """The organisations found so far, by key and by short form."""

    by_key: dict[str, Organisation] = field(default_factory=dict)
    by_short: dict[str, Organisation] = field(default_factory=dict)
    company: Organisation | None = None

    def note(self, text: str, proper: Proper) -> None:
        """Take in one name, as a new organisation or one already known."""
        label = text[proper.start : proper.end]
        key, group = key_of(label), proper.group or group_of(label)
        if group == "silent" or len(key) < _SHORTEST or label.endswith("Exchange") or country_of(label):
            return
        known = self.by_key.get(key) or self.by_short.get(label)
        if known is None:
            known = self.by_key[key] = Organisation(label, group)
        elif len(label) > len(known.label) and proper.firm:
            known.label = label
        known.firm |= proper.firm
        known.listed |= proper.listed
        for short in proper.shorts:
            self._shorten(known, short)

    def _shorten(self, known: Organisation, short: str) -> None:
        if short.lower().removeprefix("or ").strip() in _SELF:
            self.company = self.company or known
            self.company.announcer = True
        elif short[0].isupper() or short[0].isdigit():
            known.shorts.add(short)
            self.by_short.setdefault(short, known)


def _shorten(analysis: "Analysis", organisations: Sequence[Organisation]) -> None:
    """Short forms that the text does not define: without the legal form, and without the trade word at the end."""
    for one in organisations[:_MOST_SHORTENED]:
        words = one.label.split()[: len(key_of(one.label).split())]
        bare = " ".join(words).rstrip(" ,")
        one.shorts |= {one.label} if country_of(bare) else {one.label, bare}
        if one.group is None and len(words) > 1 and words[-1] in lexicon().trade:
            short = " ".join(words[:-1])
            if _may_stand_alone(analysis, short):
                one.shorts.add(short)


def _may_stand_alone(analysis: "Analysis", short: str) -> bool:
    lex = lexicon()
    parts = short.split()
    if (
        country_of(short)
        or short in lex.ordinary
        or short in lex.leading
        or short in lex.trade
        or parts[-1] in ("and", "&", "of")
    ):
        return False
    return len(parts) > 1 or (len(short) > _SHORTEST and not _is_a_word(analysis, short.lower()))


def _is_a_word(analysis: "Analysis", small: str) -> bool:
    """Nearly always the text does not have it even as a part of a word, and need not be cut into words."""
    if small not in analysis.text:
        return False
    if "words" not in analysis.known:
        analysis.known["words"] = frozenset(analysis.text.split())
    return small in analysis.known["words"]


def _locate(analysis: "Analysis", organisations: Sequence[Organisation], company: Organisation | None) -> None:
    automaton = ahocorasick.Automaton()
    # A short form belongs to the organisation whose form proves it a company, else to the last that could have it.
    for one in sorted(organisations, key=lambda one: one.firm or one.listed):
        for short in one.shorts:
            automaton.add_word(short, (len(short), one))
            if len(short) > _SHORTEST:
                automaton.add_word(short.upper(), (len(short), one))
    if not automaton:
        return
    automaton.make_automaton()
    for sentence in analysis.sentences:
        if analysis.part(sentence) not in _NAMED_IN:
            continue
        for start, end, one in _mentions(analysis, sentence, automaton, company):
            one.places.append((sentence.index, start, end))


def _mentions(
    analysis: "Analysis", sentence: Sentence, automaton: ahocorasick.Automaton, company: Organisation | None
) -> Iterator[tuple[int, int, Organisation]]:
    text = analysis.text
    # A slice, not `iter_long(text, start, end)`: that copies the whole text on every call.
    for last, (length, one) in automaton.iter_long(text[sentence.start : sentence.end]):
        end = sentence.start + last + 1
        start = end - length
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start, end, one
    if company:
        for match in _SELF_WORDS.finditer(text, sentence.start, sentence.end):
            yield match.start(), match.end(), company
