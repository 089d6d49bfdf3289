"""Why not, and the smallest changes, as steps and lines."""

from tests.tui.example import overture, refuted
from tui.node import Node
from tui.obstacles import Obstacles
from tui.ways import at_once, in_words, lines, quick, search


def by_id(nodes: tuple[Node, ...], name: str) -> Node:
    return next(node for node in nodes if node.id == name)


def test_every_other_level_is_asked_about_and_then_the_rules() -> None:
    parts = Obstacles(overture()).root().children

    assert [node.id for node in parts] == ["level 1", "level 2", "level 3", "level 5", "rules"]
    assert parts[0].label == "Why not 1, executed?"
    assert parts[-1].label.endswith("rules do not hold, nearest first")


def test_a_level_opens_to_the_smallest_change_and_to_what_holds_it_up() -> None:
    level = by_id(Obstacles(refuted()).root().children, "level 4")
    labels = [node.label for node in level.children]

    assert labels[0].startswith("Not 4 but 5: each of these holds it up")
    assert labels[1].startswith("→ the smallest change that gives 4")
    assert any(node.rule == "FLR-503" for node in level.children)


def test_a_rule_opens_to_its_conditions_with_what_was_needed_and_found() -> None:
    rules = by_id(Obstacles(overture()).root().children, "rules").children
    missing = [node.label.rpartition(": ")[2] for node in rules]
    assert missing[0].startswith("1 condition ")

    cap = next(node for node in rules if node.rule == "CAP-201")
    condition = cap.children[0]
    assert condition.label.startswith("✗ there is ")
    assert "Needed: " in condition.means
    assert "Found: " in condition.means


def test_a_filter_keeps_the_rules_whose_code_or_words_fit() -> None:
    (rules,) = Obstacles(overture()).root("cap-2").children

    assert {node.id[:5] for node in rules.children} == {"CAP-2"}


def test_a_fact_near_a_condition_brings_its_words() -> None:
    rules = by_id(Obstacles(overture()).root().children, "rules").children
    every = [fact for rule in rules for condition in rule.children for fact in condition.children]
    near = next(node for node in every if node.id == "f1")

    assert near.spans
    assert near.stance == "hedged"


def test_ways_are_listed_by_direction_with_what_was_proved() -> None:
    found = at_once(overture())
    listed = list(lines(found))

    assert [line.text for line in listed if line.head] == ["What would lower the rating", "What would raise it"]
    way = next(line for line in listed if line.way)
    assert way.text.startswith("• to ")
    assert way.way
    assert "As changes: add " in in_words(way.way)


def test_the_search_in_a_thread_finds_the_same_and_tells_its_progress() -> None:
    assessment = overture()
    told: list[tuple[int, int]] = []
    found = search(assessment, 3, lambda count, every: told.append((count, every)))

    assert quick(assessment, 2)
    assert not quick(assessment, 3)
    assert [way for way in found.lower if len(way.parts) < 3] == list(at_once(assessment).lower)
    assert told[0][0] == 0
    assert all(count <= every for count, every in told)
