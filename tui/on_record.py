"""Ratings on record as rows of the inbox. Runs in another process: a hundred thousand take it some seconds."""

import functools
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from rules.explain.prose import says, sentence
from rules.explain.reasons import weightiest
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.opinion import Override
from rules.pack import Pack
from rules.rating import Rating
from rules.reason import Trace
from rules.trace import Firing
from tui.literal import one_line
from tui.query import Stored, stored
from tui.rows import MOST_REASONS, Row

_PAGE = 500
_RATINGS = Filter(kind="rating")


def pages(ledger: Ledger, pack: Pack, after: int | None = None) -> Iterator[list[Stored]]:
    """The ratings on record, the newest first; of those behind the entry `after`, the oldest first.

    They come as they are stored, so that the screen has nothing left to do with them. Raises RulesError.
    """
    standing = dict(_standing(ledger))
    entries = ledger.entries(_RATINGS, newest=after is None, beyond=after)
    while page := [stored(row(entry, pack, standing.get(entry.seq))) for entry in islice(entries, _PAGE)]:
        yield page


def row(entry: Entry, pack: Pack, standing: Override | None = None) -> Row:
    """A rating on record in the words of the pack; what is of another pack is told by its codes."""
    data = entry.data
    source, fired = data.get("source", {}), data.get("fired", [])
    name, level = str(data.get("class", "")), entry.level
    known = pack.settings.classes.get(name)
    return Row(
        key=f"ledger {entry.seq}",
        name=_name(source) or "facts given by hand",
        state="not_rated" if level is None else "rated",
        level=level,
        level_text=_level(pack, level, standing),
        class_name=name,
        class_label=known.label if known else "",
        who=one_line(str(data.get("announcer") or data.get("issuer") or "")),
        date=str(source.get("published") or ""),
        reason=(f"Level {standing.level} by override: {one_line(standing.because).rstrip('.')}. " if standing else "")
        + _reason(pack, str(data.get("pack", {}).get("digest", "")), level, fired),
        rules=" ".join(fired),
        entry=str(entry.seq),
    )


def _standing(ledger: Ledger) -> Iterator[tuple[int, Override]]:
    """The override in force by the rating that it is about: the last one, unless it has expired."""
    today = ledger.clock().date()
    last = {entry.about: Override(entry) for entry in ledger.entries(Filter(kind="override"))}
    return ((about, made) for about, made in last.items() if about is not None and not made.expired(today))


def _name(source: dict[str, object]) -> str:
    name, title = str(source.get("name") or ""), str(source.get("title") or "")
    return one_line(title if title and ("#" in name or source.get("url")) else name)


def _level(pack: Pack, level: int | None, standing: Override | None) -> str:
    if level is None:
        return "– not rated"
    head = pack.settings.levels[level]
    return f"{head.shape} {level} ▸ {standing.level} override" if standing else f"{head.shape} {level} {head.name}"


def _reason(pack: Pack, digest: str, level: int | None, fired: list[str]) -> str:
    if level is None:
        return "On record as not rated"
    return _reasons(pack, digest, level, tuple(fired))


@functools.lru_cache(maxsize=8192)
def _reasons(pack: Pack, digest: str, level: int, fired: tuple[str, ...]) -> str:
    if digest != pack.digest or any(code not in pack.by_code for code in fired):
        return f"Another version of the rules: {', '.join(fired[:MOST_REASONS])}"
    rules = weightiest(pack, _rating(level), Trace(tuple(Firing(code, 0, ()) for code in fired), ()))[:MOST_REASONS]
    return one_line(sentence("; ".join(says(rule) for rule in rules))) if rules else "No rule fired"


def _rating(level: int) -> Rating:
    """As much of a rating as tells which reasons weigh most: its level."""
    return Rating(level, level, Decimal(0), (), (), (), (), "medium", False)
