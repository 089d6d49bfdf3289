"""Rank correlation: Kendall's tau-b, which allows for ties, with a bootstrap interval."""

import random
from collections.abc import Sequence
from math import sqrt

#: Resamples and the seed: the same cases give the same interval.
RESAMPLES, SEED = 2_000, 20_260_101

Pair = tuple[int, int]


def tau_b(pairs: Sequence[Pair]) -> float | None:
    """Kendall's tau-b, -1 to 1; None where one side does not vary (Kendall 1945, The treatment of ties)."""
    agreeing = left = right = 0
    for place, (a, b) in enumerate(pairs):
        for c, d in pairs[:place]:
            first, second = (a > c) - (a < c), (b > d) - (b < d)
            agreeing += first * second
            left += first * first
            right += second * second
    return agreeing / sqrt(left * right) if left and right else None


def interval(pairs: Sequence[Pair], share: float = 0.95) -> tuple[float, float] | None:
    """The percentile bootstrap interval of tau-b over resampled pairs; None for too few that vary."""
    draw = random.Random(SEED)
    found = sorted(
        tau for _ in range(RESAMPLES) if (tau := tau_b(draw.choices(pairs, k=len(pairs)) if pairs else [])) is not None
    )
    if len(found) < RESAMPLES // 2:
        return None
    cut = (1 - share) / 2
    return found[int(cut * len(found))], found[min(len(found) - 1, int((1 - cut) * len(found)))]
