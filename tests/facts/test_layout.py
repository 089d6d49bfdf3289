"""The parts of a document and its dateline."""

import datetime as dt

import pytest

from facts.announcement import Announcement
from facts.text.analysis import Part, analyse

_RELEASE = """Corvane Metals Signs Supply Agreement With Halvorsen Magnetics

PORT ALDER, Oregon - (Newswire) - March 3, 2026 - Corvane Metals Inc. (TSXV: CVN) (the "Company") is pleased to announce
 that it has signed a supply agreement.

The agreement covers 400 tonnes of oxide a year.

Figure 1: Map of the plant

Next steps

Work begins in May.

About Corvane Metals Inc.

Corvane Metals Inc. is an exploration company.

Qualified Person

Ilse Marten, P.Geo., a qualified person under NI 43-101, has reviewed this release.

For further information, please contact:

Tel: +1 (604) 555-0199

Forward-Looking Statements

This news release contains forward-looking statements. The Company may issue shares.

View the original release on www.example.org
""".replace("announce\n that", "announce that")


def _parts(text: str) -> dict[str, Part]:
    analysis = analyse(Announcement.from_text(text))
    return {analysis.of(sentence): analysis.part(sentence) for sentence in analysis.sentences}


@pytest.mark.parametrize(
    ("begins", "part"),
    [
        ("Corvane Metals Signs", "headline"),
        ("PORT ALDER", "lead"),
        ("The agreement covers", "body"),
        ("Figure 1", "furniture"),
        ("Next steps", "heading"),
        ("Work begins", "body"),
        ("About Corvane", "about"),
        ("Corvane Metals Inc. is an", "about"),
        ("Ilse Marten", "boilerplate"),
        ("For further information", "contact"),
        ("Tel:", "contact"),
        ("This news release contains", "boilerplate"),
        ("The Company may issue", "boilerplate"),
        ("View the original", "furniture"),
    ],
)
def test_every_part_of_a_release_is_known(begins: str, part: Part) -> None:
    assert next(found for text, found in _parts(_RELEASE).items() if text.startswith(begins)) == part


def test_a_sentence_that_begins_with_about_opens_no_description() -> None:
    parts = _parts("Corvane mines tin\n\nCorvane mines tin.\n\nAbout 300 tonnes were shipped.\n\nMore will follow.")
    assert parts["About 300 tonnes were shipped."] == "body"


def test_an_early_warning_does_not_make_the_rest_boilerplate() -> None:
    warning = "This note contains forward-looking statements."
    body = "\n\n".join(f"Corvane shipped {number} tonnes of tin to its buyer in the quarter." for number in range(9))
    parts = _parts(f"Corvane ships tin\n\n{warning}\n\n{body}")
    assert parts[warning] == "boilerplate"
    assert parts["Corvane shipped 8 tonnes of tin to its buyer in the quarter."] == "body"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("TORONTO, Feb. 24, 2026 (Newswire) - Corvane said.", dt.date(2026, 2, 24)),
        ("LONDON, 11 September 2026 (Agency) - Corvane said.", dt.date(2026, 9, 11)),
        ("2026-05-30 Corvane said.", dt.date(2026, 5, 30)),
        ("05/30/2026 - Corvane said.", dt.date(2026, 5, 30)),
        ("PERTH, 3RD MARCH 1986 -- CORVANE SAID.", dt.date(1986, 3, 3)),
        ("The Ledger | Note 7 | 9 February 2026", dt.date(2026, 2, 9)),
        ("Corvane refers to the order signed on March 20, 2025.", None),
        ("Corvane said 31 February 2026.", None),
        ("Corvane said nothing.", None),
    ],
)
def test_the_dateline_gives_the_day_of_publication(line: str, day: dt.date | None) -> None:
    assert analyse(Announcement.from_text(f"Corvane mines tin\n\n{line}\n\nIt mines more.")).published == day


def test_a_given_day_of_publication_stands() -> None:
    given = dt.date(2020, 1, 2)
    announcement = Announcement.from_text("Corvane\n\nLONDON, 3 May 2026 - It said.", published=given)
    assert analyse(announcement).published == given
