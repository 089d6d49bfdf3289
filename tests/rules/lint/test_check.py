"""Every kind of broken pack gives its finding: code, file, line, words."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from rules.lint.check import check as check_pack
from rules.lint.check import checked
from rules.lint.finding import CODES
from rules.lint.read import read_files
from tests.rules.lint.conftest import Check, Edit

_RULE = """code = "{code}"
title = "A title"
status = "stable"
since = "1"
{effect}because = "A reason."
says = "something is said"
sources = [{{ title = "A source" }}]

{conditions}

[[example]]
name = "one"
expect = "fires"
facts = [{{ kind = "deal", form = "talks" }}]

[[example]]
name = "other"
expect = "silent"
facts = []
"""
_CONCERN = 'theme = "DEA"\neffect = "concern"\nseverity = "low"\nweight = 1\n'
_MITIGANT = 'theme = "DEA"\neffect = "mitigant"\nseverity = "low"\nweight = 1\n'
_NEW = "NEW-001.toml"
_EXTRA = """[[slot]]
name = "extra"
label = "x"
question = "x?"
[[slot.any]]
fact = "due"

"""
_BOTH_SIDES = """[[pattern]]
name = "C05"
polarity = "C"
says = "x"
[[pattern.any]]
fact = "trial"
phase = "phase_1"

"""


def _new(conditions: str, effect: str = _CONCERN, code: str = "NEW-001") -> Edit:
    return f"{code}.toml", None, _RULE.format(code=code, effect=effect, conditions=conditions)


def _floor(level: int) -> str:
    return f'effect = "floor"\nlevel = {level}\n'


def _cap(level: int) -> str:
    return f'effect = "cap"\nlevel = {level}\n'


@dataclass(frozen=True)
class Broken:
    """Edits of the clean pack, and the finding: its code, file, the line's text or number, a part of the message."""

    code: str
    file: str
    at: str | int
    says: str
    edits: tuple[Edit, ...]


