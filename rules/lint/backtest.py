"""Level against documented outcome, case by case: how the ratings of a case file fared."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from rules.assess import evaluate
from rules.assessment import Rated
from rules.errors import RulesError
from rules.lint.cases import Case
from rules.pack import Pack

NAME = "outcomes.json"
#: Rules named as carrying a rating.
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """A group of outcome tags; `rank` from 1 (as announced) to 5 (insolvent or false), None if nothing can be said."""

    rank: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Tested:
    """One case with its level, its outcome and the rules that carried the level."""

    case: Case
    level: int
    outcome: Outcome
    carried: tuple[str, ...]

    @property
    def miss(self) -> int:
        """How many steps the level stood above (too careful) or below (too trusting) the outcome; 0 without outcome."""
        return self.level - self.outcome.rank if self.outcome.rank else 0


def read_outcomes(path: Path) -> dict[str, Outcome]:
    """The order of the outcome tags, from the file beside the cases. Raises RulesError naming what is wrong."""
    try:
        groups = json.loads(path.read_text("utf-8"))
        return {str(tag): Outcome(group["rank"], str(group["name"])) for group in groups for tag in group["tags"]}
    except OSError as error:
        message = (
            f"{path}: {error.strerror or error}; it orders the outcome tags, best first, and stands beside the cases"
        )
        raise RulesError("No outcomes", message) from None
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        shape = '[{"rank": 1, "name": "delivered", "tags": ["delivered"]}]'
        raise RulesError("Broken outcomes", f"{path}: {error!r}; the shape is {shape}") from None


def backtest(pack: Pack, cases: Sequence[Case], outcomes: Mapping[str, Outcome]) -> Iterator[Tested]:
    """Every case, rated by the plain evaluator. Raises RulesError for a tag that the order does not know."""
    for case in cases:
        if case.tag not in outcomes:
            known = ", ".join(outcomes)
            raise RulesError("Unknown outcome", f"case {case.number}: no rank for outcome {case.tag!r}; known: {known}")
        assessment = evaluate(case.facts, case.announcement_class, pack=pack, engine="reference")
        if assessment.rated is not None:
            outcome = outcomes[case.tag]
            too_high = outcome.rank is not None and assessment.rated.rating.level > outcome.rank
            carried = _carried(pack, assessment.rated, too_high)
            yield Tested(case, assessment.rated.rating.level, outcome, carried)


def _carried(pack: Pack, rated: Rated, too_high: bool) -> tuple[str, ...]:
    """What kept a level up: its floors, else the concerns that weigh most; what kept it down: caps, else mitigants."""
    rating = rated.rating
    if too_high:
        held = [code for code in rating.floors if pack.rule(code).level == rating.level > rating.base_level]
    else:
        held = [code for code in rating.caps if pack.rule(code).level == rating.level < rating.base_level]
    if held:
        return tuple(held[:_MOST_NAMED])
    weights = {theme.code: theme.weight for theme in pack.settings.themes.values()}
    pushed = [
        (rule.contribution * weights[rule.theme], rule.code)
        for rule in map(pack.rule, rated.trace.fired)
        if rule.theme is not None and rule.contribution
    ]
    ranked = sorted(pushed, key=lambda each: (-each[0] if too_high else each[0], each[1]))
    signed = [code for push, code in ranked if (push > Decimal(0)) is too_high]
    return tuple(signed[:_MOST_NAMED])


def to_json(tested: Sequence[Tested], tau: float | None, bounds: tuple[float, float] | None) -> dict[str, Any]:
    """The backtest for programs."""
    rows = [
        {
            "case": each.case.number,
            "name": each.case.name,
            "level": each.level,
            "outcome": each.case.tag,
            "rank": each.outcome.rank,
            "miss": each.miss,
            "carried": list(each.carried),
        }
        for each in tested
    ]
    return {
        "schema": "caveat/rules-backtest/1",
        "tau_b": tau,
        "interval": list(bounds) if bounds else None,
        "cases": rows,
    }
