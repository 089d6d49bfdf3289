"""One claim told in headline, lead and quotation is one fact."""

from facts.announcement import Announcement
from facts.fact import Fact
from facts.mention import Mention
from facts.merge import merge
from facts.text.analysis import analyse

_TEXT = """Corvane agrees loan of $50 million

PORT ALDER, 3 June 2026 - Corvane plans to draw a loan of $50 million from Export Bank.

"The loan of $50 million helps," said its chief.

A grant was received in 2022.
"""


def _facts(*mentions: tuple[str, dict[str, str | int | float]]) -> list[Fact]:
    analysis = analyse(Announcement.from_text(_TEXT))
    found, position = [], 0
    for words, fields in mentions:
        position = _TEXT.index(words, position)
        holder = next(one for one in analysis.sentences if one.start <= position < one.end)
        found.append(Mention("financing", holder, position, position + len(words), fields))
        position += 1
    return list(merge(analysis, found))


def test_mentions_whose_fields_agree_become_one_fact_with_several_spans() -> None:
    bare: dict[str, str | int | float] = {"status": "committed", "instrument": "unspecified"}
    full: dict[str, str | int | float] = {"status": "committed", "instrument": "debt", "amount": 50_000_000}
    (fact,) = _facts(("loan", bare), ("loan", full), ("loan", bare))
    assert [_TEXT[span.start : span.end] for span in fact.spans] == ["loan", "loan", "loan"]
    assert fact.quote == "loan"
    assert fact.fields["instrument"] == "debt"
    assert fact.fields["amount"] == 50_000_000


def test_mentions_that_contradict_each_other_stay_apart() -> None:
    first: dict[str, str | int | float] = {"status": "committed", "amount": 50_000_000}
    second: dict[str, str | int | float] = {"status": "committed", "amount": 60_000_000}
    assert len(_facts(("loan", first), ("loan", second))) == 2


def test_a_headline_does_not_outrank_the_text_below_it() -> None:
    fields: dict[str, str | int | float] = {"status": "committed"}
    (fact,) = _facts(("loan", fields), ("loan", fields))
    assert fact.modality == "planned"


def test_news_outranks_background() -> None:
    fields: dict[str, str | int | float] = {"status": "closed"}
    (fact,) = _facts(("grant was received", fields))
    assert fact.layer == "backdrop"
