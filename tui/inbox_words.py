"""What the inbox says around its rows: the title with the progress, a row in words, all rows as plain text or JSON."""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from rich.text import Text

from tui.literal import one_line
from tui.rows import Row, State, told

_BAR = 20
#: Ratings that the pace is taken from.
_LATE = 50
_FEW = 5
#: Rows that are copied at once; terminals refuse more than some hundred kilobytes.
MOST_COPIED = 1_000


class Pace:
    """How long the rest takes, by the ratings of late."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done: deque[float] = deque(maxlen=_LATE)

    def step(self) -> None:
        """One more was rated."""
        self._done.append(self._clock())

    def left(self, count: int) -> str:
        """What so many take, in words; nothing while that is not known, or hardly anything."""
        if not count:
            self._done.clear()
        if len(self._done) < _FEW:
            return ""
        seconds = (self._done[-1] - self._done[0]) / (len(self._done) - 1) * count
        if seconds < 5:
            return ""
        return f"about {round(seconds)} s left" if seconds < 90 else f"about {round(seconds / 60)} min left"


def title(
    states: Mapping[State, int], shown: int, marked: int, pace: str = "", listing: bool = False, width: int = 0
) -> str:
    """The line at the top: how many there are, how far the rating is, what could not be read.

    Where it is longer than `width`, the pace is left out, then the bar; 0 is any width.
    """
    told = _title(states, shown, marked, pace, listing, _BAR)
    if 0 < width < len(told):
        told = _title(states, shown, marked, "", listing, _BAR)
    if 0 < width < len(told):
        told = _title(states, shown, marked, "", listing, 0)
    return told


def _title(states: Mapping[State, int], shown: int, marked: int, pace: str, listing: bool, bar: int) -> str:
    count = sum(states.values())
    done, errors = count - states.get("waiting", 0) - states.get("rating", 0), states.get("error", 0)
    parts = ["Caveat"]
    if done < count:
        full = done * bar // count
        drawn = "█" * full + "·" * (bar - full)
        parts.append(" ".join(each for each in (f"{done:,} of {count:,} done", drawn, pace) if each))
    elif count:
        parts.append(f"{count:,} announcement{'s' if count > 1 else ''}")
    if listing:
        parts.append("reading the ledger …")
    if shown < count:
        parts.append(f"{shown:,} shown")
    if marked:
        parts.append(f"{marked:,} marked")
    if errors:
        parts.append(f"{errors:,} could not be read")
    return " · ".join(parts)


def in_words(row: Row) -> Text:
    """A row whole: its head, its level and reason, where it comes from."""
    head = " · ".join(part for part in (row.name, row.class_label, row.who, row.date) if part)
    text = Text(head, style="bold").append(f"\n{row.level_text}: {row.reason}", style="not bold")
    where = f"ledger entry {row.entry}" if row.entry else one_line(row.key)
    if where != row.name and not row.name.startswith(f"{where}:"):
        text.append(f"\n{where}", style="not bold dim")
    return text


def as_text(heading: str, rows: Sequence[Row]) -> str:
    """Rows as plain text, one a line."""
    rest = len(rows) - MOST_COPIED
    lines = [heading, *map(told, rows[:MOST_COPIED]), *([f"and {rest:,} more"] if rest > 0 else [])]
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[Row]) -> str:
    """Rows as JSON: one object each."""
    found = [
        {
            "source": row.key,
            "name": row.name,
            "state": row.state,
            "level": row.level,
            "class": row.class_name or None,
            "who": row.who or None,
            "published": row.date or None,
            "reason": row.reason,
            "fired": row.rules.split(),
            "ledger": row.entry or None,
        }
        for row in rows[:MOST_COPIED]
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
