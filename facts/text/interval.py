"""From the words of a time to its interval of days; facts.text.date finds the words."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from typing import Literal

DateKind = Literal["exact", "quarter", "year", "range", "vague"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-six": 36,
    "forty-five": 45, "sixty": 60, "ninety": 90,
}  # fmt: skip
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
#: Last month of each season, northern or southern alike: the text seldom says which hemisphere it means.
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}
_MONTHS_PER_UNIT = {"month": 1, "quarter": 3, "year": 12}
_DAYS_PER_UNIT = {"day": 1, "week": 7}
_MOST_YEARS = 60

#: Kind, first day, last day; without days where only the day of publication could give them.
Interval = tuple[DateKind, dt.date | None, dt.date | None]
Resolve = Callable[[re.Match[str], dt.date | None], Interval | None]


def _day(year: int, month: int, day: int) -> Interval | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    date = dt.date(year, month, day)
    return "exact", date, date


def _months(kind: DateKind, year: int, first: int, last: int) -> Interval:
    return kind, dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _SMALL[text]


def _nearest_year(month: int, day: int, published: dt.date | None) -> int | None:
    """The year that puts a day without one nearest to publication: five months back to seven ahead."""
    if published is None:
        return None
    ahead = (month - published.month) % 12
    late = published.year + (published.month + ahead > 12)
    return late if ahead <= 7 else late - 1


def _named_day(match: re.Match[str], published: dt.date | None) -> Interval | None:
    month, day = _month_number(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, day, published)
    return _day(year, month, day) if year else ("exact", None, None)


def _iso_day(match: re.Match[str], _: dt.date | None) -> Interval | None:
    return _day(int(match["year"]), int(match["month"]), int(match["day"]))


def _slashed_day(match: re.Match[str], _: dt.date | None) -> Interval | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    # 3/4/2026 is read the US way; a first number above 12 can only be a day.
    return _day(year, two, one) if one > 12 else _day(year, one, two)


def _month(match: re.Match[str], published: dt.date | None) -> Interval | None:
    month = _month_number(match["month"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, 1, published)
    return _months("quarter", year, month, month) if year else ("quarter", None, None)


def _quarter(match: re.Match[str], published: dt.date | None) -> Interval | None:
    groups = match.groupdict()
    number = _ORDINALS.get(groups["quarter"]) or int(groups["quarter"])
    this = published.year + (groups.get("which") == "next") if published else None
    year = _full_year(groups["year"]) if groups.get("year") else this
    return _months("quarter", year, 3 * number - 2, 3 * number) if year else ("quarter", None, None)


def _half(match: re.Match[str], published: dt.date | None) -> Interval | None:
    number = {"first": 1, "second": 2}.get(match["half"]) or int(match["half"])
    year = _full_year(match["year"]) if match["year"] else published.year if published else None
    return _months("quarter", year, 6 * number - 5, 6 * number) if year else ("quarter", None, None)


def _part_of_year(match: re.Match[str], _: dt.date | None) -> Interval | None:
    year = int(match["year"])
    first, last = {"early": (1, 3), "start": (1, 3), "beginning": (1, 3), "mid": (4, 6), "middle": (4, 6)}[
        match["part"]
    ]
    return _months("quarter", year, first, last)


def _mid_year(_: re.Match[str], published: dt.date | None) -> Interval | None:
    return _months("quarter", published.year, 4, 6) if published else ("quarter", None, None)


def _season(match: re.Match[str], published: dt.date | None) -> Interval | None:
    last = _SEASONS[match["season"]]
    if match["year"]:
        year = int(match["year"])
    elif published:
        year = published.year + (match["which"] == "next" or last < published.month)
    else:
        return "quarter", None, None
    return _months("quarter", year, last - 2, last)


def _year(match: re.Match[str], _: dt.date | None) -> Interval | None:
    return _months("year", _full_year(match["year"]), 1, 12)


def _years(match: re.Match[str], _: dt.date | None) -> Interval | None:
    first, last = int(match["first"]), int(match["last"])
    last = last if last > 99 else first // 100 * 100 + last
    return ("range", dt.date(first, 1, 1), dt.date(last, 12, 31)) if first < last < first + _MOST_YEARS else None


def _relative_year(match: re.Match[str], published: dt.date | None) -> Interval | None:
    if published is None:
        return None if match["which"] == "last" else ("year", None, None)
    step = {"next": 1, "following": 1, "last": -1}.get((match["which"] or "").removeprefix("the "), 0)
    return _months("year", published.year + step, 1, 12)


def _relative_month(match: re.Match[str], published: dt.date | None) -> Interval | None:
    if published is None:
        return None if match["which"] == "last" else ("quarter", None, None)
    step = {"next": 1, "last": -1}.get(match["which"], 0)
    if match["unit"] == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return _months("quarter", year, month + 1, month + 1)
    year, quarter = divmod(published.year * 4 + (published.month - 1) // 3 + step, 4)
    return _months("quarter", year, 3 * quarter + 1, 3 * quarter + 3)


def _within(match: re.Match[str], published: dt.date | None) -> Interval | None:
    """A span counted from publication: a term set from the day of a text itself is exact, whole years are years."""
    groups = match.groupdict()
    count, unit = _number(groups["upto"] or groups["count"]), groups["unit"]
    kind: DateKind = "range"
    if groups.get("anchor"):
        kind = "exact"
    elif unit == "year" or (unit == "month" and count % 12 == 0):
        kind = "year"
    if published is None:
        return kind, None, None
    return kind, published, later(published, count, unit)


def later(day: dt.date, count: int, unit: str) -> dt.date:
    """`count` days, weeks, months, quarters or years after the day; the last of a month stands for days it lacks."""
    if unit in _DAYS_PER_UNIT:
        return day + dt.timedelta(days=count * _DAYS_PER_UNIT[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + min(count, _MOST_YEARS * 12) * _MONTHS_PER_UNIT[unit], 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _vague(_: re.Match[str], __: dt.date | None) -> Interval | None:
    return "vague", None, None


#: How each form of `lexicons/dates.toml` becomes an interval, given the day of publication.
RESOLVE: dict[str, Resolve] = {
    "iso": _iso_day,
    "slashed": _slashed_day,
    "dmy": _named_day,
    "mdy": _named_day,
    "quarter": _quarter,
    "quarter_back": _quarter,
    "quarter_words": _quarter,
    "half": _half,
    "half_back": _half,
    "half_words": _half,
    "season": _season,
    "month": _month,
    "month_alone": _month,
    "part": _part_of_year,
    "years": _years,
    "mid_year": _mid_year,
    "fiscal": _year,
    "year": _year,
    "this_year": _relative_year,
    "year_end": _relative_year,
    "this_month": _relative_month,
    "within": _within,
    "about": _within,
    "vague": _vague,
}
