"""Organisations whose name has no legal form: what stands beside the name says that it is one.

"The tin miner Ostrava Deep", "Ostrava Deep, a tin miner,".
Looked for only where it matters: beside a wording that gives a part.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from facts.cue import Hit
from facts.package import PACKAGE
from facts.text.analysis import Analysis
from facts.text.lexicon import group_of, lexicon, sounds_like
from facts.text.name import Organisation, names_of
from facts.text.office import offices
from facts.text.place import country_of, places
from facts.text.sentence import Sentence

_WORD = r"[A-Z\u00c0-\u00de][\w&\u2019'+-]*"
RUN = rf"{_WORD}(?:(?: of| de| do| da| &)? {_WORD}){{0,4}}"

#: What stands between a name and the noun that explains it.
_EXPLAINS = (
    r"(?: \([^()]{1,40}\))?(?:, (?:which|that) (?:is|was)|,| is| was)"
    r" (?:the|an?|one of|itself an?|now an?|\w+'s) "
)
_WORDS = r"(?P<words>(?:[\w.\u2019'&-]+,? ){0,6}?)"
#: Capitalised words that are no company's name, nor part of one that has no legal form.
_NO_FIRM = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Congress|Parliament"
    r"|Government|Ministry|Minister|President|Prime|Chairman|Chief|Director|Secretary|Ambassador|Senator|Governor|Officials"
    r"|Analysts|Prices|Sources|King|Queen|Trump|Biden|Putin|Xi|Inflation|Cabinet|Treasury|Managing|Executive|Vice|Professor"
    r"|Beijing|Washington|Brussels|Europe|Asia|Africa|America|He|She|It|We|They|This|That|These|There|Its|Our|Their|What|When"
    r"|Where|While|Why|How|Not|Some|Most|Many|Summit|Conference|Forum|Agreement|Act|Phase)\b"
)
#: Of a person, not a company: the office follows the name.
_OFFICE_AFTER = re.compile(
    r",? (?:\w+'s |the |a )?(?:[\w-]+ ){0,3}(?:president|director|minister|chief|chairman|chairwoman|head of|analyst"
    r"|geologist|secretary|spokes\w+|manager|professor|founder|officer)\b",
    re.IGNORECASE,
)
#: Things that are named with capitals as companies are.
_THING_AFTER = re.compile(
    r" (?:(?!(?:for|with|at|on|in|to|from|and|will|is|has|under|as) )[\w-]+ ){0,3}?"
    r"(?:projects?|mines?|propert(?:y|ies)|deposits?|claims?|plants?|mill|smelter|refinery|basin|belt"
    r"|district|province|river|prospects?|licen[cs]es?|concession|site|hub|port|zone|area|region|exchange|prices?|agreement)\b",
    re.IGNORECASE,
)
_THING_LAST = re.compile(
    r" (?:Projects?|Mines?|Property|Deposits?|Claims?|Plant|Mill|Smelter|Refinery|Basin|Belt|District|Zone|Area"
    r"|Region|Lake|River|Imports|Exports|Prospect|Licen[cs]e|Concession|Hub|Port|Agreement|Plan|Act|Strategy)$"
)
#: How far from a wording the name beside it may begin or end, in characters.
_BESIDE = 60
#: Cues whose words leave no doubt that a name follows.
_TRUSTED = frozenset({"service", "plain"})
_SHORTEST, _LEAST = 4, 2
_SMALL = re.compile(r"(?<!\w)[^\W\dA-Z]\w*")


@cache
def _callings() -> tuple[Mapping[str, str], frozenset[str]]:
    """The type that each noun tells, and the words that make it public."""
    table: Mapping[str, Any] = tomllib.loads((PACKAGE / "lexicons" / "callings.toml").read_text("utf-8"))
    return {noun: ptype for ptype, nouns in table["nouns"].items() for noun in nouns}, frozenset(table["public"])


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A name behind a wording, or in front of one, with the noun before it; the noun behind a name, and before it."""

    after: re.Pattern[str]
    before: re.Pattern[str]
    begins: re.Pattern[str]
    explains: re.Pattern[str]
    called: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    nouns = "|".join(re.escape(noun) for noun in sorted(_callings()[0], key=len, reverse=True))
    called = rf"(?P<words>(?:[\w'\u2019.-]+ ){{0,4}}?)(?P<noun>{nouns}),? "
    return _Patterns(
        re.compile(rf" ?(?:{called}|(?:the|its) )?(?P<name>{RUN})"),
        re.compile(rf"(?:{called})?(?<![\w.] )(?<!\w)(?P<name>{RUN})(?P<explained>,[^,;]{{3,70}},)?[ ,]{{0,2}}$"),
        re.compile(rf"(?:The )?(?P<words>)(?P<noun>(?!))?(?P<name>{RUN})(?P<explained>,[^,;]{{3,70}},)?[ ,]{{0,2}}"),
        re.compile(rf"{_EXPLAINS}{_WORDS}(?P<noun>{nouns})\b"),
        re.compile(rf"\b{called}$"),
    )


