"""The head of an assessment and its bars, as words."""

from dataclasses import replace

from rules.assess import evaluate
from tests.tui.example import off_topic, overture, refuted
from tui.header import bars, header, standing


def test_the_header_says_level_confidence_and_what_is_not_said() -> None:
    head = header(overture())

    assert (head.shape, head.level, head.confidence) == ("●●●●○", 4, "medium confidence")
    assert "4 of 5" in head.title
    assert head.title == "Caution 4 of 5, signal only"
    assert head.slots == "13 not stated (1 said so)"
    assert head.engines == "engines agree"
    assert head.pack.startswith("rules 1 (")


def test_without_a_floor_that_binds_the_score_alone_gives_the_level() -> None:
    assert standing(overture()) == "score alone gives 4"


def test_a_floor_that_binds_is_named_with_the_level_without_it() -> None:
    assessment = refuted()

    assert assessment.level == 5
    assert standing(assessment) == "would be 4 but for FLR-503"


def test_a_cap_that_binds_is_named_with_the_level_without_it() -> None:
    assessment = overture()
    assert assessment.rated
    cap = next(rule.code for rule in assessment.pack.rules if rule.effect == "cap" and rule.level == 2)
    rating = replace(assessment.rated.rating, level=2, base_level=3, floors=(), caps=(cap,))
    assessment = replace(assessment, rated=replace(assessment.rated, rating=rating))

    assert standing(assessment) == f"would be 3 but for {cap}"


def test_engines_that_disagree_are_said_so_loudly() -> None:
    assessment = overture()
    engines = replace(assessment.engines, agree=False, difference="COM-002: only durable_rules fired")

    assert header(replace(assessment, engines=engines)).engines == "ENGINES DISAGREE: do not rely on this"


def test_what_is_not_rated_has_no_shape_no_bars_and_no_engine() -> None:
    head = header(off_topic())

    assert (head.level, head.title, head.engines) == (None, "Not rated", "no engine ran")
    assert bars(off_topic()) == ()


def test_there_is_a_bar_for_each_theme_in_pack_order() -> None:
    found = bars(overture())

    assert [bar.code for bar in found] == ["COM", "OFF", "FIN", "CPY", "EXE", "SUP", "POL", "DIS", "STG", "TIM"]
    assert (found[0].name, found[0].score, found[0].level, found[0].share) == ("Commitment", "90", 5, 0.9)


def test_facts_given_by_hand_have_a_header_too() -> None:
    assert header(evaluate(overture().facts, "gov_overture")).name == "facts given by hand"
