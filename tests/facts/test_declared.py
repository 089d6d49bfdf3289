"""Fact kinds that a pack declares as data."""

import pytest

from facts.codec import parse_fact, to_json
from facts.declared import declare
from facts.errors import FactsError

TRIAL = declare("trial", {"phase": ["one", "two", "three"], "endpoint": "yes_no", "patients": "number", "name": "text"})


def test_a_declared_kind_behaves_like_a_shipped_one() -> None:
    fact = parse_fact({"kind": "trial", "phase": "two", "patients": 120}, "x", {"trial": TRIAL})
    assert fact.fields == {"phase": "two", "endpoint": "unstated", "patients": 120}
    assert parse_fact(to_json(fact), "x", {"trial": TRIAL}) == fact


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "trial"}, "kind trial needs field 'phase', one of: one, two, three"),
        ({"kind": "trial", "phase": "four"}, "kind trial, field phase, value 'four': allowed: one, two, three"),
        ({"kind": "trial", "phase": "one", "patients": "many"}, "kind trial, field patients"),
        ({"kind": "offtake", "form": "loi"}, "no fact kind 'offtake'"),
    ],
)
def test_a_wrong_value_is_refused_as_ever(data: object, message: str) -> None:
    with pytest.raises(FactsError) as raised:
        parse_fact(data, "x", {"trial": TRIAL})
    assert message in raised.value.message


def test_a_kind_may_not_take_a_field_that_every_fact_has() -> None:
    with pytest.raises(FactsError, match="kind trial: date is a field of every fact"):
        declare("trial", {"date": "text"})