def beside(analysis: Analysis, hit: Hit) -> Iterator[tuple[int, int, Organisation]]:
    """The bare name that stands right beside a wording, on the side that the wording looks to."""
    text, sentence, pattern = analysis.text, hit.sentence, _patterns()
    if hit.cue.sets.get("side") == "before":
        match = _before(analysis, hit)
    else:
        match = pattern.after.match(text, hit.end, min(sentence.end, hit.end + 2 * _BESIDE))
    name = firm_of(analysis, sentence, match) if match else None
    if match is None or name is None:
        return
    one = _proved(analysis, match, name, not _TRUSTED.isdisjoint(hit.cue.sets))
    # To be named only, a name must be known for one.
    if one and (hit.cue.sets["role"] != "possible_player" or match["noun"] or one.group):
        yield match.start("name"), match.start("name") + len(name), one


def _before(analysis: Analysis, hit: Hit) -> re.Match[str] | None:
    """The name in front of a wording. One that begins its sentence is whole although a full stop stands before it."""
    left = max(hit.sentence.start, hit.start - 2 * _BESIDE)
    found = _patterns().before.search(analysis.text, left, hit.start)
    if found is None and left == hit.sentence.start:
        found = _patterns().begins.fullmatch(analysis.text, left, hit.start)
    return found


def called_of(analysis: Analysis, start: int, end: int) -> str | None:
    """The type that a noun beside a name tells ("the magnet maker Halvorsen", "Halvorsen, a magnet maker"), or None."""
    if before := _patterns().called.search(analysis.text, max(0, start - _BESIDE), start):
        return _type(before["noun"], before["words"].lower().split())
    if after := _patterns().explains.match(analysis.text, end, end + 2 * _BESIDE):
        return _type(after["noun"], after["words"].lower().split())
    return None


def _proved(analysis: Analysis, match: re.Match[str], name: str, service: bool = False) -> Organisation | None:
    """The organisation, if a noun beside the name proves that it is one, or its last word, or the text names it again.

    Of whoever did a piece of work (`service`) no more is asked than a name."""
    one = Organisation(name)
    if match["noun"]:
        one.group = _type(match["noun"], match["words"].lower().split())
    elif explained := _patterns().explains.match(analysis.text, match.end("name"), match.end("name") + 2 * _BESIDE):
        one.group = _type(explained["noun"], explained["words"].lower().split())
    elif sounds_like(name, "state") or name.split()[-1] in lexicon().bodies:
        one.group = "state_agency" if sounds_like(name, "state") else None
    elif " " not in name or not (service or _is_named_again(analysis, name)):
        return None
    return one


def _type(noun: str, words: Sequence[str]) -> str | None:
    types, public = _callings()
    if not public.isdisjoint(words):
        return "state_agency"
    return None if types[noun] == "unknown" else types[noun]


def firm_of(analysis: Analysis, sentence: Sentence, match: re.Match[str], group: str = "name") -> str | None:
    """The name that was matched, if nothing tells against its being an organisation's that no full name gives."""
    name, start, end = match[group], match.start(group), match.end(group)
    for tail in ("'s", "\u2019s"):
        name = name.removesuffix(tail)
    if not _may_name(analysis, name) or names_of(analysis).around(sentence, start, end):
        return None
    if any(spot.start <= start and end <= spot.end for spot in places(analysis.text, start, end)):
        return None
    if any(pattern.match(analysis.text, end, end + _BESIDE) for pattern in (_OFFICE_AFTER, _THING_AFTER)):
        return None
    ruled = any(office.start < end and start < office.end for office in offices(analysis.text, sentence))
    return None if ruled else name


def _may_name(analysis: Analysis, name: str) -> bool:
    """Whether the words could name an organisation at all."""
    words, lex = name.split(), lexicon()
    if len(name) < _SHORTEST or words[0] in lex.leading | lex.titles or country_of(name) or group_of(name) == "silent":
        return False
    if _NO_FIRM.search(name) or _THING_LAST.search(name):
        return False
    if all(word in lex.ordinary or word in lex.trade or word in lex.bodies for word in words):
        return False
    # A word that stands in small letters too is no name.
    return len(words) > 1 or not _stands_small(analysis, name.lower())


def _stands_small(analysis: Analysis, word: str) -> bool:
    """Whether the text has the word as it is; cut into words once, for a long text names thousands."""
    if "small words" not in analysis.known:
        analysis.known["small words"] = frozenset(_SMALL.findall(analysis.text))
    return word in analysis.known["small words"] if word.isalnum() else word in analysis.text


def _is_named_again(analysis: Analysis, name: str) -> bool:
    key = f"named again: {name}"
    if key not in analysis.known:
        analysis.known[key] = analysis.text.count(name) >= _LEAST
    known: bool = analysis.known[key]
    return known
