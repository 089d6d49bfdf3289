"""Ratings on record as rows: overridden, of another pack, of facts given by hand."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from rules.assess import evaluate
from rules.ledger import dispute
from rules.ledger.entry import Entry
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.tui.example import overture, refuted
from tui.on_record import pages, row
from tui.rows import unpacked


def entry(**changes: Any) -> Entry:
    data = {
        "schema": "caveat/entry/1", "seq": 7, "kind": "rating", "time": "2026-05-01T00:00:00Z", "level": 4,
        "class": "gov_overture", "fired": ["COM-002"], "pack": {"digest": overture().pack.digest},
        "source": {"name": "note.txt", "published": "2026-04-30"}, "announcer": "Japan", **changes,
    }  # fmt: skip
    return Entry(7, json.dumps(data).encode())


def test_a_rating_on_record_has_the_words_of_the_pack() -> None:
    found = row(entry(), overture().pack)
    assert (found.key, found.entry, found.level_text) == ("ledger 7", "7", "●●●●○ 4 Signal only")
    assert (found.name, found.who, found.date) == ("note.txt", "Japan", "2026-04-30")
    assert found.class_label.startswith("A government offers")
    assert found.reason == "Nothing is signed."


def test_what_another_pack_rated_is_told_by_its_codes() -> None:
    other = row(entry(pack={"digest": "sha256:other"}, fired=["OLD-001", "OLD-002"]), overture().pack)
    assert other.reason == "Another version of the rules: OLD-001, OLD-002"
    unknown = row(entry(**{"class": "gone", "fired": ["OLD-001"]}), overture().pack)
    assert (unknown.class_name, unknown.class_label) == ("gone", "")


def test_names_are_literal_and_what_is_missing_is_blank() -> None:
    found = row(entry(source={"name": "a\x1b#2", "title": "T\x1bitle"}, announcer=None, issuer="acme"), overture().pack)
    assert (found.name, found.who, found.date) == ("T␛itle", "acme", "")
    by_hand = row(entry(source={}, level=None, fired=[]), overture().pack)
    assert (by_hand.name, by_hand.state, by_hand.reason) == (
        "facts given by hand",
        "not_rated",
        "On record as not rated",
    )


def test_an_override_in_force_is_told_and_an_expired_one_is_not(tmp_path: Path) -> None:
    with open_ledger(str(tmp_path / "ledger.db"), write=True) as ledger:
        first, second, by_hand = ledger.append(
            draft(overture()), draft(refuted()), draft(evaluate(overture().facts, "gov_overture"))
        )
        dispute.override(ledger, first, 2, "we know\nmore", None, "ann")
        dispute.override(ledger, second, 1, "until it was", ledger.clock().date(), "ann")
        later = dt.timedelta(days=2)
        clock, ledger.clock = ledger.clock, lambda: clock() + later
        found = {each.entry: each for page in pages(ledger, overture().pack) for each in (unpacked(r) for r, _ in page)}
    assert list(found) == [str(by_hand.seq), str(second.seq), str(first.seq)]
    assert found["0"].level_text == "●●●●○ 4 ▸ 2 override"
    assert found["0"].reason.startswith("Level 2 by override: we know more. Nothing is signed; ")
    assert found["1"].level_text == "●●●●● 5 Do not rely"
    assert found["2"].name == "facts given by hand"
