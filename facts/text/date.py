"""Times named in a text, each to an interval of days: exact days, months, quarters, halves, years, spans, vague words.

An interval has a first and a last day, both inside it; what is due at a time is due by its last day at the latest, so
horizons are counted to the last day. A month counts as a quarter (nothing finer than a day and coarser than an exact
date is promised), a half-year as a quarter, a season as a quarter, a fiscal year as the calendar year of its number.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from facts.package import PACKAGE
from facts.text.interval import RESOLVE, DateKind


@dataclass(frozen=True, slots=True)
class When:
    """A time at `start:end` of the text, from day `first` to day `last`; both None where the words are vague."""

    start: int
    end: int
    kind: DateKind
    first: dt.date | None = None
    last: dt.date | None = None

    def horizon(self, published: dt.date | None) -> int | None:
        """Whole months from the day of publication to the last day, rounded up; 0 for the past; None if unknown."""
        if self.last is None or published is None:
            return None
        months = (self.last.year - published.year) * 12 + self.last.month - published.month
        return max(0, months + (self.last.day > published.day))

    def iso(self) -> str | None:
        """The last day in the precision of the words: a day, a month for months and quarters, a year."""
        if self.last is None:
            return None
        if self.kind == "exact":
            return self.last.isoformat()
        return f"{self.last:%Y-%m}" if self.kind in ("quarter", "range") else f"{self.last:%Y}"

    def is_past(self, published: dt.date | None) -> bool:
        """Whether all of it lay behind when the text was published; not known without a day of publication."""
        return self.last is not None and published is not None and self.last <= published


def times(folded: str, start: int, end: int, published: dt.date | None = None) -> Iterator[When]:
    """The times named in `folded[start:end]`, in text order, offsets into the whole text.

    Relative times ("next year", "August 19" without a year) are counted from `published`; without it their kind is
    known, but not their days. Impossible days (31 June) are left out.
    """
    for match in _matches(folded, start, end):
        name = match.lastgroup or ""
        inner = _form(name).fullmatch(folded, match.start(), match.end())
        interval = RESOLVE[name](inner, published) if inner else None
        if interval:
            yield When(match.start(), match.end(), *interval)


def _matches(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What the grammar finds, tried only where something begins that a time can begin with.

    To find such places by the character before them is several times faster than to look behind at every letter.
    """
    grammar, begins = _grammar(), _begins()
    match = grammar.match(folded, start, end) if start == 0 else None
    while True:
        if match is not None:
            yield match
            start = match.end()
        found = begins.search(folded, max(0, start - 1), end)
        if found is None:
            return
        start = found.end()
        match = grammar.match(folded, start, end)
        start += 1


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    return tomllib.loads((PACKAGE / "lexicons" / "dates.toml").read_text("utf-8"))


@cache
def _forms() -> dict[str, str]:
    """The wordings by name, their parts filled in."""
    table = _lexicon()
    forms: dict[str, str] = {}
    for name, pattern in table["form"].items():
        for part, meaning in table["part"].items():
            pattern = pattern.replace("{" + part + "}", meaning)
        forms[name] = spaced(pattern)
    return forms


@cache
def _grammar() -> re.Pattern[str]:
    bare = (f"(?P<{name}>{_NAMED.sub('(?:', pattern)})" for name, pattern in _forms().items())
    return re.compile(rf"(?<![\w$.])(?:{'|'.join(bare)})(?![\w%])")


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"[^\w$.](?={spaced(_lexicon()['begins']['words'])})")


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(_forms()[name])


def spaced(pattern: str) -> str:
    """The pattern with every blank outside classes and lookbehinds standing for any run of blanks (wrapped lines)."""
    return _BLANK.sub(lambda match: match[1] or ("[ ]*" if match.group().endswith("?") else "[ ]+"), pattern)


#: A class, an escape or a lookbehind, kept as it is; or a blank.
_NAMED = re.compile(r"\(\?P<\w+>")
_BLANK = re.compile(r"(\[[^\]]*\]|\\.|\(\?<[=!][^()]*\))| \??")
