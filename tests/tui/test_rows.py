"""Rows of the inbox as words, filtered and ordered."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from rules.assessment import Assessment
from tests.tui.example import off_topic, overture
from tui.query import narrows, parsed
from tui.row_index import RowIndex
from tui.row_orders import KEYS
from tui.rows import Row, failed, in_progress, packed, rated, told, waiting

ROW = rated(waiting("1", "overture.txt"), overture())


def fits(row: Row, query: str) -> bool:
    index = RowIndex()
    index.put(row)
    index.filter(query)
    return len(index) == 1


def with_announcement(assessment: Assessment, **fields: object) -> Assessment:
    assert assessment.reading
    changed = replace(assessment.reading.announcement, **fields)  # type: ignore[arg-type]
    return replace(assessment, reading=replace(assessment.reading, announcement=changed))


def names(index: RowIndex) -> list[str]:
    return [index.row(number).name for number in range(len(index))]


def test_a_rated_row_has_shape_number_word_class_who_and_why() -> None:
    assert (ROW.level_text, ROW.level) == ("●●●●○ 4 Signal only", 4)
    assert (ROW.class_name, ROW.who, ROW.name) == ("gov_overture", "Japan", "overture.txt")
    assert ROW.reason.startswith("Nothing is signed; ")
    assert told(ROW).startswith("●●●●○ 4 Signal only · overture.txt · gov_overture · Japan · Nothing is signed; ")


def test_a_row_has_the_day_of_publication() -> None:
    dated = with_announcement(overture(), published=dt.date(2025, 5, 30))
    assert rated(waiting("1", "x"), dated).date == "2025-05-30"


def test_one_announcement_among_several_is_called_by_its_title() -> None:
    entry = with_announcement(overture(), name="feed.xml#3", title="Japan offers\x1b a hand")
    assert rated(waiting("1", "feed.xml"), entry).name == "Japan offers␛ a hand"
    alone = with_announcement(overture(), name="note.html", title="Japan")
    assert rated(waiting("1", "note.html"), alone).name == "note.html"


def test_a_row_that_is_not_rated_says_why_and_has_no_level() -> None:
    row = rated(waiting("1", "bakery.txt"), off_topic())

    assert (row.state, row.level, row.level_text) == ("not_rated", None, "– not rated")
    assert row.reason.endswith(": the document speaks of baking")


def test_an_error_row_has_the_reason_on_one_line_and_no_level_from_before() -> None:
    row = failed(waiting("1", "a\x1b.bin"), "Not a text", "a.bin: the bytes\nare not text")

    assert (row.level_text, row.name) == ("! error", "a␛.bin")
    assert row.reason == "Not a text: a.bin: the bytes are not text"
    assert failed(ROW, "Gone", "it went").level is None


@pytest.mark.parametrize(
    "query",
    ["", "signal", "SIGNAL japan", "level:4", "level:4,5", "level:", "class:gov_over", "class:x,gov", "who:jap",
     "rule:com-002 nothing", "is:rated", "rule:", "date:"],
)  # fmt: skip
def test_a_filter_that_fits(query: str) -> None:
    assert fits(ROW, query)


@pytest.mark.parametrize(
    "query", ["level:5", "class:offtake_deal", "rule:FLR-501", "japan lynas", "level:error", "is:new", "is:ledger"]
)
def test_a_filter_that_does_not_fit(query: str) -> None:
    assert not fits(ROW, query)


def test_what_is_asked_of_a_row_beside_its_words() -> None:
    assert fits(replace(ROW, new=True), "is:new")
    assert fits(replace(ROW, entry="12"), "is:ledger level:4")
    assert fits(failed(ROW, "Gone", "it went"), "is:error")
    assert fits(replace(ROW, date="2025-05-30"), "date:2025-05")
    assert fits(waiting("/inbox/a:b.txt", "a:b.txt"), "a:b")


def test_typing_on_narrows_and_other_words_do_not() -> None:
    assert narrows(parsed("lithium level:4"), parsed("lith"))
    assert narrows(parsed("rule:FIN-006"), parsed("rule:FIN"))
    assert not narrows(parsed("lit"), parsed("lith"))
    assert not narrows(parsed("level:5"), parsed("level:4"))
    assert not narrows(parsed("level:4,5"), parsed("level:4"))


def test_the_order_is_that_of_a_column_and_the_way_round_it_was_asked() -> None:
    index = RowIndex()
    index.put(
        replace(ROW, key="a", name="b", level=4, who="Zinc"), replace(ROW, key="b", name="A", level=2, who=""),
        waiting("c", "c"), replace(ROW, key="d", name="d", level=5, who="alum"),
    )  # fmt: skip
    index.sort("level")
    assert names(index) == ["A", "b", "d", "c"]
    index.sort("who")
    assert names(index) == ["d", "b", "A", "c"]
    index.sort("name", reverse=True)
    assert names(index) == ["d", "c", "b", "A"]
    index.sort(None)
    assert names(index) == ["b", "A", "c", "d"]
    index.sort(None, reverse=True)
    assert (names(index), index.index("a"), index.index("nowhere")) == (["d", "c", "A", "b"], 3, None)


@pytest.mark.parametrize("column", [None, *KEYS])
def test_whatever_happens_to_rows_the_view_is_what_sorting_and_filtering_afresh_gives(column: str | None) -> None:
    chance = random.Random(f"{column}")
    index = RowIndex()
    index.sort(column, reverse=chance.random() < 0.5)
    alive: dict[str, Row] = {}
    came: list[str] = []

    def made(key: str) -> Row:
        row = replace(ROW, key=key, name=chance.choice("abcx"), level=chance.randint(1, 5), who=chance.choice("xyz"))
        return chance.choice([row, replace(row, date="2025"), in_progress(row), failed(row, "Gone", "x")])

    for step in range(400):
        key = f"k{chance.randrange(60)}"
        if chance.random() < 0.2 and key in alive:
            index.remove(key)
            del alive[key]
            came.remove(key)
        else:
            count = 70 if step == 50 else 1
            rows = [made(key if count == 1 else f"m{number}") for number in range(count)]
            came += [row.key for row in rows if row.key not in alive]
            alive |= {row.key: row for row in rows}
            index.put(*rows)
        if step % 20 == 0:
            query = chance.choice(["", "a", "x level:4", "is:error", "level:2,3 y"])
            index.filter(query)
        expected = [alive[key] for key in came if fits(alive[key], query)]
        if column is not None:
            expected.sort(key=lambda row: KEYS[column](packed(row)))
        if index.sorted_by[1]:
            expected.reverse()
        assert [index.row(number) for number in range(len(index))] == expected
        assert all(index.index(row.key) == number for number, row in enumerate(expected))
        assert index.total == len(alive)
        assert {row.key for row in index.every()} == alive.keys()
