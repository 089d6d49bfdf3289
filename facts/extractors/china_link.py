"""Mentions of kind china_link."""

from collections.abc import Iterator

from facts.extractors import stanced
from facts.mention import Mention
from facts.text.analysis import Analysis


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind china_link."""
    yield from stanced.mentions(analysis, "china_link")
