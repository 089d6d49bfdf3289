"""`caveat batch` as it is typed: exit codes, what it prints, what it refuses."""

import json
from pathlib import Path
from typing import Any

from tests.rules.batch.making import folder_of, lines_of, rows, texts
from tests.rules.cli.conftest import Caveat


def test_a_run_prints_its_summary_and_leaves_rows_that_check_accepts(caveat: Caveat, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", texts(2))
    ran = caveat("batch", folder, "--out", tmp_path / "out", "--workers", 1)
    assert ran.code == 0
    assert ran.out.startswith("2 announcements: 2 rated, 0 not rated, 0 failed; critical_minerals 1")
    assert ran.err == ""
    (shard,) = (tmp_path / "out" / "shards").iterdir()
    assert caveat("check", shard).code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["rows"], manifest["shards"][0]["rows"]) == (2, 2)


def test_a_document_that_cannot_be_read_gives_code_3_and_the_rest_is_done(caveat: Caveat, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {**texts(1), "z.json": "{broken"})
    ran = caveat("batch", folder, "--out", tmp_path / "out", "--workers", 1, "--columns", "place,level,error")
    assert ran.code == 3
    assert ran.err == "caveat: not all rated: 1 of 2; their rows have an error\n"
    good, bad = rows(tmp_path / "out")
    assert list(good) == ["place", "level", "error"]
    assert bad["level"] is None
    assert bad["error"].startswith("Not JSON: z.json:")


def test_an_unknown_column_is_refused_with_those_that_there_are(caveat: Caveat, tmp_path: Path) -> None:
    ran = caveat("batch", tmp_path, "--out", tmp_path / "out", "--columns", "level,colour")
    assert ran.code == 2
    assert "caveat: unknown column: colour; columns are place, name, sha256" in ran.err


def test_reports_are_printed_and_written_as_a_page(caveat: Caveat, tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 3)
    assert caveat("batch", source, "--out", tmp_path / "out", "--workers", 1).code == 0
    ran = caveat("batch", "report", tmp_path / "out", tmp_path / "out", "--html", tmp_path / "page.html")
    assert ran.code == 0
    assert ran.out.startswith("out: 3 announcements, 3 rated, 0 failed; critical_minerals 1, sha256:")
    assert "3 in both runs, 3 unmoved" in ran.out
    assert "<svg" in (tmp_path / "page.html").read_text()


def test_help_shows_the_batch_itself_with_an_example(caveat: Caveat) -> None:
    ran = caveat("batch", "--help")
    assert ran.code == 0
    assert "Example: caveat batch news/ archive.zip --out results --workers 4" in ran.out
    assert "caveat batch report DIR" in ran.out


def _entries(caveat: Caveat, ledger: Path) -> list[dict[str, Any]]:
    lines = caveat("ledger", "list", "--ledger", ledger, "--format", "jsonl", "--limit", 100).out.splitlines()
    return [json.loads(line) for line in lines]


def test_saved_ratings_are_in_the_ledger_once_however_often_a_shard_is_done(caveat: Caveat, tmp_path: Path) -> None:
    source, ledger = lines_of(tmp_path / "many.jsonl", 5), tmp_path / "ledger.db"
    run = ("batch", source, "--workers", 1, "--shard", 2, "--save", "--ledger", ledger, "--who", "ann", "--out")
    first = caveat(*run, tmp_path / "out")
    assert first.code == 0
    assert "0 failed, 5 new in the ledger; critical_minerals 1" in first.out
    journal = tmp_path / "out" / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))  # killed before it noted the rest
    again = caveat(*run, tmp_path / "out")
    assert "0 failed, 2 new in the ledger" in again.out  # those of the shard that was noted
    assert caveat(*run, tmp_path / "elsewhere").out.startswith("5 announcements: 5 rated, 0 not rated, 0 failed, 0 new")
    assert {each["kind"] for each in _entries(caveat, ledger)} == {"rating"}
    assert len(_entries(caveat, ledger)) == 5
    assert not (tmp_path / "out" / "drafts").exists()


def test_what_was_not_saved_is_when_it_is_asked_for_later_and_the_rows_stay_the_same(
    caveat: Caveat, tmp_path: Path
) -> None:
    source, ledger = lines_of(tmp_path / "many.jsonl", 3), tmp_path / "ledger.db"
    run = ("batch", source, "--workers", 1, "--out", tmp_path / "out")
    caveat(*run)
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    assert "3 new in the ledger" in caveat(*run, "--save", "--ledger", ledger).out
    assert "3 new in the ledger" in caveat(*run, "--save", "--ledger", tmp_path / "other.db").out
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before
    assert len(_entries(caveat, ledger)) == 3


def test_a_ledger_that_cannot_be_written_is_told_before_anything_is_rated(caveat: Caveat, tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 1)
    ran = caveat("batch", source, "--out", tmp_path / "out", "--save", "--ledger", "mysql://host/x")
    assert ran.code == 2
    assert "caveat: unknown ledger: mysql://…: a ledger is a file or a postgresql:// address" in ran.err
    assert not (tmp_path / "out").exists()
