"""Ratings repeated: from the stored facts under the stored pack, from the stored text with today's reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from facts.errors import FactsError
from facts.extract import read
from rules.assess import assess
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.ledger.compare import Difference, compare
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.record import versions
from rules.ledger.stored import assessment_json, pack_of, reading_of, rerate
from rules.pack import Pack
from rules.render.json import dumps

#: same: byte for byte. moved: something differs. pruned: the assessment is no longer kept. no text: facts given by
#: hand, or a text no longer kept. failed: it cannot be rated any more.
Outcome = Literal["same", "moved", "pruned", "no text", "failed"]


@dataclass(frozen=True, slots=True)
class Replay:
    """One repetition: how it came out, what moved, and why it may have."""

    outcome: Outcome
    difference: Difference | None = None
    because: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        moved = self.difference.to_json() if self.difference else None
        return {"outcome": self.outcome, "because": self.because, "difference": moved}


@dataclass(frozen=True, slots=True)
class Replayed:
    """A rating repeated both ways."""

    entry: Entry
    facts: Replay
    text: Replay

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"id": self.entry.seq, "facts": self.facts.to_json(), "text": self.text.to_json()}


def replay(ledger: Ledger, entry: Entry) -> Replayed:
    """Rate the entry again both ways. What cannot be repeated is an outcome, not an error."""
    data = ledger.content(entry, "assessment")
    if data is None:
        pruned = Replay("pruned", because="the assessment was pruned; its digest is on record")
        return Replayed(entry, pruned, pruned)
    return Replayed(entry, _from_facts(ledger, entry, data), _from_text(ledger, entry, data))


def replay_all(ledger: Ledger) -> Iterator[Replayed]:
    """Every rating of the ledger, repeated, in order."""
    return (replay(ledger, entry) for entry in ledger.entries(Filter(kind="rating")))


def at_two_clocks(ledger: Ledger, entry: Entry, known: str, rules: str) -> tuple[Entry, Pack, Assessment]:
    """The story of a rating as known at one time, under the rules in force at another.

    Known is what the newest rating of the same story says that was recorded before `known`; in force is the pack of
    that name under which anything was last rated before `rules` (both ISO 8601). Returns that rating, the pack and the
    rating of the one under the other. Raises RulesError where nothing had been recorded by then.
    """
    story = entry.data.get("story")
    wanted = Filter(kind="rating", story=story, before=known) if story else Filter(kind="rating", before=known)
    stands = [found for found in ledger.entries(wanted, newest=True) if story or found.seq == entry.seq]
    if not stands:
        raise RulesError("Nothing known", f"entry {entry.seq}: nothing of its story had been recorded before {known}")
    name = entry.data["pack"]["name"]
    ruled = ledger.entries(Filter(kind="rating", before=rules), newest=True)
    pack_entry = next((found for found in ruled if found.data["pack"]["name"] == name), None)
    if pack_entry is None:
        raise RulesError("No rules", f"nothing had been rated under the pack {name} before {rules}")
    pack = pack_of(ledger, pack_entry)
    return stands[0], pack, rerate(ledger, stands[0], pack)


def _from_facts(ledger: Ledger, entry: Entry, data: bytes) -> Replay:
    try:
        again = rerate(ledger, entry)
    except (FactsError, RulesError) as error:
        return Replay("failed", because=str(error))
    made = again.to_json()
    stored = assessment_json(ledger, entry)
    if again.reading is None and "source" in stored:  # the text was pruned: what the entry says of it still stands
        made = {"schema": made["schema"], "source": stored["source"], **made}
    return _outcome(entry, again, data, stored, made)


def _from_text(ledger: Ledger, entry: Entry, data: bytes) -> Replay:
    try:
        pack = pack_of(ledger, entry)
        reading = reading_of(ledger, entry, pack)
        if reading is None:
            return Replay("no text", because="there is no text on record to read again")
        again = assess(read(reading.announcement), pack=pack)
    except (FactsError, RulesError) as error:
        return Replay("failed", because=str(error))
    return _outcome(entry, again, data, assessment_json(ledger, entry), again.to_json())


def _outcome(entry: Entry, again: Assessment, data: bytes, stored: dict[str, Any], made: dict[str, Any]) -> Replay:
    if dumps(made).encode() == data:
        return Replay("same")
    was, now = entry.data["versions"], versions(again)
    changed = [f"{name} {was.get(name)} is now {now[name]}" for name in now if was.get(name) != now[name]]
    return Replay("moved", compare(stored, made), "; ".join(changed) or "the same versions: this should not be")
