"""Which facts rules may see, and on what rung they stand (EVI-001 to EVI-005, EVI-008, EVI-009)."""

from typing import Any

import pytest

from facts.codec import parse_fact, parse_facts
from rules.memory import best_rungs, is_visible, remember, rung
from rules.pack import Pack, load


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load()


def seen(shipped: Pack, **data: Any) -> bool:
    """Whether rules see the fact."""
    return is_visible(parse_fact(data, "test"), shipped.settings)


def stands(shipped: Pack, **data: Any) -> int:
    """The rung of the fact."""
    return rung(parse_fact(data, "test"), shipped.settings)


def test_denied_and_omitted_facts_are_not_seen(shipped: Pack) -> None:
    assert seen(shipped, kind="offtake", form="binding")
    assert not seen(shipped, kind="offtake", form="binding", polarity="denied")
    assert not seen(shipped, kind="party", role="possible_player", polarity="omitted")


def test_backdrop_of_a_ladder_kind_is_no_evidence_but_other_backdrop_is(shipped: Pack) -> None:
    assert not seen(shipped, kind="financing", status="closed", layer="backdrop")
    assert seen(shipped, kind="trade_measure", mtype="quota", status="in_force", layer="backdrop")
    assert not seen(shipped, kind="trade_measure", mtype="quota", status="in_force", layer="opinion")


def test_a_planned_study_permit_company_or_feed_does_not_hold_yet(shipped: Pack) -> None:
    assert seen(shipped, kind="permit", status="granted", modality="completed")
    assert not seen(shipped, kind="permit", status="granted", modality="planned")
    assert seen(shipped, kind="capability", step="mining", readiness="pilot", modality="planned")


def test_omissions_and_denials_are_always_heard(shipped: Pack) -> None:
    assert seen(shipped, kind="omission", slot="timeline", polarity="omitted", layer="opinion")
    assert seen(shipped, kind="denial", what="talks", by="government", mode="refuted", layer="backdrop")


@pytest.mark.parametrize(
    ("modality", "commitment", "capability"),
    [
        ("completed", 7, 8),
        ("agreed", 7, 8),
        ("planned", 2, 1),
        ("proposed", 2, 1),
        ("possible", 1, 1),
        ("rumoured", 1, 1),
    ],
)
def test_hedging_caps_the_rung(shipped: Pack, modality: str, commitment: int, capability: int) -> None:
    assert stands(shipped, kind="commitment", form="closed", modality=modality) == commitment
    assert stands(shipped, kind="capability", step="mining", readiness="commercial", modality=modality) == capability


def test_anonymity_caps_the_rung_at_one(shipped: Pack) -> None:
    assert stands(shipped, kind="commitment", form="fid", attribution="anonymous") == 1
    assert stands(shipped, kind="commitment", form="fid", attribution="reported") == 6


def test_a_denied_or_backdrop_claim_stands_on_no_rung(shipped: Pack) -> None:
    assert stands(shipped, kind="offtake", form="binding", polarity="denied") == 0
    assert stands(shipped, kind="offtake", form="binding", layer="backdrop") == 0


def test_only_the_announced_plant_counts_towards_the_reported_rung(shipped: Pack) -> None:
    facts = parse_facts(
        [
            {"kind": "capability", "step": "mining", "readiness": "commercial", "asset": "existing"},
            {"kind": "capability", "step": "separation", "readiness": "pilot"},
        ],
        "test",
    )
    memory = remember(facts, shipped.settings)
    assert best_rungs(facts, memory, shipped.settings) == {
        "commitment": 0,
        "offtake": 0,
        "financing": 0,
        "capability": 3,
    }
    assert memory.rungs == {"f1": 8, "f2": 3}


def test_the_family_of_a_party_follows_from_its_type(shipped: Pack) -> None:
    types = {"trading_house": "corporate", "state_agency": "public", "shell": "other", "junior": "corporate"}
    for ptype, family in types.items():
        (element,) = remember(
            parse_facts([{"kind": "party", "role": "buyer", "ptype": ptype}], "test"), shipped.settings
        ).visible
        assert element["family"] == family


def test_what_is_hedged_keeps_its_full_rung_beside_the_capped_one(shipped: Pack) -> None:
    data = [{"kind": "financing", "status": "committed", "amount_stated": "yes", "modality": "possible"}]
    memory = remember(parse_facts(data, "test"), shipped.settings)
    assert (memory.visible[0]["rung"], memory.hedged[0]["rung"]) == (1, 6)
