"""Why not: every condition compared, with a reason of one kind, the nearest first."""

from rules.explain.node import Node
from rules.explain.whynot import unmet, whynot_level, whynot_rule
from tests.rules.explain.known import case, given, read_as


def _comparisons(node: Node, place: int) -> list[tuple[str, str | None]]:
    return [(child.id, child.found) for child in node.children[place].children]


def test_every_condition_is_compared_even_after_one_that_fails() -> None:
    node = whynot_rule(case(1), "CAP-201")
    assert not node.holds
    assert [(child.holds, child.needed) for child in node.children] == [
        (False, "offtake: buyer_named = yes, buyer_credit = strong, rung >= 6"),
        (False, "financing: rung >= 6"),
        (False, "commitment: rung >= 6"),
        (True, "absent: finding: name = RED_FLAG"),
    ]


def test_the_reasons_are_told_apart() -> None:
    money = {"kind": "financing", "amount_stated": "yes"}
    assessment = given("financing_deal", [
        {**money, "id": "low", "status": "interest_letter"},
        {**money, "id": "hedged", "status": "committed", "modality": "planned"},
        {**money, "id": "unnamed", "status": "committed", "attribution": "anonymous"},
        {**money, "id": "denied", "status": "committed", "polarity": "denied"},
        {**money, "id": "backdrop", "status": "committed", "layer": "backdrop"},
        {"kind": "cost", "event": "gap"},
    ])  # fmt: skip
    node = whynot_rule(assessment, "CAP-201")
    found = dict(_comparisons(node, 1))
    assert found["low"] == "other value: rung is 3, needed rung >= 6"
    assert found["hedged"] == "hedged: only planned, so rung 2 and not 6, needed rung >= 6"
    assert found["unnamed"] == "hedged: from unnamed sources, so rung 1 and not 6, needed rung >= 6"
    assert (found["denied"] or "").startswith("denied: the text says that it is not so; denied, so rung 0")
    assert (found["backdrop"] or "").startswith("wrong layer: only backdrop, not the news; wrong layer")
    assert node.children[2].found == "not stated; the facts were given, not read from a text"


def test_a_field_that_the_text_does_not_give_is_not_stated() -> None:
    assessment = given("offtake_deal", [{"kind": "offtake", "form": "binding", "buyer_named": "yes"}])
    assert _comparisons(whynot_rule(assessment, "CAP-201"), 0) == [
        ("f1", "other value: buyer credit is unknown, needed buyer_credit = strong")
    ]
    unstated = given("offtake_deal", [{"kind": "offtake", "form": "binding", "buyer_credit": "strong"}])
    assert _comparisons(whynot_rule(unstated, "CAP-201"), 0) == [
        ("f1", "not stated: buyer named, needed buyer_named = yes")
    ]


def test_the_nearest_fact_stands_first() -> None:
    assessment = given("offtake_deal", [
        {"kind": "offtake", "form": "loi", "id": "far"},
        {"kind": "offtake", "form": "binding", "buyer_named": "yes", "buyer_credit": "weak", "id": "near"},
    ])  # fmt: skip
    assert [name for name, _ in _comparisons(whynot_rule(assessment, "CAP-201"), 0)] == ["near", "far"]


def test_an_unstated_slot_says_how_it_stands() -> None:
    node = whynot_level(case(1), 3)
    floor = next(child for child in node.children if child.id == "FLR-402")
    slot = floor.children[0].children[0] if floor.children[0].children else floor.children[1].children[0]
    assert (slot.id, slot.found) == ("slot:financial_scale", "not stated, and the text says so")


def test_a_level_below_shows_the_smallest_change_and_each_floor_that_holds_it_up() -> None:
    node = whynot_level(case(1), 3)
    assert node.says == "not 3 but 4: each of these holds it up"
    assert node.children[0].says.startswith("the smallest change that gives 3 (the world would have to change): ")
    assert {child.id for child in node.children if child.kind == "rule"} >= {"FLR-401", "FLR-402", "FLR-403"}


def test_a_level_above_ranks_the_rules_that_would_give_it() -> None:
    node = whynot_level(case(1), 5)
    rules = [child for child in node.children if child.kind == "rule"]
    assert [unmet(rule) for rule in rules] == sorted(unmet(rule) for rule in rules)
    assert rules[-1].id == "FLR-506"


def test_a_level_that_no_two_changes_reach_says_so() -> None:
    node = whynot_level(case(1), 1)
    assert node.children[0].says.startswith("No one or two changes of the ")


def test_the_level_itself_needs_no_reason() -> None:
    assert whynot_level(case(1), 4).says == "the level is 4"


def test_a_search_is_told_where_nothing_was_found() -> None:
    fact = {"kind": "commitment", "form": "talks", "quote": "Talks"}
    node = whynot_rule(read_as("Talks.", "gov_overture", [fact]), "FLR-501")
    assert (node.children[0].found or "").startswith("not stated; looked for going-concern")
