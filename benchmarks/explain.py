"""How long explanations take beside the rating that they explain: why, and distance to sets of two and three changes.

    python -m benchmarks.explain

Process time, in one run, over the case file of the pack and a set of forty facts; ratios to one rating.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

import click

from facts.codec import parse_facts
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.explain.distance import distance
from rules.explain.why import why

_CASES = Path(__file__).parents[1] / "rules" / "packs" / "critical_minerals" / "cases.jsonl"
_FACTS = 40
_ROUNDS = 20


@click.command()
def main() -> None:
    """Measure the explanations."""
    cases = [json.loads(line) for line in _CASES.read_text("utf-8").splitlines()]
    facts = [{**fact, "id": f"f{n}"} for n, fact in enumerate([f for c in cases for f in c["facts"]][:_FACTS], 1)]

    def rated() -> Assessment:
        return evaluate(parse_facts(facts, "forty facts"), "offtake_deal")

    assessment, one = rated(), _milliseconds(rated)
    click.echo(f"{_FACTS} facts: a rating by both engines {one:.1f} ms")
    for name, work in (
        ("why", lambda: why(assessment)),
        ("distance, two changes", lambda: distance(assessment)),
        ("distance, three changes", lambda: distance(assessment, 3)),
    ):
        spent = _milliseconds(work, 1 if "three" in name else _ROUNDS)
        click.echo(f"  {name}: {spent:.1f} ms, {spent / one:.1f} times a rating")


def _milliseconds(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    work()
    started = time.process_time()
    for _ in range(rounds):
        work()
    return 1000 * (time.process_time() - started) / rounds


if __name__ == "__main__":
    main()
