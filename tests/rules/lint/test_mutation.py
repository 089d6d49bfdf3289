"""The shipped rules are covered whole, and every condition is tested or proved to be without a say."""

import pytest

from rules.lint.cases import cases_of
from rules.lint.context import contexts
from rules.lint.coverage import coverage, reached_in
from rules.lint.mutation import Mutant, mutate
from rules.lint.variant import variants
from rules.pack import Pack, from_files, load
from tests.rules.lint.conftest import SMALL

_JOIN = """code = "JOI-001"
title = "A buyer who also lends"
status = "stable"
since = "1"
theme = "DEA"
effect = "concern"
severity = "low"
weight = 1
because = "b"
says = "s"

[[when]]
fact = "partner"
as = "p"
ptype = "fund"

[[when]]
fact = "payment"
subject = { same_as = "p.subject" }
amount = { at_least = 10 }

[[example]]
name = "the same"
expect = "fires"
facts = [{ kind = "partner", named = "yes", ptype = "fund", subject = "A" },
         { kind = "payment", status = "received", amount = 10, subject = "A" }]

[[example]]
name = "another"
expect = "silent"
facts = [{ kind = "partner", named = "yes", ptype = "fund", subject = "A" },
         { kind = "payment", status = "received", amount = 10, subject = "B" }]
"""


def _mutants(pack: Pack, name: str) -> list[Mutant]:
    return list(mutate(pack, list(contexts(pack, cases_of(pack, name)))))


@pytest.mark.parametrize("name", ["critical_minerals", SMALL])
def test_every_rule_and_condition_of_a_shipped_pack_is_reached(name: str) -> None:
    pack = load(name, examples=True)
    units = list(coverage(pack, contexts(pack, cases_of(pack, name))))
    assert {unit.rule.code for unit in units} == {rule.code for rule in pack.live}
    assert [(unit.rule.code, unit.what) for unit in units if unit.reached_by is None] == []


@pytest.fixture(scope="module")
def found() -> list[Mutant]:
    """The mutants of the minerals pack."""
    return _mutants(load(examples=True), "critical_minerals")


def test_98_per_cent_of_the_mutants_are_killed_and_the_rest_is_proved_equivalent(found: list[Mutant]) -> None:
    alive = [mutant for mutant in found if mutant.killed_by is None]
    assert len(found) >= 1_000
    assert (len(found) - len(alive)) / len(found) >= 0.98
    assert [(m.rule.code, m.change) for m in alive if m.equivalent is None] == []
    assert sorted({m.rule.code for m in alive}) == [
        "CAP-101", "CAP-201", "CAP-202", "COM-010", "FIN-004", "FIN-009", "FLR-302", "FND-002", "OFF-001", "OFF-009",
        "OFF-010",
    ]  # fmt: skip


def test_a_mutant_that_survives_says_why(found: list[Mutant]) -> None:
    alive = {(m.rule.code, m.equivalent) for m in found if not m.killed_by}
    assert ("OFF-010", "the ladder of offtake has no rung 7") in alive
    assert ("COM-010", "no commitment that passes the other tests stands on rung 5") in alive
    assert ("CAP-101", "unless 5 (finding: name = RED_FLAG) already decides all that it would change") in alive
    assert ("OFF-001", "every fact that rules can see passes the test") in alive


def test_the_small_pack_has_no_gaps() -> None:
    found = _mutants(load(SMALL, examples=True), SMALL)
    assert sum(m.killed_by is not None for m in found) / len(found) >= 0.98
    assert [m for m in found if m.killed_by is None and m.equivalent is None] == []


def test_an_example_taken_away_leaves_a_gap(small: dict[str, bytes]) -> None:
    file = "MON-010-money-in.toml"
    text = small[file].decode()
    start = text.index('[[example]]\nname = "money agreed"')
    fewer = text[:start] + text[text.index("[[example]]", start + 1) :]
    pack = from_files({**small, file: fewer.encode()})
    gaps = [m for m in mutate(pack, list(contexts(pack)), [pack.rule("MON-010")]) if not m.killed_by]
    assert [m.change for m in gaps if m.equivalent is None] == [
        "when 1 (payment: rung >= 4): rung >= 4 moved to rung >= 3"
    ]


def test_a_join_is_mutated_too_and_what_cannot_be_proved_is_called_a_gap(small: dict[str, bytes]) -> None:
    pack = from_files({**small, "JOI-001.toml": _JOIN.encode()})
    found = {m.change: m for m in mutate(pack, list(contexts(pack)), [pack.rule("JOI-001")])}
    dropped = found["when 2 (payment: subject = p.subject, amount >= 10): subject = p.subject dropped"]
    assert dropped.killed_by == "JOI-001: another"
    moved = found["when 2 (payment: subject = p.subject, amount >= 10): amount >= 10 moved to amount >= 9"]
    assert (moved.killed_by, moved.equivalent) == (None, None)


def test_every_condition_test_threshold_and_choice_is_changed_once(small: dict[str, bytes]) -> None:
    rule = from_files(small).rule("BFL-301")
    assert [variant.change.partition(") ")[2] or variant.change.partition("): ")[2] for variant in variants(rule)] == [
        "dropped", "turned round", "rung >= 4 dropped", "rung >= 4 turned round", "rung >= 4 moved to rung >= 3",
        "rung >= 4 moved to rung >= 5",
    ]  # fmt: skip


def test_coverage_says_why_something_is_not_reached(small: dict[str, bytes]) -> None:
    file = "DEA-001-nothing-signed.toml"
    head = small[file].decode().partition("[[example]]")[0]
    one = head + '[[example]]\nname = "none"\nexpect = "fires"\nfacts = []\n'
    pack = from_files({**small, file: one.encode()})
    missing = {u.what: u.why for u in coverage(pack, contexts(pack)) if not u.reached_by and u.rule.code == "DEA-001"}
    assert missing["is silent"] == "is silent in none of 1 examples and cases"
    assert missing["unless 1 (deal: rung >= 4) matches"] == (
        "0 of 1 examples and cases of DEA-001 have a deal, none of them such: write an example"
    )


def test_what_keeps_a_rule_from_firing_in_announcements_is_named() -> None:
    pack = load(SMALL, examples=True)
    seen = [context for context in contexts(pack) if context.name == "DEA-010: the large company denied"]
    units = {unit.rule.code: unit for unit in reached_in(pack, seen)}
    assert units["EVD-001"].reached_by == "DEA-010: the large company denied"
    assert units["DEA-010"].why == "when 2 (partner: named = yes, size = large) is met in none of 1"
    assert units["BFD-002"].why.startswith("any (denial: what = deal")
