"""The ledger's words: its filter, rows, the line of time, two ratings side by side."""

import datetime as dt
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ledger import dispute
from rules.ledger.compare import compare
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.listing import History, Window, history, listing, window
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.ledger.stored import assessment_json
from rules.pack import load
from tests.tui.example import off_topic, overture, refuted
from tui import diff_view, ledger_view
from tui.diff_view import Sides
from tui.ledger_rows import PAGE, LedgerRows, up_to
from tui.ledger_view import asked
from tui.ledger_whole import whole_of
from tui.timeline import Timeline

LEVELS = load().settings.levels


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Entries 0 overture, 1 refuted, 2 off topic, 3 the overture read again, 4 an override of it."""
    days = (dt.datetime(2026, 5, day, 9, tzinfo=dt.UTC) for day in range(1, 30))
    with open_ledger(str(tmp_path / "ledger.db"), write=True, clock=lambda: next(days)) as found:
        found.append(draft(overture(), "ann"))
        found.append(draft(refuted()))
        found.append(draft(off_topic()))
        found.append(draft(overture()))
        dispute.override(found, found.rating("0"), 3, "site visit [red]", dt.date(2030, 1, 1), "bo")
        yield found


def test_a_filter_is_understood() -> None:
    found = asked('level:4 class:gov_overture issuer:"Acme Lithium Ltd." rule:flr-503 wire "two words"')
    assert found.filter == Filter(level=4, announcement_class="gov_overture", issuer="acme lithium", rule="FLR-503")
    assert found.words == ("wire", "two words")
    assert asked("since:2026-05-01").filter.since == "2026-05-01T00:00:00.000000Z"
    assert asked("until:2026-05-01").filter.before == "2026-05-02T00:00:00.000000Z"
    assert asked("level:").filter == Filter()


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("lvl:4", "there is no lvl: here; use level:, class:"),
        ("level:high", "level:high: a number is wanted"),
        ("since:may", "write a day, such as since:2026-05-31"),
        ("kind:ratings", "it is one of rating, reading"),
    ],
)
def test_a_filter_that_means_nothing_says_why(query: str, complaint: str) -> None:
    with pytest.raises(RulesError, match=complaint):
        asked(query)


@pytest.mark.parametrize(
    ("query", "seqs"),
    [
        ("", [4, 3, 2, 1, 0]),
        ("level:5", [1]),
        ("refuted", [1]),
        ("JAPAN kind:rating", [1, 0]),
        ("rule:FLR-503", [1]),
        ("rule:FLR-503 refuted", [1]),
        ("kind:override", [4]),
        ("of:0", [4, 3]),
        ("over%", []),
        ("since:2026-05-02 until:2026-05-03", [2, 1]),
    ],
)
def test_entries_are_found_newest_first(ledger: Ledger, query: str, seqs: list[int]) -> None:
    wanted = asked(query)
    assert listing(ledger, wanted.filter, wanted.words).tolist() == seqs
    assert history(ledger, wanted.filter, wanted.words).seqs.tolist() == seqs[::-1]


def test_entries_are_sorted_by_any_column_and_what_has_none_comes_last(ledger: Ledger) -> None:
    assert listing(ledger, order="level", reverse=True).tolist() == [1, 3, 0, 4, 2]
    assert listing(ledger, order="level", reverse=False).tolist() == [4, 3, 0, 1, 2]
    assert listing(ledger, order="time", reverse=False).tolist() == [0, 1, 2, 3, 4]
    assert listing(ledger, words=["japan"], order="seq", reverse=False).tolist() == [0, 1, 3, 4]


def test_a_row_shows_the_level_with_the_override_that_stands(ledger: Ledger) -> None:
    found = window(ledger, [0, 1, 2, 3])
    rows = {
        seq: ledger_view.cells(entry, LEVELS, found.standing.get(seq), True) for seq, entry in found.entries.items()
    }
    assert str(rows[0][1]) == "●●●●○ 4 ▸ 3 override"
    assert str(rows[1][1]) == "●●●●● 5 Do not rely"
    assert str(rows[2][1]) == "– not rated"
    assert rows[3][3] == "overture.txt (of 0)"
    assert rows[0][4] == "2026-05-01 09:00"


def test_an_entry_is_told_with_all_that_belongs_to_it(ledger: Ledger) -> None:
    told = "\n".join(ledger_view.told(whole_of(ledger, "0"), LEVELS))
    assert "entry 0 · level 4 · Japan · overture.txt · 2026-05-01" in told
    assert "asked by ann" in told
    assert "entry 3, 2026-05-04 · read again as overture.txt" in told
    assert "override: 4 to 3 until 2030-01-01 (in force): site visit [red]" in told
    assert "entry 4" in "\n".join(ledger_view.told(whole_of(ledger, "4"), LEVELS)).partition("\n")[0]


def test_rows_are_asked_for_page_by_page_and_once() -> None:
    wanted: list[tuple[int, Sequence[int]]] = []
    rows = LedgerRows(
        array("q", range(999, -1, -1)), lambda entry, _: (str(entry.seq),), lambda *page: wanted.append(page)
    )
    assert rows.cells(0)[:2] == ("999", "…")
    rows.cells(1)
    rows.cells(PAGE)
    assert [page for page, _ in wanted] == [0, 1]
    assert wanted[0][1][0] == 999
    assert rows.index("998") == 1
    assert rows.index("1000") is None
    rows.refused(0)
    rows.cells(0)
    assert [page for page, _ in wanted] == [0, 1, 0]


def test_rows_in_another_order_are_found_too() -> None:
    rows = LedgerRows(array("q", [3, 9, 1]), lambda entry, _: (), lambda *_: None, newest_first=False)
    assert [rows.index(key) for key in ("3", "9", "1", "2")] == [0, 1, 2, None]


def test_ids_are_cut_where_the_bar_stands() -> None:
    assert up_to(array("q", [9, 7, 5, 1]), 6, newest_first=True).tolist() == [5, 1]
    assert up_to(array("q", [9, 7, 5, 1]), 9, newest_first=True).tolist() == [9, 7, 5, 1]
    assert up_to(array("q", [5, 9, 1]), 6, newest_first=False).tolist() == [5, 1]


def test_a_page_that_came_is_drawn(ledger: Ledger) -> None:
    rows = LedgerRows(
        array("q", [1, 0]), lambda entry, made: (entry.name, f"{made.level if made else 0}"), lambda *_: None
    )
    rows.cells(0)
    rows.fill(0, window(ledger, [1, 0]))
    assert rows.cells(1) == ("overture.txt", "3")
    assert rows.entry(0) is not None
    for page in range(1, 70):
        rows.fill(page, Window({}, {}))
    assert rows.entry(0) is None


def line(*times: float) -> Timeline:
    count = range(len(times))
    return Timeline(History(array("q", count), array("d", times), bytes(seq % 6 for seq in count)))


def test_the_line_of_time_is_as_high_as_much_was_recorded() -> None:
    assert line(0, 1, 2, 99).heights(4) == "█  ▃"
    assert line(5).heights(3) == "█  "
    assert Timeline().heights(3) == "   "


def test_moving_on_the_line_passes_over_times_in_which_nothing_was_recorded() -> None:
    found = line(0, 1, 2, 50, 99)
    assert found.moved(5, -1, 10) == 4
    assert found.moved(4, -1, 10) == 3
    assert found.moved(3, -1, 10) == 3
    assert found.moved(3, 1, 10) == 4
    assert found.moved(4, 1, 10) == 5
    assert found.part(4, 10) == 5
    assert found.part(5, 10) == 9
    assert found.at_part(5, 10) == 4
    assert found.seq(4) == 3
    assert found.seq(0) is None


def test_a_clock_that_was_set_back_does_not_turn_the_line_back() -> None:
    assert line(0, 100, 40).heights(2) == "▄█"
    assert line(0, 100, 40).moved(3, -1, 2) == 1


def test_a_moment_is_told_with_the_levels_there_were() -> None:
    assert line(0, 60, 120).told(2) == "1970-01-01 00:01 · 2 · levels 1-5: 1 0 0 0 0"
    count = range(12_345)
    many = Timeline(History(array("q", count), array("d", count), bytes([4] * 12_345)))
    assert many.told(12_345).endswith("12,345 · levels 1-5: 0 0 0 12k 0")


def test_two_ratings_stand_side_by_side_with_what_moved_the_level(ledger: Ledger) -> None:
    left, right = ledger.rating("0"), ledger.rating("1")
    titles = {rule.code: rule.title for rule in load().rules}
    found = compare(assessment_json(ledger, left), assessment_json(ledger, right))
    sides = Sides(left, right, found, titles, LEVELS)
    assert diff_view.heading(sides).startswith(
        "●●●●○ 4 Signal only  →  ●●●●● 5 Do not rely\nfloor FLR-503 now holds (The"
    )
    rows = {row.label: row for row in diff_view.rows(sides)}
    assert rows["level"].cells == ("level", "≠", "●●●●○ 4 Signal only", "●●●●● 5 Do not rely")
    assert rows["class"].cells == ("class", "=", "gov overture", "gov overture")
    assert rows["only fact"].left == "–"
    assert rows["only fact"].right.startswith("denial")
    text = diff_view.as_text(sides)
    assert "only rule    ≠ –" in text
    assert "entry 1: denial" in diff_view.in_words(rows["only fact"], sides)
    same = Sides(left, left, compare(found.before, found.before), titles, LEVELS)
    assert diff_view.heading(same) == "●●●●○ 4 Signal only in both"
