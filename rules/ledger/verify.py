"""Whether the ledger is what it was: every entry, every content, every checkpoint, and what follows from them."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from rules.errors import RulesError
from rules.ledger import contents, mark, opinion
from rules.ledger.database import number, octets
from rules.ledger.entry import COLUMNS, Entry, columns, is_canonical
from rules.ledger.ledger import Ledger
from rules.ledger.merkle import Tree, leaf_hash
from rules.ledger.note import Checkpoint, Note, VerifierKey
from rules.ledger.signing import SigningKey, is_signed, parsed

_ROWS = (
    f"SELECT entry.seq, leaf, leaf_hash, marks, {', '.join(COLUMNS)}"
    " FROM entry LEFT JOIN marked ON marked.seq = entry.seq ORDER BY entry.seq"
)

#: How many are done, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: its sort in a word (edited, deleted, reordered, truncated, ...) and where."""

    sort: str
    message: str


@dataclass
class Verification:
    """What was found. `covered` entries stand under a checkpoint that holds; the others could still be rewritten."""

    size: int = 0
    root: bytes = b""
    covered: int = 0
    checkpoints: int = 0
    signed: bool = False
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def uncovered(self) -> int:
        """How many entries no checkpoint covers yet."""
        return self.size - self.covered

    def wrong(self, sort: str, message: str) -> None:
        """One more finding."""
        self.findings.append(Finding(sort, message))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "holds": self.holds, "entries": self.size, "root": self.root.hex(), "covered": self.covered,
            "uncovered": self.uncovered, "checkpoints": self.checkpoints, "signature_checked": self.signed,
            "findings": [{"sort": each.sort, "message": each.message} for each in self.findings], "notes": self.notes,
        }  # fmt: skip


