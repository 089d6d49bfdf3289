"""The note of where a worker is: there while it works, gone when it ends well, and telling how it ended."""

import os
import signal
from pathlib import Path

import pytest

from rules.batch.note import WHOLE, Mark, ends, given_up, noted
from rules.errors import RulesError


def _marks(folder: Path) -> list[tuple[Mark, bool]]:
    return list(ends(folder, 3).values())


def test_a_note_says_where_a_worker_is_and_goes_when_it_ends_well(tmp_path: Path) -> None:
    with noted(tmp_path, 3, 60) as note:
        assert _marks(tmp_path) == []
        note.at(Mark(12_345_678, 9))
        note.at(Mark(7, 0))
        assert _marks(tmp_path) == [(Mark(7, 0), False)]
        assert ends(tmp_path, 4) == {}
    assert _marks(tmp_path) == []


def test_a_note_stays_where_a_document_raised_and_goes_where_the_disk_was_full(tmp_path: Path) -> None:
    for error, left in ((ZeroDivisionError(), [(Mark(1, 2), False)]), (OSError(), []), (RulesError("No", "x"), [])):
        with pytest.raises(type(error)):
            _meet(tmp_path, error)
        assert _marks(tmp_path) == left
        for path in tmp_path.iterdir():
            path.unlink()


def _meet(folder: Path, error: Exception) -> None:
    with noted(folder, 3, 60) as note:
        note.at(Mark(1, 2))
        raise error


def _hangs(folder: Path, mark: Mark) -> int:
    """The signal that ends a process which hangs at a mark."""
    if (pid := os.fork()) == 0:
        with noted(folder, 3, 0.05) as note:
            note.at(mark)
            while True:
                signal.sigtimedwait({signal.SIGUSR1}, 60)
    return os.WTERMSIG(os.waitpid(pid, 0)[1])


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_what_took_too_long_twice_is_given_up_and_its_file_when_even_passing_over_it_does(tmp_path: Path) -> None:
    mark, why = Mark(5, 1), "took more than 0.05 seconds (--limit)"
    for times, expected in ((1, {}), (2, {mark: why}), (4, {mark: why, Mark(5, WHOLE): why})):
        while len(_marks(tmp_path)) < times:
            assert _hangs(tmp_path, mark) == signal.SIGALRM
        assert _marks(tmp_path) == [(mark, True)] * times
        assert given_up(tmp_path, 3, 0.05) == expected
