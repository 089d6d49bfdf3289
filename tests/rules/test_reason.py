"""One announcement through an engine, stratum by stratum, and what the trace says of it."""

import pytest

from rules.engine import Durable
from rules.errors import RulesError
from rules.pack import Pack
from rules.reference import Reference
from rules.trace import Engine
from tests.rules.small import fact, pack, trace

TWO_WAYS = (
    'ONE:[[when]]\nfact = "deal"',
    'TWO:[[when]]\nfact = "finding"\nname = "ONE"',
    'TWO:[[when]]\nfact = "party"',
    '[[when]]\nfact = "finding"\nname = "TWO"',
)


@pytest.fixture(params=[Durable, Reference])
def engine_and_pack(request: pytest.FixtureRequest) -> tuple[Engine, Pack]:
    of = pack(*TWO_WAYS)
    return request.param(of), of


def test_a_finding_made_in_two_strata_is_one_finding_with_the_support_of_both(
    engine_and_pack: tuple[Engine, Pack],
) -> None:
    found = trace(*engine_and_pack, [fact("party", "f1"), fact("deal", "f2")])
    findings = {item.id: item.by for item in found.derived if item.kind == "finding"}
    assert findings == {"finding:ONE": ("f2",), "finding:TWO": ("finding:ONE", "f1")}
    assert found.fired == ("AAA-000", "AAA-001", "AAA-002", "AAA-003")
    assert [firing.premises for firing in found.of("AAA-003")] == [("finding:TWO",)]


def test_a_finding_of_the_later_stratum_alone_is_still_read(engine_and_pack: tuple[Engine, Pack]) -> None:
    assert trace(*engine_and_pack, [fact("deal", "f2")]).fired == ("AAA-000", "AAA-001", "AAA-003")


def test_firings_stand_in_pack_order_then_in_the_order_of_the_facts(engine_and_pack: tuple[Engine, Pack]) -> None:
    found = trace(*engine_and_pack, [fact("party", "z"), fact("party", "a")])
    assert [(firing.code, firing.premises) for firing in found.firings] == [
        ("AAA-002", ("z",)),
        ("AAA-002", ("a",)),
        ("AAA-003", ("finding:TWO",)),
    ]


def test_a_fact_may_not_take_the_id_of_another_or_of_the_class() -> None:
    of = pack('[[when]]\nfact = "deal"')
    for facts in ([fact("deal", "f1"), fact("party", "f1")], [fact("deal", "class:deal")]):
        with pytest.raises(RulesError, match="give each its own"):
            trace(Reference(of), of, facts)


def test_a_session_is_closed_when_the_facts_are_refused() -> None:
    of = pack('[[when]]\nfact = "deal"\nn = 1')
    engine = Durable(of)
    with pytest.raises(RulesError, match="out of range"):
        trace(engine, of, [fact("deal", "f1", n=1e-9)])
    assert trace(engine, of, [fact("deal", "f1", n=1)]).fired == ("AAA-000",)


def test_nothing_fires_on_an_empty_announcement_of_rules_that_want_facts() -> None:
    of = pack(*TWO_WAYS)
    assert trace(Durable(of), of, []).firings == ()
