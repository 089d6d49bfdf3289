"""Cues that say the same twice, and cues that no text ever reaches."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from facts.announcement import Announcement
from facts.cue import Cue, families, family
from facts.errors import FactsError
from facts.extract import reading_of
from facts.reading import Scope
from facts.text.analysis import analyse


@dataclass(frozen=True, slots=True)
class CueFault:
    """What is wrong with a cue: `doubled` by another, or `unreached` by every text that was tried."""

    sort: Literal["doubled", "unreached"]
    cue: Cue
    says: str

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {"sort": self.sort, "file": f"cues/{self.cue.family}.toml", "cue": self.cue.name, "says": self.says}

    def __str__(self) -> str:
        return f"cues/{self.cue.family}.toml: {self.cue.name}: {self.says}"


def shipped_cues() -> tuple[Cue, ...]:
    """Every shipped cue, in order of files."""
    return tuple(cue for name in families() for cue in family(name))


def doubled(cues: Iterable[Cue]) -> Iterator[CueFault]:
    """Cues with the name, or with the words and conditions, of one before them."""
    names: dict[str, Cue] = {}
    wordings: dict[tuple[object, ...], Cue] = {}
    for cue in cues:
        first = names.setdefault(cue.name, cue)
        if first is not cue:
            yield CueFault("doubled", cue, f"cues/{first.family}.toml has this name already; choose another")
        wording = (cue.family, frozenset(cue.words), cue.pattern, cue.needs, cue.unless)
        same = wordings.setdefault(wording, cue)
        if same is not cue and same.name != cue.name:
            yield CueFault("doubled", cue, f"says what {same.name} says; keep one of them")


def reached(announcement: Announcement) -> frozenset[str]:
    """The names of all cues that match somewhere in the announcement when it is read, whatever its scope."""
    analysis = analyse(announcement)
    for name in families():
        analysis.family(name)
    reading_of(analysis, Scope(True, "taken as given"))
    return analysis.hits.reached()


def unreached(cues: Iterable[Cue], announcements: Iterable[Announcement]) -> Iterator[CueFault]:
    """Cues that match in none of the announcements."""
    found = [reached(announcement) for announcement in announcements]
    met: frozenset[str] = frozenset().union(*found)
    for cue in cues:
        if cue.name not in met:
            yield CueFault(
                "unreached", cue, f"matches in none of {len(found):,} texts; add an example, or drop the cue"
            )


def examples(path: Path) -> Iterator[Announcement]:
    """The texts of an example list: `[[example]]` tables with `text`, and perhaps `title`. Raises FactsError."""
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("example", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FactsError("Not an example list", f"{path.name}: {error}") from None
    for number, table in enumerate(tables, 1):
        if not isinstance(table, dict) or not isinstance(table.get("text"), str):
            raise FactsError("Not an example list", f"{path.name}, example {number}: an example needs a text")
        text = f"{table['title']}\n\n{table['text']}" if "title" in table else table["text"]
        yield Announcement.from_text(text, str(table.get("name", f"{path.name} {number}")))