_DEAD = "it can never fire"
_BROKEN = {
    "no TOML": Broken("PCK-01", "DEA-001-nothing-signed.toml", 2, "not TOML", (
        ("DEA-001-nothing-signed.toml", 'title = "Nothing signed"', "title = Nothing signed"),)),
    "an unknown key": Broken("PCK-02", "DEA-001-nothing-signed.toml", "wieght = 35", "no key 'wieght'", (
        ("DEA-001-nothing-signed.toml", "weight = 35", "weight = 35\nwieght = 35"),)),
    "a key left out": Broken("PCK-02", "DEA-001-nothing-signed.toml", 1, "the key 'title' is missing", (
        ("DEA-001-nothing-signed.toml", 'title = "Nothing signed"\n', ""),)),
    "a value of the wrong type": Broken("PCK-02", "DEA-001-nothing-signed.toml", 'weight = "much"', "weight = 'much'", (
        ("DEA-001-nothing-signed.toml", "weight = 35", 'weight = "much"'),)),
    "a key that the effect needs": Broken("PCK-02", "BFL-201-not-proved.toml", 1, "a floor needs level", (
        ("BFL-201-not-proved.toml", "level = 2\n", ""),)),
    "a key that the effect has not": Broken("PCK-02", "DEA-001-nothing-signed.toml", "level = 3", "has no level", (
        ("DEA-001-nothing-signed.toml", "weight = 35", "weight = 35\nlevel = 3"),)),
    "a misspelt key of an example": Broken("PCK-02", _NEW, 'expct = "fires"', "no key 'example.0.expct'", (
        (_NEW, None, _RULE.format(code="NEW-001", effect=_CONCERN, conditions='[[when]]\nfact = "deal"').replace(
            'expect = "fires"', 'expct = "fires"')),)),
    "an unknown kind": Broken("PCK-03", _NEW, 'fact = "dael"', "no fact kind 'dael'", (
        _new('[[when]]\nfact = "dael"\nform = "talks"'),)),
    "an unknown field": Broken("PCK-04", _NEW, 'frm = "talks"', "kind deal has no field 'frm'", (
        _new('[[when]]\nfact = "deal"\nfrm = "talks"'),)),
    "an unknown value": Broken("PCK-05", _NEW, 'form = "tlaks"', "deal.form: no value 'tlaks'", (
        _new('[[when]]\nfact = "deal"\nform = "tlaks"'),)),
    "a word for a number": Broken("PCK-05", _NEW, 'rung = "three"', "'three' is not a number", (
        _new('[[when]]\nfact = "deal"\nrung = "three"'),)),
    "a finding that no rule concludes": Broken("PCK-05", _NEW, 'name = "PROVED"', "no value 'PROVED'", (
        _new('[[when]]\nfact = "finding"\nname = "PROVED"'),)),
    "an unknown operator": Broken("PCK-06", _NEW, "rung = { at_lest = 3 }", "no operator 'at_lest'", (
        _new('[[when]]\nfact = "deal"\nrung = { at_lest = 3 }'),)),
    "a join with nothing": Broken("PCK-06", _NEW, 'subject = { same_as = "p.subject" }', "an earlier alias", (
        _new('[[when]]\nfact = "deal"\nsubject = { same_as = "p.subject" }'),)),
    "weights that are not 100": Broken("PCK-07", "pack.toml", "[[theme]]", "the weights add up to 101", (
        ("pack.toml", "weight = 30", "weight = 31"),)),
    "an unknown key of the pack": Broken("PCK-07", "pack.toml", 'titel = "x"', "no key 'titel'", (
        ("pack.toml", 'version     = "1"', 'version     = "1"\ntitel = "x"'),)),
    "a slot of an unknown kind": Broken("PCK-07", "pack.toml", 'fact = "partnr"', "no fact kind 'partnr'", (
        ("pack.toml", 'fact = "partner"\nnamed = "yes"', 'fact = "partnr"\nnamed = "yes"'),)),
    "a ladder of an unknown kind": Broken("PCK-07", "pack.toml", "[ladder.dael]", "ladder: no fact kind 'dael'", (
        ("pack.toml", "[ladder.deal]", "[ladder.dael]"),
        ("pack.toml", "[ladder.deal.rungs]", "[ladder.dael.rungs]"))),
    "a ladder of an unknown field": Broken("PCK-07", "pack.toml", 'field = "frm"', "ladder.deal: no field 'frm'", (
        ("pack.toml", 'field = "form"', 'field = "frm"'),)),
    "a rung of an unknown value": Broken("PCK-07", "pack.toml", "tlaks = 1", "ladder.deal: no value 'tlaks'", (
        ("pack.toml", "talks = 1", "tlaks = 1"),)),
    "a value without a rung": Broken("PCK-07", "pack.toml", "[ladder.deal.rungs]", "'talks' has no rung", (
        ("pack.toml", "talks = 1\n", ""),)),
    "evidence of an unknown kind": Broken("PCK-07", "pack.toml", 'standing     = ["trail"]', "no 'trail'", (
        ("pack.toml", 'standing     = ["trial", "regulator"]', 'standing     = ["trail"]'),)),
    "a cap on an unknown modality": Broken("PCK-07", "pack.toml", "[evidence.modality_caps]", "no 'hoped'", (
        ("pack.toml", "rumoured = 1", "hoped = 1"),)),
    "a slot denied by what is no denial": Broken("PCK-07", "pack.toml", 'denied_by = ["dael"]', "no denial of 'dael'", (
        ("pack.toml", 'denied_by = ["deal"]', 'denied_by = ["dael"]'),)),
    "a change of no facts": Broken("PCK-07", "pack.toml", 'facts = [{ kind = "dael", form = "signed" }]', "'dael'", (
        ("pack.toml", '[{ kind = "deal", form = "signed" }]', '[{ kind = "dael", form = "signed" }]'),)),
    "an upside that nothing concludes": Broken("PCK-07", "pack.toml", 'finding = "PROVED"', "no finding 'PROVED'", (
        ("pack.toml", 'finding = "PROVEN_ASSET"', 'finding = "PROVED"'),)),
    "an acceptance for no rule": Broken("PCK-07", "pack.toml", 'rule = "DEA-999"', "accept: no rule 'DEA-999'", (
        ("pack.toml", "[upside]", '[[accept]]\nfinding = "PCK-22"\nrule = "DEA-999"\nbecause = "x"\n\n[upside]'),)),
    "a code used twice": Broken("PCK-08", "copy.toml", 'code = "DEA-001"', "DEA-001 is taken by DEA-001-nothing", (
        ("copy.toml", None, _RULE.format(code="DEA-001", effect=_CONCERN, conditions='[[when]]\nfact = "omission"')),)),
    "an unknown theme": Broken("PCK-09", _NEW, 'theme = "DAE"', "no theme 'DAE'", (
        _new('[[when]]\nfact = "omission"', _CONCERN.replace("DEA", "DAE")),)),
    "a cycle": Broken("PCK-10", _NEW, '[[unless]]', "wait for each other: NEW-001 -> NEW-002 -> NEW-001", (
        _new('[[unless]]\nfact = "finding"\nname = "TWO"', 'effect = "finding"\nconcludes = "ONE"\n'),
        _new('[[unless]]\nfact = "finding"\nname = "ONE"', 'effect = "finding"\nconcludes = "TWO"\n', "NEW-002"))),
    "no source": Broken("PCK-12", "MON-001-no-upfront.toml", 1, "it names no source", (
        ("MON-001-no-upfront.toml", "sources = [", "sources = []\n#"),
        ("MON-001-no-upfront.toml", '  { title = "Estimation', '#  { title = "Estimation'),
        ("MON-001-no-upfront.toml", "},\n]", "},\n#"))),
    "an unknown field of an example": Broken("PCK-26", _NEW, 19, "no field 'frm'", (
        (_NEW, None, _RULE.format(code="NEW-001", effect=_CONCERN, conditions='[[when]]\nfact = "omission"').replace(
            'form = "talks"', 'frm = "x"')),)),
    "an unknown class of an example": Broken("PCK-26", "DSC-001-items-missing.toml", 'class = "licence"', "'licence'", (
        ("DSC-001-items-missing.toml", 'class = "licence_deal"', 'class = "licence"'),)),
    "something left to fill in": Broken("PCK-27", _NEW, 'because = "Fill in: why."', "because is left to fill in", (
        (_NEW, None, _RULE.format(code="NEW-001", effect=_CONCERN, conditions='[[when]]\nfact = "omission"').replace(
            "A reason.", "Fill in: why.")),)),
    "a slot that nobody wants": Broken("PCK-15", "pack.toml", 'name = "extra"', "slot extra: no class expects it", (
        ("pack.toml", "[[class]]", _EXTRA + "[[class]]"),)),
    "a finding that nobody reads": Broken("PCK-16", _NEW, 'concludes = "ALONE"', "it concludes ALONE", (
        _new('[[when]]\nfact = "omission"', 'effect = "finding"\nconcludes = "ALONE"\n'),)),
    "a rule for what is denied": Broken("PCK-17", _NEW, "[[when]]", f"{_DEAD}: when 1: no deal that rules can see has "
        "polarity = denied", (_new('[[when]]\nfact = "deal"\npolarity = "denied"'),)),
    "a rule for an opinion": Broken("PCK-17", _NEW, "[[when]]", "has layer = opinion", (
        _new('[[when]]\nfact = "payment"\nlayer = "opinion"'),)),
    "a rung above the ladder": Broken("PCK-17", _NEW, "[[when]]", "has rung >= 9", (
        _new('[[when]]\nfact = "deal"\nrung = { at_least = 9 }'),)),
    "a rung without a ladder": Broken("PCK-17", _NEW, "[[when]]", "no trial that rules can see has rung >= 1", (
        _new('[[when]]\nfact = "trial"\nrung = { at_least = 1 }'),)),
    "a form below its rung": Broken("PCK-17", _NEW, "[[when]]", "has form = talks and rung >= 2", (
        _new('[[when]]\nfact = "deal"\nform = "talks"\nrung = { at_least = 2 }'),)),
    "a planned deal on a high rung": Broken("PCK-17", _NEW, "[[when]]", "modality = planned and rung >= 3", (
        _new('[[when]]\nfact = "deal"\nmodality = "planned"\nrung = { at_least = 3 }'),)),
    "a size that its type never has": Broken("PCK-17", _NEW, "[[when]]", "ptype = fund and size = large", (
        _new('[[when]]\nfact = "partner"\nptype = "fund"\nsize = "large"'),)),
    "numbers that contradict": Broken("PCK-17", _NEW, "[[when]]", "patients > 10 and patients < 5", (
        _new('[[when]]\nfact = "trial"\npatients = { above = 10, below = 5 }'),)),
    "more items missing than any class expects": Broken("PCK-17", _NEW, "[[when]]", "n >= 5 cannot come about", (
        _new('[[when]]\nfact = "tally"\nof = "missing"\nn = { at_least = 5 }'),)),
    "an absence that covers the presence": Broken("PCK-17", _NEW, "[[unless]]", "also matches unless 1", (
        _new('[[when]]\nfact = "trial"\noutcome = "missed"\n[[unless]]\nfact = "trial"\n'
             'outcome = { one_of = ["missed", "mixed"] }'),)),
    "a finding and the absence of its cause": Broken("PCK-17", _NEW, 1, "its conditions contradict each other", (
        _new('[[when]]\nfact = "finding"\nname = "RED_FLAG"\n[[unless]]\nfact = "denial"\n[[unless]]\nfact = "cash"\n'
             '[[unless]]\nfact = "regulator"'),)),
    "a stated slot and no fact to fill it": Broken("PCK-17", _NEW, 1, "its conditions contradict each other", (
        _new('[[when]]\nfact = "slot"\nname = "named_partner"\nstatus = "STATED"\n[[unless]]\nfact = "partner"\n'
             'named = "yes"', _MITIGANT),)),
    "four missing where two are expected": Broken("PCK-17", _NEW, 1, "its conditions contradict each other", (
        _new('[[when]]\nfact = "tally"\nof = "missing"\nn = { at_least = 3 }\n[[when]]\nfact = "class"\n'
             'name = "trial_readout"'),)),
    "an alternative that nothing matches": Broken("PCK-18", _NEW, "[[any]]", "any 2 can never match", (
        _new('[[any]]\nfact = "omission"\n[[any]]\nfact = "deal"\nrung = { above = 5 }'),)),
    "an absence of what cannot be": Broken("PCK-18", _NEW, "[[unless]]", "unless 1 can never match", (
        _new('[[when]]\nfact = "omission"\n[[unless]]\nfact = "deal"\npolarity = "denied"'),)),
    "a doubled rule in other words": Broken("PCK-19", _NEW, 1, "it fires exactly when EVD-002", (
        _new('[[any]]\nfact = "trial"\noutcome = "mixed"\n[[any]]\nfact = "trial"\noutcome = "missed"',
             _CONCERN.replace("DEA", "EVD")),)),
    "a floor inside an equal one": Broken("PCK-20", _NEW, 1, "wherever it fires, BFL-301", (
        _new('[[unless]]\nfact = "deal"\nrung = { at_least = 3 }', _floor(3)),)),
    "a finding inside its like": Broken("PCK-20", _NEW, 1, "wherever it fires, BFD-002", (
        _new('[[when]]\nfact = "denial"\nwhat = "deal"\nmode = "refuted"',
             'effect = "finding"\nconcludes = "RED_FLAG"\n'),)),
    "a floor under a higher one": Broken("PCK-21", _NEW, 1, "wherever it fires, BFL-501", (
        _new('[[when]]\nfact = "cash"\nstate = "insolvent"', _floor(4)),)),
    "a floor of 1": Broken("PCK-21", _NEW, "level = 1", "no rating is below 1", (
        _new('[[when]]\nfact = "omission"', _floor(1)),)),
    "a cap of 4": Broken("PCK-21", _NEW, "level = 4", "the base level is never above 4", (
        _new('[[when]]\nfact = "payment"\nrung = { at_least = 4 }', _cap(4)),)),
    "a cap that a floor always beats": Broken("PCK-21", _NEW, "level = 1", "a floor above 1 does and wins", (
        _new('[[when]]\nfact = "payment"\nrung = { at_least = 4 }\n[[unless]]\nfact = "finding"\nname = "PROVEN_ASSET"',
             _cap(1)),)),
    "a concern on what is neither": Broken("PCK-22", _NEW, "[[when]]", "presence of due: date_kind = vague", (
        _new('[[when]]\nfact = "due"\ndate_kind = "vague"'),)),
    "a concern on the absence of what is neither": Broken("PCK-22", _NEW, "[[unless]]", "absence of cash: state", (
        _new('[[unless]]\nfact = "cash"\nstate = "funded_12m"'),)),
    "a mitigant on what is neither": Broken("PCK-22", _NEW, "[[when]]", "a mitigant may not ask for the presence", (
        _new('[[when]]\nfact = "cash"\nstate = "funded_12m"', _MITIGANT),)),
    "a concern on good news": Broken("PCK-23", _NEW, "[[when]]", "M06 matches it, so that a mitigating fact", (
        _new('[[when]]\nfact = "due"'),)),
    "a concern that bad news silences": Broken("PCK-23", _NEW, "[[unless]]", "C02 matches it, so that a concern", (
        _new('[[unless]]\nfact = "trial"'),)),
    "a mitigant on bad news": Broken("PCK-23", _NEW, "[[when]]", "C04 matches it", (
        _new('[[when]]\nfact = "cash"', _MITIGANT),)),
    "a concern on few items missing": Broken("PCK-23", _NEW, "[[when]]", "the count can move the other way", (
        _new('[[when]]\nfact = "tally"\nof = "missing"\nn = { at_most = 1 }'),)),
    "a concern on a stated slot": Broken("PCK-23", _NEW, "[[when]]", "STATED can be left the wrong way", (
        _new('[[when]]\nfact = "slot"\nname = "timeline"\nstatus = "STATED"'),)),
    "a concern on silence alone": Broken("PCK-23", _NEW, "[[when]]", "NOT_MENTIONED can be left the wrong way", (
        _new('[[when]]\nfact = "slot"\nname = "timeline"\nstatus = "NOT_MENTIONED"'),)),
    "a concern that begins with hedging": Broken("PCK-23", _NEW, "[[when]]", "can be left the wrong way", (
        _new('[[when]]\nfact = "slot"\nname = "timeline"\nstatus = { one_of = ["HEDGED", "OMITTED", "DENIED"] }'),)),
    "a mitigant on a finding of concern": Broken("PCK-23", "BFD-002-red-flag.toml", "[[any]]", "C01 matches it", (
        _new('[[when]]\nfact = "finding"\nname = "RED_FLAG"', _MITIGANT),)),
    "a slot that a concern fills": Broken("PCK-23", "pack.toml", "[[slot.any]]", "C02 fills it", (
        ("pack.toml", 'phase = { one_of = ["phase_1", "phase_2", "phase_3"] }\noutcome = "met"\n\n[[slot]]',
         'phase = { one_of = ["phase_1", "phase_2", "phase_3"] }\n\n[[slot]]'),)),
    "a fact on both sides": Broken("PCK-24", "pack.toml", 'name = "M03"', "M03 and C05 can be one fact", (
        ("pack.toml", '[[pattern]]\nname = "C04"', _BOTH_SIDES + '[[pattern]]\nname = "C04"'),)),
    "an acceptance of nothing": Broken("PCK-25", "pack.toml", "[[accept]]", "the check finds nothing of the kind", (
        ("pack.toml", "[upside]", '[[accept]]\nfinding = "PCK-22"\nrule = "DEA-001"\nbecause = "x"\n\n[upside]'),)),
}  # fmt: skip


