"""The rule book and the editor's schema are made from the rules, and those checked in are current."""

import json
from pathlib import Path
from typing import Any

import pytest

from rules.lint.cases import cases_of
from rules.lint.context import contexts
from rules.lint.editor import rule_schema
from rules.lint.mutation import mutate
from rules.lint.pages import pages
from rules.pack import load
from rules.render.json import dumps
from rules.render.rule import page
from rules.rule import RuleFile


def test_the_pages_checked_in_are_current(root: Path) -> None:
    pack = load(examples=True)
    made = pages(pack, list(mutate(pack, list(contexts(pack, cases_of(pack))))))
    folder = root / "docs" / "rules"
    assert {path.name for path in folder.glob("*.md")} == set(made)
    assert [name for name, text in made.items() if (folder / name).read_text(encoding="utf-8") != text] == []


def test_the_schema_checked_in_is_current(root: Path) -> None:
    text = (root / "docs" / "rules" / "rule.schema.json").read_text(encoding="utf-8")
    assert text == dumps(rule_schema(load()), indent=2) + "\n"


def test_a_page_tells_all_that_the_rule_file_says() -> None:
    pack = load(examples=True)
    told = page(pack.rule("COM-003"), pack)
    assert told.startswith("# COM-003: Nothing binding\n\nconcern +20, theme COM, Commitment, severity high\n")
    for heading in ("What it says", "Why", "Fires when there is no", "Fires on", "Silent on", "Sources"):
        assert f"\n## {heading}\n" in told
    assert "- `commitment: rung >= 4` (form: term_sheet, conditional_approval, option, definitive_conditional," in told
    assert "- a memorandum only: `commitment: form = mou, binding = non_binding`\n" in told
    assert "Since version 1, stable. File: `com/COM-003-nothing-binding.toml`" in told


def test_a_finding_says_what_it_concludes_and_a_definition_what_it_gives() -> None:
    pack = load(examples=True)
    assert "\nfinding RED_FLAG\n" in page(pack.rule("FND-004"), pack)
    assert "- an overture: `commitment: form = overture`: gives `rungs = {'commitment': 2}`" in page(
        pack.rule("EVI-003"), pack
    )


def test_the_schema_knows_the_kinds_fields_values_and_operators_of_the_pack() -> None:
    schema = rule_schema(load())
    defs: dict[str, Any] = schema["$defs"]
    assert {choice["$ref"] for choice in defs["condition"]["oneOf"]} == {
        f"#/$defs/kind_{kind}" for kind in load().schema
    }
    form = defs["kind_offtake"]["properties"]["form"]["$ref"].rpartition("/")[2]
    value, tests = defs[form]["anyOf"]
    assert "binding" in _resolved(defs, value)["enum"]
    assert set(tests["properties"]) == {"equals", "one_of", "same_as"}
    rung = defs[defs["kind_offtake"]["properties"]["rung"]["$ref"].rpartition("/")[2]]["anyOf"][1]
    assert set(rung["properties"]) == {"equals", "one_of", "at_least", "at_most", "below", "above"}


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = rule_schema(load("biotech_licensing"))
    text = json.dumps(schema)
    named = {part.partition('"')[0] for part in text.split("#/$defs/")[1:]}
    assert named <= schema["$defs"].keys()


@pytest.mark.parametrize("key", RuleFile.model_fields)
def test_the_schema_has_every_key_of_a_rule_file(key: str) -> None:
    assert key in rule_schema(load())["properties"]


def _resolved(defs: dict[str, Any], reference: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = defs[reference["$ref"].rpartition("/")[2]]
    return found
