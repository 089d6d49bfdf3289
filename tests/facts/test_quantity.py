"""Tonnages and percentages in words."""

import pytest

from facts.text.fold import fold
from facts.text.quantity import Quantity, percentages, quantities


def _read(text: str) -> list[Quantity]:
    return list(quantities(fold(text), 0, len(text)))


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("900 tonnes of oxide a year", 900),
        ("an 18,000 tonne-a-year plant", 18000),
        ("25,000 tonnes per year (tpy)", 25000),
        ("100,000 tpy", 100000),
        ("30ktpa", 30000),
        ("1.2 Mtpa", 1_200_000),
        ("2,000 mtpa", 2000),
        ("20 kt/y", 20000),
        ("500 t/a", 500),
        ("4,000 metric tons annually", 4000),
        ("5,400 tonnes of tin in concentrate per annum", 5400),
        ("2,800 DMT of copper concentrate per month", 33600),
        ("a 600 tonne-per-day mill", 219000),
    ],
)
def test_a_rate_is_turned_into_tonnes_a_year(text: str, tonnes: float) -> None:
    (quantity,) = _read(text)
    assert (quantity.rate, quantity.low, quantity.high) == (True, tonnes, tonnes)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("5 to 10 tonnes per annum", 5, 10), ("10-15 kt per year", 10000, 15000)]
)
def test_a_range_keeps_both_ends(text: str, low: float, high: float) -> None:
    (quantity,) = _read(text)
    assert (quantity.low, quantity.high) == (low, high)


def test_a_mere_amount_is_no_rate() -> None:
    (quantity,) = _read("212 million tons of raw sand")
    assert (quantity.rate, quantity.low) == (False, 212e6)


def test_pounds_are_weighed_in_tonnes() -> None:
    (quantity,) = _read("58.0 million pounds")
    assert quantity.low == pytest.approx(26308.36, abs=0.01)


def test_the_product_is_kept_in_the_words_of_the_text() -> None:
    (quantity,) = _read("40,000 tonnes of copper a year")
    assert quantity.product == "copper"


def test_money_is_no_tonnage() -> None:
    assert _read("$2,000 a year and 14 months") == []


def test_percentages_may_be_ranges() -> None:
    text = "15 per cent, or 6% and 15%, or 50 to 60 percent"
    assert [(share.low, share.high) for share in percentages(text, 0, len(text))] == [(15, 15), (6, 15), (50, 60)]
