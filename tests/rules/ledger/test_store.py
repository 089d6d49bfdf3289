"""What both stores must do alike."""

import sqlite3
import threading
from array import array
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ledger.entry import Draft
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.merkle import leaf_hash
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.ledger.schema import VERSION
from rules.ledger.verify import verify
from tests.rules.ledger.made import older, rated, small


class TestStore:
    """One contract, two stores: a SQLite file and a database of a PostgreSQL server."""

    def test_entries_are_numbered_from_nought_in_the_order_of_appending(self, both: Ledger) -> None:
        assert [entry.seq for entry in both.append(small("a"), small("b"))] == [0, 1]
        assert [entry.seq for entry in both.append(small("c"))] == [2]
        assert both.size == 3
        assert [entry.name for entry in both.entries()] == ["a", "b", "c"]

    def test_an_entry_is_found_again_as_it_was_written(self, both: Ledger) -> None:
        written = both.append(small("a", issuer="acme"))[0]
        found = both.entry(0)
        assert found.leaf == written.leaf
        assert found.data["issuer"] == "acme"
        assert found.time == "2026-06-02T12:00:01.000000Z"
        assert both.hashes() == [leaf_hash(written.leaf)]

    def test_contents_are_kept_once_and_found_by_their_digest(self, both: Ledger) -> None:
        first, second = both.append(small("a", text="one text"), small("b", text="one text"))
        assert first.content["text"] == second.content["document"]
        assert both.blob(first.content["text"]) == b"one text"
        assert both.database.execute("SELECT COUNT(*) FROM blob") == [(2,)]  # the text, the pack

    def test_the_same_rating_again_is_a_reading_of_the_first(self, both: Ledger) -> None:
        both.append(small("a"))
        again = both.append(small("a"))[0]
        assert (again.seq, again.kind, again.about, again.content) == (1, "reading", 0, {})
        assert both.rating("1").seq == 0

    def test_all_drafts_of_one_call_are_recorded_or_none(self, both: Ledger) -> None:
        with pytest.raises(RulesError, match="Not recordable"):
            both.append(small("a"), Draft("rating", {"level": 2**60}))
        assert both.size == 0
        assert both.database.execute("SELECT COUNT(*) FROM blob") == [(0,)]

    @pytest.mark.parametrize("verb", ["UPDATE entry SET level = 1", "DELETE FROM entry"])
    def test_the_tables_refuse_to_change_an_entry(self, both: Ledger, verb: str) -> None:
        both.append(small("a"))
        with pytest.raises(RulesError, match="append-only"):
            both.database.execute(verb)
        assert both.size == 1

    def test_filters_find_by_every_column(self, both: Ledger) -> None:
        both.append(small("a", issuer="acme", level=5), small("b", fired=["FLR-401", "COM-0031"]))
        for wanted, found in (
            (Filter(issuer="acme"), [0]), (Filter(level=3), [1]), (Filter(rule="COM-003"), [0]),
            (Filter(rule="FLR-401"), [1]), (Filter(reader="0.1.0"), [0, 1]), (Filter(pack="sha256:ffff"), []),
            (Filter(since="2026-06-02T12:00:02"), [1]), (Filter(before="2026-06-02T12:00:02"), [0]),
            (Filter(kind="override"), []), (Filter(name="b", level=3), [1]), (Filter(cue="offtake.loi"), [0, 1]),
            (Filter(cue="offtake"), [0, 1]), (Filter(cue="off"), []), (Filter(cue="offtake", level=5), [0]),
            (Filter(rule="COM-003", cue="offtake"), [0]), (Filter(rule="COM-003", cue="price"), []),
        ):  # fmt: skip
            assert [entry.seq for entry in both.entries(wanted)] == found, wanted
            assert list(both.seqs(wanted)) == found[::-1]
            assert both.count(wanted) == len(found)

    def test_pages_of_entries_join_without_a_gap(self, both: Ledger) -> None:
        both.append(*(small(str(n)) for n in range(1_100)))
        assert [entry.seq for entry in both.entries()] == list(range(1_100))
        assert [entry.seq for entry in both.entries(newest=True, limit=600)] == list(range(1_099, 499, -1))
        assert [entry.seq for entry in both.entries(newest=True, limit=2, beyond=7)] == [6, 5]
        assert [entry.seq for entry in both.entries(Filter(level=3), beyond=1_097)] == [1_098, 1_099]

    def test_a_window_holds_the_entries_asked_for_in_the_order_asked(self, both: Ledger) -> None:
        both.append(*(small(str(n)) for n in range(9)))
        seqs = both.seqs()
        assert list(seqs) == [8, 7, 6, 5, 4, 3, 2, 1, 0]
        assert [entry.seq for entry in both.at(seqs[3:6])] == [5, 4, 3]
        assert [entry.seq for entry in both.at([2, 77, 1])] == [2, 1]
        assert both.at([]) == []
        assert both.newest(limit=2) == (array("q", [8, 7]), 9)
        assert both.newest(Filter(level=3), 2) == (array("q", [8, 7]), 9)
        assert both.newest(Filter(level=5), 2) == (array("q"), 0)
        assert len(both.newest()[0]) == 9

    def test_a_name_longer_than_an_index_takes_is_kept_whole_and_found(self, both: Ledger) -> None:
        name = "é" * 3_000
        both.append(small(name, issuer=name))
        assert [entry.name for entry in both.entries(Filter(name=name, issuer=name))] == [name]
        assert verify(both).holds

    def test_what_is_appended_while_the_ledger_is_read_is_not_seen(self, both: Ledger, address: str) -> None:
        both.append(small("a"))
        with both.database.reading():
            assert both.size == 1
            with open_ledger(address, write=True) as second:
                second.append(small("b"))
            assert both.size == 1
        assert both.size == 2

    def test_a_mark_that_was_not_committed_is_not_relied_on(self, both: Ledger) -> None:
        with pytest.raises(RulesError, match="Not recordable"):
            both.append(small("a", fired=["NEW-001"]), Draft("rating", {"level": 2**60}))
        both.append(small("b", fired=["NEW-001"]))
        assert list(both.seqs(Filter(rule="NEW-001"))) == [0]
        assert verify(both).holds

    def test_two_texts_that_share_most_words_tell_one_story(self, both: Ledger) -> None:
        wire = " ".join(f"word{n} of the wire" for n in range(60))
        drafts = [
            Draft("rating", {"level": 3}, sketch=_sketch(text))
            for text in (wire, f"The Morning Post. {wire} Write to us.", "Quite another text about nickel in Norway.")
        ]
        first, second, third = (entry.data["story"] for entry in both.append(*drafts))
        assert first == second
        assert third != first

    def test_writers_at_the_same_time_leave_no_gap_and_lose_nothing(self, both: Ledger, address: str) -> None:
        threads = [threading.Thread(target=_write_ten, args=(address, str(n))) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [entry.seq for entry in both.entries()] == list(range(40))
        assert {entry.name for entry in both.entries()} == {f"{n}-{at}" for n in range(4) for at in range(10)}

    @pytest.mark.parametrize("version", [1, 2])
    def test_a_ledger_of_an_older_schema_is_brought_forward_with_its_entries_untouched(
        self, address: str, version: int
    ) -> None:
        whole = draft(rated("level5-refuted"))
        older(address, version, whole, small("b", fired=["OLD-001"]))
        with open_ledger(address) as ledger:
            assert ledger.database.schema_version() == VERSION
            assert [entry.name for entry in ledger.entries()] == ["level5-refuted.txt", "b"]
            assert "cues" not in ledger.entry(0).data
            assert ledger.hashes() == [leaf_hash(ledger.entry(seq).leaf) for seq in (0, 1)]
            assert list(ledger.seqs(Filter(rule="OLD-001"))) == [1]
            assert list(ledger.seqs(Filter(cue=whole.body["cues"][0]))) == [0]
            assert verify(ledger).findings == []
        with open_ledger(address, write=True) as ledger:
            assert ledger.append(whole)[0].about == 0
            ledger.append(small("c"))
            assert list(ledger.seqs(Filter(cue="offtake.loi"), newest=False))[-1] == 3
            assert verify(ledger).findings == []

    def test_of_two_that_bring_an_older_ledger_forward_one_does(self, address: str) -> None:
        older(address, 2, small("a"))
        threads = [threading.Thread(target=lambda: open_ledger(address).close()) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open_ledger(address) as ledger:
            assert list(ledger.seqs(Filter(rule="COM-003"))) == [0]
            assert verify(ledger).findings == []

    def test_a_ledger_of_a_newer_schema_is_left_alone(self, address: str) -> None:
        with open_ledger(address, write=True) as newer:
            newer.database.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
        for write in (False, True):
            with pytest.raises(RulesError, match=r"Newer ledger.*schema 99; this one knows 3"):
                open_ledger(address, write=write)

    def test_to_read_a_ledger_that_is_not_there_is_an_error_and_makes_none(self, address: str, place: Path) -> None:
        with pytest.raises(RulesError, match="No ledger"):
            open_ledger(address)
        assert not place.exists()

    def test_checkpoints_are_kept_by_size(self, both: Ledger) -> None:
        both.keep_checkpoint(7, "late")
        both.keep_checkpoint(2, "early")
        both.keep_checkpoint(2, "early")
        assert both.checkpoints() == ["early", "late"]


def test_a_bad_id_is_told_in_words(ledger: Ledger) -> None:
    ledger.append(small("a"))
    for given, told in (("x1", "an id is the number"), ("9", "entries 0 to 0"), ("9" * 400, "an id is the")):
        with pytest.raises(RulesError, match=told):
            ledger.rating(given)


def test_some_other_database_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for write in (False, True):
        with pytest.raises(RulesError, match="Not a ledger"):
            open_ledger(str(place), write=write)


def test_an_unknown_scheme_is_refused_without_showing_the_address() -> None:
    with pytest.raises(RulesError, match="mysql://…: a ledger is") as caught:
        open_ledger("mysql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def _write_ten(address: str, name: str) -> None:
    with open_ledger(address, write=True) as ledger:
        for at in range(10):
            ledger.append(small(f"{name}-{at}"))


def _sketch(text: str) -> bytes:
    from rules.ledger.identity import sketch

    return sketch(text)
