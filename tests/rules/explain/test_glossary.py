"""Terms: explained once, in order of first use, whole words only."""

import pytest

from rules.explain.glossary import Glossary, pattern
from rules.pack import load

_TERMS = {term.term: term for term in load().settings.glossary}


def test_terms_stand_in_the_order_of_their_first_use_and_once() -> None:
    words = Glossary(load().settings)
    words.note("A term sheet, and then an offtake.")
    words.note("Another term sheet.")
    assert [line.partition(":")[0] for line in words.lines()] == ["term sheet", "offtake"]


def test_no_settings_no_terms() -> None:
    words = Glossary(None)
    words.note("offtake")
    assert words.lines() == ()


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("offtake", "Offtakes are signed", True),
        ("offtake", "an offtaker", False),
        ("feasibility study", "the DFS shows", True),
        ("feasibility study", "dfs", False),
        ("scoping study", "a peach", False),
        ("memorandum of understanding", "two MoU", True),
    ],
)
def test_a_term_is_found_as_a_whole_word(term: str, text: str, found: bool) -> None:
    assert (pattern(_TERMS[term]).search(text) is not None) is found


def test_every_explanation_is_one_clause() -> None:
    for term in _TERMS.values():
        assert not term.means.endswith(".")
        assert term.means[0].islower()