def test_the_shipped_packs_are_clean() -> None:
    assert check_pack("critical_minerals") == []
    assert check_pack("biotech_licensing") == []


@pytest.mark.parametrize("name", _BROKEN)
def test_a_broken_pack_gives_its_finding_with_file_and_line(
    name: str, check: Check, edited: Callable[..., dict[str, bytes]]
) -> None:
    broken = _BROKEN[name]
    found = [finding for finding in check(*broken.edits) if finding.code == broken.code]
    assert found, check(*broken.edits)
    finding = next((each for each in found if broken.says in each.message), found[0])
    assert broken.says in finding.message
    assert finding.file == broken.file
    assert finding.remedy
    lines = edited(*broken.edits)[broken.file].decode().splitlines()
    assert finding.line == broken.at if isinstance(broken.at, int) else lines[finding.line - 1] == broken.at


def test_the_table_above_leaves_out_no_code_but_those_tested_below() -> None:
    assert set(CODES) - {broken.code for broken in _BROKEN.values()} == {"PCK-11", "PCK-13", "PCK-14"}


def test_a_file_that_is_not_utf8_is_a_finding(small: dict[str, bytes]) -> None:
    (finding,) = (
        f for f in checked(read_files({**small, "x.toml": b'code = "X"\ntitle = "\xff"\n'})) if f.file == "x.toml"
    )
    assert (finding.code, finding.line) == ("PCK-01", 2)


