"""Times in words become intervals of days."""

import datetime as dt

import pytest

from facts.text.date import When, times
from facts.text.fold import fold

_TODAY = dt.date(2026, 3, 17)


def _read(text: str, published: dt.date | None = _TODAY) -> list[When]:
    return list(times(fold(text), 0, len(text), published))


@pytest.mark.parametrize(
    ("text", "kind", "last", "horizon"),
    [
        ("on 13 May 2027", "exact", "2027-05-13", 14),
        ("on May 13th, 2027", "exact", "2027-05-13", 14),
        ("due 2026-06-04", "exact", "2026-06-04", 3),
        ("due 15/04/2026", "exact", "2026-04-15", 1),
        ("due 4/15/2026", "exact", "2026-04-15", 1),
        ("effective Aug. 19", "exact", "2026-08-19", 6),
        ("in April 2027", "quarter", "2027-04-30", 14),
        ("by September", "quarter", "2026-09-30", 7),
        ("in Q3 2026", "quarter", "2026-09-30", 7),
        ("in 3Q26", "quarter", "2026-09-30", 7),
        ("in the third quarter of 2026", "quarter", "2026-09-30", 7),
        ("in the first quarter of next year", "quarter", "2027-03-31", 13),
        ("in H2 2026", "quarter", "2026-12-31", 10),
        ("in the second half of 2026", "quarter", "2026-12-31", 10),
        ("in mid-2027", "quarter", "2027-06-30", 16),
        ("in early 2027", "quarter", "2027-03-31", 13),
        ("this autumn", "quarter", "2026-11-30", 9),
        ("in the summer of 2027", "quarter", "2027-08-31", 18),
        ("in 2027", "year", "2027-12-31", 22),
        ("in late 2027", "year", "2027-12-31", 22),
        ("by the end of 2027", "year", "2027-12-31", 22),
        ("by year-end", "year", "2026-12-31", 10),
        ("in fiscal 2028", "year", "2028-12-31", 34),
        ("in FY27", "year", "2027-12-31", 22),
        ("next year", "year", "2027-12-31", 22),
        ("between 2027 and 2029", "range", "2029-12-31", 46),
        ("within 18 months", "range", "2027-09-17", 18),
        ("over the next 12 to 18 months", "range", "2027-09-17", 18),
        ("within 90 days of the date of this order", "exact", "2026-06-15", 3),
    ],
)
def test_a_time_has_a_kind_a_last_day_and_a_horizon(text: str, kind: str, last: str, horizon: int) -> None:
    (when,) = _read(text)
    assert (when.kind, str(when.last), when.horizon(_TODAY)) == (kind, last, horizon)


@pytest.mark.parametrize(
    "text", ["by the end of the decade", "in the coming weeks", "in due course", "in the near term", "later this month"]
)
def test_vague_words_have_no_days(text: str) -> None:
    (when,) = _read(text)
    assert (when.kind, when.last, when.horizon(_TODAY), when.iso()) == ("vague", None, None, None)


@pytest.mark.parametrize(
    "text",
    ["it may be", "prices fall by 9%", "2000 tonnes", "$2027", "on 31 June 2026", "for 20 years", "a two-year term"],
)
def test_what_is_no_time_is_not_read(text: str) -> None:
    assert _read(text) == []


def test_a_line_break_inside_a_time_does_not_hide_it() -> None:
    (when,) = _read("in the third\n   quarter of\n2026")
    assert when.kind == "quarter"


def test_without_a_day_of_publication_a_relative_time_keeps_its_kind() -> None:
    (when,) = _read("by year-end", None)
    assert (when.kind, when.last) == ("year", None)


def test_the_span_is_that_of_the_words() -> None:
    text = "Commissioning is planned for the second quarter of 2027, the company said."
    (when,) = _read(text)
    assert text[when.start : when.end] == "second quarter of 2027"


def test_the_iso_date_is_as_precise_as_the_words() -> None:
    assert [_read(text)[0].iso() for text in ("13 May 2027", "Q3 2026", "in 2027")] == ["2027-05-13", "2026-09", "2027"]
