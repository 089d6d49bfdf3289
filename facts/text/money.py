"""Sums of money in running text: currency, scale and range, with the words as they stand.

A sum is read only beside a currency: "US$40 million", "A$1.2bn", "15 billion USD", "SEK 1,150m", "120 million dollars",
"Rs 300 crore", "EUR 74 to 80 million". Bare numbers are none. Amounts are Decimal, in units of their currency.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "up_to", "at_least", "about"]

#: Codes of ISO 4217 that announcements use; others are not read as currencies ("TSX 300").
_CODES = (
    "AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|CZK|DKK|EUR|GBP|HKD|IDR|ILS|INR|JPY|KRW|KZT|MXN|MYR|NAD|NOK|NZD|PEN|PHP|PLN|QAR"
    "|RMB|RUB|SAR|SEK|SGD|THB|TRY|TWD|TZS|UAH|USD|VND|ZAR|ZMW"
)
_SIGNS = {
    "us$": "USD", "u.s.$": "USD", "$us": "USD", "usd$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "aud$": "AUD",
    "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "cdn$": "CAD", "cdn": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "r$": "BRL", "n$": "NAD", "nt$": "TWD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR",
    "₩": "KRW", "rmb": "CNY", "rm": "MYR", "rp": "IDR",
}  # fmt: skip
#: Currencies spelled out after the number; dollars, pounds and crowns need their country to be told apart.
_WORDS = {
    "us dollars": "USD", "u.s. dollars": "USD", "american dollars": "USD", "australian dollars": "AUD",
    "canadian dollars": "CAD", "new zealand dollars": "NZD", "dollars": None, "euros": "EUR", "euro": "EUR",
    "pounds sterling": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "won": "KRW",
    "rupees": "INR", "rupiah": "IDR", "rand": "ZAR", "roubles": "RUB", "rubles": "RUB", "swiss francs": "CHF",
    "swedish kronor": "SEK", "norwegian kroner": "NOK", "danish kroner": "DKK", "zloty": "PLN", "tenge": "KZT",
    "pesos": None, "riyals": "SAR", "dirhams": "AED",
}  # fmt: skip
_SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "millions": 10**6, "mln": 10**6, "mn": 10**6, "mm": 10**6,
    "m": 10**6, "billion": 10**9, "billions": 10**9, "bln": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12,
    "tn": 10**12, "t": 10**12, "lakh": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
_BOUNDS: dict[str, Bound] = {
    "up to": "up_to", "as much as": "up_to", "not more than": "up_to", "maximum of": "up_to", "at least": "at_least",
    "more than": "at_least", "over": "at_least", "in excess of": "at_least", "minimum of": "at_least",
    "approximately": "about", "approx.": "about", "approx": "about", "about": "about", "around": "about",
    "some": "about", "roughly": "about", "nearly": "about", "almost": "about", "an estimated": "about",
    "circa": "about", "c.": "about", "~": "about",
}  # fmt: skip

_SIGN = (
    r"(?:us\$|u\.s\.\$|\$us|usd ?\$?|au?\$|aud ?\$|ca?\$|cad ?\$|cdn ?\$?|nz\$|hk\$|nt\$|[srn]\$|rmb|rs\.?|rm|rp"
    rf"|[€£¥₹₩$]|{_CODES.lower()})"
)
_NUMBER = r"\d{1,3}(?:[,'\u2019 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:thousand|millions?|mln|mn|mm|billions?|bln|bn|trillion|tn|lakh|crores?|[kmbt])"
_AFTER = rf"(?:{_CODES.lower()}|{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})"
_RANGE = r"(?:-| - | to )"
#: Small numbers that are written out before a scale: "two billion dollars".
_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "half a": 0.5,
}  # fmt: skip
#: Nothing that makes the sum a price ("$65 per pound", "C$0.06 per unit", "$100/oz").
_RATE = (
    r"(?: per | ?/ ?| an? )(?:share|unit|common|ordinary|warrant|tonne|ton|t|lb|lbs|pound|oz|ounce|kg|kilogram|gram"
    r"|barrel|day|dmt|mtu)\b"
)


@dataclass(frozen=True, slots=True)
class Money:
    """One sum at `start:end`; `amount` is the upper end of a range, `low` its lower.

    `currency` is an ISO code, or None where a bare "$", "dollars" or "pesos" leaves it open. `rate` marks a price per
    share, tonne, pound or the like, which is no sum at all.
    """

    raw: str
    start: int
    end: int
    amount: Decimal
    currency: str | None = None
    low: Decimal | None = None
    bound: Bound = "exact"
    rate: bool = False

    @property
    def number(self) -> int | float:
        """The amount as JSON has it: whole where it is whole."""
        return int(self.amount) if self.amount == self.amount.to_integral_value() else float(self.amount)


@functools.cache
def _grammar() -> re.Pattern[str]:
    bounds = "|".join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))
    before = (
        rf"(?<![\w$])(?P<sign>{_SIGN}) ?(?P<low>{_NUMBER})(?:[ -]?(?P<lowscale>{_SCALE})\b)?"
        rf"(?:{_RANGE}(?:{_SIGN} ?)?(?P<high>{_NUMBER})(?:[ -]?(?P<highscale>{_SCALE})\b)?)?"
        rf"(?: (?P<code>{_CODES.lower()})\b)?"
    )
    after = (
        rf"(?<![\w$.,])(?:(?P<low2>{_NUMBER})|(?P<spelled>{'|'.join(_SPELLED)})(?= {_SCALE} ))"
        rf"(?:[ -]?(?P<lowscale2>{_SCALE})\b)?"
        rf"(?:{_RANGE}(?P<high2>{_NUMBER})(?:[ -]?(?P<highscale2>{_SCALE})\b)?)? ?(?P<word>{_AFTER})\b(?! ?[$\d])"
    )
    return re.compile(rf"(?:(?P<bound>{bounds}) ?)?(?:{before}|{after})(?P<rate>{_RATE})?")


#: A currency sign or word must stand in the text at all before the grammar is tried.
_HINT = re.compile(rf"[€£¥₹₩$]|\b(?:rs|rm|rp|cdn|{_AFTER})\b")


def find(text: str, folded: str, start: int = 0, end: int | None = None) -> Iterator[Money]:
    """Every sum in `folded[start:end]`, in order; `raw` is quoted from `text`, of which `folded` is the folding."""
    stop = len(folded) if end is None else end
    if not _HINT.search(folded, start, stop):
        return
    for match in _grammar().finditer(folded, start, stop):
        if (money := _money(match, text)) is not None:
            yield money


def _money(match: re.Match[str], text: str) -> Money | None:
    part = match.groupdict()
    low, high = part["low"] or part["low2"] or part["spelled"], part["high"] or part["high2"]
    lowscale, highscale = part["lowscale"] or part["lowscale2"], part["highscale"] or part["highscale2"]
    first = _decimal(low, lowscale or highscale)
    last = _decimal(high, highscale or lowscale) if high else None
    if last is not None and last < first:  # "$0.115 to 0.19m", "$5 and 3 ..." are no range
        last = None
    start = match.start()
    left = match.end("bound") if part["bound"] else start
    left += len(text[left : match.end()]) - len(text[left : match.end()].lstrip())
    right = match.start("rate") if part["rate"] else match.end()
    return Money(
        raw=text[left:right],
        start=left,
        end=right,
        amount=first if last is None else last,
        currency=_currency(part),
        low=None if last is None else first,
        bound=_BOUNDS[part["bound"]] if part["bound"] else "exact",
        rate=part["rate"] is not None,
    )


def _currency(part: dict[str, str | None]) -> str | None:
    code = part["code"] or part["sign"] or part["word"] or ""
    code = code.replace(" ", "") if part["sign"] or part["code"] else code
    if code in _WORDS:
        return _WORDS[code]
    if code in _SIGNS:
        return _SIGNS[code]
    return None if code == "$" else "CNY" if code == "rmb" else code.upper()


def _decimal(number: str | None, scale: str | None) -> Decimal:
    if number in _SPELLED:
        return Decimal(str(_SPELLED[number])) * (_SCALES[scale] if scale else 1)
    digits = re.sub(r"[,'\u2019 ]", "", number or "0")
    return Decimal(digits) * (_SCALES[scale] if scale else 1)
