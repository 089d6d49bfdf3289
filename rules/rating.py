"""From what fired to a level: theme scores, overall score, base level, floors over caps (OVR-001 to OVR-005)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from facts.fact import Fact
from rules.memory import Memory, kind_of
from rules.pack import Pack
from rules.reason import Trace
from rules.reference import matches

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """A theme's score from 0 to 100 and its level from 1 to 5; `weight` in per cent of the overall score."""

    code: str
    score: Decimal
    level: int
    weight: int


@dataclass(frozen=True, slots=True)
class Rating:
    """The level and all that led to it; `score` is exact, 0 (no caution) to 100."""

    level: int
    base_level: int
    score: Decimal
    themes: tuple[ThemeScore, ...]
    floors: tuple[str, ...]
    caps: tuple[str, ...]
    findings: tuple[str, ...]
    confidence: Confidence
    upside: bool


def rate_trace(pack: Pack, facts: Sequence[Fact], memory: Memory, trace: Trace) -> Rating:
    """The rating of one trace. Exact: no rounding before the cut points."""
    fired = [pack.by_code[code] for code in trace.fired]
    added = dict.fromkeys(pack.settings.themes, Decimal(0))
    for rule in fired:
        if rule.theme is not None:
            added[rule.theme] += rule.contribution
    themes = tuple(_theme(pack, code, change) for code, change in added.items())
    score = sum((theme.weight * theme.score for theme in themes), Decimal(0)) / 100
    base = 1 + sum(score >= point for point in pack.settings.cut_points)
    floors = [rule for rule in fired if rule.effect == "floor"]
    caps = [rule for rule in fired if rule.effect == "cap"]
    capped = min([base, *(rule.level or base for rule in caps)])
    findings = tuple(str(item.fields["name"]) for item in trace.derived if item.kind == "finding")
    return Rating(
        level=max([capped, *(rule.level or 1 for rule in floors)]),
        base_level=base,
        score=score,
        themes=themes,
        floors=tuple(rule.code for rule in floors),
        caps=tuple(rule.code for rule in caps),
        findings=findings,
        confidence=_confidence(pack, facts, memory, trace),
        upside=_upside(pack, facts, findings),
    )


def rounded(score: Decimal) -> str:
    """A score for people: one decimal place, only ever for show."""
    return str(score.quantize(Decimal("0.1"), ROUND_HALF_EVEN))


def plain(number: Decimal) -> str:
    """A decimal without trailing zeros or exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _theme(pack: Pack, code: str, added: Decimal) -> ThemeScore:
    theme = pack.settings.themes[code]
    score = min(Decimal(100), max(Decimal(0), theme.base + added))
    return ThemeScore(code, score, 1 + sum(score >= point for point in pack.settings.theme_cut_points), theme.weight)


def _confidence(pack: Pack, facts: Sequence[Fact], memory: Memory, trace: Trace) -> Confidence:
    """How sure we are of the reading (OVR-004); it never changes the level."""
    rules = pack.settings.confidence
    missing = next(int(item.fields["n"]) for item in trace.derived if item.id == "tally:missing")
    visible = [element for element in memory.visible if element["kind"] == "document"]
    if any(e.get("relay") == "first_hand" for e in visible) and missing <= rules.high_missing_at_most:
        return "high"
    anonymous = any(e.get("sourcing") == "anonymous" for e in visible)
    if anonymous or any(fact.attribution == "anonymous" for fact in facts):
        return "low"
    omitted = any(kind_of(fact) == "omission" for fact in facts)
    return "low" if missing >= rules.low_missing_at_least and not omitted else "medium"


def _upside(pack: Pack, facts: Sequence[Fact], findings: Sequence[str]) -> bool:
    """Whether a plant of the scarce kind is in sight, built or hoped for (OVR-005); it has no weight."""
    if pack.settings.upside_finding in findings:
        return True
    hoped = (fact for fact in facts if fact.layer == "opinion" and fact.polarity == "affirmed")
    opinions = ({"kind": kind_of(fact), "id": fact.id, **fact.fields} for fact in hoped)
    return any(matches(pattern, element) for element in opinions for pattern in pack.upside)
