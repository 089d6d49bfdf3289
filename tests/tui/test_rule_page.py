"""The page of a rule: conditions lit by an announcement, where it is used, examples and sources."""

from rules.pack import load
from tests.tui.example import off_topic, overture, refuted
from tui.node import Node
from tui.rule_page import Recorded, RulePage, Uses, examples_of


def group(page: RulePage, name: str) -> Node:
    return next(node for node in page.tree().children if node.id == name)


def test_a_condition_is_lit_with_what_was_needed_and_what_was_found() -> None:
    page = RulePage(load(), "FLR-503", refuted())
    conditions = group(page, "conditions")
    assert conditions.label == "Conditions: 1 of 1 met"
    met = conditions.children[0]
    assert met.label.startswith("✓ holds: f4 · there is a denial")
    assert "Needed: there is a denial" in met.means
    assert "Found: holds: f4" in met.means
    assert met.children[0].label.startswith("✓ f4 denial: commitment, by government, refuted")
    assert page.lit_by == "✓ holds in refuted.txt"


def test_an_unmet_condition_says_what_there_is_instead() -> None:
    page = RulePage(load(), "FLR-503", overture())
    unmet = group(page, "conditions").children[0]
    assert unmet.label.startswith("✗ not stated")
    assert page.lit_by == "✗ silent in overture.txt"


def test_of_alternatives_one_is_enough() -> None:
    page = RulePage(load(), "FIN-006", overture())
    conditions = group(page, "conditions")
    assert conditions.label == "Conditions: 1 of 1 met"
    assert [step.label[:1] for step in conditions.children] == ["✓", "✗", "✗"]
    assert "one of: " in conditions.children[1].label


def test_an_absence_that_holds_is_said_once() -> None:
    page = RulePage(load(), "COM-003", overture())
    assert group(page, "conditions").children[0].label.startswith("✓ absent: a commitment at least as firm")


def test_without_an_announcement_conditions_are_told_and_not_lit() -> None:
    page = RulePage(load(), "FLR-503")
    conditions = group(page, "conditions")
    assert conditions.label == "Conditions (1)"
    assert conditions.children[0].label.startswith("• there is a denial")
    assert page.lit_by.startswith("Conditions are not lit")
    assert page.as_data()["lit"] is None


def test_what_was_not_rated_lights_nothing_and_says_so() -> None:
    page = RulePage(load(), "FLR-503", off_topic())
    assert page.lit_by == "Conditions are not lit: bakery.txt was not rated."
    assert page.conditions() is None


def test_the_rules_that_build_on_a_finding_are_named_and_those_that_it_builds_on() -> None:
    assert [step.id for step in group(RulePage(load(), "FND-003"), "built").children] == ["rule:FLR-402"]
    assert [step.id for step in group(RulePage(load(), "FLR-402"), "beneath").children] == ["rule:FND-003"]


def test_the_ledger_is_part_of_where_a_rule_is_used() -> None:
    page = RulePage(load(), "FLR-503", refuted())
    assert group(page, "ledger").label == "In the ledger: looking …"
    page.uses = Uses(3, 40, (Recorded(12, "entry 12 · level 5"),))
    ledger = group(page, "ledger")
    assert ledger.label == "In the ledger: holds in 3 of 40 ratings"
    assert [step.id for step in ledger.children] == ["entry:12", "entries"]
    page.uses = Uses(problem="there is no ledger yet")
    assert group(page, "ledger").label == "In the ledger: there is no ledger yet"


def test_examples_are_read_from_the_file_of_a_rule_that_came_without_them() -> None:
    rule = load().rule("FLR-503")
    assert rule.examples == ()
    assert {example.expect for example in examples_of(load(), rule)} == {"fires", "silent"}
    assert examples_of(load(examples=True), load(examples=True).rule("FLR-503")) == examples_of(load(), rule)


def test_the_page_as_text_has_every_step_of_it() -> None:
    text = RulePage(load(), "FLR-503", refuted()).as_text()
    assert text.startswith("FLR-503 The core claim is refuted")
    for words in ("✓ holds in refuted.txt", "Fires on", "Silent on", "Sources", "File flr/FLR-503", "    ✓ f4 denial"):
        assert words in text


def test_a_definition_has_no_conditions() -> None:
    code = next(rule.code for rule in load().rules if rule.effect == "definition")
    page = RulePage(load(), code, refuted())
    assert page.conditions() is None
    assert "a definition always holds" in page.lit_by
    assert "conditions" not in [node.id for node in page.tree().children]
