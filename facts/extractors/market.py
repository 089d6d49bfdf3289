"""Mentions of kind market."""

import re
from collections.abc import Iterator

from facts.extractors import stanced
from facts.mention import Mention
from facts.text.analysis import Analysis

#: Low prices that once closed a mine are not the market of the day.
_LONG_AGO = re.compile(
    r"\b(?:previous|former|last) (?:owner|operator)s?\b|\b(?:was|were) (?:closed|shut|mothballed|abandoned)\b"
    r"|\b(?:closed|shut|ceased|in|until|since)(?: [a-z]+){0,2} (?:19|200|201)\d"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind market."""
    for mention in stanced.mentions(analysis, "market"):
        sentence = analysis.folded[mention.sentence.start : mention.sentence.end]
        if mention.fields["state"] != "price_slump" or not _LONG_AGO.search(sentence):
            yield mention
