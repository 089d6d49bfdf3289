"""Retention: contents may go, digests stay. A prune is an entry itself, so that `verify` can tell it from a loss."""

from collections.abc import Sequence
from typing import Any

from rules.errors import RulesError
from rules.ledger.entry import Draft, Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.merkle import root
from rules.ledger.record import sound
from rules.ledger.signing import parsed

#: What may go. A pack stays: it is kept once for all ratings under it, and says nothing of anyone.
ROLES = ("document", "text", "reading", "assessment", "challenge", "who")


def prune(ledger: Ledger, before: str, roles: Sequence[str], because: str) -> tuple[Entry, int]:
    """Delete the contents of these roles from every entry recorded before a time (ISO 8601).

    Leaves and hashes stay, so every inclusion proof and checkpoint stays valid. Raises RulesError if a checkpoint does
    not cover the entries: what nobody has signed for must not be thinned out. Returns the entry that records it, and
    how many contents went.
    """
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise RulesError("Cannot be pruned", f"{', '.join(unknown) or 'nothing'}: choose from {', '.join(ROLES)}")
    if not because.strip():
        raise RulesError("No reason", "a prune needs a reason: --because TEXT")
    with ledger.database.writing():
        upto = _first_since(ledger, before)
        _demand_cover(ledger, upto)
        going = _going(ledger, upto, frozenset(roles))
        body: dict[str, Any] = {
            "before": before, "upto": upto, "roles": sorted(roles), "removed": len(going), "because": sound(because),
        }  # fmt: skip
        entry = ledger.append_and_discard(Draft("prune", body), going)
    ledger.database.compact()
    return entry, len(going)


def _first_since(ledger: Ledger, before: str) -> int:
    """The first entry that is not to be touched: entries before it are all older."""
    later = next(ledger.entries(Filter(since=before), limit=1), None)
    return later.seq if later is not None else ledger.size


def _demand_cover(ledger: Ledger, upto: int) -> None:
    if upto == 0:
        raise RulesError("Nothing to prune", "no entry is that old")
    hashes = ledger.hashes()
    for text in reversed(ledger.checkpoints()):
        _, checkpoint = parsed(text, "a stored checkpoint")
        if upto <= checkpoint.size <= len(hashes) and root(hashes[: checkpoint.size]) == checkpoint.root:
            return
    raise RulesError(
        "No checkpoint", f"no checkpoint covers the {upto} entries; make one (`caveat ledger checkpoint`), then prune"
    )


def _going(ledger: Ledger, upto: int, roles: frozenset[str]) -> list[bytes]:
    """Digests that only entries to be pruned refer to, and that are still there."""
    going: set[str] = set()
    staying: set[str] = set()
    for entry in ledger.entries():
        for role, digest in entry.content.items():
            (going if entry.seq < upto and role in roles else staying).add(digest)
    found = (bytes.fromhex(digest) for digest in sorted(going - staying))
    return [each for each in found if ledger.database.execute("SELECT 1 FROM blob WHERE digest = ?", (each,))]
