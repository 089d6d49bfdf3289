"""`evaluate`, `facts`, `info`, `rules`, `demo` from the outside."""

import json
from pathlib import Path

import pytest

from rules.samples import sample
from tests.rules.cli.conftest import Caveat

_LETTER = {"class": "offtake_deal", "facts": [{"kind": "offtake", "form": "loi"}]}


def test_evaluate_rates_facts_without_a_text(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(json.dumps(_LETTER), encoding="utf-8")
    rated = json.loads(caveat("evaluate", tmp_path / "facts.json").out)
    assert "source" not in rated
    assert (rated["level"], rated["rungs"]["offtake"]) == (4, 3)
    assert rated["facts"][0]["id"] == "f1"


def test_evaluate_gives_one_json_line_for_each_line(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("\n".join([json.dumps(_LETTER)] * 3) + "\n", encoding="utf-8")
    assert [json.loads(line)["level"] for line in caveat("evaluate", tmp_path / "facts.jsonl").out.splitlines()] == [
        4
    ] * 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"class": "offtake_deal", "facts": [{"kind": "offtak"}]}', "facts.json, fact 1: no fact kind 'offtak'"),
        ('{"facts": []}', "facts.json: class is missing; one of: gov_overture"),
        ('{"class": "deal", "facts": []}', "no announcement class 'deal'"),
        ("[1]", "facts.json, item 1: an announcement is an object with class and facts"),
        ('{"class": ', "facts.json, line 1, column 11"),
        (
            '{"class": "rumour", "facts": [{"kind": "legal", "event": "arrest", "id": "slot:x"}]}',
            "a colon marks derived",
        ),
    ],
)
def test_bad_facts_are_one_line_on_standard_error(caveat: Caveat, tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "facts.json").write_text(content, encoding="utf-8")
    ran = caveat("evaluate", tmp_path / "facts.json")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == 1
    assert message in ran.err


def test_a_rule_file_with_an_unknown_field_is_one_line(caveat: Caveat, tmp_path: Path, root: Path) -> None:
    pack = root / "rules" / "packs" / "critical_minerals" / "pack.toml"
    (tmp_path / "pack.toml").write_bytes(pack.read_bytes())
    rule = (
        'code = "COM-001"\ntitle = "t"\nstatus = "stable"\nsince = "1"\neffect = "concern"\nbecause = "b"\nwieght = 2\n'
    )
    (tmp_path / "COM-001.toml").write_text(rule, encoding="utf-8")
    ran = caveat("rules", "list", "--rules", tmp_path)
    assert ran.code == 2
    assert ran.err.startswith("caveat: broken rule: COM-001.toml: no field 'wieght'; did you mean 'weight'?")


def test_facts_shows_words_searches_and_unread_sentences(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(sample("level4-overture").text, encoding="utf-8")
    shown = caveat("facts", tmp_path / "a.txt").out
    assert "Class gov_overture" in shown
    assert "searches found nothing" in shown
    read = json.loads(caveat("facts", tmp_path / "a.txt", "--format", "json").out)
    assert read["class"] == "gov_overture"
    assert {search["slot"] for search in read["searches"]} >= {"timeline", "capacity"}
    assert {fact["fields"]["slot"] for fact in read["facts"] if fact["kind"] == "omission"} >= {"financial_scale"}


def test_rules_list_and_show(caveat: Caveat) -> None:
    listed = caveat("rules", "list", "--theme", "off")
    assert [line.split()[0] for line in listed.out.splitlines()] == [f"OFF-{n:03}" for n in range(1, 12)]
    assert len(caveat("rules", "list").out.splitlines()) == 131
    page = caveat("rules", "show", "flr-401").out
    assert page.startswith("FLR-401  Nothing signed\nfloor 4\n")
    assert "commitment: rung >= 3" in page
    ran = caveat("rules", "show", "COM-999")
    assert (ran.code, ran.err.startswith("caveat: unknown rule: no rule 'COM-999' in pack critical_minerals")) == (
        2,
        True,
    )


def test_info_tells_versions_and_digest(caveat: Caveat) -> None:
    told = json.loads(caveat("info", "--format", "json").out)
    assert (told["durable_rules"], told["pack"], told["engine"]) == ("2.0.28", "critical_minerals 1", "loads")
    assert told["digest"].startswith("sha256:")


def test_the_demo_shows_the_announcement_the_rating_and_the_way_on(caveat: Caveat) -> None:
    shown = caveat("demo").out
    assert "SIGNAL ONLY  4 of 5" in shown
    assert shown.rstrip().endswith("The screen: caveat tui")


def test_every_command_has_a_worked_example_in_its_help(caveat: Caveat) -> None:
    for words in (
        ["rate"],
        ["facts"],
        ["evaluate"],
        ["info"],
        ["demo"],
        ["check"],
        ["rules", "list"],
        ["rules", "show"],
    ):
        assert "Example: caveat" in caveat(*words, "--help").out


def test_facts_says_why_one_fact_was_read(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Corvane Metals plans to sell tin from its mine in Canada.\n\nNo financing has been secured.\n",
        encoding="utf-8",
    )
    shown = caveat("facts", tmp_path / "a.txt", "--why", "F1").out
    assert "in the headline: " in shown
    assert "read as affirmed" in shown


def test_why_of_a_fact_that_is_not_there_is_a_complaint(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Corvane Metals sells tin from its mine.\n", encoding="utf-8")
    ran = caveat("facts", tmp_path / "a.txt", "--why", "f99")
    assert ran.code == 3
    assert "no such fact" in ran.err
