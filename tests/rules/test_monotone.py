"""Evidence for action never raises a rating, evidence against it never lowers one: every class, every such fact."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.codec import parse_facts
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.pack import Pack, load
from tests.rules.evidence import AGAINST, CLASSES, FOR

_PACK: list[Pack] = []


def rated(name: str, facts: list[dict[str, Any]]) -> Assessment:
    """By the reference alone: that both engines agree is shown elsewhere."""
    if not _PACK:
        _PACK.append(load())
    return evaluate(parse_facts(facts, "test"), name, pack=_PACK[0], engine="reference")


def moved(before: Assessment, after: Assessment) -> tuple[int, int]:
    """Which way level and score moved: -1, 0 or 1 each."""
    assert before.rated is not None
    assert after.rated is not None
    pairs = (before.rated.rating.level, after.rated.rating.level), (before.rated.rating.score, after.rated.rating.score)
    level, score = ((new > old) - (new < old) for old, new in pairs)
    return level, score


@st.composite
def announcements(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], random.Random]:
    chance = random.Random(draw(st.integers(0, 2**32)))
    facts = [chance.choice([*FOR, *AGAINST])(chance) for _ in range(draw(st.integers(0, 14)))]
    return draw(st.sampled_from(CLASSES)), facts, chance


@pytest.mark.slow
@settings(max_examples=400, deadline=None, derandomize=True)
@given(announcements(), st.sampled_from(FOR))
def test_evidence_for_action_never_raises_level_or_score(
    case: tuple[str, list[dict[str, Any]], random.Random], more: Any
) -> None:
    name, facts, chance = case
    added = more(chance)
    level, score = moved(rated(name, facts), rated(name, [*facts, added]))
    assert level <= 0, (name, facts, added)
    assert score <= 0, (name, facts, added)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, derandomize=True)
@given(announcements(), st.sampled_from(AGAINST))
def test_evidence_against_it_never_lowers_level_or_score(
    case: tuple[str, list[dict[str, Any]], random.Random], more: Any
) -> None:
    name, facts, chance = case
    added = more(chance)
    level, score = moved(rated(name, facts), rated(name, [*facts, added]))
    assert level >= 0, (name, facts, added)
    assert score >= 0, (name, facts, added)


def test_every_class_and_every_kind_of_evidence_is_tried_once_from_nothing() -> None:
    chance = random.Random(1)
    for name in CLASSES:
        empty = rated(name, [])
        for for_it in FOR:
            assert max(moved(empty, rated(name, [for_it(chance)]))) <= 0
        for against in AGAINST:
            assert min(moved(empty, rated(name, [against(chance)]))) >= 0
