"""A pack for another field, with fact kinds of its own and no Python: everything that a pack can do works for it."""

from pathlib import Path

import pytest

from facts.codec import parse_facts
from facts.kinds import KINDS
from rules.assess import evaluate
from rules.errors import RulesError
from rules.lint.cases import cases_of
from rules.pack import load
from tests.rules.lint.conftest import SMALL


def test_it_has_kinds_ladders_slots_classes_themes_and_every_effect_of_its_own() -> None:
    pack = load(SMALL)
    assert not (pack.settings.kinds.keys() - {"document", "denial", "omission"}) & KINDS.keys()
    assert not set(pack.settings.themes) & set(load().settings.themes)
    assert {rule.effect for rule in pack.live} == {"finding", "concern", "mitigant", "floor", "cap"}
    assert {pattern.kind for rule in pack.live for pattern in rule.patterns} >= {"slot", "tally", "finding", "deal"}


@pytest.mark.parametrize("case", cases_of(load(SMALL)), ids=lambda case: f"case-{case.number}")
def test_both_engines_agree_on_its_cases(case: object) -> None:
    found = next(each for each in cases_of(load(SMALL)) if each == case)
    assessment = evaluate(found.facts, found.announcement_class, pack=load(SMALL))
    assert assessment.engines.agree is True
    assert assessment.level == found.expect["level"]


def test_its_levels_are_called_by_its_own_names() -> None:
    pack = load(SMALL)
    facts = parse_facts([{"kind": "denial", "what": "deal", "mode": "terminated"}], "here", pack.settings.kinds)
    rated = evaluate(facts, "corporate_news", pack=pack).to_json()
    assert (rated["level"], rated["level_name"], rated["floors"]) == (
        5,
        "Do not rely",
        ["BFL-501", "BFL-301", "BFL-201"],
    )
    assert rated["pack"]["name"] == SMALL


def test_a_text_is_refused_with_the_way_on() -> None:
    with pytest.raises(RulesError) as raised:
        load(SMALL).refuse_text()
    assert raised.value.message.endswith("run `caveat evaluate FACTS.json --rules biotech_licensing`")
    load().refuse_text()


def test_a_house_view_of_it_overrides_one_rule_and_says_so(tmp_path: Path, root: Path) -> None:
    (tmp_path / "pack.toml").write_text(f'extends = "{SMALL}"\nname = "house"\nversion = "1"\n', encoding="utf-8")
    text = (root / "rules" / "packs" / SMALL / "MON-001-no-upfront.toml").read_text(encoding="utf-8")
    (tmp_path / "MON-001.toml").write_text(text.replace("weight = 35", "weight = 20"), encoding="utf-8")
    house = load(tmp_path)
    assert house.title.startswith("house 1 (extends biotech_licensing 1, sha256:")
    assert house.rule("MON-001").weight == 20
    assert house.settings.own_kinds
    assert house.digest != load(SMALL).digest
