"""What `verify` finds, and what it calls it."""

import random
from typing import Any

import pytest
import rfc8785

from rules.errors import RulesError
from rules.ledger import merkle
from rules.ledger.entry import canonical
from rules.ledger.ledger import Ledger
from rules.ledger.note import Checkpoint
from rules.ledger.place import open_ledger
from rules.ledger.signing import SigningKey, new_key, parsed
from rules.ledger.status import status
from rules.ledger.verify import Verification, sign, verify
from tests.rules.ledger.made import small


@pytest.fixture
def ten(ledger: Ledger, key: SigningKey) -> Ledger:
    """Ten entries, six of them under a checkpoint, its tables no longer guarded."""
    ledger.append(*(small(str(n)) for n in range(6)))
    sign(ledger, key)
    ledger.append(*(small(str(n)) for n in range(6, 10)))
    for (name,) in ledger.database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        ledger.database.execute(f"DROP TRIGGER {name}")
    return ledger


def _sorts(found: Verification) -> list[str]:
    return [finding.sort for finding in found.findings]


def _put(ledger: Ledger, seq: int, **changed: object) -> None:
    """Rewrite a leaf with its hash, as someone would who knows how."""
    leaf = canonical(ledger.entry(seq).data | changed)
    ledger.database.execute(
        "UPDATE entry SET leaf = ?, leaf_hash = ? WHERE seq = ?", (leaf, merkle.leaf_hash(leaf), seq)
    )


def test_a_ledger_holds_and_says_what_no_checkpoint_covers(ten: Ledger, key: SigningKey) -> None:
    found = verify(ten, verifier=key.verifier)
    assert (found.holds, found.size, found.covered, found.uncovered, found.checkpoints) == (True, 10, 6, 4, 1)
    assert found.root == merkle.root(ten.hashes())


def test_an_empty_ledger_holds(ledger: Ledger) -> None:
    found = verify(ledger)
    assert (found.holds, found.size, found.uncovered) == (True, 0, 0)


def test_an_edited_entry_is_named(ten: Ledger) -> None:
    ten.database.execute("UPDATE entry SET leaf = ? WHERE seq = 8", (canonical(ten.entry(8).data | {"level": 1}),))
    found = verify(ten).findings
    assert {finding.sort for finding in found} == {"edited"}
    assert found[0].message == "entry 8: its bytes do not have the hash that was recorded with them"
    assert found[1].message == "entry 8: column level says 3, the entry itself 1"


def test_an_edit_with_its_hash_is_found_by_the_checkpoint_and_placed(ten: Ledger, key: SigningKey) -> None:
    _put(ten, 2, note="edited")
    assert [str(finding.message) for finding in verify(ten).findings] == [
        "the checkpoint of 6 entries does not hold: of the entries 0 to 5 one was edited, deleted, added or moved"
    ]


def test_two_checkpoints_narrow_down_where_history_was_rewritten(ten: Ledger, key: SigningKey) -> None:
    sign(ten, key)
    _put(ten, 7, note="edited")
    found = verify(ten)
    assert _sorts(found) == ["rewritten"]
    assert "of the entries 6 to 9" in found.findings[0].message
    assert found.covered == 6


def test_an_edit_that_no_checkpoint_covers_is_not_found_and_that_is_said(ten: Ledger) -> None:
    _put(ten, 8, note="edited")
    assert (verify(ten).holds, verify(ten).uncovered) == (True, 4)


def test_a_deleted_entry_is_named(ten: Ledger) -> None:
    ten.database.execute("DELETE FROM entry WHERE seq IN (3, 4)")
    found = verify(ten)
    assert _sorts(found)[0] == "deleted"
    assert found.findings[0].message == "entry 3 to 4: gone from the table"


def test_reordered_entries_are_named(ten: Ledger) -> None:
    rows = ten.database.execute("SELECT leaf, leaf_hash FROM entry WHERE seq IN (7, 8)")
    for seq, row in zip((8, 7), rows, strict=True):
        ten.database.execute("UPDATE entry SET leaf = ?, leaf_hash = ? WHERE seq = ?", (*row, seq))
    messages = [finding.message for finding in verify(ten).findings if finding.sort == "reordered"]
    assert messages == ["entry 7: by its own bytes it is entry 8", "entry 8: by its own bytes it is entry 7"]


def test_a_truncated_log_is_named(ten: Ledger) -> None:
    for table in ("entry", "marked"):
        ten.database.execute(f"DELETE FROM {table} WHERE seq > 3")
    ten.database.execute("DELETE FROM blob WHERE digest NOT IN (SELECT digest FROM blob LIMIT 0)")
    found = verify(ten, with_contents=False)
    assert [(finding.sort, finding.message) for finding in found.findings] == [
        ("truncated", "the checkpoint of 6 entries: the ledger has only 4")
    ]


def test_an_entry_added_again_is_named(ten: Ledger) -> None:
    _put(ten, 9, key=ten.entry(4).data["key"])
    assert ("re-added", "entry 9: recorded already as entry 4") in [
        (finding.sort, finding.message) for finding in verify(ten).findings
    ]


def test_a_fork_between_two_checkpoints_is_named(ten: Ledger, key: SigningKey) -> None:
    other = key.sign(Checkpoint(ten.origin, 4, merkle.root([*ten.hashes(3), merkle.leaf_hash(b"another")])))
    found = verify(ten, [parsed(str(other), "exported")], key.verifier)
    assert _sorts(found) == ["forked"]
    assert "a later one of 6 does: they are of two histories" in found.findings[0].message


