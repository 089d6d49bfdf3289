"""Sums of money: currency, scale, range, and what is no sum."""

from decimal import Decimal

import pytest

from facts.text.fold import fold
from facts.text.money import Money, find


def _read(text: str) -> list[Money]:
    return list(find(text, fold(text)))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("a loan of US$600 million", "600000000", "USD"),
        ("A$1.2bn in all", "1200000000", "AUD"),
        ("C$3,453,940.38 was raised", "3453940.38", "CAD"),
        ("CA$4.9 million", "4900000", "CAD"),
        ("NZ$30m", "30000000", "NZD"),
        ("an envelope of SEK 15 billion", "15000000000", "SEK"),
        ("15 billion SEK", "15000000000", "SEK"),
        ("NOK 1,150 million", "1150000000", "NOK"),
        ("€40m", "40000000", "EUR"),
        ("£2.5 million", "2500000", "GBP"),
        ("¥300 billion", "300000000000", "JPY"),
        ("RMB 2bn", "2000000000", "CNY"),
        ("Rs 300 crore", "3000000000", "INR"),
        ("AUD$3.2m", "3200000", "AUD"),
        ("35 million US dollars", "35000000", "USD"),
        ("two billion dollars", "2000000000", None),
        ("$40,750,000", "40750000", None),
        ("a $2.5-billion loan", "2500000000", None),
        ("10,000 won", "10000", "KRW"),
    ],
)
def test_a_sum_has_its_amount_and_currency(text: str, amount: str, currency: str | None) -> None:
    (money,) = _read(text)
    assert (money.amount, money.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("US$35 million to US$50 million", "35000000", "50000000"),
        ("EUR 74-80 million", "74000000", "80000000"),
        ("$5M-$7M", "5000000", "7000000"),
    ],
)
def test_a_range_keeps_both_ends(text: str, low: str, high: str) -> None:
    (money,) = _read(text)
    assert (money.low, money.amount) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to $1 billion", "up_to"),
        ("as much as €3 billion", "up_to"),
        ("at least A$5 million", "at_least"),
        ("approximately C$549,360", "about"),
        ("$9 million", "exact"),
    ],
)
def test_the_bound_is_told_and_stays_out_of_the_raw_words(text: str, bound: str) -> None:
    (money,) = _read(text)
    assert money.bound == bound
    assert not money.raw.lower().startswith(("up", "as", "at", "approx"))


@pytest.mark.parametrize("text", ["$65 per pound", "C$0.06 per unit", "A$0.12/share", "$10,070 a tonne"])
def test_a_price_is_marked_as_a_rate(text: str) -> None:
    (money,) = _read(text)
    assert money.rate


@pytest.mark.parametrize(
    "text", ["TSX 300", "he won 5 medals", "40 million tonnes", "in 2025 the mine closed", "ASX: CVM", "410,000 pounds"]
)
def test_a_number_without_a_currency_is_no_money(text: str) -> None:
    assert _read(text) == []


def test_offsets_point_at_the_words_as_they_stand() -> None:
    text = "Corvane raised up to\u00a0US$\u00a030 million (approximately C$41 million) at $0.10 per share."
    for money in _read(text):
        assert text[money.start : money.end] == money.raw
    assert [money.raw for money in _read(text)] == ["US$\u00a030 million", "C$41 million", "$0.10"]


def test_an_amount_is_whole_where_it_is_whole() -> None:
    assert [money.number for money in _read("US$1.5 million and US$0.25")] == [1500000, 0.25]


def test_a_year_before_a_price_is_no_sum() -> None:
    assert [money.raw for money in _read("a 2025 high of USD $4.93 per lb, after 2024 USD $4.10")] == [
        "USD $4.93",
        "USD $4.10",
    ]
