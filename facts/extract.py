"""Announcement -> Reading: scope, class, facts with their words, what was looked for, what stayed unread."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import chain

from facts.announcement import Announcement
from facts.classify import classify
from facts.kinds import KINDS
from facts.mention import Mention
from facts.merge import merge
from facts.reading import Reading, Scope
from facts.scope import scope_of
from facts.search import searches, unread
from facts.text.analysis import Analysis, analyse

#: One extractor module a kind: `find(analysis) -> Iterator[Mention]`.
EXTRACTORS = tuple(KINDS)


def read(announcement: Announcement) -> Reading:
    """Everything that can be read from one announcement. Deterministic: the same text gives the same reading."""
    analysis = analyse(announcement)
    scope = scope_of(analysis)
    return reading_of(analysis, scope) if scope.in_scope else Reading(announcement, scope)


def read_in_scope(announcement: Announcement) -> Reading:
    """The same, of a text that is known to be about mineral supply, however short."""
    return reading_of(analyse(announcement), Scope(True, "taken as given"))


def reading_of(analysis: Analysis, scope: Scope) -> Reading:
    """The reading of a text that is in scope, from its analysis; afterwards `analysis.hits` knows every cue it met."""
    mentions = list(chain.from_iterable(find(analysis) for find in _finders()))
    facts = tuple(merge(analysis, mentions))
    classification = classify(analysis, facts)
    dated = replace(analysis.announcement, published=analysis.published)
    return Reading(dated, scope, classification, facts, searches(analysis, facts), unread(analysis, facts))


@cache
def _finders() -> tuple[Callable[[Analysis], Iterator[Mention]], ...]:
    """The extractors, imported when a text is first read: a cold start that reads none need not pay for them."""
    return tuple(import_module(f"facts.extractors.{kind}").find for kind in EXTRACTORS)