def test_two_roots_of_one_size_are_a_fork(ten: Ledger, key: SigningKey) -> None:
    other = key.sign(Checkpoint(ten.origin, 6, merkle.leaf_hash(b"another")))
    found = verify(ten, [parsed(str(other), "exported")], key.verifier)
    assert _sorts(found) == ["forked"]
    assert "two histories were signed" in found.findings[0].message


def test_a_signature_is_demanded_because_a_key_was_given_not_because_there_is_one(ten: Ledger) -> None:
    other = new_key("example.org/other")
    found = verify(ten, verifier=other.verifier)
    assert _sorts(found) == ["signature", "unsigned"]
    ten.database.execute("DELETE FROM checkpoint")
    assert _sorts(verify(ten, verifier=other.verifier)) == ["unsigned"]
    assert verify(ten).holds


def test_without_a_key_the_notes_say_that_no_signature_was_checked(ten: Ledger) -> None:
    found = verify(ten)
    assert (found.holds, found.signed) == (True, False)
    assert found.notes == ["signatures were not checked: no verifier key was given (--verifier, CAVEAT_VERIFIER)"]


def test_a_checkpoint_of_another_log_is_named(ten: Ledger, key: SigningKey) -> None:
    other = key.sign(Checkpoint("caveat/other", 6, merkle.root(ten.hashes(6))))
    assert "another log" in _sorts(verify(ten, [parsed(str(other), "exported")], key.verifier))


def test_lost_and_edited_contents_are_named(ten: Ledger) -> None:
    lost, edited = (bytes.fromhex(ten.entry(seq).content["text"]) for seq in (1, 2))
    ten.database.execute("DELETE FROM blob WHERE digest = ?", (lost,))
    ten.database.execute("UPDATE blob SET data = ? WHERE digest = ?", (b"not compressed", edited))
    assert [(finding.sort, finding.message) for finding in verify(ten).findings] == [
        ("edited", "entry 2: its document cannot be unpacked"),
        ("lost", "entry 1: its document is gone, and no prune is on record that took it"),
        ("lost", "entry 1: its text is gone, and no prune is on record that took it"),
    ]


def test_a_clock_that_was_set_back_is_noted(ledger: Ledger, key: SigningKey) -> None:
    ledger.append(small("a"))
    ledger.clock.on("2026-06-01")  # type: ignore[attr-defined]  # the tests' own clock
    ledger.append(small("b"))
    assert verify(ledger).notes == ["entry 1: its time is before that of the entry before it: a clock was set back"]


def test_nothing_is_signed_over_a_log_that_no_longer_holds(ten: Ledger, key: SigningKey) -> None:
    _put(ten, 2, note="edited")
    note, findings = sign(ten, key)
    assert note is None
    assert [finding.sort for finding in findings] == ["rewritten"]


def test_an_index_that_hides_an_entry_is_named(ten: Ledger) -> None:
    ten.database.execute("UPDATE marked SET marks = ' 1 2 ' WHERE seq = 5")
    assert [(finding.sort, finding.message) for finding in verify(ten).findings] == [
        ("index", "entry 5: it is not filed by the rules and cues that it names")
    ]
    ten.database.execute("UPDATE marked SET marks = ' 0 1 2 ', seq = 77 WHERE seq = 5")
    assert [finding.message for finding in verify(ten).findings] == [
        "entry 5: it is not filed by the rules and cues that it names",
    ]
    ten.database.execute("INSERT INTO marked (seq, marks) VALUES (5, ' 0 1 2 ')")
    assert [finding.message for finding in verify(ten).findings] == [
        "11 entries are filed by rule and cue where 10 have any"
    ]


def test_whoever_waits_is_told_how_far_it_is(ten: Ledger) -> None:
    told: list[tuple[int, int]] = []
    verify(ten, progress=lambda done, total: told.append((done, total)))
    assert told == [(10, 21), (21, 21)]  # ten entries; ten texts and a pack


def test_whoever_has_waited_enough_ends_it(ten: Ledger) -> None:
    class Enough(Exception):  # noqa: N818  the test's own
        pass

    def stop(done: int, total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        verify(ten, progress=stop)
    assert verify(ten).holds


def test_what_is_appended_meanwhile_disturbs_no_verification(both: Ledger, address: str) -> None:
    both.append(*(small(str(n)) for n in range(3)))
    with open_ledger(address, write=True) as second:

        def append(done: int, total: int) -> None:
            second.append(small(f"while {done} of {total}"))

        found = verify(both, progress=append)
        assert (found.holds, found.size) == (True, 3)
        assert verify(second).size == 5


def test_the_status_tells_what_no_checkpoint_covers_without_verifying(ten: Ledger) -> None:
    found = status(ten)
    assert (found.entries, found.checkpoints, found.covered, found.uncovered) == (10, 1, 6, 4)


def test_an_empty_ledger_has_a_status(both: Ledger) -> None:
    assert (status(both).entries, status(both).uncovered) == (0, 0)


def test_entries_are_the_canonical_json_that_the_standard_says() -> None:
    chance = random.Random(7)
    letters = ["a", "Z", "é", "\x1b", "\x7f", "\u2028", "😀", '"', "\\", "/", "\n", "\0", "ﬀ"]
    whole = 2**53 - 1
    for _ in range(500):
        values = [
            "".join(chance.choices(letters, k=6)), chance.randint(-whole, whole), None, True, [], {"b": [1]},
        ]  # fmt: skip
        data: Any = {"".join(chance.choices("abcXYZ_09", k=4)): value for value in chance.sample(values, 5)}
        assert canonical(data) == rfc8785.dumps(data)
    assert canonical({"é": 1.5, "a": 1e30}) == b'{"a":1e+30,"\xc3\xa9":1.5}'
    for wrong in (whole + 1, -whole - 1, "\ud800"):
        with pytest.raises(RulesError, match="Not recordable"):
            canonical({"a": wrong})
