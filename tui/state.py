"""What the screen remembers for the next start: theme, sources, the place in front, and work not yet saved.

One small JSON file in the user's state folder, written whole or not at all. Knows no Textual.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tui.places import (
    AssessmentPlace,
    AwaitedPlace,
    DiffPlace,
    EntryPlace,
    InboxPlace,
    LedgerPlace,
    Place,
    RulePlace,
    RulesPlace,
)

VERSION = 1
_FILE = "screen.json"
#: Places whose work is kept; of more, the oldest is forgotten.
_MOST_KEPT = 200


@dataclass(slots=True)
class State:
    """`behind`, `here` and `ahead` are places by their names (`name_of`), as those in `kept` are, which has JSON values
    as the screens gave them. `drafts` has the fields of boxes that were not done.
    """

    theme: str = ""
    sources: list[str] = field(default_factory=list)
    here: str = "inbox"
    kept: dict[str, dict[str, object]] = field(default_factory=dict)
    behind: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)

    def keep(self, name: str, work: Mapping[str, object]) -> None:
        """Remember the work of a place as the newest; empty is none."""
        self.kept.pop(name, None)
        if work:
            self.kept[name] = dict(work)
        while len(self.kept) > _MOST_KEPT:
            del self.kept[next(iter(self.kept))]


def folder() -> Path:
    """Where the state and the reports of crashes are."""
    from platformdirs import user_state_path

    return user_state_path("caveat")


def load(place: Path | None = None) -> tuple[State, str]:
    """The state of last time, and a complaint if there was one that could not be read: then a fresh one."""
    path = place or folder() / _FILE
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return State(), ""
    except OSError as error:
        return State(), f"{path}: {error.strerror or error}"
    except (json.JSONDecodeError, UnicodeDecodeError):
        return State(), f"{path}: it is damaged"
    state = _parsed(found)
    return (state, "") if state else (State(), f"{path}: another version of Caveat wrote it")


def save(state: State, place: Path | None = None) -> str:
    """Write it, whole or not at all. Returns a complaint if it could not be written."""
    path = place or folder() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{_FILE}", delete=False) as fresh:
            try:
                json.dump({"version": VERSION, **asdict(state)}, fresh)
                fresh.flush()
                os.replace(fresh.name, path)  # noqa: PTH105  (the name is a text here)
            except BaseException:
                with suppress(OSError):
                    os.unlink(fresh.name)  # noqa: PTH108
                raise
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    return ""


def _parsed(found: object) -> State | None:
    """A state from JSON of this version; None for anything else."""
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return None
    theme, sources, here, kept = (found.get(name) for name in ("theme", "sources", "here", "kept"))
    if not (isinstance(theme, str) and isinstance(sources, list) and isinstance(here, str) and isinstance(kept, dict)):
        return None
    if not all(isinstance(work, dict) for work in kept.values()):
        return None
    behind, ahead = _texts(found.get("behind")), _texts(found.get("ahead"))
    return State(theme, _texts(sources), here, kept, behind, ahead, _drafts(found.get("drafts")))


def _texts(found: object) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _drafts(found: object) -> dict[str, dict[str, str]]:
    """Those of a state; an older one has none."""
    boxes = found if isinstance(found, dict) else {}
    return {
        name: {field: value for field, value in fields.items() if isinstance(value, str)}
        for name, fields in boxes.items()
        if isinstance(fields, dict)
    }


def name_of(place: Place) -> str:
    """A place as one word and its arguments. That of an announcement is the digest of its bytes, wherever it lies."""
    match place:
        case InboxPlace():
            return "inbox"
        case AssessmentPlace(key, assessment):
            announcement = assessment.announcement
            return f"assessment {announcement.sha256 if announcement else key}"
        case RulesPlace(query):
            return f"rules {query}".strip()
        case RulePlace(code):
            return f"rule {code}"
        case LedgerPlace(query):
            return f"ledger {query}".strip()
        case EntryPlace(id):
            return f"entry {id}"
        case DiffPlace(a, b):
            return f"diff {a} {b}"
        case AwaitedPlace(name):
            return name


def place_of(name: str) -> Place | None:
    """The place of a name: an assessment must be rated first. None for what is no place."""
    word, _, rest = name.partition(" ")
    match word:
        case "inbox":
            return InboxPlace()
        case "rules":
            return RulesPlace(rest)
        case "rule" if rest:
            return RulePlace(rest)
        case "ledger":
            return LedgerPlace(rest)
        case "entry" if rest.isdigit():
            return EntryPlace(rest)
        case "diff" if len(parts := rest.split()) == 2:
            return DiffPlace(*parts)
        case "assessment" if rest:
            return AwaitedPlace(name)
    return None
