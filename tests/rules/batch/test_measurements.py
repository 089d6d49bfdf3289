"""The notes of benchmarks/batch.py: what was measured is not measured again, whatever broke it off."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.batch_notes import NAME, Finding, Notes

FIRST, SECOND = Finding("one", "1", True), Finding("two", "2", False)


def whole() -> Iterator[Finding]:
    yield FIRST
    yield SECOND


def broken_off() -> Iterator[Finding]:
    yield FIRST
    raise KeyboardInterrupt


def never() -> list[Finding]:
    raise AssertionError("measured again")


def test_a_part_that_was_measured_is_told_again_and_not_done_again(tmp_path: Path) -> None:
    assert Notes(tmp_path, print).part("p", {"count": 3}, whole) == [FIRST, SECOND]
    told: list[str] = []
    assert Notes(tmp_path, told.append).part("p", {"count": 3}, never) == [FIRST, SECOND]
    assert told[1:] == ["holds  one: 1", "FAILS  two: 2"]


def test_with_other_numbers_it_is_another_part(tmp_path: Path) -> None:
    Notes(tmp_path, print).part("p", {"count": 3}, whole)
    with pytest.raises(AssertionError, match="measured again"):
        Notes(tmp_path, print).part("p", {"count": 4}, never)


def test_a_part_that_was_broken_off_is_done_anew_and_its_runs_are_kept(tmp_path: Path) -> None:
    notes = Notes(tmp_path, print)
    with pytest.raises(KeyboardInterrupt):
        notes.part("p", {}, broken_off)
    notes.keep_run("long", {"clock": 600.5})
    with (tmp_path / NAME).open("a") as stream:
        stream.write('{"name": "half')
    again = Notes(tmp_path, print)
    assert again.run("long") == {"clock": 600.5}
    assert again.run("half") is None
    assert again.part("p", {}, whole) == [FIRST, SECOND]
    assert Notes(tmp_path, print).part("p", {}, never) == [FIRST, SECOND]
