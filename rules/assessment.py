"""The finished assessment: everything that led to a level, as one frozen object and as JSON (schema 1)."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from facts.announcement import Announcement
from facts.codec import to_json as fact_json
from facts.fact import Fact
from facts.reading import Reading, Scope
from rules.memory import Memory, best_rungs
from rules.pack import Pack
from rules.rating import Rating, plain, rounded
from rules.reason import Trace
from rules.trace import Firing

SCHEMA = "caveat/assessment/1"


@dataclass(frozen=True, slots=True)
class Engines:
    """Which engine decided, and whether the other one agreed (None: only one ran)."""

    durable_rules: str | None
    agree: bool | None
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The part of an assessment that only a rated announcement has."""

    announcement_class: str
    rating: Rating
    trace: Trace
    memory: Memory
    summary: str
    upside: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """An announcement or a set of facts, rated or not.

    `reading` is None for facts given by hand; `rated` is None when the announcement is out of scope.
    """

    pack: Pack
    engines: Engines
    facts: tuple[Fact, ...] = ()
    reading: Reading | None = None
    rated: Rated | None = None

    @property
    def level(self) -> int | None:
        """The caution level from 1 to 5; None if not rated."""
        return self.rated.rating.level if self.rated else None

    @property
    def announcement(self) -> Announcement | None:
        """The text that was read, if there was one."""
        return self.reading.announcement if self.reading else None

    @property
    def scope(self) -> Scope | None:
        """Why the announcement was rated, or was not."""
        return self.reading.scope if self.reading else None

    def to_json(self) -> dict[str, Any]:
        """The assessment in the documented shape. No clock, path or host enters it: same text and pack, same bytes."""
        head: dict[str, Any] = {"schema": SCHEMA}
        if self.reading is not None:
            head["source"] = source_json(self.reading.announcement)
        if self.rated is None:
            return head | self._not_rated() | self._tail()
        return head | self._level(self.rated) | self._proof(self.rated) | self._tail()

    def _not_rated(self) -> dict[str, Any]:
        scope = self.scope
        reason = {"reason": scope.reason, "because": scope.because} if scope else {}
        return {"in_scope": False, "not_rated": reason, "facts": []}

    def _level(self, rated: Rated) -> dict[str, Any]:
        rating, level = rated.rating, self.pack.settings.levels[rated.rating.level]
        return {
            "in_scope": True,
            "class": rated.announcement_class,
            "level": rating.level,
            "level_name": level.name,
            "caution": level.caution,
            "confidence": rating.confidence,
            "score": rounded(rating.score),
            "base_level": rating.base_level,
            "floors": list(rating.floors),
            "caps": list(rating.caps),
            "themes": [
                {"code": theme.code, "score": plain(theme.score), "level": theme.level, "weight": theme.weight}
                for theme in rating.themes
            ],
            "slots": {str(i.fields["name"]): i.fields["status"] for i in rated.trace.derived if i.kind == "slot"},
            "rungs": best_rungs(self.facts, rated.memory, self.pack.settings),
        }

    def _proof(self, rated: Rated) -> dict[str, Any]:
        rungs, ways = rated.memory.rungs, rated.trace.by_code()
        return {
            "facts": [fact_json(fact, rung=rungs.get(fact.id)) for fact in self.facts],
            "findings": list(rated.rating.findings),
            "fired": [self._firing(code, ways[code]) for code in rated.trace.fired],
            "derived": [
                {"id": item.id, "kind": item.kind, **item.fields, "by": list(item.by)} for item in rated.trace.derived
            ],
            "summary": rated.summary,
            "upside": rated.upside,
        }

    def _firing(self, code: str, proofs: Sequence[Firing]) -> dict[str, Any]:
        absent, effect, contribution = _printed(self.pack)(code)
        return {
            "rule": code,
            "premises": list(proofs[0].premises),
            "absent": list(absent),
            "conclusion": effect,
            "contribution": contribution,
            "proofs": [{"alternative": proof.alternative, "premises": list(proof.premises)} for proof in proofs],
        }

    def _tail(self) -> dict[str, Any]:
        engines: dict[str, Any] = {"durable_rules": self.engines.durable_rules, "agree": self.engines.agree}
        if self.engines.difference:
            engines["difference"] = self.engines.difference
        pack = {"name": self.pack.name, "version": self.pack.version, "digest": self.pack.digest}
        if self.pack.extends:
            pack["extends"] = self.pack.extends
        return {"pack": pack, "engines": engines}


def source_json(announcement: Announcement) -> dict[str, Any]:
    """Where the text came from, without folders."""
    published = announcement.published
    return {
        "name": announcement.name,
        "sha256": announcement.sha256,
        "text_sha256": announcement.text_sha256,
        "media_type": announcement.media_type,
        "chars": len(announcement.text),
        "published": published.isoformat() if published else None,
    }


@functools.lru_cache(maxsize=8)
def _printed(pack: Pack) -> Callable[[str], tuple[list[str], str, str]]:
    """What every firing of a rule prints alike, by its code: what must be absent, its effect, its contribution."""

    @functools.cache
    def printed(code: str) -> tuple[list[str], str, str]:
        rule = pack.rule(code)
        return [str(pattern) for pattern in rule.unless], rule.effect, plain(rule.contribution)

    return printed
