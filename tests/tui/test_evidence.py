"""Which words are drawn how, where lines break, and which sentence some words stand in."""

import pytest
from rich.cells import cell_len

from facts.codec import parse_fact
from facts.fact import Span
from tests.tui.example import TEXT, fact
from tui.evidence import Mark, Stance, marks, sentence_at, stance_of, wrap

ONE_LINE = "Rare earths from the mine go to the plant."


@pytest.mark.parametrize(
    ("fields", "stance"),
    [
        ({}, "affirmed"),
        ({"modality": "completed"}, "affirmed"),
        ({"modality": "proposed"}, "hedged"),
        ({"modality": "planned"}, "hedged"),
        ({"attribution": "anonymous"}, "hedged"),
        ({"polarity": "denied"}, "denied"),
        ({"polarity": "omitted", "layer": "backdrop"}, "denied"),
        ({"layer": "backdrop"}, "backdrop"),
        ({"layer": "opinion", "modality": "possible"}, "backdrop"),
    ],
)
def test_a_fact_is_drawn_by_its_stance(fields: dict[str, str], stance: Stance) -> None:
    assert stance_of(parse_fact({"kind": "commitment", "form": "mou", **fields}, "here")) == stance


def test_an_omission_is_drawn_as_left_out_though_the_text_affirms_it() -> None:
    assert stance_of(parse_fact({"kind": "omission", "slot": "site"}, "here")) == "denied"


def test_where_facts_overlap_the_strongest_stance_is_drawn() -> None:
    stated = fact(TEXT, "Nothing has been signed", kind="commitment", form="talks")
    denied = fact(TEXT, "been signed", kind="commitment", form="mou", polarity="denied")
    start = TEXT.index("Nothing")

    assert marks([stated, denied]) == (
        Mark(start, start + len("Nothing has "), "affirmed"),
        Mark(start + len("Nothing has "), start + len("Nothing has been signed"), "denied"),
    )


def test_facts_that_touch_with_one_stance_are_drawn_as_one() -> None:
    first = fact(TEXT, "Japan proposes", kind="commitment", form="overture")
    second = fact(TEXT, " joint rare earth", kind="material")

    assert marks([second, first]) == (Mark(0, len("Japan proposes joint rare earth"), "affirmed"),)


def test_words_stand_in_their_sentence() -> None:
    start = TEXT.index("been signed")
    found = sentence_at(TEXT, Span(start, start + len("been signed")))

    assert TEXT[found.start : found.end] == "Nothing has been signed."


def rows_of(text: str, width: int) -> list[str]:
    rows = wrap(text, width)
    return [text[start:end] for start, end in zip(rows.starts, rows.ends, strict=True)]


def test_lines_break_at_blanks() -> None:
    assert rows_of(ONE_LINE, 20) == ["Rare earths from the", "mine go to the", "plant."]


def test_a_word_longer_than_the_row_is_broken_and_nothing_is_lost() -> None:
    assert rows_of("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_begin_a_row(end: str) -> None:
    assert rows_of(f"one{end}{end}two", 10) == ["one", "", "two"]


def test_wide_letters_count_two_cells() -> None:
    rows = rows_of("希土類元素の供給 " * 6, 20)

    assert max(map(cell_len, rows)) <= 20
    assert "".join(rows).replace(" ", "") == "希土類元素の供給" * 6


def test_every_offset_is_found_in_its_row() -> None:
    rows = wrap(ONE_LINE, 20)

    assert [rows.row_of(ONE_LINE.index(word)) for word in ("Rare", "mine", "plant")] == [0, 1, 2]
