"""A ledger made, or brought forward from the schema of an earlier version; what is recorded is never rewritten."""

import json
import secrets
from collections.abc import Iterator

from rules.errors import RulesError
from rules.ledger import mark
from rules.ledger.blob import stored
from rules.ledger.database import Database, number, octets
from rules.ledger.entry import Entry
from rules.ledger.schema import MARKED, VERSION, steps

_PAGE = 500
_AFTER = f"SELECT seq, leaf FROM entry WHERE seq > ? ORDER BY seq LIMIT {_PAGE}"


def outdated(database: Database) -> bool:
    """Whether an earlier version wrote the tables. Raises RulesError if a later one did."""
    return _version(database) < VERSION


def prepare(database: Database) -> None:
    """Make the tables, or bring those of an older version forward. Raises RulesError."""
    if _version(database) == VERSION:
        return
    with database.writing():
        # Another process may have done it while this one waited for the lock.
        since = _version(database)
        for statement in steps(database.dialect, since) if since < VERSION else ():
            database.execute(statement)
        known = [("schema", str(VERSION)), ("origin", f"caveat/{secrets.token_hex(8)}")]
        for name, value in known if since == 0 else ():
            database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
        if 0 < since < MARKED:
            _mark_all(database)
        database.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(VERSION),))


def _version(database: Database) -> int:
    """The schema of a ledger. Raises RulesError if a later Caveat wrote it."""
    found = database.schema_version()
    if found > VERSION:
        raise RulesError(
            "Newer ledger",
            f"{database.shown}: a later Caveat wrote it (schema {found}; this one knows {VERSION}); update",
        )
    return found


def _mark_all(database: Database) -> None:
    """File the entries that were recorded before there were marks."""
    known = mark.numbers(database)
    for page in _pages(database):
        known = mark.put(database, [(entry.seq, _marks(database, entry)) for entry in page], known)


def _pages(database: Database) -> Iterator[list[Entry]]:
    at = -1
    while rows := database.execute(_AFTER, (at,)):
        yield [Entry(number(seq), octets(leaf)) for seq, leaf in rows]
        at = number(rows[-1][0])


def _marks(database: Database, entry: Entry) -> mark.Marks:
    """The marks of an entry; none where it is broken, which is for `verify` to say.

    Before there were marks, an entry did not name its cues: they are those of its assessment, as long as that is kept.
    """
    try:
        data = entry.data
        digest = entry.content.get("assessment")
        assessment = stored(database, digest) if digest else None
        cues = mark.cues(json.loads(assessment)) if assessment is not None else []
    except (RulesError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return mark.marks({"cues": cues, **data})
