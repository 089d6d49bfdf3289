"""Mentions of kind tech_risk."""

from collections.abc import Iterator

from facts.extractors import cued
from facts.mention import Mention
from facts.text.analysis import Analysis


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind tech_risk."""
    yield from cued.mentions(analysis, "tech_risk")
