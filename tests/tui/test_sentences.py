"""Sentences: which facts and rules used each, which nobody used, and finding them in a long text."""

from facts.fact import Span
from tests.tui.example import TEXT, overture, refuted
from tui.sentences import SHORT, Sentences, Uses


def said(words: str, text: str = TEXT) -> Span:
    return Sentences(text).at(text.index(words))


def test_a_sentence_is_found_by_any_of_its_characters() -> None:
    span = said("signed")

    assert TEXT[span.start : span.end] == "Nothing has been signed."


def test_the_cursor_goes_by_sentence_and_stops_at_both_ends() -> None:
    sentences = Sentences(TEXT)
    first, last = sentences.at(0), sentences.at(len(TEXT) - 1)

    assert sentences.beside(first, 1) == said("Nothing has")
    assert sentences.beside(first, -1) == first
    assert sentences.beside(last, 1) == last
    assert sentences.beside(last, -99) == first


def test_a_long_text_is_walked_before_it_is_split_and_then_in_the_same_way() -> None:
    text = TEXT * (SHORT // len(TEXT) + 2)
    sentences = Sentences(text)
    known = [sentences.known]
    before = [sentences.at(0)]
    before += [sentences.beside(before[-1], 1)]
    back = sentences.beside(before[-1], -1)

    sentences.fill()
    known += [sentences.known]
    after = [sentences.at(0)]
    after += [sentences.beside(after[-1], 1)]
    assert (before, back) == (after, after[0])
    assert known == [False, True]


def test_a_sentence_shows_the_facts_read_from_it_and_the_rules_that_used_them() -> None:
    uses = Uses(refuted())
    lines = list(uses.lines(said("refuted the report")))

    assert [use.fact.id for use in uses.of(said("refuted the report"))] == ["f4"]
    assert lines[0].startswith("f4, denial: ")
    assert any(line.startswith("    FLR-503: ") for line in lines)


def test_a_sentence_that_gave_nothing_says_so() -> None:
    assert list(Uses(overture()).lines(said("[red]Markup"))) == [
        "Nothing was read from this sentence, and no rule used it."
    ]


def test_a_fact_that_no_proof_rests_on_says_whether_it_does_anything() -> None:
    uses = Uses(overture())
    before = list(uses.lines(said("Japan proposes")))
    assert "    No rule that holds rests on it." in before

    idle = uses.idle()
    after = "\n".join(uses.lines(said("Japan proposes")))
    assert ("f2" in idle) == ("without it the same rules hold" in after)


def test_sentences_that_no_rule_used_are_dim() -> None:
    assessment = refuted()
    dim = Uses(assessment).dim(Sentences(TEXT))

    assert said("refuted the report") not in dim
    assert all(span in dim for span in (assessment.reading.unread if assessment.reading else ()))
