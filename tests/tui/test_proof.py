"""The proof as a tree, down to the sentence."""

from collections.abc import Iterator

from tests.tui.example import TEXT, off_topic, overture, refuted
from tui.node import Node
from tui.proof import proof

ROOT = proof(overture())


def every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from every(child)


def find(root: Node, name: str) -> Node:
    return next(node for node in every(root) if node.id == name)


def test_the_root_is_the_level_and_says_what_it_means() -> None:
    assert ROOT.label.startswith("●●●●○ Caution 4 of 5")
    assert "no evidence that capital or metal will move soon" in ROOT.means


def test_a_floor_that_binds_comes_first_and_leads_to_the_sentence() -> None:
    floor = proof(refuted()).children[0]

    assert (floor.kind, floor.id) == ("floor", "FLR-503")
    assert floor.label.startswith("FLR-503 at least 5: ")
    assert "lifts the level to 5" in floor.means
    (denial,) = [node for node in floor.children if node.kind == "fact"]
    assert denial.stance == "denied"
    assert [node.label for node in denial.children] == ["“Tokyo said it has no such plan and refuted the report.”"]


def test_the_score_leads_to_themes_the_heaviest_first() -> None:
    score = ROOT.children[0]

    assert score.id == "score"
    assert [node.kind for node in score.children] == ["theme"] * 10
    assert score.children[0].label == "COM Commitment: 90 of 100"
    assert "It begins at 25; 5 rules change that to 90." in score.children[0].means


def test_a_theme_leads_to_its_rules_with_what_they_add() -> None:
    rules = find(ROOT, "COM").children

    assert rules[0].label == "+20 COM-002 nothing is signed"
    assert "COM-002 adds 20." in rules[0].means


def test_an_absence_says_what_was_looked_for_and_what_there_is_instead() -> None:
    (absence,) = find(ROOT, "COM-002").children

    assert absence.kind == "absence"
    assert absence.label.startswith("absent: a commitment at least as firm as “order”")
    assert absence.spans == ()
    tried, near = absence.children
    assert (tried.kind, tried.label[:11]) == ("search", "Looked for ")
    assert near.label == "f1 (commitment: overture) “proposes joint rare earth projects”"
    assert "What there is of that kind does not meet this. Looked for" in absence.means
    assert "cues were tried on every sentence." in tried.means


def test_a_fact_shows_its_words_its_stance_and_its_sentence() -> None:
    fact = find(ROOT, "f1")

    assert fact.stance == "hedged"
    assert [TEXT[span.start : span.end] for span in fact.spans] == ["proposes joint rare earth projects"]
    assert "Fact f1, commitment: overture; proposed; rung 2. Taken as hedged." in fact.means
    assert "Rung 2 of 8" in fact.means


def test_a_rule_on_a_count_marks_the_words_that_were_counted() -> None:
    assert [TEXT[span.start : span.end] for span in find(ROOT, "DIS-003").spans] == ["gives no amount of money"]
    assert find(ROOT, "tally:missing").label == "6 things that such an announcement ought to state are not stated"


def test_slots_say_their_status_and_whether_they_are_expected() -> None:
    assert find(ROOT, "slot:financial_scale").label == "how much money: not stated, and the text says so"
    permits = find(ROOT, "slot:permits")
    assert permits.label == "permits: not stated"
    assert "Not expected of this class." in permits.means


def test_a_finding_leads_to_the_rule_that_concluded_it() -> None:
    finding = find(ROOT, "finding:PROJECTLESS_DIPLOMACY")

    assert finding.label == "The facts together show: government instrument with no company and no project in it"
    assert [node.id for node in finding.children] == ["FND-003"]


def test_what_decided_nothing_is_there_and_marked_so() -> None:
    beside = {node.id: node.counts for node in ROOT.children}

    assert beside["slots"] is False
    assert beside["unused"] is False
    assert beside["disclaimer"] is False


def test_what_is_not_rated_shows_the_words_that_decided() -> None:
    root = proof(off_topic())

    assert root.label == "Not rated"
    assert "It is not about the supply of minerals or metals: the document speaks of baking." in root.means
    assert root.children[0].label == "“bread” in “The bakery on the corner sells bread and cakes.”"


def test_nothing_in_the_tree_holds_a_character_that_a_terminal_obeys() -> None:
    text = TEXT.replace("gives no", "\x1b]8;;x\x07gives no")
    assessment = overture(text)

    assert not any(ord(letter) < 32 for node in every(proof(assessment)) for letter in node.label + node.means)
