"""`caveat rate` from the outside: output, talk and exit codes."""

import json
from pathlib import Path

import pytest

from rules.samples import sample, samples
from tests.rules.cli.conftest import Caveat


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The bundled announcements as files."""
    for name in samples():
        (tmp_path / f"{name}.txt").write_text(sample(name).text, encoding="utf-8")
    return tmp_path


def test_the_text_says_the_level_first_then_why_then_that_it_is_no_advice(caveat: Caveat, inbox: Path) -> None:
    ran = caveat("rate", inbox / "level4-overture.txt")
    lines = ran.out.splitlines()
    assert lines[0] == "level4-overture.txt"
    assert lines[1].startswith("SIGNAL ONLY  4 of 5  ●●●●○  High caution")
    assert "Why" in lines
    assert "What would lower the rating" in lines
    assert lines[-2:] == [
        "A rating says how careful to be in taking this announcement as a near-term sign of money or metal",
        "moving; it is not investment advice, not a valuation and not a forecast.",
    ]
    assert (ran.code, ran.err) == (0, "")


def test_every_bundled_announcement_gets_the_level_in_its_name(caveat: Caveat, inbox: Path) -> None:
    rows = [json.loads(line) for line in caveat("rate", inbox, "--format", "jsonl").out.splitlines()]
    assert {row["source"]["name"]: row.get("level") for row in rows} == {
        "level1-producing.txt": 1,
        "level2-contracted.txt": 2,
        "level3-conditional.txt": 3,
        "level4-overture.txt": 4,
        "level5-refuted.txt": 5,
        "out-of-scope.txt": None,
    }
    assert rows[-1]["not_rated"]["reason"] == "off_topic"


def test_json_is_an_object_for_one_and_an_array_for_several(caveat: Caveat, inbox: Path) -> None:
    one = json.loads(caveat("rate", inbox / "level5-refuted.txt", "--format", "json").out)
    assert (one["schema"], one["level"], one["engines"]["agree"]) == ("caveat/assessment/1", 5, True)
    names = [row["source"]["name"] for row in json.loads(caveat("rate", inbox, "--format", "json").out)]
    assert names == [f"{name}.txt" for name in samples()]


def test_every_quote_is_its_span(caveat: Caveat, inbox: Path) -> None:
    for name in samples():
        text = sample(name).text
        for fact in json.loads(caveat("rate", inbox / f"{name}.txt", "--format", "json").out)["facts"]:
            start, end = fact["spans"][0]
            assert text[start:end] == fact["quote"]


def test_the_same_text_gives_the_same_bytes(caveat: Caveat, inbox: Path) -> None:
    path = inbox / "level3-conditional.txt"
    assert caveat("rate", path, "--format", "json").out == caveat("rate", path, "--format", "json").out


def test_standard_input_is_an_announcement(caveat: Caveat) -> None:
    ran = caveat("rate", "-", "--format", "json", stdin=sample("level5-refuted").text.encode())
    assert json.loads(ran.out)["source"]["name"] == "-"
    assert json.loads(ran.out)["level"] == 5


def test_fail_at_tells_a_script_by_the_exit_code(caveat: Caveat, inbox: Path) -> None:
    path = inbox / "level4-overture.txt"
    assert caveat("rate", path, "--fail-at", "4").code == 1
    assert caveat("rate", path, "--fail-at", "5").code == 0
    assert caveat("rate", inbox / "out-of-scope.txt").code == 0
    assert caveat("rate", inbox / "out-of-scope.txt", "--fail-unrated").code == 1


def test_what_cannot_be_read_is_one_line_and_the_rest_goes_on(caveat: Caveat, inbox: Path) -> None:
    (inbox / "broken.txt").write_bytes(b"\0\1\2")
    ran = caveat("rate", inbox / "missing.txt", inbox, "--format", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["schema"] for row in rows[:2]] == ["caveat/error/1", "caveat/error/1"]
    assert rows[0]["error"]["title"] == "No such file"
    assert len(rows) == 2 + len(samples())
    assert ran.code == 3
    first, second, third = ran.err.splitlines()
    assert first == f"caveat: no such file: {inbox / 'missing.txt'}: no file or folder of that name"
    assert second.startswith("caveat: not a text: broken.txt: the bytes are no text")
    assert third.startswith("caveat: not rated: out-of-scope.txt: It is not about the supply of minerals or metals")


def test_an_empty_file_is_not_rated_and_says_so(caveat: Caveat, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = caveat("rate", tmp_path / "empty.txt", "--format", "json")
    assert json.loads(ran.out)["not_rated"]["reason"] == "empty"
    assert ran.err.startswith("caveat: not rated: empty.txt: There is no text in it")
    assert ran.code == 0


def test_a_folder_without_announcements_is_one_line(caveat: Caveat, tmp_path: Path) -> None:
    ran = caveat("rate", tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"caveat: no announcements: {tmp_path}: the folder holds no announcement (.txt, ")
    assert len(ran.err.splitlines()) == 1


def test_wrong_usage_is_exit_code_two(caveat: Caveat, inbox: Path) -> None:
    assert caveat("rate").code == 2
    assert caveat("rate", inbox, "--fail-at", "9").code == 2
    assert caveat("rate", inbox, "--published", "yesterday").code == 2
    ran = caveat("rate", inbox, "--rules", "nowhere")
    assert (ran.code, ran.err) == (2, "caveat: no pack: nowhere: no such folder\n")
    ran = caveat("rate", inbox, "--out", inbox / "no" / "such" / "folder")
    assert ran.code == 2
    assert ran.err.startswith("caveat: cannot write: ")


def test_out_writes_a_file_and_prints_nothing(caveat: Caveat, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    ran = caveat("rate", inbox / "level5-refuted.txt", "--format", "json", "--out", out)
    assert ran.out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["level"] == 5


def test_terminal_escapes_are_shown_and_not_obeyed(caveat: Caveat, tmp_path: Path) -> None:
    text = "\x1b[31mRed Rare Earths\x1b[0m signed a non-binding memorandum of understanding for neodymium.\x9b2J"
    (tmp_path / "a\x1bb.txt").write_text(text, encoding="utf-8")
    for form in ("text", "json"):
        ran = caveat("rate", tmp_path, "--format", form)
        assert "\x1b" not in ran.out + ran.err
        assert "\x9b" not in ran.out + ran.err


def test_the_published_date_moves_horizons(caveat: Caveat, tmp_path: Path) -> None:
    text = "Ridley Lithium expects to start production of lithium hydroxide at its refinery on 30 June 2027."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    def horizon(day: str) -> object:
        ran = caveat("rate", tmp_path / "a.txt", "--format", "json", "--published", day)
        facts = json.loads(ran.out)["facts"]
        return next(fact["fields"].get("horizon_months") for fact in facts if fact["kind"] == "milestone")

    assert horizon("2026-06-30") == 12
    assert horizon("2026-12-31") == 6
