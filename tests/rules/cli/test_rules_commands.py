"""`caveat rules ...` from the outside: output, files, exit codes."""

import json
from pathlib import Path

import pytest

from rules.bundle import collect
from rules.samples import sample
from tests.rules.cli.conftest import Caveat

_SMALL = "biotech_licensing"
_COMMANDS = ("list", "show", "check", "test", "coverage", "mutate", "docs", "schema", "new", "backtest")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small pack in a folder."""
    for name, data in collect(_SMALL).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_help_lists_every_command_and_each_has_an_example(caveat: Caveat) -> None:
    told = caveat("rules", "--help").out
    for command in _COMMANDS:
        assert f"\n  {command} " in told
        assert f"Example: caveat rules {command}" in caveat("rules", command, "--help").out


def test_check_of_a_clean_pack_is_silent_and_zero(caveat: Caveat) -> None:
    ran = caveat("rules", "check", "--rules", _SMALL)
    assert (ran.code, ran.out, ran.err) == (0, "", "biotech_licensing 1: 16 rules, nothing found\n")


def test_check_prints_place_code_message_and_remedy_and_exits_with_one(caveat: Caveat, pack: Path) -> None:
    file = pack / "DEA-001-nothing-signed.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('fact = "deal"', 'fact = "dael"'), encoding="utf-8")
    ran = caveat("rules", "check", "--rules", pack)
    assert ran.code == 1
    assert f"{file}:16: PCK-03 DEA-001: unless 1: no fact kind 'dael'; did you mean 'deal'?" in ran.out
    found = json.loads(caveat("rules", "check", "--rules", pack, "--format", "json").out)
    (row,) = (row for row in found["findings"] if row["code"] == "PCK-03")
    assert (row["rule"], row["file"], row["line"], row["title"]) == ("DEA-001", file.name, 16, "unknown fact kind")


def test_a_pack_that_is_not_there_is_wrong_usage(caveat: Caveat) -> None:
    ran = caveat("rules", "check", "--rules", "nowhere")
    assert (ran.code, ran.err) == (2, "caveat: no pack: nowhere: no such folder\n")


@pytest.mark.parametrize("engine", ["reference", "durable", "both"])
def test_test_runs_examples_and_cases_in_every_engine(caveat: Caveat, engine: str) -> None:
    ran = caveat("rules", "test", "--rules", _SMALL, "--engine", engine)
    assert (ran.code, ran.out) == (0, "116 examples, 7 cases: none failed\n")


def test_test_names_rule_file_example_and_what_happened(caveat: Caveat, pack: Path) -> None:
    file = pack / "MON-010-money-in.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least = 4", "at_least = 3"), encoding="utf-8")
    ran = caveat("rules", "test", "MON-010", "--rules", pack)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "MON-010 (MON-010-money-in.toml), 'money agreed': expected silent, fires",
        "5 examples, 0 cases: 1 failed",
    ]
    failed = json.loads(caveat("rules", "test", "MON-010", "--rules", pack, "--format", "json").out)["failed"]
    assert [row["problem"] for row in failed] == ["expected silent, fires"]


def test_test_names_a_case_whose_rating_changed(caveat: Caveat, tmp_path: Path, root: Path) -> None:
    (tmp_path / "pack.toml").write_text(f'extends = "{_SMALL}"\nname = "h"\nversion = "1"\n', encoding="utf-8")
    cases = (root / "rules" / "packs" / _SMALL / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = {**json.loads(cases[0]), "expect": {"level": 1}}
    (tmp_path / "cases.jsonl").write_text(json.dumps(wrong), encoding="utf-8")
    ran = caveat("rules", "test", "--rules", tmp_path)
    assert (ran.code, ran.out.splitlines()[0]) == (1, "case 1: level is 4, expected 1")


def test_coverage_counts_rules_and_conditions(caveat: Caveat) -> None:
    ran = caveat("rules", "coverage", "--rules", _SMALL)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "Rules wholly reached by examples and cases: 16 of 16 (100.0 %)"


def test_coverage_of_announcements_says_why_a_rule_did_not_fire(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sample("level4-overture").text, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\0\1")
    ran = caveat("rules", "coverage", tmp_path)
    assert ran.code == 0
    assert "Rules that fire in 1 announcements: " in ran.out
    assert "FLR-501  Insolvency, creditor protection or default: when 1 (solvency: state in default" in ran.out
    assert "b.txt" in ran.err


def test_coverage_of_announcements_needs_a_pack_that_reads_texts(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sample("level4-overture").text, encoding="utf-8")
    ran = caveat("rules", "coverage", tmp_path, "--rules", _SMALL)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("caveat: facts only: the pack biotech_licensing declares its own kinds of facts")


def test_mutate_prints_survivors_with_the_reason(caveat: Caveat) -> None:
    ran = caveat("rules", "mutate", "OFF-010")
    assert ran.code == 0
    first, last = ran.out.splitlines()
    assert (
        first
        == "OFF-010: when 1 (offtake: rung >= 8): rung >= 8 moved to rung >= 7: the ladder of offtake has no rung 7"
    )
    assert last == "5 of 6 mutants killed (83.3 %), 1 equivalent, 0 gaps"
    assert "Not mutated: 15 definitions and retired rules, 13 slots of pack.toml" in ran.err


def test_mutate_exits_with_one_where_an_example_is_missing(caveat: Caveat, pack: Path) -> None:
    file = pack / "MON-010-money-in.toml"
    text = file.read_text(encoding="utf-8").replace("upfront_agreed", "milestone")
    file.write_text(text, encoding="utf-8")
    ran = caveat("rules", "mutate", "MON-010", "--rules", pack)
    assert ran.code == 1
    assert "rung >= 4 moved to rung >= 3: NOT TESTED: write an example" in ran.out


def test_docs_writes_pages_and_check_finds_what_is_not_current(caveat: Caveat, tmp_path: Path) -> None:
    out = tmp_path / "book"
    options = ("--rules", _SMALL, "--out", out)
    assert caveat("rules", "docs", *options).code == 0
    assert caveat("rules", "docs", *options, "--check").code == 0
    (out / "MON-001.md").write_text("old", encoding="utf-8")
    (out / "OLD-001.md").write_text("<!-- made by `caveat rules docs`", encoding="utf-8")
    ran = caveat("rules", "docs", *options, "--check")
    assert (ran.code, ran.out.count("not current"), ran.out.count("no rule of that code")) == (1, 1, 1)
    assert caveat("rules", "docs", *options).code == 0
    assert sorted(path.name for path in out.glob("[MO]*-001.md")) == ["MON-001.md"]


def test_schema_check_finds_a_schema_that_is_not_current(caveat: Caveat, tmp_path: Path) -> None:
    out = tmp_path / "rule.schema.json"
    assert caveat("rules", "schema", "--out", out, "--check").code == 1
    assert caveat("rules", "schema", "--out", out).code == 0
    assert caveat("rules", "schema", "--out", out, "--check").code == 0
    assert json.loads(caveat("rules", "schema").out)["title"] == "A rule file of the pack critical_minerals"


def test_new_makes_a_file_that_loads_and_says_the_next_steps(caveat: Caveat, pack: Path) -> None:
    ran = caveat("rules", "new", "dea-003", "--title", "No term!", "--rules", pack)
    path = pack / "dea" / "DEA-003-no-term.toml"
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert f"caveat rules test DEA-003 --rules {pack}" in ran.err
    assert caveat("rules", "test", "DEA-003", "--rules", pack).code == 0
    assert "because is left to fill in" in caveat("rules", "check", "--rules", pack).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["DEA-001"], "DEA-001 is taken by DEA-001-nothing-signed.toml (stable); the next free one is DEA-003"),
        (["DEA1"], "'DEA1' is no code: three letters, a hyphen and three digits"),
        (["DAE-001"], "no theme 'DAE'; did you mean 'DEA'?"),
    ],
)
def test_new_refuses_what_cannot_be(caveat: Caveat, pack: Path, arguments: list[str], message: str) -> None:
    ran = caveat("rules", "new", *arguments, "--rules", pack)
    assert ran.code == 2
    assert message in ran.err


def test_backtest_is_honest_about_what_it_is(caveat: Caveat) -> None:
    ran = caveat("rules", "backtest")
    assert ran.code == 0
    assert "Kendall's tau-b of level and outcome: 0.63, 95 % interval 0.40 to 0.78 (37 cases" in ran.out
    assert "43 cases chosen for variety are no sample" in " ".join(ran.out.split())
    assert "case 7, Molycorp (Mountain Pass phases 1-2, Neo purchase) (2012-04): level 2, insolvent: too" in ran.out


def test_backtest_reads_a_case_file_with_its_order_of_outcomes(caveat: Caveat, tmp_path: Path, root: Path) -> None:
    folder = root / "rules" / "packs" / _SMALL
    for name in ("cases.jsonl", "outcomes.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    found = json.loads(caveat("rules", "backtest", tmp_path / "cases.jsonl", "--rules", _SMALL, "--format", "json").out)
    assert [row["level"] for row in found["cases"]] == [4, 3, 2, 1, 4, 5, 3]
    (tmp_path / "outcomes.json").unlink()
    ran = caveat("rules", "backtest", tmp_path / "cases.jsonl", "--rules", _SMALL)
    assert (ran.code, "it orders the outcome tags" in ran.err) == (2, True)


def test_a_pack_without_cases_says_what_to_do(caveat: Caveat, pack: Path) -> None:
    ran = caveat("rules", "backtest", "--rules", pack)
    assert (ran.code, ran.err) == (2, "caveat: no cases: biotech_licensing has no cases.jsonl; name a case file\n")
