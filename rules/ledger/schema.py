"""The tables of a ledger, as steps from one schema version to the next. A step, once released, is never changed."""

from typing import Literal

Dialect = Literal["sqlite", "postgres"]

#: What is written for SQLite's words in PostgreSQL.
_POSTGRES = {"BLOB": "BYTEA", "INTEGER": "BIGINT", " WITHOUT ROWID": ""}

_FIRST = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    (
        "CREATE TABLE entry (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL, leaf_hash BLOB NOT NULL, kind TEXT NOT NULL,"
        " time TEXT NOT NULL, about INTEGER, key TEXT UNIQUE, name TEXT, issuer TEXT, story TEXT, class TEXT,"
        " level INTEGER, pack TEXT, reader TEXT, fired TEXT)"
    ),
    "CREATE TABLE blob (digest BLOB PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)",
    "CREATE TABLE checkpoint (size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (size, note))",
    "CREATE TABLE story (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sketch BLOB NOT NULL)",
    "CREATE TABLE shingle (hash INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (hash, story)) WITHOUT ROWID",
)
#: Filters and histories over a hundred thousand entries need them.
_SECOND = (
    "CREATE INDEX entry_about ON entry (about)",
    "CREATE INDEX entry_issuer ON entry (issuer)",
    "CREATE INDEX entry_story ON entry (story)",
    "CREATE INDEX entry_level ON entry (level, seq)",
    "CREATE INDEX entry_time ON entry (time)",
    "CREATE INDEX entry_name ON entry (name)",
    "CREATE INDEX entry_pack ON entry (pack)",
    # Rules are sought by scanning; the index alone is an eighth of the table.
    "CREATE INDEX entry_fired ON entry (fired)",
)
#: Any rule and any cue leads to its ratings; one index holds all that is asked for, so that no filter reads the table.
_THIRD = (
    "CREATE TABLE mark (number INTEGER PRIMARY KEY, sort TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (sort, name))",
    "CREATE TABLE marked (seq INTEGER PRIMARY KEY, marks TEXT NOT NULL)",
    "DROP INDEX entry_level",
    "DROP INDEX entry_time",
    "DROP INDEX entry_name",
    "DROP INDEX entry_pack",
    "DROP INDEX entry_fired",
    "ALTER TABLE entry DROP COLUMN fired",
    "CREATE INDEX entry_asked ON entry (kind, class, level, time, pack, reader, issuer, name, story)",
)
_STEPS = (_FIRST, _SECOND, _THIRD)
#: The schema that this version writes.
VERSION = len(_STEPS)
#: Since this one, entries are filed under their marks.
MARKED = 3

#: What a step is followed by in PostgreSQL alone. The leaf goes out of the row, so that whoever filters by scanning the
#: table, as PostgreSQL does sooner than SQLite, reads a sixth of it.
_POSTGRES_MORE = {3: ("ALTER TABLE entry SET (toast_tuple_target = 1000)",)}
#: In PostgreSQL the tables have a schema of their own, so that a database may be shared with other programs.
_PLACE: dict[Dialect, tuple[str, ...]] = {"sqlite": (), "postgres": ("CREATE SCHEMA IF NOT EXISTS caveat",)}

#: Against accidents only: whoever can write the file can drop a trigger. The Merkle log is what tells.
_SQLITE_GUARD = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
)
_POSTGRES_GUARD = (
    (
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    ),
    "CREATE TRIGGER entry_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON entry EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER checkpoint_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint EXECUTE FUNCTION append_only()",
)


def steps(dialect: Dialect, since: int, to: int = VERSION) -> list[str]:
    """The statements that bring a ledger from schema `since` (0: an empty database) to another."""
    found = [statement for step in _STEPS[since:to] for statement in step]
    if dialect == "postgres":
        more = [each for step, statements in _POSTGRES_MORE.items() if since < step <= to for each in statements]
        found = [*map(_postgres, found), *more]
    if since == 0:
        found = [*_PLACE[dialect], *found, *_guards(dialect)]
    return found


def _guards(dialect: Dialect) -> list[str]:
    if dialect == "postgres":
        return list(_POSTGRES_GUARD)
    pairs = ((table, verb) for table in ("entry", "checkpoint") for verb in ("UPDATE", "DELETE"))
    return [_SQLITE_GUARD.format(table=table, verb=verb) for table, verb in pairs]


def _postgres(statement: str) -> str:
    for sqlite, postgres in _POSTGRES.items():
        statement = statement.replace(sqlite, postgres)
    return statement
