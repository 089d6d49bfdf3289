"""Mentions of kind market."""

from collections.abc import Iterator

from facts.extractors import stanced
from facts.mention import Mention
from facts.text.analysis import Analysis


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind market."""
    yield from stanced.mentions(analysis, "market")
