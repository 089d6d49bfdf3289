"""Packs: found, checked, ordered, extended; what is wrong in one is named."""

from decimal import Decimal
from pathlib import Path

import pytest

from rules.assess import evaluate
from rules.bundle import overlay
from rules.errors import RulesError
from rules.pack import Pack, from_files, load

_RULE = """
code = "{code}"
title = "A title"
status = "stable"
since = "1"
theme = "COM"
effect = "concern"
severity = "high"
weight = 20
because = "A reason."
says = "something is said"
{more}
"""


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load(examples=True)


@pytest.fixture
def pack_toml(root: Path) -> bytes:
    return (root / "rules" / "packs" / "critical_minerals" / "pack.toml").read_bytes()


def _with(pack_toml: bytes, **rules: str) -> Pack:
    files = {
        f"{code}.toml": _RULE.format(code=code.replace("_", "-"), more=more).encode() for code, more in rules.items()
    }
    return from_files({"pack.toml": pack_toml, **files})


def test_the_shipped_pack_has_the_131_rules_of_the_knowledge_base(shipped: Pack) -> None:
    counts: dict[str, int] = {}
    for rule in shipped.rules:
        group = rule.code[:3] if rule.effect in ("definition", "finding") else rule.effect
        counts[group] = counts.get(group, 0) + 1
    assert counts == {"EVI": 9, "FND": 6, "concern": 67, "mitigant": 23, "floor": 16, "cap": 4, "OVR": 6}


def test_rules_stand_in_pack_order_floors_from_the_highest(shipped: Pack) -> None:
    codes = [rule.code for rule in shipped.rules]
    assert codes[:7] == ["FND-001", "FND-002", "FND-003", "FND-004", "FND-005", "FND-006", "COM-001"]
    floors = [code for code in codes if code.startswith("FLR")]
    assert (floors[0], floors[7], floors[-1]) == ("FLR-501", "FLR-401", "FLR-201")


def test_the_same_files_give_the_same_digest_and_any_byte_another(pack_toml: bytes) -> None:
    assert from_files({"pack.toml": pack_toml}).digest == from_files({"pack.toml": pack_toml}).digest
    assert from_files({"pack.toml": pack_toml}).digest != from_files({"pack.toml": pack_toml + b"\n"}).digest


def test_rating_leaves_examples_unread(shipped: Pack) -> None:
    assert load().rule("COM-003").examples == ()
    assert len(shipped.rule("COM-003").examples) >= 2
    assert load().digest == shipped.digest


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[[when]]\nfact = "offtak"', "COM_901.toml: when 1: no fact kind 'offtak'; did you mean 'offtake'?"),
        ('[[when]]\nfact = "offtake"\nfrm = "loi"', "kind offtake has no field 'frm'; did you mean 'form'?"),
        ('[[when]]\nfact = "offtake"\nform = "bindin"', "offtake.form: no value 'bindin'; did you mean 'binding'?"),
        ('[[when]]\nfact = "offtake"\nrung = { at_lest = 3 }', "no operator 'at_lest'; did you mean 'at_least'?"),
        ('[[when]]\nfact = "offtake"\nform = { at_least = 3 }', "at_least compares numbers; this field is enum"),
        ('[[when]]\nfact = "offtake"\nrung = "3"', "'3' is not a number"),
        ('[[when]]\nfact = "offtake"\nrung = { at_least = 1e300 }', "is out of range"),
        ('[[when]]\nfact = "offtake"\nform = { one_of = [] }', "one_of takes a list of values, not []"),
        ('[[when]]\nfact = "offtake"\nsubject = { same_as = "p.subject" }', "same_as takes an earlier alias"),
        ('[[when]]\nfact = "finding"\nname = "NO_SUCH"', "no value 'NO_SUCH'"),
        ("[[when]]\nform = 3", 'a condition names its fact kind: fact = "..."'),
        ("", "a concern needs a condition"),
        ("level = 3\n", "a concern has no level; remove level = 3"),
        ("wieght = 3\n", "no field 'wieght'; did you mean 'weight'?"),
    ],
)
def test_a_broken_rule_is_refused_with_file_place_value_and_remedy(pack_toml: bytes, more: str, message: str) -> None:
    with pytest.raises(RulesError) as raised:
        _with(pack_toml, COM_901=more)
    assert raised.value.message.startswith("COM_901.toml")
    assert message in raised.value.message


def test_a_code_is_used_once(pack_toml: bytes) -> None:
    rule = _RULE.format(code="COM-901", more='[[when]]\nfact = "offtake"').encode()
    with pytest.raises(RulesError, match=r"b\.toml: COM-901 is taken by a\.toml; choose another"):
        from_files({"pack.toml": pack_toml, "a.toml": rule, "b.toml": rule})


