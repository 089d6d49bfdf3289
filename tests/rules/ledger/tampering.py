"""What someone does who may write the ledger's file, knows how it works, and lacks only the key.

Every mutation touches an entry under the checkpoint that was carried off before.
"""

import json
import random
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rules.errors import RulesError
from rules.ledger.entry import COLUMNS, canonical, columns
from rules.ledger.mark import Numbers, marks, row
from rules.ledger.merkle import leaf_hash
from rules.ledger.note import Checkpoint, Note
from rules.ledger.place import open_ledger
from rules.ledger.signing import SigningKey, parsed
from rules.ledger.verify import sign, verify
from tests.rules.ledger.made import small

#: Entries in the ledger, and how many of them the exported checkpoint covers.
ENTRIES, COVERED = 20, 15

Mutation = Callable[[sqlite3.Connection, random.Random], None]
Leaf = dict[str, Any]


def build(place: Path, key: SigningKey) -> tuple[Note, Checkpoint]:
    """A ledger of ENTRIES, and the checkpoint over the first COVERED of them."""
    with open_ledger(str(place), write=True) as ledger:
        ledger.append(*(small(f"{n}.txt", issuer=f"issuer {n}") for n in range(COVERED)))
        exported, _ = sign(ledger, key)
        ledger.append(*(small(f"{n}.txt") for n in range(COVERED, ENTRIES)))
        sign(ledger, key)
        ledger.database.compact()
    assert exported is not None
    return parsed(exported, "exported")


