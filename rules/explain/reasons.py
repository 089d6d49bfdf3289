"""Which rules to tell first: the weightiest, from many sides, none twice."""

from collections.abc import Sequence

from rules.explain import prose
from rules.explain.prose import says
from rules.pack import Pack
from rules.rating import Rating
from rules.reason import Trace
from rules.rule import Rule

_MOST_REASONS = 3
_SEVERITIES = {"high": 2, "medium": 1, "low": 0}


def summarise(pack: Pack, rating: Rating, trace: Trace) -> str:
    """One or two sentences: the level and the reasons that weigh most."""
    return prose.summary(prose.headline(pack, rating), weightiest(pack, rating, trace)[:_MOST_REASONS])


def main_reasons(pack: Pack, rating: Rating, trace: Trace) -> str:
    """The weightiest reasons in one sentence."""
    return prose.because(weightiest(pack, rating, trace)[:_MOST_REASONS])


def weightiest(pack: Pack, rating: Rating, trace: Trace) -> list[Rule]:
    """Rules that explain the level, weightiest first: floors that bind, then concerns; at levels 1 and 2 what holds."""
    fired = [pack.rule(code) for code in trace.fired]
    calm = rating.level <= 2
    binding = [r for r in fired if r.effect == ("cap" if calm else "floor") and r.level == rating.level]
    rest = [rule for rule in fired if rule.effect == ("mitigant" if calm else "concern")]
    rest.sort(key=lambda rule: (-_SEVERITIES[rule.severity or "low"], -rule.weight * _theme_weight(pack, rule)))
    told: dict[str, Rule] = {}
    for rule in (*binding, *_spread(_strictest(rest))):
        told.setdefault(says(rule), rule)
    return list(told.values())


def _strictest(rules: Sequence[Rule]) -> list[Rule]:
    """Of rules that climb one ladder (nothing signed, nothing binding, ...) only the one that says most."""
    lowest: dict[tuple[str | None, str], int] = {}
    for rule in rules:
        if (step := _step(rule)) is not None:
            lowest[step[0]] = min(step[1], lowest.get(step[0], step[1]))
    return [rule for rule in rules if (step := _step(rule)) is None or step[1] == lowest[step[0]]]


def _step(rule: Rule) -> tuple[tuple[str | None, str], int] | None:
    """The ladder and the rung that a rule wants absent, where that is all it says."""
    if rule.when or rule.any or len(rule.unless) != 1:
        return None
    tests = [test for test in rule.unless[0].tests if test.field == "rung" and test.operator == "at_least"]
    return ((rule.theme, rule.unless[0].kind), int(str(tests[0].operand))) if tests else None


def _spread(rules: Sequence[Rule]) -> list[Rule]:
    """The same rules, each theme's first before any theme's second: reasons from many sides convince best."""
    seen: dict[str | None, int] = {}
    order: list[tuple[int, int]] = []
    for place, rule in enumerate(rules):
        seen[rule.theme] = seen.get(rule.theme, 0) + 1
        order.append((seen[rule.theme], place))
    return [rules[place] for _, place in sorted(order)]


def _theme_weight(pack: Pack, rule: Rule) -> int:
    return pack.settings.themes[rule.theme].weight if rule.theme else 0
