"""Announcement or facts in, assessment out: the reader, both engines, the rating, the words."""

import functools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from facts.announcement import Announcement
from facts.codec import number
from facts.extract import read
from facts.fact import Fact
from facts.readers import open_announcement
from facts.reading import Reading
from rules.assessment import Assessment, Engines, Rated
from rules.errors import EngineDisagreement, RulesError
from rules.explain.reasons import summarise
from rules.memory import remember
from rules.pack import Pack, load
from rules.rating import rate_trace
from rules.reason import Trace, reason
from rules.reference import Reference
from rules.schema import nearest
from rules.trace import Engine

#: The release that the adapter was fuzzed against, pinned in pyproject.toml; a test reads what is installed. Asking
#: importlib.metadata here would cost a cold start more than a rating does.
DURABLE_VERSION = "2.0.28"
Which = Literal["durable", "reference", "both"]


def rate(
    source: str | bytes | Path | Announcement,
    *,
    pack: Pack | None = None,
    published: date | None = None,
    engine: Which = "both",
) -> Assessment:
    """Rate one announcement: a text (str), a document's bytes, a file (Path) or an Announcement.

    `published` overrides the date that the document gives. Raises FactsError or RulesError; an engine that disagrees
    with the other does not raise here but is recorded in `engines`.
    """
    reading = read(_announcement(source, published))
    return assess(reading, pack=pack, engine=engine)


def evaluate(
    facts: Iterable[Fact], announcement_class: str, *, pack: Pack | None = None, engine: Which = "both"
) -> Assessment:
    """Rate facts given by hand or by another program. Raises FactsError or RulesError."""
    return _rated(tuple(facts), announcement_class, None, pack or load(), engine)


def assess(reading: Reading, *, pack: Pack | None = None, engine: Which = "both") -> Assessment:
    """Rate a reading. Raises RulesError, also for a pack whose kinds of fact no reader draws from a text."""
    pack = pack or load()
    pack.refuse_text()
    if reading.classification is None:
        return Assessment(pack=pack, engines=Engines(_durable_version(engine), None), reading=reading)
    return _rated(reading.facts, reading.classification.name, reading, pack, engine)


def _announcement(source: str | bytes | Path | Announcement, published: date | None) -> Announcement:
    if isinstance(source, Announcement):
        return source if published is None else replace(source, published=published)
    if isinstance(source, str):
        return Announcement.from_text(source, published=published)
    return open_announcement(source, published=published)


def _rated(
    facts: tuple[Fact, ...], announcement_class: str, reading: Reading | None, pack: Pack, engine: Which
) -> Assessment:
    if announcement_class not in pack.settings.classes:
        classes = tuple(pack.settings.classes)
        meant = nearest(announcement_class, classes)
        raise RulesError("Unknown class", f"no announcement class {announcement_class!r}{meant}")
    facts = number(facts)
    for fact in facts:
        if ":" in fact.id:
            raise RulesError("Reserved id", f"fact {fact.id!r}: a colon marks derived facts; take another id")
    memory = remember(facts, pack.settings)
    traces = [reason(pack, memory, announcement_class, each) for each in _engines(pack, engine)]
    engines = Engines(_durable_version(engine), *_compare(traces))
    rating = rate_trace(pack, facts, memory, traces[0])
    upside = pack.settings.upside_says if rating.upside else ""
    summary = summarise(pack, rating, traces[0])
    rated = Rated(announcement_class, rating, traces[0], memory, summary, upside)
    return Assessment(pack=pack, engines=engines, facts=facts, reading=reading, rated=rated)


def disagreement(assessment: Assessment) -> EngineDisagreement | None:
    """The error to report when the engines fired differently."""
    difference = assessment.engines.difference
    return EngineDisagreement("The engines disagree", difference) if difference else None


def _compare(traces: list[Trace]) -> tuple[bool | None, str | None]:
    if len(traces) == 1:
        return None, None
    first, second = ({(f.code, f.alternative, f.premises) for f in trace.firings} for trace in traces)
    differing = sorted(first ^ second)
    if not differing:
        return True, None
    return False, "; ".join(
        _told(*firing, "durable_rules" if firing in first else "the reference") for firing in differing
    )


def _told(code: str, alternative: int, premises: tuple[str, ...], engine: str) -> str:
    return f"{code} (way {alternative}) on {', '.join(premises) or 'nothing'}: only {engine} fired"


def _engines(pack: Pack, engine: Which) -> list[Engine]:
    found: list[Engine] = []
    if engine in ("durable", "both"):
        found.append(_durable(pack))
    if engine in ("reference", "both"):
        found.append(_reference(pack))
    return found


@functools.lru_cache(maxsize=8)
def _reference(pack: Pack) -> Engine:
    return Reference(pack)


@functools.lru_cache(maxsize=8)
def _durable(pack: Pack) -> Engine:
    from rules.engine import Durable  # a broken build must not keep facts and reports from being read

    return Durable(pack)


def _durable_version(engine: Which) -> str | None:
    return None if engine == "reference" else DURABLE_VERSION
