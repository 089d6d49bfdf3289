"""What is asked of finished runs, and how it is drawn."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rules.batch import chart, report, summary
from rules.batch.chart import Bars, Block, Table
from rules.batch.report import Counts
from rules.batch.run import run
from rules.batch.shares import Shares
from rules.errors import RulesError
from rules.pack import load
from tests.rules.batch.making import folder_of, lines_of, plan, rated, texts


def counted(*rows: dict[str, object]) -> Counts:
    counts = Counts(("level", "published", "class", "company", "fired"))
    for row in rows:
        counts.note(row)
    return counts


def block(title: str, counts: Counts) -> Block:
    return next(each for each in report.blocks(counts, load()) if each.title.startswith(title))


def test_levels_are_counted_by_month_class_and_company_whatever_its_legal_form() -> None:
    counts = counted(
        {"level": 3, "published": "2026-05-04", "class": "offtake_deal", "company": "Acme Ltd", "fired": ["COM-003"]},
        {"level": 5, "published": "2026-05-30", "class": "offtake_deal", "company": "ACME Limited", "fired": []},
        {"level": 4, "published": "2026-06-01", "company": "Beta Corp.", "fired": ["COM-003"]},
        {"level": None, "error": "Not JSON: x"},
    )
    months = block("Levels over time", counts)
    assert isinstance(months, Shares)
    assert months.table() == [
        ["Month", "", "1", "2", "3", "4", "5", "All", "Mean"],
        ["2026-05", "333333333333555555555555", "0", "0", "1", "0", "1", "2", "4.00"],
        ["2026-06", "444444444444", "0", "0", "0", "1", "0", "1", "4.00"],
    ]
    companies = block("Levels by company", counts)
    assert isinstance(companies, Shares)
    assert list(companies.counts) == ["Acme Ltd", "Beta Corp."]
    fired = block("Rules that fired", counts)
    assert isinstance(fired, Bars)
    assert fired.counts == {f"COM-003 {load().rule('COM-003').title}": 2}
    assert (counts.rows, counts.failed) == (4, 1)


def test_many_months_are_told_by_quarter_and_many_quarters_by_year() -> None:
    def heads(months: int) -> list[str]:
        days = (f"{2000 + month // 12}-{month % 12 + 1:02d}-15" for month in range(months))
        found = block("Levels over time", counted(*({"level": 2, "published": day} for day in days)))
        assert isinstance(found, Shares)
        return [row[0] for row in found.table()]

    assert heads(36)[:3] == ["Month", "2000-01", "2000-02"]
    assert heads(37)[:3] == ["Quarter", "2000 Q1", "2000 Q2"]
    assert heads(12 * 12)[:3] == ["Year", "2000", "2001"]


def test_what_a_run_did_not_keep_is_said(tmp_path: Path) -> None:
    run(plan(lines_of(tmp_path / "a.jsonl", 2), out=tmp_path / "out", columns=("place", "level")), print)
    counts = report.count(tmp_path / "out")
    assert counts.levels.total() == 2
    assert block("Levels by class", counts).note == "this run did not keep the column class"


def test_two_runs_give_a_matrix_of_moves(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", texts(3))
    rated(folder, out=tmp_path / "before")
    rows = [row["level"] for row in rated(folder, out=tmp_path / "after")]
    after = tmp_path / "after" / "shards" / "00000000.jsonl"
    after.write_text(after.read_text().replace(f'"level":{rows[0]},"level_name"', '"level":1,"level_name"', 1))
    compared, matrix, moved = report.compare(tmp_path / "before", tmp_path / "after")
    assert compared.lines == ["3 in both runs, 2 unmoved; 0 only in before, 0 only in after"]  # type: ignore[union-attr]
    assert isinstance(matrix, Table)
    assert matrix.rows[rows[0] - 1][1] == "1"
    assert moved.lines == [f"news/made-00000000.txt: {rows[0]} → 1"]  # type: ignore[union-attr]


def test_a_folder_that_is_no_finished_run_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"no manifest\.json; is it a folder that"):
        report.count(tmp_path)


def test_bars_in_a_terminal_are_as_long_as_their_counts() -> None:
    drawn = chart.text("A run", [Bars("Levels", {"one": 40, "two": 1, "three": 0}), Bars("Nothing", {}, "no column")])
    lines = drawn.splitlines()
    assert [line.count("█") for line in lines[3:6]] == [40, 1, 0]
    assert [line.split()[-1] for line in lines[3:6]] == ["40", "1", "0"]
    assert "  no column" in lines


def test_names_from_outside_are_shown_and_never_obeyed() -> None:
    blocks = [Bars("Companies", {"<script>alert(1)</script>\x1b[2J": 3})]
    assert "\x1b" not in chart.text("A run", blocks)
    page = chart.page("A run", blocks)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    whole = run(plan(lines_of(tmp_path / "a.jsonl", 3), out=tmp_path / "out"), print)
    summary.write(whole, load(), tmp_path / "out")
    page = (tmp_path / "out" / "summary.html").read_text()
    parser = HTMLParser()
    parser.feed(page)
    assert page.count("<svg") == 2
    assert not re.search(r"(?:src|href)=", page)
    assert "3 announcements: 3 rated, 0 not rated, 0 failed" in (tmp_path / "out" / "summary.txt").read_text()
