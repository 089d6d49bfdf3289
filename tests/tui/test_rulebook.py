"""The rules as rows: filtered, sorted, and how each stands in an announcement."""

import pytest

from rules.pack import load
from tests.tui.example import off_topic, overture, refuted
from tui import rulebook
from tui.rulebook import RuleRow


def found(query: str, rows: list[RuleRow] | None = None) -> list[str]:
    rows = rows or rulebook.rows(load(), refuted())
    return [row.rule.code for row in rows if rulebook.fits(row, query)]


def test_a_rule_stands_as_it_fired_or_did_not() -> None:
    here = {row.rule.code: row.here for row in rulebook.rows(load(), refuted())}
    assert here["FLR-503"] == "holds"
    assert {row.rule.code: row.here for row in rulebook.rows(load(), overture())}["FLR-503"] == "silent"
    assert {row.here for row in rulebook.rows(load())} == {""}
    assert {row.here for row in rulebook.rows(load(), off_topic())} == {""}


def test_a_definition_neither_fires_nor_is_silent() -> None:
    definition = next(rule.code for rule in load().rules if rule.effect == "definition")
    assert {row.rule.code: row.here for row in rulebook.rows(load(), refuted())}[definition] == ""


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ("FLR-503", "FLR-503", "COM-003"),
        ("theme:com", "COM-003", "FLR-503"),
        ("effect:floor level:5", "FLR-503", "FLR-401"),
        ("fact:denial", "FLR-503", "COM-003"),
        ("here:holds", "FLR-503", "FLR-501"),
        ("here:silent effect:floor", "FLR-501", "FLR-503"),
        ("Nothing binding", "COM-003", "FLR-503"),
        ("code:flr", "FLR-503", "COM-003"),
    ],
)
def test_the_filter_takes_words_and_keys(query: str, wanted: str, unwanted: str) -> None:
    codes = found(query)
    assert wanted in codes
    assert unwanted not in codes


def test_a_key_that_is_none_is_explained() -> None:
    assert found("levl:4") == []
    assert rulebook.unknown_key("levl:4").startswith("There is no levl: here. Filter by code:, theme:")
    assert rulebook.unknown_key("level:4 words") == ""


def test_rows_are_sorted_by_a_column_and_stay_in_pack_order_without_one() -> None:
    rows = rulebook.rows(load())
    codes = [row.rule.code for row in rulebook.in_order(rows, "code", reverse=False)]
    assert codes == sorted(codes)
    floors = [row for row in rulebook.in_order(rows, "effect", reverse=True) if row.rule.effect == "floor"]
    assert [row.rule.level for row in floors] == sorted((row.rule.level or 0 for row in floors), reverse=True)
    assert rulebook.in_order(rows, None, reverse=False) == rows
    assert rulebook.in_order(rows, None, reverse=True) == rows[::-1]


def test_a_rule_is_told_in_words_and_as_text() -> None:
    row = next(row for row in rulebook.rows(load(), refuted()) if row.rule.code == "COM-003")
    assert rulebook.in_words(row).startswith("COM-003 Nothing binding. It holds in this announcement.\n")
    assert "COM-003  concern +20    ✓ holds   Nothing binding" in rulebook.as_text([row], "Rules")
    assert rulebook.as_data([row])[0]["here"] == "holds"