def tampered(base: Path, place: Path, mutation: Mutation, seed: int) -> None:
    """A copy of the ledger, mutated."""
    shutil.copyfile(base, place)
    if mutation is flip_bytes:
        _flip(place, random.Random(seed))
        return
    connection = sqlite3.connect(place, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    mutation(connection, random.Random(seed))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def found(place: Path, exported: tuple[Note, Checkpoint], key: SigningKey) -> list[str]:
    """The sorts of what `verify` finds; an error on opening is a finding too."""
    try:
        with open_ledger(str(place)) as ledger:
            return [finding.sort for finding in verify(ledger, [exported], key.verifier).findings]
    except RulesError as error:
        return [error.title]


def same(one: Path, other: Path) -> bool:
    """Whether two files hold the same entries and contents, byte for byte."""
    return _dump(one) == _dump(other)


def edit_plainly(at: sqlite3.Connection, chance: random.Random) -> None:
    """A level changed in the entry alone."""
    seq = chance.randrange(COVERED)
    leaf = _leaves(at)[seq] | {"level": 1}
    at.execute("UPDATE entry SET leaf = ? WHERE seq = ?", (canonical(leaf), seq))


def edit_with_hashes(at: sqlite3.Connection, chance: random.Random) -> None:
    """A level changed, and hash and columns with it."""
    leaves = _leaves(at)
    leaves[chance.randrange(COVERED)]["level"] = chance.choice([1, 2, 4, 5])
    _rewrite(at, leaves)


def edit_a_column(at: sqlite3.Connection, chance: random.Random) -> None:
    """What `list` shows, changed; the entry not."""
    column = chance.choice(["level = 1", "issuer = 'other'", "name = 'other'", "time = '2020'", "pack = NULL"])
    at.execute(f"UPDATE entry SET {column} WHERE seq = ?", (chance.randrange(COVERED),))


def hide_from_recall(at: sqlite3.Connection, chance: random.Random) -> None:
    """An entry taken out of the index of its rule or its cue, or filed under another's; itself untouched."""
    seq = chance.randrange(COVERED)
    at.execute("INSERT INTO mark (number, sort, name) VALUES (99, 'rule', 'COM-999')")
    way = chance.choice(["marks = ' 99 '", "marks = marks || '99 '", "marks = ''", "seq = seq + 1000", "marks = 7"])
    if chance.random() < 0.2:
        at.execute("DELETE FROM marked WHERE seq = ?", (seq,))
    else:
        at.execute(f"UPDATE marked SET {way} WHERE seq = ?", (seq,))


def confuse_types(at: sqlite3.Connection, chance: random.Random) -> None:
    """A value of another type where the entry, its hash or its content is kept."""
    seq, leaves = chance.randrange(COVERED), _leaves(at)
    table = chance.choice(["entry", "blob", "leaf"])
    if table == "blob":
        at.execute("UPDATE blob SET data = 'text', size = 'five' WHERE digest = ?", (_content(at, chance),))
    elif table == "entry":
        column = chance.choice(["leaf = 'text'", "leaf_hash = 'text'", "leaf = 7"])
        at.execute(f"UPDATE entry SET {column} WHERE seq = ?", (seq,))
    else:
        name = chance.choice(
            ["content", "source", "pack", "versions", "fired", "level", "kind", "time", "issuer", "seq"]
        )
        value = chance.choice([7, 1.5, "text", [1], {"a": {"b": 1}}, None])
        at.execute("UPDATE entry SET leaf = ? WHERE seq = ?", (canonical(leaves[seq] | {name: value}), seq))


def delete_plainly(at: sqlite3.Connection, chance: random.Random) -> None:
    """An entry gone."""
    at.execute("DELETE FROM entry WHERE seq = ?", (chance.randrange(COVERED),))


def delete_and_close_up(at: sqlite3.Connection, chance: random.Random) -> None:
    """Some entries gone, the rest numbered and hashed anew."""
    leaves = _leaves(at)
    for _ in range(chance.randint(1, 4)):
        del leaves[chance.randrange(COVERED - 5)]
    _rewrite(at, leaves)


def swap_plainly(at: sqlite3.Connection, chance: random.Random) -> None:
    """Two entries in each other's place, as they are, with their hashes."""
    leaves = _leaves(at)
    one, other = chance.sample(range(COVERED), 2)
    leaves[one], leaves[other] = leaves[other], leaves[one]
    _rewrite(at, leaves, renumber=False)


def swap_and_renumber(at: sqlite3.Connection, chance: random.Random) -> None:
    """Two entries in each other's place, renumbered and hashed anew."""
    leaves = _leaves(at)
    one, other = chance.sample(range(COVERED), 2)
    leaves[one], leaves[other] = leaves[other], leaves[one]
    _rewrite(at, leaves)


def truncate(at: sqlite3.Connection, chance: random.Random) -> None:
    """The tail cut off, and the checkpoints that knew of it."""
    _rewrite(at, _leaves(at)[: chance.randrange(COVERED)])
    at.execute("DELETE FROM checkpoint")


def add_again(at: sqlite3.Connection, chance: random.Random) -> None:
    """An entry deleted and appended once more."""
    leaves = _leaves(at)
    leaves.append(leaves.pop(chance.randrange(COVERED)))
    _rewrite(at, leaves)


def slip_in(at: sqlite3.Connection, chance: random.Random) -> None:
    """An entry of one's own among the old ones."""
    leaves = _leaves(at)
    leaves.insert(chance.randrange(COVERED), chance.choice(leaves) | {"key": chance.randbytes(32).hex()})
    _rewrite(at, leaves)


def double(at: sqlite3.Connection, chance: random.Random) -> None:
    """An entry twice, its unique key no longer guarded."""
    leaves = _leaves(at)
    leaves.append(dict(leaves[chance.randrange(COVERED)]))
    leaves[chance.randrange(COVERED)]["level"] = 5
    _rewrite(at, leaves)


def edit_content(at: sqlite3.Connection, chance: random.Random) -> None:
    """A text changed under its old digest."""
    digest = _content(at, chance)
    at.execute("UPDATE blob SET data = ?, size = 5 WHERE digest = ?", (zlib.compress(b"other"), digest))


def drop_content(at: sqlite3.Connection, chance: random.Random) -> None:
    """A text gone, with no prune on record."""
    at.execute("DELETE FROM blob WHERE digest = ?", (_content(at, chance),))


def forge_a_prune(at: sqlite3.Connection, chance: random.Random) -> None:
    """A text gone, and an old entry made into the prune that took it."""
    leaves = _leaves(at)
    digest = _content(at, chance)
    at.execute("DELETE FROM blob WHERE digest = ?", (digest,))
    leaves[COVERED - 1] |= {"kind": "prune", "upto": COVERED - 1, "roles": ["text", "document"]}
    _rewrite(at, leaves)


def rewrite_history(at: sqlite3.Connection, chance: random.Random) -> None:
    """Everything dated back, and no checkpoint left that knows better."""
    _rewrite(at, [leaf | {"time": f"2020-{leaf['time'][5:]}"} for leaf in _leaves(at)])
    at.execute("DELETE FROM checkpoint")


def flip_bytes(at: sqlite3.Connection, chance: random.Random) -> None:
    """Some bytes of the file changed; done on the file, not through SQLite."""


MUTATIONS: tuple[Mutation, ...] = (
    edit_plainly, edit_with_hashes, edit_a_column, hide_from_recall, confuse_types, delete_plainly,
    delete_and_close_up, swap_plainly, swap_and_renumber, truncate, add_again, slip_in, double, edit_content,
    drop_content, forge_a_prune, rewrite_history, flip_bytes,
)  # fmt: skip


def _leaves(at: sqlite3.Connection) -> list[Leaf]:
    return [json.loads(leaf) for (leaf,) in at.execute("SELECT leaf FROM entry ORDER BY seq")]


def _rewrite(at: sqlite3.Connection, leaves: list[Leaf], renumber: bool = True) -> None:
    """The table anew, every hash, column and mark recomputed; a doubled key is left out of its column, being unique."""
    at.execute("DELETE FROM entry")
    at.execute("DELETE FROM marked")
    numbers: Numbers = {"rule": {}, "cue": {}}
    for sort, name, number in at.execute("SELECT sort, name, number FROM mark"):
        numbers[sort][name] = str(number)
    keys: set[str] = set()
    for seq, leaf in enumerate(leaves):
        data = canonical(leaf | ({"seq": seq} if renumber else {}))
        values = list(columns(leaf))
        if leaf.get("key") in keys:
            values[COLUMNS.index("key")] = None
        keys.add(str(leaf.get("key")))
        blanks = ", ".join("?" * (3 + len(values)))
        at.execute(
            f"INSERT INTO entry (seq, leaf, leaf_hash, {', '.join(COLUMNS)}) VALUES ({blanks})",
            (seq, data, leaf_hash(data), *values),
        )
        at.execute("INSERT INTO marked (seq, marks) VALUES (?, ?)", (seq, row(marks(leaf), numbers)))


def _content(at: sqlite3.Connection, chance: random.Random) -> bytes:
    return bytes.fromhex(_leaves(at)[chance.randrange(COVERED - 1)]["content"]["text"])


def _flip(place: Path, chance: random.Random) -> None:
    data = bytearray(place.read_bytes())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= chance.randint(1, 255)
    place.write_bytes(data)


def _dump(place: Path) -> list[Any]:
    connection = sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)
    try:
        rows = [
            connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("entry", "blob", "mark", "marked")
        ]
        return [sorted(table) for table in rows]
    except (sqlite3.Error, TypeError):
        return []
    finally:
        connection.close()
