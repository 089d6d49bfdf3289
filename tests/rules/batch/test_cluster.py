"""Shards over a Dask cluster. Left out where distributed is missing."""

import gc
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rules.batch.cluster import Cluster, hand_on
from rules.batch.run import run
from rules.errors import RulesError
from tests.rules.batch.dasking import PATIENCE, farm, papers
from tests.rules.batch.inline import Inline
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
    gc.collect()  # what Dask leaves open behind a lost scheduler is told here, and not in whatever test comes next


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
    source = _calm(tmp_path, 12)
    there = plan(source, out=tmp_path / "there", size=3)
    run(replace(there, open_workers=lambda: Cluster("local", 2)), print)
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "calm")


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
def test_over_tls_as_documented_and_not_without_a_certificate(tmp_path: Path) -> None:
    source, shown = _calm(tmp_path, 12), papers(tmp_path)
    with farm(tmp_path, "tls", shown.words()) as machines:
        words = [str(source), "--shard", "3", "--dask", machines.address, "--out"]
        stranger = _command([*words, str(tmp_path / "stranger")], {})
        assert stranger.returncode == 2
        assert f"caveat: no certificate: {machines.address}: TLS expects" in stranger.stderr
        assert _command([*words, str(tmp_path / "there")], shown.settings()).returncode == 0
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "calm")


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
@pytest.mark.filterwarnings("ignore")
def test_a_lost_worker_and_a_scheduler_that_is_started_anew_lose_no_shard(tmp_path: Path) -> None:
    source = _calm(tmp_path, 24)
    with farm(tmp_path) as machines:

        def restart() -> None:
            machines.lose_scheduler()
            machines.start(2)

        for name, event in (("worker", machines.kill_worker), ("scheduler", restart)):
            there = plan(source, out=tmp_path / name, size=3)
            run(replace(there, open_workers=partial(_Eventful, machines.address, event)), print)
            assert bytes_of(tmp_path / name) == bytes_of(tmp_path / "calm")


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_come_back_ends_the_run_and_what_is_done_stays(tmp_path: Path) -> None:
    source = _calm(tmp_path, 24)
    there = plan(source, out=tmp_path / "there", size=3)
    with farm(tmp_path) as machines:
        gone = partial(_Eventful, machines.address, machines.lose_scheduler, patience=2.0)
        with pytest.raises(RulesError, match=r"No workers: tcp://127.*run the same command again: what is done stays"):
            run(replace(there, open_workers=gone), print)
    # By the journal: a worker that was left alone may still write a shard's file, which then does not count as done.
    done = len((tmp_path / "there" / "journal.jsonl").read_text().splitlines()) - 1
    again = Inline()
    run(replace(there, open_workers=lambda: nullcontext(again)), print)
    assert 0 < done == 8 - again.calls
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "calm")


class _Told:
    """What a scheduler tells of a call: how it went, and what comes when its outcome is fetched."""

    def __init__(self, status: str, outcome: object) -> None:
        self.status, self.client, self._outcome = status, self, outcome

    async def gather(self, of: list[object], asynchronous: bool) -> list[object]:
        assert (of, asynchronous) == ([self], True)
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return [self._outcome]


@pytest.mark.parametrize(
    ("status", "outcome", "comes"),
    [
        ("finished", 7, 7),
        ("error", ZeroDivisionError("a document's"), ZeroDivisionError),
        ("finished", OSError("the scheduler has gone with it"), CancelledError),
        ("cancelled", CancelledError(), CancelledError),
    ],
)
async def test_an_outcome_that_cannot_be_fetched_is_lost_and_nobody_waits_for_it(
    status: str, outcome: object, comes: object
) -> None:
    future: Future[Any] = Future()
    await hand_on(_Told(status, outcome), future)
    assert future.done()
    error = future.exception()
    assert (future.result() if error is None else type(error)) == comes
    await hand_on(_Told("finished", "what comes too late"), future)


class _Eventful(Cluster):
    """A cluster to which something happens when the fifth shard is on its way."""

    def __init__(self, address: str, event: Callable[[], None], patience: float = PATIENCE) -> None:
        super().__init__(address, 2, patience=patience)
        self._client.wait_for_workers(2, timeout=PATIENCE)
        self.slots, self._event, self._sent = 2, event, 0

    def submit(self, call: Callable[..., Any], *arguments: object) -> "Future[Any]":
        self._sent += 1
        if self._sent == 5:
            self._event()
        return super().submit(call, *arguments)


def _calm(folder: Path, count: int) -> Path:
    """The source of a run, and in `calm` what an undisturbed one gives."""
    source = lines_of(folder / "many.jsonl", count)
    run(plan(source, out=folder / "calm", size=3), print)
    return source


def _command(words: list[str], settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rules", "batch", *words],
        cwd=Path(__file__).parents[3], env={**os.environ, **settings}, capture_output=True, text=True, check=False,
    )  # fmt: skip
