"""`why`, `whynot`, `whatif`, `distance`, `ask`, `challenge` and the report formats from the outside."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.rules.cli.conftest import Caveat
from tests.rules.explain.known import AGREEMENT, FUNDER, MONEY, cases


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """The facts of the seed."""
    seed = {"class": cases()[0]["class"], "facts": cases()[0]["facts"]}
    (tmp_path / "note.json").write_text(json.dumps(seed), encoding="utf-8")
    return tmp_path / "note.json"


def test_why_is_prose_for_people_a_tree_for_analysts_and_json_for_programs(caveat: Caveat, note: Path) -> None:
    prose = caveat("why", note).out
    assert prose.startswith("Caution 4 of 5, signal only (high caution).\nConfidence in the reading is medium")
    assert "└─" in caveat("why", note, "--format", "tree").out
    node = json.loads(caveat("why", note, "--format", "json").out)
    assert list(node) == ["kind", "id", "says", "holds", "needed", "found", "children"]
    assert (node["kind"], node["id"]) == ("rating", "level 4")


def test_why_takes_a_conclusion_a_depth_and_only_the_facts(caveat: Caveat, note: Path) -> None:
    assert caveat("why", note, "FLR-401").out.startswith("Nothing is signed [level at least 4]")
    assert caveat("why", note, "--of", "f7").out == caveat("why", note, "f7").out
    assert "COM-002" not in caveat("why", note, "--depth", "1").out
    facts = json.loads(caveat("why", note, "--facts-only", "--format", "json").out)["children"]
    assert {child["kind"] for child in facts} == {"fact"}
    ran = caveat("why", note, "CAP-101")
    assert (ran.code, ran.err) == (
        2, "caveat: does not hold: CAP-101 did not fire here; `caveat whynot` tells what it needed\n"
    )  # fmt: skip


def test_why_tells_what_the_level_hangs_on(caveat: Caveat, note: Path) -> None:
    assert caveat("why", note, "--robustness").out.startswith("Level 4 hangs on no single sentence, cue or rule")
    assert json.loads(caveat("why", note, "--robustness", "--format", "json").out)["points"] == []


def test_whynot_takes_a_rule_or_a_level(caveat: Caveat, note: Path) -> None:
    assert caveat("whynot", note, "cap-201").out.startswith("CAP-201 Bound buyer")
    assert json.loads(caveat("whynot", note, "3", "--format", "json").out)["id"] == "level 3"
    assert caveat("whynot", note, "CAP-999").code == 2


def test_whatif_shows_both_ratings_and_the_steps(caveat: Caveat, note: Path) -> None:
    added = [word for words in (AGREEMENT, MONEY, FUNDER) for word in ("--add", words)]
    data = json.loads(caveat("whatif", note, *added, "--drop", "f7", "--format", "json").out)
    assert (data["before"]["level"], data["after"]["level"]) == (4, 3)
    assert data["changes"][:2] == ["drop f7", f"add {AGREEMENT}"]
    assert {step["rule"] for step in data["steps"]} >= {"FLR-401", "CAP-301"}
    assert "4 Signal only ●●●●○       3 Conditional ●●●○○" in caveat("whatif", note, *added).out


def test_distance_prints_what_is_proved_and_lists_what_was_tried(caveat: Caveat, note: Path) -> None:
    shown = caveat("distance", note, "--candidates").out
    assert "tried lowers it; this is proved, for these changes and no others." in shown
    assert "  • to 5: paid promotion (could be learnt)" in shown
    assert "  paid            could be learnt: paid promotion" in shown
    data = json.loads(caveat("distance", note, "--deep", "--format", "json").out)
    assert data["searched"]["size"] == 3
    assert {"definitive", "money", "offtake"} in [set(way["candidates"]) for way in data["lower"] if way["level"] == 2]


def test_what_is_not_printed_is_counted(caveat: Caveat, note: Path) -> None:
    assert " more (--all)" in caveat("distance", note, "--deep").out
    assert " more (--all)" not in caveat("distance", note, "--deep", "--all").out


def test_ask_by_script_saves_what_evaluate_and_why_take(caveat: Caveat, note: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text('definitive = "yes"\nmoney = true\npaid = "no"\n', encoding="utf-8")
    ran = caveat(
        "ask", note, "--answers", tmp_path / "answers.toml", "--who", "A. Reader", "--on", "2026-01-05",
        "--save", tmp_path / "saved.json",
    )  # fmt: skip
    assert "The level was 4 and is 3." in ran.out
    assert "Why it is asked: this alone would decide between 4 and 5." in ran.out
    assert json.loads(caveat("evaluate", tmp_path / "saved.json").out)["level"] == 3
    told = caveat("why", tmp_path / "saved.json", "a1").out
    assert "stated by A. Reader on 2026-01-05, not by the text" in " ".join(told.split())


def test_ask_by_hand_reads_answers_line_by_line_and_stops_when_told(caveat: Caveat, note: Path) -> None:
    ran = caveat("ask", note, "--format", "json", stdin=b"no\nperhaps\n?\nq\n")
    data = json.loads(ran.out)
    assert [given["answer"] for given in data["answers"]] == ["no", "unknown"]
    assert data["answers"][0]["facts"] == []
    assert ran.err.count("Why it is asked") == 3


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ('monney = "yes"', 2, "no question 'monney'; did you mean 'money'"),
        ('money = "maybe"', 3, "money = 'maybe'; write yes, no or unknown"),
        ("money", 3, "not answers"),
    ],
)
def test_broken_answers_are_one_line(
    caveat: Caveat, note: Path, tmp_path: Path, content: str, code: int, message: str
) -> None:
    (tmp_path / "answers.toml").write_text(content, encoding="utf-8")
    ran = caveat("ask", note, "--answers", tmp_path / "answers.toml")
    assert (ran.code, len(ran.err.splitlines())) == (code, 1)
    assert message in ran.err


def test_challenge_shows_the_rating_with_and_without_the_fact(caveat: Caveat, note: Path) -> None:
    words = ("challenge", note, "f7", "--because", "it is a comment", "--who", "A. Reader", "--on", "2026-01-05")
    assert "POL-001: Holds without it too, on other grounds" in caveat(*words).out
    data = json.loads(caveat(*words, "--format", "json").out)
    assert (data["schema"], data["level_with"], data["level_without"]) == ("caveat/challenge/1", 4, 4)
    assert caveat("challenge", note, "f99", "--because", "x").code == 2
    assert caveat("challenge", note, "f7").code == 2


def test_rate_writes_every_form_of_report(caveat: Caveat, tmp_path: Path) -> None:
    text = "Acme Rare Earths signed a non-binding letter of intent with Beta for neodymium oxide from its mine."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(caveat("rate", tmp_path / "a.txt", "--format", "csv").out)))
    assert [row["name"] for row in rows] == ["a.txt"]
    assert caveat("rate", tmp_path / "a.txt", "--format", "md").out.startswith("# a.txt\n")
    assert caveat("rate", tmp_path / "a.txt", "--format", "mermaid").out.startswith("flowchart LR\n")
    html = caveat("rate", tmp_path / "a.txt", "--format", "html").out
    assert html.startswith("<!doctype html>")
    assert html.endswith("</html>\n")


def test_terms_are_explained_unless_told_otherwise(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Acme signed a letter of intent for neodymium oxide supply.", encoding="utf-8")
    assert "\nTerms\n" in caveat("rate", tmp_path / "a.txt").out
    assert "\nTerms\n" not in caveat("rate", tmp_path / "a.txt", "--no-glossary").out


def test_every_command_has_a_worked_example_in_its_help(caveat: Caveat) -> None:
    for name in ("why", "whynot", "whatif", "distance", "ask", "challenge"):
        assert f"Example: caveat {name} " in caveat(name, "--help").out
