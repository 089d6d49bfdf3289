"""Reports written from the screen."""

import json
from pathlib import Path

import pytest

from rules.errors import RulesError
from tests.tui.example import off_topic, overture, refuted
from tui.report import FORMS, rendered, write


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        (".md", "# overture.txt\n"),
        (".html", "<!doctype html>"),
        (".txt", "overture.txt\nSIGNAL ONLY  4 of 5"),
        (".json", '{\n  "schema": "caveat/assessment/1"'),
        (".jsonl", '{"schema": "caveat/assessment/1"'),
        (".csv", "name,sha256,"),
    ],
)
def test_the_ending_chooses_the_form(form: str, begins: str) -> None:
    assert rendered(form, [overture()]).startswith(begins)
    assert "not investment advice" in rendered(form, [overture()]) or form in (".json", ".jsonl", ".csv")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_takes_several_and_one_that_was_not_rated(form: str) -> None:
    text = rendered(form, [overture(), refuted(), off_topic()])

    assert all(name in text for name in ("overture.txt", "refuted.txt", "bakery.txt"))


def test_json_of_several_is_a_list() -> None:
    assert [each["level"] for each in json.loads(rendered(".json", [overture(), refuted()]))] == [4, 5]


def test_what_exists_stays_unless_it_may_go(tmp_path: Path) -> None:
    path = tmp_path / "report.MD"
    write(path, [overture()])
    first = path.read_text()

    with pytest.raises(RulesError, match=r"It exists: .*report\.MD: choose another name, or overwrite it"):
        write(path, [refuted()])
    assert path.read_text() == first
    write(path, [refuted()], overwrite=True)
    assert path.read_text().startswith("# refuted.txt")


def test_an_unknown_ending_and_a_place_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"Unknown form: report\.pdf: end the name in \.md, \.html"):
        write(tmp_path / "report.pdf", [overture()])
    with pytest.raises(RulesError, match=r"Cannot write: .*No such file or directory; choose another place"):
        write(tmp_path / "none" / "report.md", [overture()])
