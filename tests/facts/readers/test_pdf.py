"""PDF documents: lines, paragraphs, pages; what has no text says so."""

import pytest

from facts.errors import FactsError
from facts.readers import place_of
from facts.readers.pdf import MOST_PAGES
from tests.facts.readers.making import pdf, read_one

LINES = ["Acme signs offtake", "", "", "Acme Lithium has signed a binding agreement", "with Beta Motors for spodumene,"]
MORE = ["five thousand tonnes a year,", "over ten years.", "", "", "No price was given."]


def test_lines_stay_lines_and_a_wide_gap_is_a_new_paragraph() -> None:
    found = read_one(pdf([*LINES, *MORE]), "note.pdf")
    assert found.text == (
        "Acme signs offtake\n\nAcme Lithium has signed a binding agreement\nwith Beta Motors for spodumene,\n"
        "five thousand tonnes a year,\nover ten years.\n\nNo price was given."
    )
    assert (found.media_type, found.pages, found.title) == ("application/pdf", (0,), None)


def test_a_span_can_be_shown_as_page_and_line() -> None:
    found = read_one(pdf(LINES, MORE, ["The last page."]), "note.pdf")
    assert [found.text[start:].split("\n")[0] for start in found.pages] == [LINES[0], MORE[0], "The last page."]
    places = {word: place_of(found, found.text.index(word)) for word in ("signs", "five", "over", "last")}
    assert places == {"signs": (1, 1), "five": (2, 1), "over": (2, 2), "last": (3, 1)}


def test_a_word_broken_at_its_hyphen_is_whole_again() -> None:
    assert read_one(pdf(["A long-", "term off-", "take agreement."]), "a.pdf").text == "A long-term off-take agreement."


def test_the_title_is_taken_where_the_document_shows_it() -> None:
    assert read_one(pdf(LINES, title=b"Acme signs offtake"), "a.pdf").title == "Acme signs offtake"
    assert read_one(pdf(LINES, title=b"Microsoft Word - draft7.doc"), "a.pdf").title is None


def test_a_page_without_text_among_others_stays_a_page() -> None:
    found = read_one(pdf(LINES, [], MORE), "a.pdf")
    assert len(found.pages) == 3
    assert place_of(found, found.text.index("five")) == (3, 1)


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (pdf([], []), "a.pdf: a PDF of 2 pages without text .scanned.."),
        (pdf(["3"]), "a.pdf: a PDF of 1 page without text"),
        (pdf(LINES)[:300], "a.pdf: cannot be opened .damaged or cut short"),
        (pdf(LINES)[100:], "a.pdf: has no PDF header"),
        (b"%PDF-1.7", "a.pdf: cannot be opened"),
        (pdf(LINES, trailer=b"/Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P -4 >> "), "needs a password"),
        (pdf(*[["A page of text."]] * (MOST_PAGES + 1)), "1,001 pages; an announcement has at most 1,000"),
    ],
    ids=["scanned", "stamped", "cut", "beheaded", "empty", "encrypted", "long"],
)
def test_what_cannot_be_read_is_one_clear_error(data: bytes, because: str) -> None:
    with pytest.raises(FactsError, match=because):
        read_one(data, "a.pdf")
