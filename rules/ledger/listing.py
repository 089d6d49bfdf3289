"""The ledger as a long list: the ids of all entries that pass, in an order, and their history in a few numbers."""

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rules.ledger.database import number
from rules.ledger.entry import Entry
from rules.ledger.filter import EVERYTHING, Filter
from rules.ledger.ledger import Ledger
from rules.ledger.opinion import Override

Order = Literal["seq", "time", "kind", "level", "class", "issuer", "name"]
ORDERS: tuple[Order, ...] = ("seq", "time", "kind", "level", "class", "issuer", "name")
#: What a word without a key is looked for in. The leaf is not: it holds digests, in which every short word is found.
_TOLD = "LOWER(COALESCE(name, '') || ' ' || COALESCE(issuer, '') || ' ' || COALESCE(class, '') || ' ' || kind)"
_ESCAPED = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


def listing(
    ledger: Ledger,
    wanted: Filter = EVERYTHING,
    words: Sequence[str] = (),
    order: Order = "seq",
    reverse: bool = True,
) -> "array[int]":
    """The ids of all entries that pass; `words` must all stand in the name, the issuer, the class or the kind.

    `reverse` puts the greatest, or the newest, first; entries that are equal stand newest first. Raises RulesError.
    """
    if order in ("seq", "time") and not words:
        return ledger.seqs(wanted, newest=reverse)
    condition, values = _where(wanted, words)
    way = "DESC" if reverse else "ASC"
    by = f"+seq {way}" if order in ("seq", "time") else f"{order} IS NULL, {order} {way}, seq DESC"
    rows = ledger.database.execute(f"SELECT seq FROM entry{condition} ORDER BY {by}", values)
    return array("q", [number(row[0]) for row in rows])


@dataclass(frozen=True, slots=True)
class History:
    """When entries were recorded, oldest first: ids, seconds since 1970, and levels of ratings (0: no rating)."""

    seqs: "array[int]"
    times: "array[float]"
    levels: bytes


def history(ledger: Ledger, wanted: Filter = EVERYTHING, words: Sequence[str] = ()) -> History:
    """When everything that passes was recorded. Raises RulesError."""
    condition, values = _where(wanted, words)
    told = "seq, time, CASE WHEN kind = 'rating' THEN COALESCE(level, 0) ELSE 0 END"
    rows = ledger.database.execute(f"SELECT {told} FROM entry{condition} ORDER BY +seq", values)
    return History(
        array("q", [number(row[0]) for row in rows]),
        array("d", [_seconds(str(row[1])) for row in rows]),
        bytes(number(row[2]) % 256 for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """Some entries by id, and the overrides that stand over those that are ratings."""

    entries: dict[int, Entry]
    standing: dict[int, Override]


def window(ledger: Ledger, seqs: Sequence[int]) -> Window:
    """The entries of these ids. Raises RulesError."""
    entries = ledger.at(seqs)
    last = {int(made.about or 0): Override(made) for made in ledger.about(seqs, "override")}
    today = ledger.clock().date()
    standing = {about: made for about, made in last.items() if not made.expired(today)}
    return Window({entry.seq: entry for entry in entries}, standing)


def _seconds(time: str) -> float:
    try:
        return dt.datetime.fromisoformat(time).timestamp()
    except ValueError:  # an altered time is for `verify` to tell
        return 0.0


def _where(wanted: Filter, words: Sequence[str]) -> tuple[str, list[Any]]:
    table, condition, values = wanted.query()
    if condition and table != "entry":
        condition = f"seq IN (SELECT seq FROM {table} WHERE {condition})"
    parts = [*([condition] if condition else []), *(rf"{_TOLD} LIKE ? ESCAPE '\'" for _ in words)]
    patterns = [f"%{word.casefold().translate(_ESCAPED)}%" for word in words]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), [*values, *patterns]
