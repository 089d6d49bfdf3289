"""What every test stands on: no configuration of the machine it runs on, and the shared material where it is."""

import os
from pathlib import Path

import pytest

# Each of these changes what a command prints or where it looks.
_SPEAKING_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "PAGER")
_SPEAKING_PREFIXES = ("CAVEAT_", "TEXTUAL")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that a test neither reads nor writes the ledger and the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in {
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    for variable in _speaking():
        monkeypatch.delenv(variable)
    return home


def _speaking() -> list[str]:
    return [name for name in os.environ if name in _SPEAKING_VARIABLES or name.startswith(_SPEAKING_PREFIXES)]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The real announcements and the knowledge, kept beside the checkout and not in it."""
    folder = root.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared material is not beside this checkout: no folder ../shared")
    return folder
