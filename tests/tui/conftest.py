"""What all walks through the screen stand on."""

from collections.abc import Iterator

import pytest

from tests.tui.pressed import WALKS, Recorder, every_key
from tests.tui.rest import until_at_rest


@pytest.fixture(autouse=True, scope="session")
def pilot_that_knows_when_all_is_done() -> Iterator[None]:
    """Textual's pilot waits twice for each key, by the clock and by how busy the processor is; ours asks the loop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", until_at_rest)
        patch.setattr("textual.pilot.wait_for_idle", until_at_rest)
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
