"""What is pruned, what remains, and that every proof stays valid."""

import pytest

from rules.errors import RulesError
from rules.ledger.ledger import Ledger
from rules.ledger.merkle import included, inclusion_proof, leaf_hash
from rules.ledger.replay import replay
from rules.ledger.retention import prune
from rules.ledger.signing import SigningKey
from rules.ledger.verify import sign, verify
from tests.rules.ledger.conftest import Clock
from tests.rules.ledger.made import fill, small

_ALL = ("document", "text", "reading", "assessment", "who")


@pytest.fixture
def aged(ledger: Ledger, clock: Clock, key: SigningKey) -> Ledger:
    """Six ratings of January 2024 under a checkpoint, and one of today."""
    clock.on("2024-01-10")
    fill(ledger)
    sign(ledger, key)
    clock.on("2026-06-02")
    ledger.append(small("today.txt"))
    return ledger


def test_pruned_contents_are_gone_and_every_proof_still_holds(aged: Ledger, key: SigningKey) -> None:
    root, hashes = verify(aged).root, aged.hashes()
    entry, count = prune(aged, "2025", _ALL, "retention of one year")
    assert (entry.kind, entry.data["upto"], count) == ("prune", 6, 24)  # four each: the text is the document
    assert all(aged.content(aged.entry(2), role) is None for role in _ALL)
    assert aged.content(aged.entry(2), "pack") is not None
    assert aged.content(aged.entry(6), "text") is not None

    found = verify(aged, verifier=key.verifier)
    assert found.holds
    assert found.notes == [
        "entry 7: assessment, document, reading, text, who of entries before 6 were pruned; their digests remain"
    ]
    assert aged.hashes(7) == hashes
    assert included(leaf_hash(aged.entry(2).leaf), 2, 7, inclusion_proof(hashes, 2), root)
    assert replay(aged, aged.entry(2)).facts.outcome == "pruned"


def test_a_rating_whose_text_was_pruned_is_still_the_same_from_its_facts(aged: Ledger) -> None:
    prune(aged, "2025", ("text", "document"), "retention of one year")
    again = replay(aged, aged.entry(2))
    assert (again.facts.outcome, again.text.outcome) == ("same", "no text")


def test_who_asked_can_be_masked_and_nothing_else_is_touched(aged: Ledger) -> None:
    _, count = prune(aged, "2025", ("who",), "asked for")
    assert count == 6
    assert aged.content(aged.entry(0), "who") is None
    assert aged.content(aged.entry(0), "text") is not None
    assert verify(aged).holds


def test_who_asked_cannot_be_guessed_from_what_remains(aged: Ledger) -> None:
    digests = {aged.entry(seq).content["who"] for seq in range(6)}
    assert len(digests) == 6  # one name, six digests: each is salted


def test_a_text_that_a_later_entry_needs_is_kept(aged: Ledger) -> None:
    shared = aged.entry(0)
    text = aged.content(shared, "text")
    assert text is not None
    aged.append(small("copy.txt", text=text.decode()))
    prune(aged, "2025", ("text", "document"), "retention of one year")
    assert aged.content(shared, "text") == text


def test_what_no_checkpoint_covers_is_not_pruned(ledger: Ledger) -> None:
    ledger.append(small("a"))
    with pytest.raises(RulesError, match="no checkpoint covers the 1 entries"):
        prune(ledger, "2030", ("text",), "a reason")
    assert ledger.size == 1


def test_a_prune_needs_a_reason_something_to_prune_and_entries_that_old(aged: Ledger) -> None:
    with pytest.raises(RulesError, match="needs a reason"):
        prune(aged, "2025", ("text",), " ")
    with pytest.raises(RulesError, match="pack: choose from document"):
        prune(aged, "2025", ("pack",), "a reason")
    with pytest.raises(RulesError, match="no entry is that old"):
        prune(aged, "2020", ("text",), "a reason")


def test_deleting_without_a_prune_on_record_is_a_loss(aged: Ledger) -> None:
    aged.database.execute("DELETE FROM blob WHERE digest = ?", (bytes.fromhex(aged.entry(1).content["assessment"]),))
    assert [finding.sort for finding in verify(aged).findings] == ["lost"]
