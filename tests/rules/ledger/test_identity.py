"""Whose announcement it is and which story: names and texts that must meet, and those that must not."""

import pytest

from facts.announcement import Announcement
from facts.codec import parse_facts
from rules.ledger import identity

_WIRE = (
    "Acme Lithium Corp. said on Tuesday that it had signed a binding agreement with Nordic Cells AB for 12,000 tonnes "
    "of lithium hydroxide a year from its plant in Kokkola, which is to start in the second half of 2027. Deliveries "
    "run for seven years. The price follows a published index with a floor. Acme will use the contract to raise the "
    "debt that it still needs for the plant, whose cost it puts at 640 million euros. Its shares rose four per cent."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Lithium Corp.", "ACME LITHIUM CORPORATION"),
        ("Acme Lithium, Inc.", "Acme Lithium"),
        ("Rio Tinto plc", "The Rio Tinto Group"),
        ("U.S. Critical Materials", "US Critical Materials Corp"),
    ],
)
def test_names_that_differ_in_legal_form_alone_are_one_issuer(one: str, other: str) -> None:
    assert identity.folded(one) == identity.folded(other)


def test_names_that_differ_otherwise_are_two_issuers() -> None:
    assert identity.folded("Acme Lithium") != identity.folded("Acme Nickel")
    assert identity.folded("The Company") == "the company"  # a name is never folded to nothing


def test_the_issuer_is_the_named_announcer_else_the_publisher() -> None:
    party = {"kind": "party", "role": "announcer", "named": "yes", "subject": "Acme", "ptype": "junior"}
    facts = parse_facts([party], "here")
    text = Announcement("a.txt", "text", "0" * 64, publisher="The Wire")
    assert identity.issuer(facts, text) == "Acme"
    assert identity.issuer((), text) == "The Wire"
    assert identity.issuer((), None) == ""


def _party(role: str, name: str, **more: str) -> dict[str, object]:
    return {"kind": "party", "role": role, "named": "yes", "subject": name, "ptype": "junior", **more}


@pytest.mark.parametrize(
    ("parties", "whose"),
    [
        ([_party("seller", "Acme")], "Acme"),
        ([_party("buyer", "Cells"), _party("seller", "Acme")], "Acme"),
        ([_party("seller", "Acme"), _party("buyer", "Cells", committed="yes")], "Cells"),
        ([_party("funder", "Bank", committed="yes"), _party("project_company", "Acme")], "Acme"),
        ([_party("project_company", "Acme"), _party("announcer", "Parent")], "Parent"),
        ([_party("announcer", "a producer", named="no"), _party("partner", "Acme")], "Acme"),
    ],
)  # fmt: skip
def test_where_no_announcer_is_named_it_is_the_nearest_of_those_who_are(
    parties: list[dict[str, object]], whose: str
) -> None:
    assert identity.whose(parse_facts(parties, "here")) == whose


@pytest.mark.parametrize(
    "party",
    [_party("possible_player", "Giant"), _party("host", "A state"), _party("seller", "Acme", polarity="denied")],
)
def test_who_only_might_take_part_or_denies_it_announces_nothing(party: dict[str, object]) -> None:
    text = Announcement("a.txt", "text", "0" * 64, publisher="The Wire")
    assert identity.issuer(parse_facts([party], "here"), text) == "The Wire"


@pytest.mark.parametrize(
    "copy",
    [
        f"THE MORNING POST\nBusiness\n\n{_WIRE}\n\nRead more about batteries on our pages.",
        f"KOKKOLA, June 2 (Wire) - {_WIRE} (Reporting by A. Writer)",
        _WIRE.upper(),
        _WIRE.replace(" Its shares rose four per cent.", ""),
    ],
)
def test_a_wire_under_another_masthead_is_the_same_story(copy: str) -> None:
    assert identity.resemblance(identity.sketch(_WIRE), identity.sketch(copy)) >= identity.SAME


def test_another_contract_of_the_same_company_is_another_story() -> None:
    other = (
        "Acme Lithium Corp. said on Friday that drilling at its Keliber licence had found spodumene over 40 metres in "
        "two holes. Results from a further nine holes are expected. Its shares rose four per cent."
    )
    assert identity.resemblance(identity.sketch(_WIRE), identity.sketch(other)) < 0.2


def test_an_empty_text_has_no_sketch_and_resembles_nothing() -> None:
    assert identity.sketch("") == b""
    assert identity.resemblance(b"", b"") == 0.0