def verify(
    ledger: Ledger,
    exported: Iterable[tuple[Note, Checkpoint]] = (),
    verifier: VerifierKey | None = None,
    with_contents: bool = True,
    each_rating: Callable[[Entry], Iterable[str]] | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Check everything. `exported` are checkpoints that were kept elsewhere: only they can tell what whoever may write
    the ledger has altered with all that follows from it.

    With a `verifier`, every checkpoint must bear its signature and there must be one: what is not signed proves
    nothing. Without, no signature is looked at and the notes say so. `each_rating` may find more about each rating.
    `progress` is told, again and again, how many of how many entries and contents are done; what it raises ends it all.
    """
    found = Verification(signed=verifier is not None)
    pool = ThreadPoolExecutor(os.cpu_count())
    pages = pool.submit(ledger.database.check)
    try:
        with ledger.database.reading():
            _Check(ledger, found, pool, progress).run(list(exported), verifier, with_contents, each_rating)
    except RulesError as error:
        found.wrong("damaged", f"{error.title}: {error.message}")
    finally:
        pool.shutdown(wait=False)
    found.findings[:0] = [Finding("damaged", page) for page in pages.result()]
    return found


class _Check:
    """One verification on its way: what it reads, what it finds, whom it tells."""

    def __init__(self, ledger: Ledger, found: Verification, pool: Executor, progress: Progress | None) -> None:
        self._ledger, self._found, self._pool, self._progress = ledger, found, pool, progress
        self._done, self._total = 0, 0

    def run(
        self, kept: list[tuple[Note, Checkpoint]], verifier: VerifierKey | None, with_contents: bool,
        each_rating: Callable[[Entry], Iterable[str]] | None,
    ) -> None:  # fmt: skip
        """All of it, in one state of the ledger. Raises RulesError where it cannot be read."""
        ledger, found = self._ledger, self._found
        kept = [*kept, *(parsed(text, "a stored checkpoint") for text in ledger.checkpoints())]
        rows = ledger.count()
        self._total = rows + (
            number(ledger.database.execute("SELECT COUNT(*) FROM blob")[0][0]) if with_contents else 0
        )
        sizes = {checkpoint.size for _, checkpoint in kept}
        log = _Log(found, sizes, contents.Wanted(), mark.numbers(ledger.database))
        self._entries(log, each_rating)
        found.size, found.root = log.tree.size, log.tree.root()
        if rows != found.size:
            found.wrong("damaged", f"the table has {rows} rows, its index {found.size}")
        log.roots[found.size] = found.root
        _check_checkpoints(ledger, found, kept, verifier, log.roots)
        if (filed := number(ledger.database.execute("SELECT COUNT(*) FROM marked")[0][0])) != log.filed:
            found.wrong("index", f"{filed} entries are filed by rule and cue where {log.filed} have any")
        if with_contents:
            for sort, message in log.wanted.check(ledger, self._pool, self._tell):
                found.wrong(sort, message)
        found.notes += log.wanted.notes()
        found.notes += opinion.overdue(ledger)

    def _entries(self, log: "_Log", each_rating: Callable[[Entry], Iterable[str]] | None) -> None:
        for page in self._ledger.database.stream(_ROWS):
            for row in page:
                entry = log.take(row)
                if entry is not None and each_rating is not None and entry.kind == "rating":
                    for problem in each_rating(entry):
                        self._found.wrong("proof", f"entry {entry.seq}: {problem}")
            self._tell(len(page))

    def _tell(self, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(self._done, self._total)


class _Log:
    """The entries as they pass: each against its hash, its place and its columns, all of them into the tree."""

    def __init__(self, found: Verification, sizes: set[int], wanted: contents.Wanted, numbers: mark.Numbers) -> None:
        self.tree = Tree()
        self.roots: dict[int, bytes] = {0: self.tree.root()}
        self.wanted, self.filed = wanted, 0
        self._found, self._sizes, self._numbers = found, sizes, numbers
        self._keys: dict[str, int] = {}
        self._expected, self._latest = 0, ""

    def take(self, row: Sequence[Any]) -> Entry | None:
        """One row; the entry if it can be read."""
        seq, leaf = number(row[0]), octets(row[1])
        if seq > self._expected:
            last = f" to {seq - 1}" if seq - 1 > self._expected else ""
            self._found.wrong("deleted", f"entry {self._expected}{last}: gone from the table")
        self._expected = seq + 1
        hashed = leaf_hash(leaf)
        self.tree.add(hashed)
        if self.tree.size in self._sizes:
            self.roots[self.tree.size] = self.tree.root()
        if hashed != octets(row[2]):
            self._found.wrong("edited", f"entry {seq}: its bytes do not have the hash that was recorded with them")
        entry = Entry(seq, leaf)
        try:
            self._check(entry, tuple(row[4:]))
            self._check_marks(entry, row[3])
        except RulesError as error:
            self._found.wrong("edited", error.message)
            return None
        return entry

    def _check(self, entry: Entry, stored: tuple[Any, ...]) -> None:
        seq, data = entry.seq, entry.data
        if not is_canonical(entry.leaf, data):
            self._found.wrong("edited", f"entry {seq}: not canonical JSON, as it was written")
        if data.get("seq") != seq:
            self._found.wrong("reordered", f"entry {seq}: by its own bytes it is entry {data.get('seq')}")
        for name, is_now, was in zip(COLUMNS, stored, columns(data), strict=True):
            if is_now != was:
                self._found.wrong("edited", f"entry {seq}: column {name} says {is_now!r}, the entry itself {was!r}")
        key = data.get("key")
        if key is not None and self._keys.setdefault(key, seq) != seq:
            self._found.wrong("re-added", f"entry {seq}: recorded already as entry {self._keys[key]}")
        if entry.time < self._latest:
            self._found.notes.append(
                f"entry {seq}: its time is before that of the entry before it: a clock was set back"
            )
        self._latest = max(self._latest, entry.time)
        self.wanted.add(entry)

    def _check_marks(self, entry: Entry, filed: Any) -> None:
        """An index that lies would hide a rating from a recall."""
        data = entry.data
        wanted = mark.row(mark.marks(data), self._numbers)
        if "fired" in data and "cues" not in data and str(filed or "").startswith(wanted):
            wanted = filed or ""  # recorded before there were marks: it does not say which cues it has
        self.filed += bool(wanted)
        if (filed or "") != wanted:
            self._found.wrong("index", f"entry {entry.seq}: it is not filed by the rules and cues that it names")


def _check_checkpoints(
    ledger: Ledger, found: Verification, kept: list[tuple[Note, Checkpoint]], verifier: VerifierKey | None,
    roots: dict[int, bytes],
) -> None:  # fmt: skip
    trusted = [checkpoint for note, checkpoint in kept if _trusted(ledger, found, note, checkpoint, verifier)]
    found.checkpoints = len({(checkpoint.size, checkpoint.root) for checkpoint in trusted})
    if verifier is not None and not trusted:
        found.wrong("unsigned", f"a signature of {verifier.name} is demanded, and no checkpoint bears it")
    if verifier is None and kept:
        found.notes.append("signatures were not checked: no verifier key was given (--verifier, CAVEAT_VERIFIER)")
    held = {c.size for c in trusted if roots.get(c.size) == c.root}
    found.covered = max(held, default=0)
    for checkpoint in sorted(set(trusted), key=lambda c: c.size):
        if checkpoint.size in held and roots[checkpoint.size] == checkpoint.root:
            continue
        sort, message = _broken(checkpoint, found.size, held, trusted)
        found.wrong(sort, message)


def _trusted(
    ledger: Ledger, found: Verification, note: Note, checkpoint: Checkpoint, verifier: VerifierKey | None
) -> bool:
    if checkpoint.origin != ledger.origin:
        found.wrong("another log", f"a checkpoint of {checkpoint.origin}; this ledger is {ledger.origin}")
        return False
    if verifier is not None and not is_signed(note, verifier):
        found.wrong("signature", f"the checkpoint of {checkpoint.size} entries is not signed by {verifier.name}")
        return False
    return True


def _broken(checkpoint: Checkpoint, size: int, held: set[int], all_of_them: list[Checkpoint]) -> tuple[str, str]:
    """What a checkpoint that does not hold proves."""
    of = f"the checkpoint of {checkpoint.size} entries"
    if any(other.size == checkpoint.size and other.root != checkpoint.root for other in all_of_them):
        return "forked", f"{of}: there is another one of that size with another root; two histories were signed"
    if checkpoint.size > size:
        return "truncated", f"{of}: the ledger has only {size}"
    if any(other > checkpoint.size for other in held):
        return "forked", f"{of} does not hold, a later one of {max(held)} does: they are of two histories"
    below = max((other for other in held if other < checkpoint.size), default=0)
    return "rewritten", (
        f"{of} does not hold: of the entries {below} to {checkpoint.size - 1} one was edited, deleted, added or moved"
    )


def sign(ledger: Ledger, key: SigningKey) -> tuple[str | None, list[Finding]]:
    """A new checkpoint, also kept in the ledger; None and what is wrong where an earlier one does not hold.

    Raises RulesError for an empty ledger.
    """
    found = verify(ledger, with_contents=False)
    if not found.holds:
        return None, found.findings
    if found.size == 0:
        raise RulesError("Nothing to sign", f"{ledger.database.shown}: no entry in it yet")
    note = str(key.sign(Checkpoint(ledger.origin, found.size, found.root)))
    ledger.keep_checkpoint(found.size, note)
    return note, []
