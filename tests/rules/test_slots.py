"""Slots and tallies: stated, denied, omitted, hedged, not mentioned (EVI-006, EVI-007)."""

from typing import Any

import pytest

from facts.codec import parse_facts
from rules.memory import remember
from rules.pack import Pack, load
from rules.reason import reason
from rules.reference import Reference
from rules.slots import Derived


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load()


def derived(shipped: Pack, *data: dict[str, Any], of: str = "offtake_deal") -> dict[str, Derived]:
    """The derived facts by id."""
    memory = remember(parse_facts(list(data), "test"), shipped.settings)
    return {item.id: item for item in reason(shipped, memory, of, Reference(shipped)).derived}


def status(shipped: Pack, slot: str, *data: dict[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """A slot's status, and what it rests on."""
    found = derived(shipped, *data)[f"slot:{slot}"]
    return found.fields["status"], found.by


MONEY = {"kind": "financing", "status": "committed", "amount_stated": "yes"}
DENIAL = {"kind": "denial", "what": "financing", "by": "company", "mode": "not_yet"}
OMISSION = {"kind": "omission", "slot": "financial_scale", "polarity": "omitted"}
HEDGED = {**MONEY, "modality": "possible"}


def test_a_slot_nobody_speaks_of_is_not_mentioned(shipped: Pack) -> None:
    assert status(shipped, "financial_scale") == ("NOT_MENTIONED", ())


def test_a_stated_slot_names_every_fact_that_states_it(shipped: Pack) -> None:
    assert status(shipped, "financial_scale", MONEY, DENIAL, MONEY) == ("STATED", ("f1", "f3"))


def test_a_denial_goes_before_an_omission_and_an_omission_before_a_hedge(shipped: Pack) -> None:
    assert status(shipped, "financial_scale", HEDGED, OMISSION, DENIAL) == ("DENIED", ("f3",))
    assert status(shipped, "financial_scale", HEDGED, OMISSION) == ("OMITTED", ("f2",))
    assert status(shipped, "financial_scale", HEDGED) == ("HEDGED", ("f1",))


def test_a_denial_of_something_else_leaves_the_slot_alone(shipped: Pack) -> None:
    assert status(shipped, "timeline", DENIAL) == ("NOT_MENTIONED", ())


def test_a_planned_permit_is_a_hedged_slot(shipped: Pack) -> None:
    assert status(shipped, "permits", {"kind": "permit", "status": "granted", "modality": "planned"}) == (
        "HEDGED",
        ("f1",),
    )


def test_the_tally_of_missing_slots_counts_those_expected_of_the_class(shipped: Pack) -> None:
    missing = derived(shipped, MONEY, of="financing_deal")["tally:missing"]
    assert (missing.fields["n"], "slot:financial_scale" in missing.by, "slot:timeline" in missing.by) == (
        5,
        False,
        True,
    )
    assert derived(shipped, MONEY, of="trade_measure")["tally:missing"].by == ("slot:timeline",)


def test_the_tally_of_omissions_counts_each_slot_once(shipped: Pack) -> None:
    omitted = derived(shipped, OMISSION, {**OMISSION, "slot": "timeline"}, OMISSION)["tally:omitted"]
    assert (omitted.fields["n"], omitted.by) == (2, ("f1", "f2"))


def test_every_slot_of_the_pack_has_a_status(shipped: Pack) -> None:
    found = derived(shipped)
    assert sum(name.startswith("slot:") for name in found) == 13
