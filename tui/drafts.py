"""What was typed into a box and not done yet: kept with the state, and there again when the box is next opened."""

import hashlib
from collections.abc import Mapping

#: Drafts that are kept, the oldest forgotten first, and the characters of one that is.
_MOST, _MOST_LETTERS = 50, 1_000_000
_MOST_TOLD = 3
#: The boxes whose drafts are told of, in words.
WORDS = {
    "add": "a fact to add",
    "challenge": "a challenge",
    "follow": "a folder or feed to follow",
    "open": "a path or address to open",
    "override": "an override",
    "paste": "a text to rate",
}


class Drafts:
    """By the name of the box, which begins with the word that says what is drafted: its fields, by id.

    They are kept in the mapping that is given. Knows no Textual.
    """

    def __init__(self, kept: dict[str, dict[str, str]] | None = None) -> None:
        self._kept = {} if kept is None else kept

    def of(self, name: str) -> Mapping[str, str]:
        """What was typed and not done; empty for nothing."""
        return self._kept.get(name, {})

    def keep(self, name: str, fields: Mapping[str, str]) -> None:
        """Keep what is typed so far, as the newest; where nothing is, keep nothing."""
        self._kept.pop(name, None)
        typed = {field: value for field, value in fields.items() if value.strip()}
        if typed and sum(map(len, typed.values())) <= _MOST_LETTERS:
            self._kept[name] = typed
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]

    def drop(self, name: str) -> None:
        """It is done, or not wanted."""
        self._kept.pop(name, None)

    def told(self) -> list[str]:
        """Some of what lies half done, in words, the newest first: that of a box over an entry names the entry."""
        return [_told(*words) for name in reversed(self._kept) if (words := name.split())[0] in WORDS][:_MOST_TOLD]


def _told(what: str, seq: str = "", _: str = "") -> str:
    return f"{WORDS[what]} of entry {seq}" if seq else WORDS[what]


def of_entry(what: str, seq: int, leaf: bytes) -> str:
    """The name of a box over an entry: of another ledger, an entry of the same number is another one."""
    return f"{what} {seq} {hashlib.sha256(leaf).hexdigest()[:12]}"


def drafts_of(app: object) -> Drafts:
    """Those of the program."""
    found = getattr(app, "drafts", None)
    return found if isinstance(found, Drafts) else Drafts()
