"""Where sentences end, and that nothing is lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.text.sentence import split

_ODD = "\r\n\t \u00a0\u2028\u200f\u0301.!?…;:-–•()[]\"'“”’aAbZ19é中$€"


def _texts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Corvane Metals Inc. signed today. The plant follows.", 2),
        ("Corvane Metals Inc. The plant follows.", 2),
        ("Dr. Ilse Marten, P.Geo. of Corvane Ltd. said so.", 1),
        ("It rose 4.5 per cent to US$1.20. Then it fell.", 2),
        ("See Fig. 3 and No. 7 of the report.", 1),
        ("The U.S. Department of Energy answered. It will pay.", 2),
        ("“We signed.” The buyer agreed.", 2),
        ("Is it binding? No! Not yet... Perhaps later.", 4),
        ("1. First item stands here.\n2. Second item stands here.", 2),
        ("Heading\nBody of the text.", 2),
        ("", 0),
        (" \r\n\t ", 0),
    ],
)
def test_stops_end_sentences_and_abbreviations_do_not(text: str, count: int) -> None:
    assert len(_texts(text)) == count, _texts(text)


def test_the_figure_of_a_list_item_is_no_sentence() -> None:
    sentences = split("1. Corvane will mine tin.\n- Halvorsen will buy it.\n(b) Neither has signed.")
    assert [sentence.bullet for sentence in sentences] == [True, True, True]
    assert [sentence.paragraph for sentence in sentences] == [0, 1, 2]


def test_lines_wrapped_by_hand_run_on() -> None:
    line = "Corvane Metals said on Tuesday that its separation plant at Lower"
    text = "\n".join(
        [line, "Marsh will make four hundred tonnes of oxide a year and that the", line, line, line, "end."]
    )
    assert len(split(text)) == 1
    assert len(split(text.replace("\n", "\r\n"))) == 1


def test_windows_line_ends_give_the_same_sentences() -> None:
    text = "Corvane signs\n\nIt signed. It paid.\n- One\n- Two"
    assert _texts(text.replace("\n", "\r\n")) == _texts(text)


def test_what_never_stops_is_cut_at_a_blank() -> None:
    sentences = split("tin and more " * 2_000)
    assert all(sentence.end - sentence.start <= 3_000 for sentence in sentences)
    assert len(split("x" * 10_000)) == 4


@given(st.text(_ODD))
def test_every_character_that_is_not_blank_stands_in_exactly_one_sentence(text: str) -> None:
    sentences = split(text)
    covered = [position for sentence in sentences for position in range(sentence.start, sentence.end)]
    assert covered == sorted(set(covered))
    inside = set(covered)
    assert all(letter.isspace() or letter == "\u200f" for place, letter in enumerate(text) if place not in inside)
    assert [sentence.index for sentence in sentences] == list(range(len(sentences)))


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["A. ", ". ", "." * 50, '."', "a\n", " \n", "The plant. ", "é" * 50, "(1) "])
def test_a_megabyte_of_one_piece_is_split_to_the_end_and_no_sentence_is_longer_than_the_cap(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    sentences = split(text)
    assert all(sentence.end - sentence.start <= 3_000 for sentence in sentences)
    assert (sentences[-1].end if sentences else 0) == len(text.rstrip())
