"""Tonnages and percentages: figure or range, unit, what it is of, and the rate it makes a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from facts.text.date import spaced

_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
#: Tonnes in one unit; a short ton is 2,000 lb, and "ton" without more is left as a tonne, as most texts mean it.
_TONNES = {
    "t": 1.0, "tonne": 1.0, "ton": 1.0, "mt": 1e6, "dmt": 1.0, "wmt": 1.0, "kt": 1e3, "lb": 0.45359237e-3,
    "pound": 0.45359237e-3, "mlb": 0.45359237e3, "kg": 1e-3, "kilogram": 1e-3, "kilo": 1e-3, "ounce": 31.1034768e-6,
    "oz": 31.1034768e-6, "moz": 31.1034768, "koz": 31.1034768e-3,
}  # fmt: skip
_A_YEAR = {
    "year": 1.0,
    "annum": 1.0,
    "yr": 1.0,
    "a": 1.0,
    "y": 1.0,
    "quarter": 4.0,
    "month": 12.0,
    "week": 52.0,
    "day": 365.0,
    "d": 365.0,
}
#: Units that carry their rate in themselves, in tonnes a year.
_RATES = {"tpa": 1.0, "tpy": 1.0, "mtpa": 1e6, "mtpy": 1e6, "ktpa": 1e3, "ktpy": 1e3, "tpd": 365.0, "tpm": 12.0}
_MOST_MILLIONS = 500
_UNIT = (
    r"[mk]?tp[ay]|tp[dm]|k?tonnes?|k?tons?|(?:dry )?metric (?:tonnes?|tons?)|dmt|wmt|kt|mt|mlbs?|lbs?|pounds?|kgs?"
    r"|kilograms?|kilos?|m?oz|koz|ounces?|t"
)
_PER = (
    r"(?:[ -](?:per|a|an|each|every)[ -]|[ ]?/[ ]?)(?:calendar |contract |full )?"
    r"(?P<per>year|annum|yr|month|quarter|week|day|a(?!\w)|y(?!\w)|d(?!\w))"
    r"|[ -](?:p\.a\.|annual(?:ly)?|yearly)"
)
_SCALE = r"(?:[ -]?(?P<scale>thousand|million|billion|mn|bn|k|m)(?![a-z]))?"
_PERCENT_SIGN = r"(?:%|per cent(?!\w)|percent(?!\w))"
_PERCENT = (
    rf"(?<![\w.])(?P<low>\d+(?:\.\d+)?)(?: ?{_PERCENT_SIGN}?(?: to |-| and )(?P<high>\d+(?:\.\d+)?))? ?{_PERCENT_SIGN}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A tonnage at `start:end` of the text, `low` to `high` in tonnes of `product` as the text words it.

    `rate` says whether it is an amount a year (rates a month, a day are turned into a year's); a mere amount has none.
    """

    start: int
    end: int
    low: float
    high: float
    rate: bool
    product: str = ""


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage at `start:end`; low and high are equal unless a range is given."""

    start: int
    end: int
    low: float
    high: float


def quantities(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """The tonnages in `folded[start:end]`, in text order, offsets into the whole text."""
    for match in _tonnage().finditer(folded, start, end):
        unit = _singular(match["unit"])
        scale = _SCALES.get(match["scale"] or "", 1.0) * _factor(unit, _value(match["low"]))
        rate = unit in _RATES or match["tail"] is not None
        if match["tail"] is not None and match["per"]:
            scale *= _A_YEAR[match["per"]]
        low = _value(match["low"]) * scale
        high = _value(match["high"]) * scale if match["high"] else low
        yield Quantity(match.start(), match.end(), min(low, high), max(low, high), rate, match["product"] or "")


def percentages(folded: str, start: int, end: int) -> Iterator[Percentage]:
    """The percentages in `folded[start:end]`, in text order."""
    for match in _percent().finditer(folded, start, end):
        low = float(match["low"])
        high = float(match["high"]) if match["high"] else low
        yield Percentage(match.start(), match.end(), low, high)


@cache
def _tonnage() -> re.Pattern[str]:
    upper = rf"(?: ?(?:{_UNIT}|million|thousand)?(?: to | and |-)(?P<high>{_NUMBER}))?"
    product = r"(?: of (?P<product>[a-z][\w-]*(?: [a-z][\w-]*){0,5}?))?"
    tail = rf"(?:{product}(?P<tail>{_PER})(?!\w))?"
    return re.compile(spaced(rf"(?<![\w.,$])(?P<low>{_NUMBER}){upper}{_SCALE}[ -]?(?P<unit>{_UNIT})(?!\w){tail}"))


@cache
def _percent() -> re.Pattern[str]:
    return re.compile(_PERCENT)


def _factor(unit: str, value: float) -> float:
    factor = _RATES.get(unit) or _TONNES[unit]
    # 2,000 MT are metric tonnes, 2 Mt are millions: no mine is counted in thousands of millions.
    return 1.0 if unit[:2] == "mt" and value >= _MOST_MILLIONS else factor


def _value(text: str) -> float:
    return float(text.replace(",", "").replace(" ", ""))


def _singular(unit: str) -> str:
    bare = unit.removeprefix("dry ").removeprefix("metric ")
    bare = bare.removesuffix("s") if bare not in _RATES else bare
    return {"ktonne": "kt", "kton": "kt"}.get(bare, bare)
