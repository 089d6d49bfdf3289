"""Folding keeps every offset."""

from hypothesis import given
from hypothesis import strategies as st

from facts.text.fold import fold


@given(st.text())
def test_a_folded_text_has_the_length_of_its_original(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_letters_that_grow_when_made_small_stay_as_they_are() -> None:
    assert fold("İZMİR Boron") == "İzmİr boron"


def test_quotes_hyphens_and_blanks_become_plain() -> None:
    assert fold("“Off\u2011take”\u00a0–\tCorvane’s\r\n") == '"off-take" - corvane\'s  '


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
