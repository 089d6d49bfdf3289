"""Bundled announcements: one for each level and one out of scope. The companies in them are fictional."""

from pathlib import Path

from facts.announcement import Announcement
from facts.readers import open_announcement
from rules.errors import RulesError
from rules.schema import nearest

#: The one that `caveat demo` shows.
DEMO = "level4-overture"
#: Where they lie, as files.
FOLDER = Path(__file__).parent


def samples() -> tuple[str, ...]:
    """The names of the bundled announcements."""
    names = (entry.name for entry in FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".txt") for name in names if name.endswith(".txt")))


def sample(name: str) -> Announcement:
    """A bundled announcement. Raises RulesError naming those that there are."""
    if name not in samples():
        raise RulesError("Unknown sample", f"no bundled announcement {name!r}{nearest(name, samples())}")
    return open_announcement((FOLDER / f"{name}.txt").read_bytes(), name=f"{name}.txt")
