"""The other process: what it reports, and that it can be stopped and may die."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from facts.announcement import Announcement
from rules.errors import RulesError
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.facts.readers.server import answer, serving
from tests.tui.example import TEXT, off_topic, overture, refuted
from tui.rater import Allowed, Failed, Finished, Found, Given, ProcessRater, Started
from tui.rows import unpacked


@pytest.fixture(scope="module")
def rater() -> Iterator[ProcessRater]:
    rater = ProcessRater()
    yield rater
    rater.close()


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(TEXT)


def test_all_are_found_before_the_first_is_rated_and_one_pack_serves_all(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.md")
    (tmp_path / "empty.txt").touch()
    pasted = Announcement.from_text(TEXT, "pasted text 1")

    reports = list(rater.rate([str(tmp_path), str(tmp_path / "nowhere.txt"), Given("pasted 1", pasted)]))

    kinds = [type(report) for report in reports]
    assert kinds == [Found, Found, Found, Failed, Found, *[Started, Finished] * 4]
    done = [report.assessment for report in reports if isinstance(report, Finished)]
    assert done[0].pack is done[1].pack
    assert done[0].announcement
    assert done[0].announcement.text == TEXT
    assert done[2].scope
    assert done[2].scope.reason == "empty"
    assert done[3].announcement == pasted
    refused = next(report for report in reports if isinstance(report, Failed))
    assert (refused.name, refused.title) == ("nowhere.txt", "No such file")


def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_goes_on(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)

    reports = list(rater.rate([str(tmp_path)]))

    assert [type(report) for report in reports[2:]] == [Started, Failed, Started, Finished]
    assert isinstance(reports[3], Failed)
    assert reports[3].title == "Not a text"


def test_a_file_of_several_gives_a_row_for_each_and_one_for_what_is_broken(rater: ProcessRater, tmp_path: Path) -> None:
    lines = [json.dumps({"text": TEXT, "title": f"Note {number}"}) for number in (1, 2)]
    place = tmp_path / "notes.jsonl"
    place.write_text("\n".join([lines[0], "{", lines[1]]))

    reports = list(rater.rate([str(place)]))

    assert [type(report) for report in reports] == [Found, Started, Finished, Failed, Found, Finished]
    keys = [report.key for report in reports[2:]]
    assert keys == [str(place), f"{place}#2", f"{place}#3", f"{place}#3"]


def test_a_private_address_is_refused_and_nothing_is_asked_of_it(rater: ProcessRater) -> None:
    url = "http://127.0.0.1:9/feed.xml"

    found, started, refused = rater.rate([url])

    assert (found, started) == (Found(url, url), Started(url))
    assert isinstance(refused, Failed)
    assert refused.title == "Private address"


def test_a_private_address_that_was_allowed_is_asked(rater: ProcessRater) -> None:
    with serving(answer(TEXT.encode())) as server:
        found, _, done = rater.rate([Allowed(server.at("/a.txt"))])
    assert found == Found(server.at("/a.txt"), server.at("/a.txt"))
    assert isinstance(done, Finished)
    assert done.assessment.announcement is not None
    assert done.assessment.announcement.text.startswith("Japan proposes joint rare earth projects")


def test_a_process_that_dies_costs_one_announcement(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    reports = []
    for report in rater.rate([str(tmp_path)]):
        reports.append(report)
        if isinstance(report, Started) and report.key.endswith("b.txt"):
            assert rater.process_id
            os.kill(rater.process_id, signal.SIGKILL)

    outcomes = [report for report in reports if isinstance(report, Finished | Failed)]
    assert [type(report) for report in outcomes] == [Finished, Failed, Finished]
    assert isinstance(outcomes[1], Failed)
    assert (outcomes[1].name, outcomes[1].message) == ("b.txt", "the rating ended: exit code -9")


def test_the_ledger_is_listed_in_rows_the_newest_first_and_then_only_what_is_new(
    rater: ProcessRater, tmp_path: Path
) -> None:
    place = str(tmp_path / "ledger.db")
    with open_ledger(place, write=True) as ledger:
        ledger.append(draft(overture()), draft(off_topic()))

    (page,) = [[unpacked(row) for row, _ in page] for page in rater.rows(place)]
    with open_ledger(place, write=True) as ledger:
        ledger.append(draft(refuted()))
    (later,) = [[unpacked(row) for row, _ in page] for page in rater.rows(place, after=1)]

    assert [(row.key, row.level_text, row.entry) for row in page] == [
        ("ledger 1", "– not rated", "1"),
        ("ledger 0", "●●●●○ 4 Signal only", "0"),
    ]
    assert (page[1].name, page[1].class_name, page[1].who) == ("overture.txt", "gov_overture", "Japan")
    assert page[1].reason.startswith("Nothing is signed; ")
    assert "COM-002" in page[1].rules
    assert [row.level for row in later] == [5]


def test_without_a_ledger_the_error_says_so(rater: ProcessRater, tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"none\.db"):
        list(rater.rows(str(tmp_path / "none.db")))


def test_a_listing_that_is_broken_off_leaves_nothing_behind(rater: ProcessRater, tmp_path: Path) -> None:
    place = str(tmp_path / "ledger.db")
    with open_ledger(place, write=True) as ledger:
        ledger.append(draft(overture()))
    listing = iter(rater.rows(place))
    next(listing)
    listing.close()  # type: ignore[attr-defined]
    write(tmp_path, "a.txt")

    assert isinstance(list(rater.rate([str(tmp_path / "a.txt")]))[-1], Finished)
