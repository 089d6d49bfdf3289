"""Is the text English? Counted by the small words that nearly every sentence has."""

import functools
import re
import tomllib
from collections import Counter

from facts.package import PACKAGE

_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]")
#: How much of the text is looked at, in characters, and how few words say nothing about a language.
_SAMPLE, _FEWEST = 4_000, 12
#: Share of characters outside the Latin script from which a text is in another one.
_FOREIGN_SCRIPT = 0.2


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    rows = tomllib.loads((PACKAGE / "lexicons" / "language.toml").read_text("utf-8"))
    return {language: frozenset(words) for language, words in rows.items()}


def is_english(folded: str) -> bool:
    """Whether the text can be read as English; a text of a few words is given the benefit of the doubt."""
    sample = folded[:_SAMPLE]
    if not sample.isascii() and len(_FOREIGN.findall(sample)) > len(sample) * _FOREIGN_SCRIPT:
        return False
    words = Counter(_WORD.findall(sample))
    if words.total() < _FEWEST:
        return True
    shares = {language: sum(words[word] for word in small) for language, small in _table().items()}
    return shares["en"] >= max(shares.values())
