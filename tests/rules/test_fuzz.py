"""Both engines against brute force, on random packs and facts; and the fuzzing itself: it must find what is wrong."""

import pytest

from rules import translate
from rules.reference import Reference
from rules.trace import Firing
from tests.rules.fuzzing import FACT_SETS, make, run

_CASES = 3_000


@pytest.mark.slow
def test_both_engines_agree_with_brute_force() -> None:
    firings = 0
    for seed in range(10_000_000, 10_000_000 + _CASES):
        verdict = run(make(seed))
        assert verdict.agree, f"python -m benchmarks.fuzz --seed {seed} --cases 1: {verdict.difference}"
        firings += len(verdict.judge)
    assert firings > 2 * _CASES


def test_a_seed_always_gives_the_same_case() -> None:
    first, again = make(77), make(77)
    make(12_345)
    assert (first.files, first.facts) == (again.files, again.facts)
    assert make(77 + FACT_SETS).files != first.files


def test_cases_hold_all_that_the_rule_language_can_say() -> None:
    text = b"".join(data for seed in range(0, 400, FACT_SETS) for data in make(seed).files.values()).decode()
    for word in ("same_as", "one_of", "equals", "at_least", "at_most", "below", "above", "[[any]]", "[[unless]]"):
        assert text.count(word) > 20, word
    for kind in ("class", "slot", "tally", "finding"):
        assert text.count(f'fact = "{kind}"') > 20, kind


def test_a_library_that_matches_injectively_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = translate._Translator._definition
    monkeypatch.setattr(translate._Translator, "_definition", lambda *given: {**plain(*given), "dist": 1})
    assert sum(not run(make(seed)).agree for seed in range(20_000_000, 20_000_200)) > 5


def test_an_evaluator_that_forgets_a_firing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Reference.open

    def forgetful(engine: Reference) -> object:
        session = plain(engine)
        fire = session.fire

        def some(stratum: int, elements: list[object]) -> list[Firing]:
            return sorted(fire(stratum, elements))[1:]  # type: ignore[arg-type]

        session.fire = some  # type: ignore[assignment,method-assign]
        return session

    monkeypatch.setattr(Reference, "open", forgetful)
    assert not all(run(make(seed)).agree for seed in range(30_000_000, 30_000_040))
