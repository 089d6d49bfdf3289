"""CSV that a spreadsheet reads and does not run."""

import csv
import io

import pytest

from facts.errors import FactsError
from rules.assess import rate
from rules.render.csv import COLUMNS, safe, write_csv
from tests.rules.explain.known import case
from tests.rules.render.hostile import hostile


def _rows(*rows: object) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(rows, stream)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_every_announcement_is_a_row_rated_or_not_or_not_read() -> None:
    unrated = rate("A poem about the sea.", engine="reference")
    rows = _rows(case(1), unrated, ("broken.txt", FactsError("Not a text", "the bytes are no text")))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["rated"], row["level"]) for row in rows] == [("yes", "4"), ("no", ""), ("no", "")]
    assert rows[0]["floors"].startswith("FLR-401 FLR-402")
    assert rows[2]["because"] == "Not a text: the bytes are no text"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\uff1d"])
def test_a_cell_that_could_be_a_formula_begins_with_an_apostrophe(begin: str) -> None:
    assert safe(f"{begin}1+1").startswith("'")
    assert not safe(f"x{begin}1").startswith("'")


def test_a_hostile_name_is_neutralised_and_its_controls_are_shown() -> None:
    row = _rows(hostile())[0]
    assert row["name"] == "'=cmd|'/c calc'!A1 <b>.txt"
    assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_a_cell_stays_on_its_line() -> None:
    assert safe("a\r\nb\nc") == "a b c"
