"""What lies in the inbox: the rows, the assessments behind them, what waits to be rated, what is followed.

Knows nothing of Textual: the screen is one view of it, and after a failure another can take its place.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from facts.announcement import Announcement
from rules.assessment import Assessment
from rules.errors import RulesError
from tui.assessments import Assessments
from tui.desk import Desk
from tui.intake import Broken, Event, Intake, Listed
from tui.literal import one_line
from tui.rater import Allowed, Failed, Finished, Found, Given, ProcessRater, Rater, Report, Source, Started
from tui.row_index import RowIndex
from tui.row_orders import KEYS
from tui.rows import ENTRY, STATE, Row, State, failed, in_progress, rated, waiting
from tui.watch import Arrived

#: Seconds that events may take at once: a key press waits no longer than this.
_AT_ONCE = 0.01
_WORDS = 40
#: The title of the error for an address of this machine or of another private network.
_PRIVATE = "Private address"
#: Pasted texts that the next start takes up: so many, of so many characters.
_MOST_PASTED, _MOST_KEPT = 50, 100_000


@dataclass(slots=True)
class Taken:
    """What a turn of `take` brought that is to be said: what was rated, what arrived by itself, what went wrong."""

    finished: list[Finished] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    errors: list[RulesError] = field(default_factory=list)


class Tray:
    """Everything in the inbox. It belongs to one thread, that of the screen."""

    def __init__(self, desk: Desk, rater: Rater | None = None) -> None:
        self.desk = desk
        self.rows = RowIndex()
        self.states: Counter[State] = Counter()
        self.pasted: dict[str, str] = {}
        self.listing = self.listed = False
        self._assessments = Assessments()
        self._from_feeds: set[str] = set()
        self._private: dict[str, str] = {}
        self._allowed = set(desk.config.private)
        self._last_entry: int | None = None
        self._begun = False
        pack = desk.config.rules
        self._intake = Intake(rater or ProcessRater(pack), lambda: ProcessRater(pack))

    @property
    def left(self) -> int:
        """How many announcements wait or are being rated."""
        return self.states["waiting"] + self.states["rating"]

    @property
    def followed(self) -> Sequence[str]:
        """The folders and feeds that are followed."""
        return self._intake.followed

    def begin(self, arrived: Callable[[], object]) -> None:
        """Start to work; `arrived` is called, in some thread, when there is something to take."""
        self._intake.begin(arrived)
        if not self._begun and not self.desk.sealed:
            for name in (*self.desk.config.watch, *self.desk.config.feeds):
                self.follow(name)
        self._begun = True

    def open(self, sources: Sequence[str]) -> None:
        """Rate files, folders and addresses after those that wait already."""
        self._intake.open([self._opened(source) for source in sources])

    def paste(self, text: str) -> str:
        """Rate a text. Returns the key of its row; the same text is not taken twice."""
        for key, known in self.pasted.items():
            if known == text and self.rows.get(key):
                return key
        number = len(self.pasted) + 1
        key = f"pasted {number}"
        words = one_line(text[: 4 * _WORDS])
        name = f"{key}: {words if len(words) <= _WORDS else words[:_WORDS].rstrip() + '…'}"
        self.pasted[key] = text
        self._intake.open([Given(key, Announcement.from_text(text, name))])
        return key

    def follow(self, name: str) -> bool:
        """Follow a folder or a feed. Returns whether it was not followed already. Raises RulesError where sealed."""
        if self.desk.sealed:
            raise RulesError("Not here", "neither paths nor addresses are opened from the browser")
        return self._intake.follow(name, private=name in self._allowed)

    def private(self, key: str) -> str:
        """Why the address of a row was not asked, if it lies in a private network; empty for all others."""
        return self._private.get(key, "")

    def allow(self, key: str) -> None:
        """Ask an address in a private network all the same, from now on."""
        self._allowed.add(key)
        followed = key in self.followed
        self.remove([key])
        if followed:
            self._intake.follow(key, private=True, anew=True)
        else:
            self.open([key])

    def list_ledger(self) -> None:
        """List the ratings on record, or those that came since."""
        if not self.listing:
            self.listing = self.listed = True
            self._intake.list(self.desk.ledger_address, self._last_entry)

    def kept(self) -> Mapping[str, object]:
        """What the next start takes up: order, pasted texts, what is followed and whether the ledger is listed."""
        configured = (*self.desk.config.watch, *self.desk.config.feeds)
        found: dict[str, object] = {
            "sort": list(self.rows.sorted_by) if self.rows.sorted_by[0] else [],
            "pasted": [text for text in self.pasted.values() if len(text) <= _MOST_KEPT][-_MOST_PASTED:],
            "followed": [name for name in self.followed if name not in configured],
            "ledger": self.listed,
        }
        return {name: value for name, value in found.items() if value}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take it up again; what does not fit is left out."""
        match kept.get("sort"):
            case [str(column), bool(reverse)] if column in KEYS:
                self.rows.sort(column, reverse)
        for text in _texts(kept.get("pasted")):
            self.paste(text)
        if not self.desk.sealed:
            for name in _texts(kept.get("followed")):
                self.follow(name)
        if kept.get("ledger"):
            self.list_ledger()

    def assessment(self, key: str) -> Assessment | None:
        """The assessment of a row; None for what has none (any more), and for what is on record only."""
        return self._assessments.get(key) if self._is_rated(key) else None

    def several(self, keys: Sequence[str]) -> Sequence[Assessment]:
        """The assessments of these rows, as far as they have any."""
        return self._assessments.of([key for key in keys if self._is_rated(key)])

    def again(self, keys: Iterable[str]) -> int:
        """Read and rate these once more. Returns how many sources that are; ratings on record are none."""
        sources = [self._source(key) for key in dict.fromkeys(map(self._root, keys))]
        found = [source for source in sources if source is not None]
        if found:
            self._intake.open(found)
        return len(found)

    def remove(self, keys: Iterable[str]) -> None:
        """Take rows out of the inbox; files stay where they are."""
        for key in keys:
            if (row := self.rows.get(key)) is not None:
                self.states[row.state] -= 1
                self.rows.remove(key)
                self.pasted.pop(key, None)
                self._private.pop(key, None)

    def stop(self) -> int:
        """Rate nothing more of what waits, and take it out. Returns how many rows that were."""
        taken = Taken()
        self._intake.stop()
        for event in self._intake.events():
            self._take(event, taken)
        left = [row.key for row in self.rows.every() if row.state == "waiting"]
        self.remove(left)
        return len(left)

    def seen(self, key: str) -> None:
        """A row was looked at: it is not new any more."""
        if (row := self.rows.get(key)) is not None and row.new:
            self.rows.put(replace(row, new=False))

    def close(self) -> None:
        """End everything at once."""
        self._intake.close()
        self._assessments.close()

    def take(self) -> Taken:
        """Take over what was found out meanwhile, for a hundredth of a second; `more` tells if some is left."""
        taken, until = Taken(), time.monotonic() + _AT_ONCE
        for event in self._intake.events():
            self._take(event, taken)
            if time.monotonic() > until:
                break
        return taken

    @property
    def more(self) -> bool:
        """Whether there is more to take."""
        return self._intake.more

    def _take(self, event: Event, taken: Taken) -> None:
        if isinstance(event, Broken):
            raise event.error
        if isinstance(event, Listed):
            self._take_page(event, taken)
        elif isinstance(event, Arrived):
            self._take_arrived(event, taken)
        else:
            self._take_report(event, taken)

    def _take_report(self, report: Report, taken: Taken) -> None:
        row = self.rows.get(report.key)
        if isinstance(report, Found):
            self._put(waiting(report.key, report.name, report.new))
        elif isinstance(report, Failed):
            self._put(failed(row or waiting(report.key, report.name), report.title, self._told(report)))
        elif row is not None and isinstance(report, Started):
            self._put(in_progress(row))
        elif row is not None and isinstance(report, Finished):
            assessment = self._assessments.put(report.key, report.assessment)
            self._put(rated(row, assessment))
            taken.finished.append(Finished(report.key, assessment))

    def _told(self, report: Failed) -> str:
        """What went wrong; for an address in a private network with what can be done here, not on the command line."""
        self._private.pop(report.key, None)
        if report.title != _PRIVATE or self.desk.sealed:
            return report.message
        why = self._private[report.key] = report.message.rpartition("; ")[0]
        return f"{why}; Enter asks whether to fetch it"

    def _take_arrived(self, event: Arrived, taken: Taken) -> None:
        if event.wrong is not None:
            self._take_report(event.wrong, taken)
            return
        if (row := self.rows.get(event.place)) is not None and row.state == "error":
            self.remove([event.place])
        sources = [each for each in event.sources if event.new or not isinstance(each, str) or not self.rows.get(each)]
        self._from_feeds.update(each.key for each in sources if isinstance(each, Given))
        if sources:
            self._intake.open(sources, event.new)
            taken.arrived.append(event)

    def _take_page(self, page: Listed, taken: Taken) -> None:
        if not page.rows:
            self.listing = False
            if page.error is not None:
                self.listed = self.listed and self._last_entry is not None
                taken.errors.append(page.error)
            return
        self._last_entry = max(self._last_entry or 0, *(int(row[ENTRY]) for row, _ in page.rows))
        self.states.update(row[STATE] for row, _ in page.rows)
        self.rows.put_stored(page.rows)

    def _put(self, row: Row) -> None:
        before = self.rows.get(row.key)
        if before is not None:
            self.states[before.state] -= 1
        self.states[row.state] += 1
        self.rows.put(row)

    def _is_rated(self, key: str) -> bool:
        row = self.rows.get(key)
        return row is not None and row.state in ("rated", "not_rated")

    def _source(self, key: str) -> Source | None:
        """What is behind a row; None for a rating on record, and for an entry of a feed that was never rated."""
        row = self.rows.get(key)
        if row is None or row.entry:
            return None
        if key in self.pasted:
            return Given(key, Announcement.from_text(self.pasted[key], row.name))
        if key in self._from_feeds:
            assessment = self._assessments.get(key)
            return Given(key, assessment.announcement) if assessment and assessment.announcement else None
        return self._opened(key)

    def _opened(self, source: str) -> Source:
        return Allowed(source) if source in self._allowed else source

    def _root(self, key: str) -> str:
        """The source of a row: that of one announcement among several is the first's."""
        root, _, number = key.rpartition("#")
        return root if number.isdecimal() and self.rows.get(root) else key


def _texts(found: object) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
