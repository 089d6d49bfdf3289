"""Shards over a Dask cluster. Left out where distributed is missing."""

import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.batch.cluster import Cluster
from rules.batch.run import run
from rules.errors import RulesError
from tests.rules.batch.making import bytes_of, lines_of, plan


def test_without_distributed_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RulesError, match=r"Dask is missing: install it with: pip install 'caveat\[dask\]'"):
        Cluster("tcp://127.0.0.1:1", 1)


@pytest.fixture
def dask() -> Iterator[None]:
    pytest.importorskip("distributed", reason="distributed is missing: pip install 'caveat[dask]'")
    yield
    logging.getLogger("distributed").setLevel(logging.WARNING)


def _dead() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.usefixtures("dask")
def test_a_dead_scheduler_is_told_in_one_line() -> None:
    with pytest.raises(RulesError, match=r"No scheduler: tcp://127\.0\.0\.1:.*is a scheduler running there"):
        Cluster(_dead(), 1, answer=0.3)


@pytest.mark.usefixtures("dask")
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_bytes_that_this_machine_gives(tmp_path: Path) -> None:
    from dataclasses import replace

    source = lines_of(tmp_path / "many.jsonl", 12)
    run(plan(source, out=tmp_path / "here", size=3), print)
    there = plan(source, out=tmp_path / "there", size=3)
    run(replace(there, open_workers=lambda: Cluster("local", 2)), print)
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")