def test_a_misspelling_names_the_nearest_name(check: Check) -> None:
    (finding,) = (f for f in check(_new('[[when]]\nfact = "dael"\nform = "talks"')) if f.code == "PCK-03")
    assert finding.remedy.startswith("did you mean 'deal'?")


def test_all_problems_of_all_files_come_in_one_run(check: Check) -> None:
    found = check(
        _new('[[when]]\nfact = "deal"\nfrm = "talks"\nform = "tlaks"\n[[unless]]\nfact = "tril"'),
        ("DEA-001-nothing-signed.toml", 'title = "Nothing signed"', "title = Nothing signed"),
        ("EVD-002-trial-missed.toml", "weight = 30", "wieght = 30"),
    )
    told = {(finding.code, finding.file) for finding in found}
    assert {("PCK-04", _NEW), ("PCK-05", _NEW), ("PCK-03", _NEW), ("PCK-01", "DEA-001-nothing-signed.toml")} <= told
    assert ("PCK-02", "EVD-002-trial-missed.toml") in told


@pytest.mark.parametrize("expect", ["fires", "silent"])
def test_a_rule_without_an_example_of_each_kind_is_a_finding(check: Check, expect: str) -> None:
    other = "silent" if expect == "fires" else "fires"
    rule = _RULE.format(code="NEW-001", effect=_CONCERN, conditions='[[when]]\nfact = "omission"')
    found = check((_NEW, None, rule.replace(f'expect = "{expect}"', f'expect = "{other}"')))
    assert [(f.code, f.line, f.rule) for f in found if f.code == "PCK-13"] == [("PCK-13", 1, "NEW-001")]


