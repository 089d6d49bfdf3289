"""Rows of the inbox, the header and the bars, as words."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.assess import evaluate
from tests.tui.example import TEXT, off_topic, overture, refuted
from tui.view import bars, failed, fits, header, rated, standing, waiting

ROW = rated(waiting("1", "overture.txt"), overture())


def test_a_rated_row_has_shape_number_word_class_who_and_why() -> None:
    assert (ROW.level_text, ROW.level) == ("●●●●○ 4 Signal only", 4)
    assert (ROW.class_name, ROW.who, ROW.name) == ("gov_overture", "Japan", "overture.txt")
    assert ROW.reason.startswith("Nothing is signed; ")


def test_a_row_has_the_day_of_publication() -> None:
    assessment = overture()
    assert assessment.reading
    dated = replace(assessment.reading.announcement, published=dt.date(2025, 5, 30))
    assessment = replace(assessment, reading=replace(assessment.reading, announcement=dated))

    assert rated(waiting("1", "x"), assessment).date == "2025-05-30"


def test_a_row_that_is_not_rated_says_why_and_has_no_level() -> None:
    row = rated(waiting("1", "bakery.txt"), off_topic())

    assert (row.state, row.level, row.level_text) == ("not_rated", None, "– not rated")
    assert row.reason == "Off topic: the document speaks of baking"


def test_an_error_row_has_the_reason_on_one_line() -> None:
    row = failed(waiting("1", "a\x1b.bin"), "Not a text", "a.bin: the bytes\nare not text")

    assert (row.level_text, row.name) == ("! error", "a␛.bin")
    assert row.reason == "Not a text: a.bin: the bytes are not text"


@pytest.mark.parametrize("query", ["", "signal", "SIGNAL japan", "level:4", "class:gov_over", "rule:COM-002 nothing"])
def test_a_filter_that_fits(query: str) -> None:
    assert fits(ROW, query)


@pytest.mark.parametrize("query", ["level:5", "class:offtake_deal", "rule:FLR-501", "japan lynas", "level:error"])
def test_a_filter_that_does_not_fit(query: str) -> None:
    assert not fits(ROW, query)


def test_the_header_says_level_confidence_and_what_is_not_said() -> None:
    head = header(overture())

    assert (head.shape, head.level, head.confidence) == ("●●●●○", 4, "confidence medium")
    assert "4 of 5" in head.title
    assert "ignal only" in head.title
    assert head.slots == "1 left out, 12 not mentioned"
    assert head.engines == "engines agree"
    assert head.pack.startswith("critical_minerals 1 (")


def test_without_a_floor_that_binds_the_score_alone_gives_the_level() -> None:
    assert standing(overture()) == "the score alone gives 4"


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


def test_the_example_holds_what_must_be_shown_literally() -> None:
    assert "[red]" in TEXT
    assert "\x1b" in TEXT
