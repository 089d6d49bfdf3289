"""The other process: what it reports, and that it can be stopped and may die."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.example import TEXT
from tui.rater import Failed, Finished, Found, ProcessRater, Started


@pytest.fixture
def rater() -> Iterator[ProcessRater]:
    rater = ProcessRater()
    yield rater
    rater.close()


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(TEXT)


def test_all_are_found_before_the_first_is_rated_and_one_pack_serves_all(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.md", "c.csv")
    (tmp_path / "empty.txt").touch()

    reports = list(rater.rate([str(tmp_path), str(tmp_path / "nowhere.txt")]))

    kinds = [type(report) for report in reports]
    assert kinds == [Found, Found, Found, Failed, *[Started, Finished] * 3]
    done = [report.assessment for report in reports if isinstance(report, Finished)]
    assert done[0].pack is done[1].pack
    assert done[0].announcement
    assert done[0].announcement.text == TEXT
    assert done[2].scope
    assert done[2].scope.reason == "empty"
    refused = next(report for report in reports if isinstance(report, Failed))
    assert (refused.name, refused.title) == ("nowhere.txt", "No such file")


def test_a_file_that_cannot_be_read_is_an_error_and_the_rest_goes_on(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)

    reports = list(rater.rate([str(tmp_path)]))

    assert [type(report) for report in reports[2:]] == [Started, Failed, Started, Finished]
    assert isinstance(reports[3], Failed)
    assert reports[3].title == "Not a text"


def test_a_process_that_dies_costs_one_announcement(rater: ProcessRater, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    reports = []
    for report in rater.rate([str(tmp_path)]):
        reports.append(report)
        if isinstance(report, Finished) and report.key.endswith("a.txt"):
            assert rater.process_id
            os.kill(rater.process_id, signal.SIGKILL)

    outcomes = [report for report in reports if isinstance(report, Finished | Failed)]
    assert [type(report) for report in outcomes] == [Finished, Failed, Finished]
    assert isinstance(outcomes[1], Failed)
    assert outcomes[1].message == "b.txt: the rating ended: exit code -9"
