"""Proper names of organisations in one sentence: runs of capitalised words, cut where a name begins and ends."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from facts.text.lexicon import SHORT_HEAD, lexicon

_WORD = r"[A-Z0-9\u00c0-\u00de\u0141\u015a\u0160\u017d][\w&'\u2019+\u2122\u00ae/-]*(?:\.[\w&-]+)*\.?"
_JOINS = "of the|of|and|&|de la|de|du|del|da|do|la|le|y|z|f\u00fcr|for"
_AFTER_COMMA = r"Inc|LLC|L\.|LP|Ltd|Limited|Corp|S\.A|SA|SpA|SPA|plc|N\.V"
_LINK = rf"(?:[ \u00a0]{{1,3}}(?:(?:{_JOINS})[ \u00a0]{{1,3}})?|, (?=(?:{_AFTER_COMMA})\b))"
_RUN = re.compile(f"{_WORD}(?:{_LINK}{_WORD}){{0,11}}(?: plc\\b)?")
_TOKEN = re.compile(r"[^ \u00a0]+")
#: Groups in brackets right after a name: short forms and tickers.
_BRACKET = re.compile(r"[ \u00a0]{0,2}[(\[]([^()\[\]]{1,120})[)\]]")
_QUOTED = re.compile(r"[\"\u201c\u2018']([^\"\u201c\u201d\u2018]{2,45}?)[,.]?[\"\u201d\u2019](?![a-z])")
_ACRONYM = re.compile(r"^[A-Z][A-Z0-9&-]{1,9}$")
_EXCHANGES = (
    r"TSX(?:[-. ]?V(?:enture)?)?|ASX|NYSE(?: American| Arca|-A)?|(?i:nasdaq)|CSE|LSE|LON|AIM"
    r"|OTC(?:QB|QX|BB)?(?: Pink| PINK)?"
    "|FSE|FRA|(?i:frankfurt)|AMEX|NEX|CBOE|JSE|SHE|SSE|HKEX|TSE|KRX|Oslo B\u00f8rs|OMX"
)
_TICKER = re.compile(
    rf"\b(?:{_EXCHANGES})\s{{0,2}}[:;.] ?[A-Z0-9]|^[A-Z0-9]{{2,5}}: ?(?:CSE|TSXV?|ASX|OTC)"
    r"|^[A-Z]{2,4}\.(?:V|TO|AX|L)$"
)
#: Tickers of three letters or more also serve as short forms.
_SYMBOL = re.compile(r"[:;] ?([A-Z]{3,5})\b")
_MOST_WORDS = 9
_FIRMS = frozenset({"major_industrial", "producer", "trading_house", "private_fund"})
#: A capitalised word right before: "Tamarack Vale" is not Vale.
_BESIDE = re.compile(r"[a-z] ?[A-Z][a-z]+ $|^[A-Z][a-z]+ $")
#: What goes before "of" in a company's name.
_OF_HEADS = frozenset({"Bank", "Company", "Society", "Corporation"})


@dataclass(frozen=True, slots=True)
class Proper:
    """`text[start:end]` is a name.

    `group` is the lexicon group that knows it, `firm` says that its form proves it a company, `shorts` are the short
    forms that the text gives it in brackets.
    """

    start: int
    end: int
    group: str | None = None
    firm: bool = False
    listed: bool = False
    shorts: tuple[str, ...] = ()


def proper_names(text: str, start: int, end: int, headline: bool) -> Iterator[Proper]:
    """Names in `text[start:end]`, a sentence; in a headline, where all is capitalised, only those with proof."""
    found = list(_in_runs(text, start, end, headline))
    yield from found
    for first, last, group in _known(text, start, end):
        place = bisect_right(found, first, key=lambda name: name.end)
        if place == len(found) or found[place].start >= last:
            yield _with_brackets(text, Proper(first, last, group))


def _known(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    # A slice, not `iter_long(text, start, end)`: that copies the whole text on every call.
    for offset, (length, group) in lexicon().known.iter_long(text[start:end]):
        last = start + offset
        first = last + 1 - length
        before, after = text[first - 1 : first], text[last + 1 : last + 2]
        if before.isalnum() or after.isalnum() or before == "-" or (after == "-" and length <= SHORT_HEAD):
            continue
        if (
            " " not in text[first : last + 1]
            and group in _FIRMS
            and _BESIDE.search(text, max(start, first - 14), first)
        ):
            continue
        yield first, last + 1, group


def _in_runs(text: str, start: int, end: int, headline: bool) -> Iterator[Proper]:
    ending = lexicon().ending
    piece = text[start:end]
    if "(" not in piece and "[" not in piece and ending.isdisjoint(piece.split()):
        return  # no run can be a name: spare the search for runs
    for run in _RUN.finditer(text, start, end):
        bracketed = text[run.end() : run.end() + 2].lstrip()[:1] in _OPENING
        if bracketed or not ending.isdisjoint(run.group().split()):
            yield from _in_run(text, run.start(), run.end(), headline)


#: Without a word that ends names, only a bracket behind it makes a run of capitals a name.
_OPENING = ("(", "[")


def _in_run(text: str, start: int, end: int, headline: bool) -> Iterator[Proper]:
    tokens = [(token.start(), token.end(), token.group()) for token in _TOKEN.finditer(text, start, end)]
    while tokens:
        cut = _legal_end(tokens)
        if cut is None:
            yield from _by_trade_or_bracket(text, tokens, headline)
            return
        if cut > 0 and (begin := _begin(tokens, cut)) < cut:
            name = _bare(text, tokens[begin][0], tokens[cut][1], legal=True)
            yield _with_brackets(text, Proper(*name, firm=True))
        tokens = tokens[cut + 1 :]


def _legal_end(tokens: list[tuple[int, int, str]]) -> int | None:
    legal = lexicon().legal
    for place, (_, _, word) in enumerate(tokens):
        bare = _stem(word)
        if bare in legal and place > 0:
            while place + 1 < len(tokens) and _stem(tokens[place + 1][2]) in legal:
                place += 1
            return place
    return None


def _stem(word: str) -> str:
    return word.removesuffix("\u2019s").removesuffix("'s").strip(".,")


def _begin(tokens: list[tuple[int, int, str]], cut: int) -> int:
    """Where the name that ends at `cut` begins: not before "of" or a title, nor before an "and" between two names."""
    lex, begin = lexicon(), max(0, cut - _MOST_WORDS)
    for place in range(cut - 1, begin - 1, -1):
        if _ends_before(tokens, place, cut):
            begin = place + 1
            break
    while begin < cut and (
        _stem(tokens[begin][2]) in lex.leading or tokens[begin][2][0].islower() or tokens[begin][2][0] == "&"
    ):
        begin += 1
    return begin


def _ends_before(tokens: list[tuple[int, int, str]], place: int, cut: int) -> bool:
    """Whether the word at `place` cannot belong to the name that ends at `cut`."""
    lex, word, following = lexicon(), tokens[place][2], _stem(tokens[place + 1][2])
    if word in ("of", "for"):
        return place == 0 or tokens[place - 1][2] not in _OF_HEADS
    if word == "and":
        rest = [_stem(token[2]) for token in tokens[place + 2 : cut + 1]]
        return following not in lex.joined or any(part not in lex.legal for part in rest)
    if word.endswith(_ATTRIBUTES) or _YEAR.match(word):
        return True
    if word.endswith(("'s", "\u2019s")):
        return place + 1 < cut
    return word in lex.titles and place + 1 < cut and word not in lex.trade


#: "London-quoted Corvane Metals": what goes before a name with a hyphen, and years.
_ATTRIBUTES = ("-based", "-listed", "-quoted", "-owned", "-backed", "-traded", "-headquartered", "-focused")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _by_trade_or_bracket(text: str, tokens: list[tuple[int, int, str]], headline: bool) -> Iterator[Proper]:
    """Names without a legal form: before a bracket with a ticker or short form, or ending in a trade word."""
    lex = lexicon()
    last = len(tokens) - 1
    bracket = _with_brackets(text, Proper(tokens[0][0], tokens[last][1]))
    if bracket.listed or (bracket.shorts and not headline and _stem(tokens[last][2]) in lex.trade | lex.bodies):
        begin = _begin(tokens, last)
        if begin < last or (bracket.listed and begin == last):
            name = _bare(text, tokens[begin][0], tokens[last][1])
            yield Proper(*name, listed=bracket.listed, shorts=bracket.shorts, firm=bracket.listed)
            return
    if headline:
        return
    begin = 0
    for place, (_, right, word) in enumerate(tokens):
        at_end = (
            place == last
            or tokens[place + 1][2] in lex.titles - lex.trade
            or word.endswith(("'s", "\u2019s"))
            or tokens[place + 1][2] in ("and", "of", "for")
        )
        if word in lex.titles and word not in lex.trade:
            begin = place + 1
        elif _stem(word) in lex.trade and at_end and place > begin:
            first = max(begin, _begin(tokens, place))
            if (
                first < place
                and not _is_ordinary(tokens[first:place], _stem(word))
                and not _is_no_firm(text, tokens[first][0], right, word.endswith(_POSSESSIVE))
            ):
                yield Proper(*_bare(text, tokens[first][0], right))
                begin = place + 1


_POSSESSIVE = ("'s", "\u2019s")


def _is_no_firm(text: str, start: int, end: int, owns: bool) -> bool:
    """A mine or a department: what stands behind the phrase, or before it, says so; an owner of one is a firm."""
    return (not owns and _THING.match(text, end, end + 60) is not None) or _DEPARTMENT.search(
        text[max(0, start - 70) : start]
    ) is not None


_DEPARTMENT = re.compile(r"\b(?:Department|Ministry|Minister|Secretary|Committee|Office) (?:of|for|on) [^.;()]{0,60}$")
#: What follows a capitalised phrase that is a place of work, not a company.
_THING = re.compile(
    r"[,\s]{1,3}(?:(?:and|&) )?(?:[\w-]{2,15}[ ,]{1,2}){0,3}?"
    r"(?i:projects?|propert(?:y|ies)|deposits?|mines?|prospects?|districts?|camp|zones?|rush|belt|claims?|target|trend|system)\b"
)


def _is_ordinary(tokens: list[tuple[int, int, str]], following: str) -> bool:
    lex = lexicon()
    words = [_stem(word) for _, _, word in tokens if word[0].isalnum() and not word.islower()]
    if _stem(tokens[-1][2]) != "First" and words and following in ("Nation", "Nations"):
        return True
    return all(
        word in lex.ordinary or word in lex.trade or word in lex.leading or "-" in word or word.isdigit()
        for word in words
    )


#: Legal forms that are no abbreviations: a stop behind them ends the sentence.
_WHOLE_WORDS = (
    "Limited.",
    "Corporation.",
    "Company.",
    "Incorporated.",
    "LLC.",
    "GmbH.",
    "AG.",
    "plc.",
    "ASA.",
    "LP.",
    "LLP.",
)


def _bare(text: str, start: int, end: int, legal: bool = False) -> tuple[int, int]:
    """Without a possessive or the stop of the sentence; the stop of "Inc." stays."""
    word = text[start:end]
    for tail in ("\u2019s", "'s", "\u2019", "'", ","):
        if word.endswith(tail):
            return start, end - len(tail)
    if word.endswith(".") and (not legal or word.endswith(_WHOLE_WORDS)):
        return start, end - 1
    return start, end


def _with_brackets(text: str, name: Proper) -> Proper:
    """The name with the short forms and tickers that stand in brackets right behind it."""
    shorts: list[str] = []
    listed, at = name.listed, name.end
    while (bracket := _BRACKET.match(text, at, at + 130)) and at - name.end < 260:
        inside = bracket.group(1)
        listed = listed or _TICKER.search(inside) is not None
        shorts += (short.strip() for short in _QUOTED.findall(inside))
        if _ACRONYM.match(inside):
            shorts.append(inside)
        shorts += (symbol for symbol in _SYMBOL.findall(inside) if listed and symbol not in lexicon().known)
        at = bracket.end()
    return Proper(name.start, name.end, name.group, name.firm, listed, tuple(shorts))
