"""Writers and servers killed at random moments. `python -m benchmarks.ledger --kill 200` does it for longer."""

from pathlib import Path

import pytest

from tests.rules.ledger.killing import kill_server, kill_writers
from tests.rules.ledger.server import Server, binaries, running


@pytest.mark.slow
def test_killed_writers_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    toll = kill_writers(tmp_path, rounds=4, seed=7)
    assert toll.problems == []
    assert toll.rounds == 4
    assert toll.recorded >= toll.acknowledged >= 16


@pytest.mark.slow
def test_a_killed_server_loses_nothing_that_was_acknowledged() -> None:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: no initdb below /usr/lib/postgresql")
    with running(programs) as server:
        toll = kill_server(server, rounds=2, seed=7)
    assert isinstance(server, Server)
    assert toll.problems == []
    assert toll.acknowledged >= 8
