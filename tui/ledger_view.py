"""What the ledger's screens say: the filter, rows, one entry in words. Pure: no Textual, no database."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rich.text import Text

from rules.errors import RulesError
from rules.explain.prose import several
from rules.ledger.entry import Entry
from rules.ledger.filter import EVERYTHING, Filter
from rules.ledger.identity import folded
from rules.ledger.opinion import Override
from rules.settings import Level
from tui.columns import Cell, Column
from tui.literal import one_line
from tui.palette import level_style

COLUMNS = (
    Column("seq", "Entry", 7, right=True),
    Column("level", "Level", 21),
    Column("issuer", "Who", share=2, least=12),
    Column("name", "Announcement", share=3, least=16, rank=1),
    Column("time", "Recorded (UTC)", 16, rank=2),
    Column("kind", "Kind", 9, rank=3),
    Column("class", "Class", 17, rank=4),
)
FILTER_HINT = "filter: words, level:4 class:offtake_deal rule:FIN-006 issuer:Acme kind:override since:2026-05-01"
#: The words of the filter that ask for one thing, and the field of `Filter` that they set.
KEYS: Mapping[str, str] = {
    "level": "level", "class": "announcement_class", "rule": "rule", "issuer": "issuer", "kind": "kind",
    "since": "since", "until": "before", "story": "story", "name": "name", "pack": "pack", "reader": "reader",
    "of": "about", "cue": "cue",
}  # fmt: skip
KINDS = ("rating", "reading", "override", "challenge", "prune")
_NUMBERS = ("level", "about")
_DAYS = ("since", "before")
_WORD = re.compile(r'(?:(\w+):)?(?:"([^"]*)"?|(\S+))')
_DAY = len("2026-05-31")
_MINUTE = len("2026-05-31T14:00")
_MOST_RELATED = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as it was typed, understood: what the ledger is asked, and words to be found."""

    filter: Filter = EVERYTHING
    words: tuple[str, ...] = ()


def asked(query: str) -> Asked:
    """The filter that a line means. Raises RulesError saying what is wrong with it."""
    found, words = Filter(), []
    for key, quoted, plain in _WORD.findall(query):
        value = quoted or plain
        if not key:
            words.append(value)
        elif key.casefold() in KEYS:
            if value:
                found = replace(found, **_field(key.casefold(), value))
        else:
            raise RulesError(
                "Not a filter", f"there is no {key}: here; use {', '.join(f'{k}:' for k in KEYS)} or words"
            )
    return Asked(found, tuple(words))


def _field(key: str, value: str) -> dict[str, Any]:
    name = KEYS[key]
    if name in _NUMBERS:
        if not value.isdecimal() or len(value) > 15:
            raise RulesError("Not a filter", f"{key}:{value}: a number is wanted")
        return {name: int(value)}
    if name in _DAYS:
        return {name: _moment(key, value)}
    if name == "kind" and value not in KINDS:
        raise RulesError("Not a filter", f"kind:{value}: it is one of {', '.join(KINDS)}")
    return {name: folded(value) if name == "issuer" else value.upper() if name == "rule" else value}


def _moment(key: str, value: str) -> str:
    try:
        day = dt.datetime.fromisoformat(value)
    except ValueError:
        raise RulesError("Not a filter", f"{key}:{value}: write a day, such as {key}:2026-05-31") from None
    if key == "until" and len(value) <= _DAY:
        day += dt.timedelta(days=1)
    aware = day.astimezone(dt.UTC) if day.tzinfo else day
    return f"{aware:%Y-%m-%dT%H:%M:%S.%fZ}"


def level_text(entry: Entry, levels: Mapping[int, Level], standing: Override | None = None) -> str:
    """The level of an entry: shape, number and word; beside it the one that an analyst set instead."""
    if entry.level is None:
        return "– not rated" if entry.kind in ("rating", "reading") else "–"
    known = levels.get(entry.level)
    told = f"{known.shape} {known.level} {known.name}" if known else str(entry.level)
    if standing is None:
        return told
    return f"{known.shape if known else ''} {entry.level} ▸ {standing.level} override".strip()


def cells(entry: Entry, levels: Mapping[int, Level], standing: Override | None, dark: bool) -> tuple[Cell, ...]:
    """The cells of an entry, in the order of COLUMNS."""
    data = entry.data
    about = f" (of {entry.about})" if entry.about is not None else ""
    return (
        str(entry.seq),
        Text(level_text(entry, levels, standing), level_style(entry.level, dark)),
        one_line(str(data.get("announcer") or data.get("issuer") or "–")),
        one_line(f"{entry.name or '–'}{about}"),
        entry.time[:_MINUTE].replace("T", " "),
        entry.kind,
        str(data.get("class") or "–"),
    )


def brief(entry: Entry) -> str:
    """An entry on one line: id, level, who, announcement, day."""
    data = entry.data
    who = str(data.get("announcer") or data.get("issuer") or "")
    level = f"level {entry.level}" if entry.level is not None else "not rated"
    parts = [f"entry {entry.seq}", level, who, entry.name, entry.time[:_DAY]]
    return " · ".join(one_line(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Whole:
    """A rating with everything on record that belongs to it; `standing` is the override in force."""

    entry: Entry
    rating: Entry
    related: tuple[Entry, ...] = ()
    standing: Override | None = None
    who: str = ""


def told(whole: Whole, levels: Mapping[int, Level]) -> Iterator[str]:
    """An entry in words, line by line."""
    entry, rating = whole.entry, whole.rating
    data, source = rating.data, rating.data.get("source", {})
    yield brief(entry) + (f" · {entry.kind} of entry {entry.about}" if entry.about is not None else "")
    if entry.about is not None:
        yield _opinion(entry, whole.standing)
    level = level_text(rating, levels)
    rules = several(len(data.get("fired", ())), "rule holds", "rules hold")
    asked_by = f", asked by {one_line(whole.who)}" if whole.who else ""
    yield f"{level} · {data.get('class', 'no class')} · {rules}{asked_by}"
    for other in whole.related[-_MOST_RELATED:]:
        if other.seq != entry.seq:
            yield _opinion(other, whole.standing)
    pack = data.get("pack", {})
    named = f"pack {pack.get('name')} {pack.get('version')}, {str(pack.get('digest'))[:19]}"
    yield one_line(f"{named} · story {data.get('story', '–')}")
    digest = str(source.get("sha256", ""))[:12]
    if source:
        yield one_line(f"{source.get('name')} · {source.get('chars', '?')} characters · sha256 {digest}")


def _opinion(entry: Entry, standing: Override | None) -> str:
    """An override, a challenge or a reading in words."""
    data, day = entry.data, entry.time[:_DAY]
    if entry.kind == "override":
        until = f" until {data['until']}" if "until" in data else ""
        state = "in force" if standing and standing.entry.seq == entry.seq else "not in force"
        told = f"override: {data.get('rated')} to {data.get('level')}{until} ({state}): {data.get('because')}"
    elif entry.kind == "challenge":
        told = (
            f"challenge of {data.get('fact')} ({data.get('says')}): level {data.get('level')} with it,"
            f" {data.get('without')} without: {data.get('because')}"
        )
    else:
        told = f"read again as {entry.name or '–'}"
    return one_line(f"entry {entry.seq}, {day} · {told}")


def as_text(found: Sequence[Entry], title: str, levels: Mapping[int, Level]) -> str:
    """Entries as plain text, one a line."""
    return "\n".join([title, *(f"{level_text(each, levels):<24} {brief(each)}" for each in found)]) + "\n"
