"""Is the text English? Counted by the small words that nearly every sentence has."""

import functools
import re
import tomllib
from collections import Counter
from itertools import chain

from facts.package import PACKAGE

_WORD = re.compile(r"[^\W\d_]+")
#: The same in a text of nothing but ASCII, found in a third of the time.
_ASCII_WORD = re.compile(r"[a-z]+")
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]")
#: How much of the text is looked at, in characters, and how few words say nothing about a language.
_SAMPLE, _FEWEST = 2_500, 12
#: Share of characters outside the Latin script from which a text is in another one.
_FOREIGN_SCRIPT = 0.2


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    rows = tomllib.loads((PACKAGE / "lexicons" / "language.toml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in rows.items()}


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """The languages in which each small word stands."""
    table = _table()
    words = frozenset(chain.from_iterable(table.values()))
    return {word: tuple(language for language, small in table.items() if word in small) for word in words}


def is_english(folded: str) -> bool:
    """Whether the text can be read as English; a text of a few words is given the benefit of the doubt."""
    sample = folded[:_SAMPLE]
    if not sample.isascii() and len(_FOREIGN.findall(sample)) > len(sample) * _FOREIGN_SCRIPT:
        return False
    words = (_ASCII_WORD if sample.isascii() else _WORD).findall(sample)
    if len(words) < _FEWEST:
        return True
    languages, counts = _languages(), Counter(words)
    shares: Counter[str] = Counter()
    for word in languages.keys() & counts.keys():
        for language in languages[word]:
            shares[language] += counts[word]
    return shares["en"] >= max(shares.values(), default=0)
