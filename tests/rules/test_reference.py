"""The plain evaluator: the same meaning as the rule language says, each operator at its boundary."""

import pytest

from rules import condition
from rules.condition import Pattern
from rules.errors import RulesError
from rules.reference import Reference, matches
from tests.rules.small import fact, fired, pack


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        ("at_least", False, True, True),
        ("at_most", True, True, False),
        ("below", True, False, False),
        ("above", False, False, True),
        ("equals", False, True, False),
    ],
)
def test_comparisons_at_their_boundary(operator: str, below: bool, at: bool, above: bool) -> None:
    pattern = Pattern("deal", "d", (condition.Test("n", operator, 2.5),))
    assert [matches(pattern, fact("deal", "f", n=n)) for n in (2.25, 2.5, 2.75)] == [below, at, above]


def test_a_test_of_a_missing_field_is_false() -> None:
    for test in (
        condition.Test("n", "at_most", 9),
        condition.Test("form", "equals", "x"),
        condition.Test("form", "one_of", ("x", "")),
    ):
        assert not matches(Pattern("deal", "d", (test,)), fact("deal", "f"))


def test_all_tests_of_a_pattern_must_hold_on_one_fact() -> None:
    of = pack('[[when]]\nfact = "deal"\nform = "x"\nn = { at_least = 2, below = 4 }')
    facts = [fact("deal", f"f{n}", form=form, n=n) for n, form in ((1, "x"), (2, "x"), (3, "y"), (4, "x"))]
    assert fired(Reference(of), of, *facts) == [("AAA-000", 0, ("f2",))]


def test_a_chain_of_joins_binds_fact_by_fact() -> None:
    of = pack(
        '[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "party"\nas = "p"\nname = { same_as = "d.party" }\n'
        '[[when]]\nfact = "deal"\nform = { same_as = "p.name" }\n'
        '[[unless]]\nfact = "party"\nname = { same_as = "d.form" }'
    )
    facts = [
        fact("deal", "f1", party="A", form="B"), fact("party", "f2", name="A"), fact("deal", "f3", form="A"),
        fact("deal", "f4", party="A", form="A"),
    ]  # fmt: skip
    assert fired(Reference(of), of, *facts) == [("AAA-000", 0, ("f1", "f2", "f3")), ("AAA-000", 0, ("f1", "f2", "f4"))]


def test_a_number_out_of_range_is_refused_like_by_the_other_engine() -> None:
    of = pack('[[when]]\nfact = "deal"\nn = { above = 1 }')
    for number in (float("inf"), float("nan"), 2**53 + 1, 10**400):
        with pytest.raises(RulesError, match=r"fact f1: deal\.n"):
            fired(Reference(of), of, fact("deal", "f1", n=number))


def test_sessions_do_not_share_what_they_know() -> None:
    of = pack('[[when]]\nfact = "deal"')
    engine = Reference(of)
    first, second = engine.open(), engine.open()
    assert len(first.fire(2, [fact("deal", "f1")])) == 1
    assert second.fire(2, []) == []
