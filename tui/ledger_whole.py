"""One entry of the ledger with everything on record that belongs to it. Asks the ledger; knows no Textual."""

import json
from collections import deque

from rules.ledger import opinion
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from tui.ledger_view import Whole

_MOST = 50


def whole_of(ledger: Ledger, key: str) -> Whole:
    """The entry of an id. Raises RulesError, also for an entry that belongs to no rating."""
    entry, rating = ledger.entry(int(key)), ledger.rating(key)
    related = deque(ledger.entries(Filter(about=rating.seq)), maxlen=_MOST)
    return Whole(entry, rating, tuple(related), opinion.in_force(ledger, rating), _who(ledger, entry))


def _who(ledger: Ledger, entry: Entry) -> str:
    """Who asked; empty where nobody was named or the name was masked."""
    data = ledger.content(entry, "who")
    return str(json.loads(data)["name"]) if data is not None else ""