def test_rules_that_wait_for_each_other_are_refused_by_name(pack_toml: bytes) -> None:
    finding = (
        'code = "FND-90{n}"\ntitle = "t"\nstatus = "stable"\nsince = "1"\neffect = "finding"\nconcludes = "F{n}"\n'
        'because = "b"\n[[unless]]\nfact = "finding"\nname = "F{m}"\n'
    )
    files = {"a.toml": finding.format(n=1, m=2).encode(), "b.toml": finding.format(n=2, m=1).encode()}
    with pytest.raises(RulesError, match="rules that wait for each other: FND-901 -> FND-902 -> FND-901"):
        from_files({"pack.toml": pack_toml, **files})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("weight = 18", "weight = 19", "the weights add up to 101, not 100"),
        ("cut_points  = [26, 40, 60]", "cut_points = [26, 60, 40]", "do not rise"),
        ('expects = ["timeline"]', 'expects = ["timline"]', "no slot 'timline'; did you mean 'timeline'?"),
        ("title       =", "titel =", "no key 'titel'"),
        ('version     = "1"', "version = ", "pack.toml: not TOML"),
        ('from  = "ptype"', 'from = "ptipe"', "no field 'ptipe' of 'party'"),
    ],
)
def test_a_broken_pack_file_is_refused(pack_toml: bytes, old: str, new: str, message: str) -> None:
    changed = pack_toml.decode().replace(old, new, 1).encode()
    assert changed != pack_toml
    with pytest.raises(RulesError) as raised:
        from_files({"pack.toml": changed})
    assert message in raised.value.message


def test_a_folder_that_is_no_pack_says_so(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"no pack\.toml there; a pack is a folder with pack\.toml and rule files"):
        load(tmp_path)
    with pytest.raises(RulesError, match="no such folder"):
        load(tmp_path / "nowhere")


def test_a_house_view_overrides_weights_cut_points_risk_and_single_rules_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(
        'extends = "critical_minerals"\nname = "house"\nversion = "3"\ncut_points = [20, 35, 55]\n'
        '[[theme]]\ncode = "COM"\nweight = 16\n[[theme]]\ncode = "OFF"\nweight = 16\n'
        '[[computed]]\nkind = "jurisdiction"\nfield = "risk"\nfrom = "country"\n[computed.values]\nChile = "high"\n',
        encoding="utf-8",
    )
    rule = 'code = "TIM-001"\ntitle = "No date"\nstatus = "retired"\nsince = "1"\neffect = "concern"\ntheme = "TIM"\n'
    rule += 'severity = "low"\nweight = 1\nbecause = "b"\nsays = "s"\n[[unless]]\nfact = "milestone"\n'
    (tmp_path / "TIM-001.toml").write_text(rule, encoding="utf-8")
    house, base = load(tmp_path), load()
    assert house.title.startswith(f"house 3 (extends critical_minerals 1, {base.digest[:19]})")
    assert house.digest != base.digest
    assert [house.settings.themes[code].weight for code in ("COM", "OFF", "FIN")] == [16, 16, 16]
    assert house.settings.cut_points == (Decimal(20), Decimal(35), Decimal(55))
    assert len(house.rules) == len(base.rules)
    assert "TIM-001" not in {rule.code for rule in house.live}

    from facts.kinds import Jurisdiction

    chile = [Jurisdiction(country="Chile", named="yes", risk="low")]
    ratings = [evaluate(chile, "corporate_news", pack=pack).to_json() for pack in (base, house)]
    fired = [{firing["rule"] for firing in rating["fired"]} for rating in ratings]
    assert ("POL-004" in fired[0], "POL-004" in fired[1]) == (False, True)
    assert ratings[1]["pack"]["extends"].startswith("critical_minerals 1")


def test_packs_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('extends = "."\nname = "house"\nversion = "1"\n', encoding="utf-8")
    with pytest.raises(RulesError, match="or in a circle"):
        load(tmp_path)


def test_an_overlay_changes_named_entries_and_keeps_the_rest() -> None:
    base = {"a": 1, "t": {"x": 1, "y": 2}, "l": [{"name": "p", "v": 1}, {"name": "q", "v": 2}], "s": [1, 2]}
    over = {"t": {"y": 3}, "l": [{"name": "q", "v": 9}, {"name": "r", "v": 5}], "s": [7]}
    assert overlay(base, over) == {
        "a": 1,
        "t": {"x": 1, "y": 3},
        "l": [{"name": "p", "v": 1}, {"name": "q", "v": 9}, {"name": "r", "v": 5}],
        "s": [7],
    }