def test_a_theme_without_a_mitigant_is_a_finding(check: Check, small: dict[str, bytes]) -> None:
    file = "MON-010-money-in.toml"
    found = [f for f in check((file, 'status = "stable"', 'status = "retired"')) if f.code == "PCK-14"]
    line = small["pack.toml"].decode().splitlines().index('code = "MON"') + 1
    assert [(f.file, f.line) for f in found] == [("pack.toml", line)]


def test_a_retired_rule_that_others_rely_on_is_a_finding(check: Check) -> None:
    retired = ("BFD-001-proven-asset.toml", 'status = "stable"', 'status = "retired"')
    text = ("MON-001-no-upfront.toml", "Headline sums count", "As BFD-001 says, headline sums count")
    accepted = ("pack.toml", "[upside]", '[[accept]]\nfinding = "PCK-22"\nrule = "BFD-001"\nbecause = "x"\n\n[upside]')
    found = [f for f in check(retired, text, accepted) if f.code == "PCK-11"]
    assert [(f.file, f.line, f.rule) for f in found] == [
        ("BCP-201-paid-and-proven.toml", 21, "BCP-201"),
        ("BFL-201-not-proved.toml", 13, "BFL-201"),
        ("EVD-010-proven.toml", 15, "EVD-010"),
        ("MON-001-no-upfront.toml", 9, "MON-001"),
        ("pack.toml", next(f.line for f in found if f.file == "pack.toml"), "BFD-001"),
    ]


def test_a_case_that_expects_a_retired_rule_is_a_finding(check: Check) -> None:
    found = check(("DSC-001-items-missing.toml", 'status = "stable"', 'status = "retired"'))
    assert [(f.code, f.file, f.line, f.rule) for f in found] == [("PCK-11", "cases.jsonl", 1, "DSC-001")]


def test_a_finding_that_the_pack_accepts_with_a_reason_is_not_reported(check: Check) -> None:
    rule = _new('[[when]]\nfact = "due"\ndate_kind = "vague"')
    accepted = ("pack.toml", "[upside]", '[[accept]]\nfinding = "PCK-22"\nrule = "NEW-001"\nbecause = "x"\n\n[upside]')
    assert [f.code for f in check(rule)] == ["PCK-22"]
    assert check(rule, accepted) == []


def test_a_broken_promise_cannot_be_accepted(check: Check) -> None:
    accepted = ("pack.toml", "[upside]", '[[accept]]\nfinding = "PCK-23"\nrule = "NEW-001"\nbecause = "x"\n\n[upside]')
    assert [f.code for f in check(_new('[[when]]\nfact = "due"'), accepted)] == ["PCK-23"]
