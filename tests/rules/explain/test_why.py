"""The proof: whole, absences with their search, every line about something that exists."""

import pytest
from hypothesis import given, settings

from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain.node import Node
from rules.explain.trial import rated_of
from rules.explain.why import facts_only, why, why_of
from rules.render.style import Style
from rules.render.tree import tree
from rules.render.why import why_text
from tests.rules.explain.drawn import assessments
from tests.rules.explain.known import AGREEMENT, BUYER, CLOSED, OFFTAKE, case, cases, read_as, with_added
from tests.rules.explain.known import given as rated

_PLAIN = Style()


def _find(root: Node, name: str) -> Node:
    return next(node for node in root.walk() if node.id == name)


def test_the_level_leads_through_theme_rule_and_fact_to_the_sentence() -> None:
    text = "Acme signed a letter of intent. Nothing else is known."
    loi = {"kind": "offtake", "form": "loi", "quote": "Acme signed a letter of intent"}
    risk = {"kind": "tech_risk", "form": "novel_process", "quote": "Nothing else is known."}
    root = why(read_as(text, "offtake_deal", [loi, risk]))
    theme = next(node for node in root.children if node.id == "EXE")
    rule = _find(theme, "EXE-006")
    assert [child.id for child in rule.children] == ["f2"]
    assert rule.children[0].children[0].says == "Nothing else is known."
    assert rule.children[0].children[0].id == "32-54"


def test_absences_come_first_and_each_says_what_was_looked_for() -> None:
    rule = _find(why(case(1)), "FLR-401")
    assert [child.kind for child in rule.children] == ["absence"]
    assert rule.children[0].says == (
        "absent: a commitment at least as firm as “order”, “joint declaration” or “framework” (rung 3)"
    )
    assert rule.children[0].found == "the facts were given, not read from a text"
    read = why(read_as("Talks.", "gov_overture", [{"kind": "commitment", "form": "talks", "quote": "Talks"}]))
    assert (_find(read, "FLR-401").children[0].found or "").startswith("looked for talks")


def test_the_floors_say_which_decides_and_which_is_overruled() -> None:
    told = {node.id: node.says for node in why(case(1)).children if node.kind == "rule"}
    assert (
        told["FLR-401"]
        == "nothing is signed [level at least 4]: this alone gives 4, and so do the score, FLR-402 and FLR-403"
    )
    assert told["FLR-201"].endswith("this holds too, and the level stands higher, at 4")


def test_a_cap_that_a_floor_overrules_says_what_it_would_do() -> None:
    going = with_added(case(1), AGREEMENT, CLOSED, OFFTAKE, BUYER, "cost event=gap")
    assert going.level == 3
    cap = next(node for node in why(going).children if node.id == "CAP-201")
    assert cap.says.endswith("this would bring the level down to 2 but for FLR-304")


def test_a_level_that_floors_hold_up_says_what_it_would_be() -> None:
    assessment = rated("offtake_deal", [{"kind": "solvency", "state": "insolvent"}])
    assert why(assessment).says.endswith("Would be 4 but for FLR-501.")


def test_all_proofs_are_told_not_one() -> None:
    two = rated("trade_measure", [{"kind": "legal", "event": "arrest"}, {"kind": "legal", "event": "fraud_charge"}])
    assert [child.id for child in _find(why(two), "FLR-502").children] == ["f1", "f2"]


@pytest.mark.parametrize("name", ["flr-401", "COM", "f7", "timeline", "PROJECTLESS_DIPLOMACY", "slot:timeline"])
def test_a_proof_can_be_asked_for_by_any_name(name: str) -> None:
    assert why_of(case(1), name).holds in (True, False)


def test_a_rule_that_did_not_fire_is_refused_and_leads_on() -> None:
    with pytest.raises(RulesError, match="CAP-101 did not fire here; `caveat whynot` tells what it needed"):
        why_of(case(1), "CAP-101")


def test_only_the_facts_can_be_asked_for() -> None:
    children = facts_only(why(case(1))).children
    assert {child.kind for child in children} == {"fact"}
    assert len(children) == len({child.id for child in children})


def test_what_the_depth_hides_is_counted() -> None:
    cut = why(case(1)).cut(1)
    assert all(not child.children for child in cut.children)
    assert next(child for child in cut.children if child.id == "FLR-401").says.endswith("(1 step below)")


@pytest.mark.parametrize("number", [each["case"] for each in cases()])
def test_every_fired_floor_and_cap_is_mentioned(number: int) -> None:
    assessment = case(number)
    rating = rated_of(assessment).rating
    told = why_text(why(assessment), _PLAIN)
    for code in (*rating.floors, *rating.caps):
        assert f"{code}:" in told


@settings(max_examples=60, deadline=None)
@given(assessments())
def test_every_line_names_a_rule_or_fact_that_exists(assessment: Assessment) -> None:
    rated_ = rated_of(assessment)
    known = {
        *(fact.id for fact in assessment.facts), *(item.id for item in rated_.trace.derived), *rated_.trace.fired,
        *assessment.pack.settings.themes, f"class:{rated_.announcement_class}", f"level {assessment.level}",
    }  # fmt: skip
    root = why(assessment)
    for node in root.walk():
        if node.kind not in ("absence", "sentence"):
            assert node.id in known
    for code in (*rated_.rating.floors, *rated_.rating.caps):
        assert code in {child.id for child in root.children}


@settings(max_examples=60, deadline=None)
@given(assessments())
def test_every_rule_that_counts_stands_in_the_proof(assessment: Assessment) -> None:
    told = {node.id for node in why(assessment).walk() if node.kind == "rule"}
    for code in rated_of(assessment).trace.fired:
        if assessment.pack.rule(code).effect != "finding":
            assert code in told


def test_the_tree_and_the_prose_show_no_control_characters() -> None:
    text = "Acme \x1b[31mtalks\x1b[0m on and on."
    fact = {"kind": "commitment", "form": "talks", "quote": "Acme \x1b[31mtalks", "subject": "a\x1bb"}
    root = why(read_as(text, "gov_overture", [fact, {"kind": "tech_risk", "form": "scale_up", "quote": "on and on"}]))
    assert "\x1b" not in tree(root, _PLAIN) + why_text(root, _PLAIN)
