"""Appending once: a rating that is on record is left out, also when several processes save it at the same time."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rules.ledger.entry import Draft
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.verify import verify
from tests.rules.ledger.made import small

_ROOT = Path(__file__).parents[3]
_SAVERS, _RATINGS = 3, 40


def test_what_is_on_record_is_left_out_and_what_comes_twice_stands_once(both: Ledger) -> None:
    both.append(small("a"))
    made = both.append(small("b"), small("a"), small("c"), small("b"), once=True)
    assert [(entry.seq, entry.name, entry.kind) for entry in made] == [(1, "b", "rating"), (2, "c", "rating")]
    assert both.append(small("c"), once=True) == []
    assert both.size == 3


def test_what_was_left_out_is_not_held_for_stored(both: Ledger) -> None:
    both.append(small("a"))
    both.append(_with_searches("a"), once=True)
    (entry,) = both.append(_with_searches("b"), once=True)
    assert both.content(entry, "searches") == b"of another reader"


def _with_searches(name: str) -> Draft:
    made = small(name)
    return replace(made, blobs={**made.blobs, "searches": b"of another reader"})


@pytest.mark.slow
def test_processes_that_save_the_same_ratings_at_the_same_time_record_each_once(address: str) -> None:
    open_ledger(address, write=True).close()
    savers = [_started(address, seed) for seed in range(_SAVERS)]
    for saver in savers:
        assert saver.stdout is not None
        assert saver.stdout.readline() == "open\n"
    told = [int(saver.communicate()[0]) for saver in _all_told(savers)]
    assert sum(told) == _RATINGS
    with open_ledger(address) as ledger:
        assert sorted(entry.name for entry in ledger.entries()) == sorted(f"rating {n}" for n in range(_RATINGS))
        assert {entry.kind for entry in ledger.entries()} == {"rating"}
        assert verify(ledger).findings == []


def _started(address: str, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.rules.ledger.saver", address, str(seed), str(_RATINGS)]
    return subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _all_told(savers: "list[subprocess.Popen[str]]") -> "list[subprocess.Popen[str]]":
    """Let all of them begin before any is waited for."""
    for saver in savers:
        assert saver.stdin is not None
        saver.stdin.write("go\n")
        saver.stdin.flush()
    return savers
