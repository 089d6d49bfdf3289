"""In which order rules fire, and that rules which wait for each other are refused by name."""

import itertools

import pytest

from rules.errors import RulesError
from tests.rules.small import pack

READS = '[[when]]\nfact = "finding"\nname = "{}"'
NOT = '[[unless]]\nfact = "finding"\nname = "{}"'


def test_slot_rules_come_first_then_rules_that_read_facts() -> None:
    slots = '[[slot]]\nname = "who"\nlabel = "l"\nquestion = "q"\n[[slot.any]]\nfact = "party"\n'
    assert pack('[[when]]\nfact = "deal"', slots=slots).strata == {"slot:who": 1, "AAA-000": 2}


def test_a_rule_stands_above_every_rule_whose_finding_it_reads_present_or_absent() -> None:
    of = pack(READS.format("TWO"), "TWO:" + NOT.format("ONE"), 'ONE:[[when]]\nfact = "deal"', NOT.format("ONE"))
    assert of.strata == {"AAA-000": 4, "AAA-001": 3, "AAA-002": 2, "AAA-003": 3}


def test_a_finding_that_two_rules_make_is_read_above_both() -> None:
    of = pack(
        "ONE:" + READS.format("ZERO"),
        'ONE:[[when]]\nfact = "deal"',
        'ZERO:[[when]]\nfact = "deal"',
        READS.format("ONE"),
    )
    assert of.strata["AAA-003"] == of.strata["AAA-000"] + 1 == 4


def test_a_pattern_over_any_finding_stands_above_all_that_make_one() -> None:
    of = pack('[[unless]]\nfact = "finding"', "TWO:" + READS.format("ONE"), 'ONE:[[when]]\nfact = "deal"')
    assert of.strata["AAA-000"] == 4


def test_a_choice_of_findings_stands_above_each() -> None:
    of = pack(
        '[[unless]]\nfact = "finding"\nname = { one_of = ["ONE", "TWO"] }',
        "TWO:" + READS.format("ONE"),
        'ONE:[[when]]\nfact = "deal"',
    )
    assert of.strata["AAA-000"] == 4


@pytest.mark.parametrize("one", [READS, NOT])
def test_rules_that_wait_for_each_other_are_refused_and_named(one: str) -> None:
    with pytest.raises(
        RulesError, match=r"r000\d\.toml: rules that wait for each other: AAA-00(0 -> AAA-001|1 -> AAA-000)"
    ):
        pack("ONE:" + one.format("TWO"), "TWO:" + NOT.format("ONE"))


def test_a_rule_that_reads_its_own_finding_is_refused() -> None:
    with pytest.raises(RulesError, match="AAA-000 -> AAA-000"):
        pack("ONE:" + NOT.format("ONE"))


def test_a_chain_of_a_thousand_findings_is_no_trouble() -> None:
    names = ["".join(chr(65 + int(digit)) for digit in f"{number:04}") for number in range(999)]
    rules = [f'{names[0]}:[[when]]\nfact = "deal"']
    rules += [f"{name}:" + READS.format(before) for before, name in itertools.pairwise(names)]
    assert pack(*rules).strata["AAA-998"] == 1_000
