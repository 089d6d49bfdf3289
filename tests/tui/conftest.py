"""What all walks through the screen stand on."""

from collections.abc import Iterator

import pytest
from textual import _wait

from tests.tui.pressed import WALKS, Recorder, every_key

#: Seconds of rest after which Textual's pilot takes the screen to be done with a key; its own are twice as many.
_REST = 0.01


@pytest.fixture(autouse=True, scope="session")
def quick_pilot() -> Iterator[None]:
    """Most of the time of these tests is the pilot's waiting, twice for each key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_wait, "SLEEP_GRANULARITY", _REST)
        patch.setattr(_wait, "SLEEP_IDLE", _REST / 20)
        yield


@pytest.fixture(autouse=True)
def presses_what_it_says(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Holds a walk to the keys that the table of keys names it for: each was pressed, and did something."""
    name = f"{request.path.name}::{request.node.originalname}"
    wanted = WALKS.get(name, ())
    if not wanted:
        yield
        return
    recorder = Recorder()
    monkeypatch.setattr("textual.app.App.run_action", recorder.method())
    yield
    missed = [
        f"{owner.__name__} {key}"
        for (owner, key), action in every_key().items()
        if f"{owner.__name__} {key}" in wanted and not recorder.pressed((owner, key), action)
    ]
    assert not missed, f"{name} no longer presses {missed}; tests/tui/pressed.py says that it does"
