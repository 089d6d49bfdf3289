"""Page and line of an offset."""

from dataclasses import replace

import pytest

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import place_of


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("one", 0, (1, 1)),
        ("one", 3, (1, 1)),
        ("one\ntwo", 3, (1, 1)),
        ("one\ntwo", 4, (1, 2)),
        ("one\r\ntwo\rthree", 4, (1, 1)),
        ("one\r\ntwo\rthree", 5, (1, 2)),
        ("one\r\ntwo\rthree", 9, (1, 3)),
        ("one\n\n\nfour", 6, (1, 4)),
    ],
)
def test_lines_are_counted_whatever_ends_them(text: str, offset: int, place: tuple[int, int]) -> None:
    assert place_of(Announcement.from_text(text), offset) == place


def test_lines_are_counted_from_the_top_of_their_page() -> None:
    paged = replace(Announcement.from_text("a\nb\n\nc\nd\n\n\n\ne"), pages=(0, 5, 10, 12))
    assert [place_of(paged, offset) for offset in (0, 2, 5, 7, 10, 12)] == [
        *((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1))
    ]


def test_an_offset_outside_the_text_is_an_error() -> None:
    with pytest.raises(FactsError, match="text: offset 9 in a text of 3 characters"):
        place_of(Announcement.from_text("abc"), 9)
