"""The day of publication, from the dateline: "TORONTO, Feb. 24, 2025", "30 May 2025", "2025-05-30", "05/30/2025"."""

import datetime as dt
import re
from collections.abc import Sequence

from facts.text.sentence import Sentence

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"(?<!\w){_MONTH} {{1,2}}{_DAY},? {{1,2}}{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}(?: of)? {{1,2}}{_MONTH},? {{1,2}}{_YEAR}(?!\d)"),
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])"),
    re.compile(r"(?<![\d/])(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/(?P<year>20\d\d)(?![\d/])"),
)
#: How many paragraphs the head of a document has, and how far into a paragraph a dateline reaches (characters).
_HEAD, _FOOT, _DATELINE = 8, 6, 160
#: Words before a date that make it the date of something else.
_OTHER = re.compile(
    r"(?:(?:signed|dated|effective|since|until|ended|ending|as (?:of|at)|by|from|held|of|before|after|about|started|"
    r"release|months|quarter|year|order|announced|enacted|completed) (?:on |the )?|"
    r"(?<!posted )(?<!published )(?<!updated )(?<!released )(?<!issued )on )$"
)


def published_in(folded: str, sentences: Sequence[Sentence]) -> dt.date | None:
    """The day of publication that the dateline gives, or None.

    A dateline stands near the start of one of the first paragraphs, or (in official notices) in a line at the end.
    """
    if not sentences:
        return None
    starts = _paragraph_starts(sentences)
    for start, end in starts[:_HEAD]:
        if day := _first(folded, start, min(end, start + _DATELINE)):
            return day
    for start, end in reversed(starts[-_FOOT:]):
        if end - start <= _DATELINE // 2 and (day := _first(folded, start, end)):
            return day
    return None


def _paragraph_starts(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    last = -1
    for sentence in sentences:
        if sentence.paragraph == last:
            found[-1] = (found[-1][0], sentence.end)
        else:
            found.append((sentence.start, sentence.end))
            last = sentence.paragraph
    return found


def _first(folded: str, start: int, end: int) -> dt.date | None:
    if folded.find("20", start, end) < 0 and folded.find("19", start, end) < 0:
        return None  # no date without a year
    matches = [match for pattern in _DATES if (match := pattern.search(folded, start, end))]
    for match in sorted(matches, key=lambda match: match.start()):
        if not _OTHER.search(folded[max(start, match.start() - 30) : match.start()]) and (day := _day(match)):
            return day
    return None


def _day(match: re.Match[str]) -> dt.date | None:
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS[month]
    try:
        return dt.date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
