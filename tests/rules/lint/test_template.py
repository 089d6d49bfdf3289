"""A new rule file loads at once, its examples hold, and the check names what is left to fill in."""

from pathlib import Path
from typing import get_args

import pytest

from rules.bundle import collect
from rules.lint.check import checked
from rules.lint.examples import run
from rules.lint.read import read_files
from rules.lint.template import next_free, template
from rules.pack import from_files, load
from rules.rule import Effect

_EFFECTS: tuple[Effect, ...] = tuple(e for e in get_args(Effect) if e not in ("slot", "definition"))


@pytest.mark.parametrize("name", ["critical_minerals", "biotech_licensing"])
@pytest.mark.parametrize("effect", _EFFECTS)
def test_a_new_rule_loads_and_its_examples_hold(name: str, effect: Effect) -> None:
    theme = next(iter(load(name).settings.themes)) if effect in ("concern", "mitigant") else None
    text = template(load(name), "NEW-001", effect, theme, 'A "quoted" title', 2026)
    content = {**collect(name), "NEW-001.toml": text.encode()}
    pack = from_files(content)
    rule = pack.rule("NEW-001")
    assert (rule.effect, rule.status, rule.title) == (effect, "draft", "A 'quoted' title")
    assert [result.problem for result in run(pack, [rule])] == [None, None]
    found = [f for f in checked(read_files(content)) if f.file == "NEW-001.toml"]
    assert {f.code for f in found} <= {"PCK-27", "PCK-16", "PCK-20", "PCK-21"}
    unfilled = [f.message for f in found if f.code == "PCK-27"]
    assert unfilled[:2] == ["because is left to fill in", "says is left to fill in"]


def test_the_next_free_code_is_one_that_no_rule_has_had() -> None:
    assert next_free(load(), "OFF") == "OFF-012"
    assert next_free(load(), "XYZ") == "XYZ-001"


def test_no_shipped_pack_has_python_in_it(root: Path) -> None:
    assert list((root / "rules" / "packs").rglob("*.py")) == []
