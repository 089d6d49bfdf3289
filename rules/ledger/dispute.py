"""Recording another opinion, with a name and a reason, beside the rating and never in its place."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rules.errors import RulesError
from rules.explain.challenge import Challenge
from rules.explain.challenge import challenge as dispute
from rules.ledger.compare import told
from rules.ledger.entry import Draft, Entry, Kind
from rules.ledger.ledger import Ledger
from rules.ledger.record import sound, who_bytes
from rules.ledger.stored import rerate
from rules.render.json import dumps


def override(
    ledger: Ledger, rating: Entry, level: int, because: str, until: dt.date | None = None, who: str = ""
) -> Entry:
    """Record another level for a rating. Raises RulesError without a reason, in the past, or for what was not rated."""
    if rating.level is None:
        raise RulesError("Not rated", f"entry {rating.seq} has no level that could be overridden")
    if until is not None and until < ledger.clock().date():
        raise RulesError("Expired", f"--until {until}: that day is over; an override stands for the days to come")
    body: dict[str, Any] = {"level": level, "rated": rating.level, "because": _reason(because)}
    if until is not None:
        body["until"] = until.isoformat()
    return _record(ledger, "override", rating, body, who)


def challenge(ledger: Ledger, rating: Entry, fact: str, because: str, who: str = "") -> Entry:
    """Dispute one fact of a rating: its level with and without the fact, and all that rests on it, on record.

    Raises RulesError for an unknown fact or no reason.
    """
    return keep(ledger, rating, dispute(rerate(ledger, rating), fact, sound(because)), who)


def keep(ledger: Ledger, rating: Entry, made: Challenge, who: str = "") -> Entry:
    """Record a challenge of a rating. The whole of it, as `caveat challenge` prints it, is a content of the entry.

    Raises RulesError.
    """
    whole = made.to_json()
    # The rating itself is on record already, and who disputes it is kept apart so that it can be masked.
    kept = {name: value for name, value in whole.items() if name not in ("with", "who", "on")}
    body = {
        "fact": sound(made.fact.id), "says": sound(told(whole["fact"])), "because": sound(made.because),
        "level": made.with_it.level, "without": made.without.level,
        "rests": [each.id for each in made.disputed if each.kind == "rule"],
    }  # fmt: skip
    return _record(ledger, "challenge", rating, body, who, {"challenge": dumps(kept).encode()})


def _record(
    ledger: Ledger, kind: Kind, rating: Entry, body: dict[str, Any], who: str, more: Mapping[str, bytes] | None = None
) -> Entry:
    known: dict[str, Any] = {
        name: rating.data[name] for name in ("announcer", "issuer", "story", "class") if name in rating.data
    }
    source = {"source": {"name": rating.name}} if rating.name else {}
    blobs = {**(more or {}), **({"who": who_bytes(who)} if who else {})}
    return ledger.append(Draft(kind, {"about": rating.seq, **known, **source, **body}, blobs))[0]


def _reason(because: str) -> str:
    if not because.strip():
        raise RulesError("No reason", "another opinion needs a reason: --because TEXT")
    return sound(because.strip())
