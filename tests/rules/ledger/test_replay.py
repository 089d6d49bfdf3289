"""Ratings done again: replay, diff, recall, impact, the two clocks."""

import json
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from facts.announcement import Announcement
from facts.codec import parse_facts
from rules.assess import assess, evaluate, rate
from rules.errors import RulesError
from rules.ledger import recall
from rules.ledger.compare import compare
from rules.ledger.entry import Draft
from rules.ledger.filter import Filter
from rules.ledger.impact import impact
from rules.ledger.ledger import Ledger
from rules.ledger.record import draft
from rules.ledger.replay import at_two_clocks, replay, replay_all
from rules.ledger.stored import reading_of, rerate
from rules.pack import Pack, from_files, load
from rules.samples import sample
from tests.rules.ledger.conftest import Clock
from tests.rules.ledger.made import SAMPLES, fill, rated


@pytest.fixture
def six(ledger: Ledger) -> Ledger:
    fill(ledger)
    return ledger


def stricter() -> Pack:
    """The shipped pack with a floor of 4 for everything, and a version of its own."""
    pack = load()
    content = dict(pack.files)
    floor = """code = "FLR-499"
title = "Everything"
status = "stable"
since = "2"
effect = "floor"
level = 4
because = "A test."
says = "it is a test"
[[when]]
fact = "class"
"""
    content["floors/FLR-499.toml"] = floor.encode()
    content["pack.toml"] = re.sub(rb'(?m)^version *= *"1"', b'version = "2"', content["pack.toml"])
    return from_files(content)


def test_every_rating_is_the_same_byte_for_byte_from_its_facts_and_from_its_text(six: Ledger) -> None:
    outcomes = [(each.facts.outcome, each.text.outcome) for each in replay_all(six)]
    assert outcomes == [("same", "same")] * 6


def test_what_is_stored_is_all_that_was_read(six: Ledger) -> None:
    entry = six.entry(2)
    assert reading_of(six, entry, load()) == rated(SAMPLES[2]).reading
    assert rerate(six, entry).to_json() == rated(SAMPLES[2]).to_json()


def test_the_worked_cases_are_the_same_byte_for_byte(ledger: Ledger) -> None:
    pack = load()
    lines = (files("rules") / "packs" / "critical_minerals" / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line]
    facts = (parse_facts(case["facts"], "a case", pack.settings.kinds) for case in cases)
    ledger.append(*(draft(evaluate(each, case["class"])) for each, case in zip(facts, cases, strict=True)))
    outcomes = {(each.facts.outcome, each.text.outcome) for each in replay_all(ledger)}
    assert (ledger.size, outcomes) == (43, {("same", "no text")})


@pytest.mark.slow
def test_every_labelled_announcement_is_the_same_byte_for_byte(ledger: Ledger, shared: Path) -> None:
    paths = sorted((shared / "announcements" / "dev").glob("*.txt"))
    for path in paths:
        ledger.append(draft(rate(Announcement.from_text(path.read_text("utf-8"), path.name))))
    outcomes = [(each.facts.outcome, each.text.outcome) for each in replay_all(ledger)]
    assert outcomes == [("same", "same")] * len(paths)


def test_what_moved_is_told_with_the_versions_that_changed(ledger: Ledger) -> None:
    """As if an earlier reader had missed a fact."""
    found = rated("level3-conditional").reading
    assert found is not None
    whole = draft(assess(replace(found, facts=found.facts[1:])))
    body = {**whole.body, "versions": {**whole.body["versions"], "reader": "0.0.1+early"}}
    entry = ledger.append(replace(whole, body=body))[0]

    again = replay(ledger, entry)
    assert again.facts.outcome == "same"
    assert again.text.outcome == "moved"
    assert again.text.because.startswith("reader 0.0.1+early is now 0.1.0+")
    assert again.text.difference is not None
    assert len(again.text.difference.facts_new) == 1


def test_two_ratings_differ_in_facts_rules_and_the_steps_that_moved_the_level() -> None:
    found = compare(rated("level2-contracted").to_json(), rated("level5-refuted").to_json())
    assert found.levels == (2, 5)
    steps = list(found.steps())
    assert any(step.startswith("floor FLR-5") and step.endswith("now holds") for step in steps)
    assert any(step.startswith("base level ") and " becomes " in step for step in steps)
    assert found.facts_gone
    assert found.facts_new
    assert found.to_json()["levels"] == [2, 5]


def test_a_rating_differs_in_nothing_from_itself() -> None:
    found = compare(rated("level2-contracted").to_json(), rated("level2-contracted").to_json())
    assert (found.fields, found.themes, found.facts_gone, found.facts_new, found.silent, found.firing) == ((),) * 6
    assert list(found.steps()) == []


def test_recall_by_rule_finds_who_used_it_and_rates_them_without(six: Ledger) -> None:
    floor = rated("level5-refuted").to_json()["floors"][0]
    found = list(recall.by_rule(six, floor.lower()))
    assert [each.entry.seq for each in found] == [e.seq for e in six.entries(Filter(rule=floor))]
    last = next(each for each in found if each.entry.name == "level5-refuted.txt").difference
    assert last is not None
    assert floor in last.silent


def test_recall_by_cue_takes_cue_or_file_and_drops_the_facts_it_made(six: Ledger) -> None:
    stored = rated("level4-overture").to_json()
    cue = next(name for fact in stored["facts"] for name in fact["cues"])
    for asked in (cue, cue.partition(".")[0]):
        found = {each.entry.name: each for each in recall.by_cue(six, asked)}
        difference = found["level4-overture.txt"].difference
        assert difference is not None
        assert difference.facts_gone
    assert list(recall.by_cue(six, "no-such-cue")) == []


def test_recall_by_reader_reads_again(six: Ledger) -> None:
    found = list(recall.by_reader(six, "0.1.0"))
    assert len(found) == 6
    assert all(each.difference is not None and not each.difference.moved for each in found)
    assert list(recall.by_reader(six, "9")) == []


def test_impact_counts_who_moves_where_and_by_which_step(six: Ledger) -> None:
    found = impact(six, stricter())
    levels = {name: rated(name).level for name in SAMPLES}
    assert found.matrix == Counter((was, max(was, 4)) for was in levels.values() if was)
    assert [each.entry.name for each in found.moved] == [
        f"{name}.txt" for name, was in levels.items() if was in (1, 2, 3)
    ]
    assert found.moved[0].difference is not None
    assert next(found.moved[0].difference.steps()) == "floor FLR-499 now holds"
    assert found.failed == []
    assert sum(map(sum, found.to_json()["matrix"])) == 5


def test_impact_names_rules_that_go_silent(six: Ledger) -> None:
    pack = load()
    fired = rated("level5-refuted").to_json()["floors"][0]
    content = dict(pack.files)
    name = next(name for name in content if fired in name)
    content[name] += b'\n[[unless]]\nfact = "class"\n'
    found = impact(six, from_files(content))
    assert fired in found.newly_silent
    assert fired in found.never


def test_a_pack_that_lacks_a_kind_is_told_for_each_rating_and_stops_nothing(six: Ledger) -> None:
    from tests.rules.small import pack

    found = impact(six, pack('[[when]]\nfact = "deal"'))
    assert len(found.failed) == 5
    assert "kind party has no field 'named'" in found.failed[0].failed


def test_two_clocks_what_was_known_then_under_the_rules_of_another_day(ledger: Ledger, clock: Clock) -> None:
    text = sample("level2-contracted").text
    early, late = Announcement.from_text(text, "early.txt"), Announcement.from_text(f"{text}\nPage 2.", "late.txt")
    clock.on("2026-01-10")
    first = ledger.append(draft(rate(early)))[0]
    clock.on("2026-02-10")
    ledger.append(draft(rate(late, pack=stricter())))
    assert [entry.data["story"] for entry in ledger.entries()] == [first.data["story"]] * 2

    def rated_at(known: str, rules: str) -> tuple[Any, ...]:
        stands, pack, again = at_two_clocks(ledger, first, known, rules)
        return stands.name, pack.version, again.level

    assert rated_at("2026-01-31", "2026-01-31") == ("early.txt", "1", 2)
    assert rated_at("2026-01-31", "9999") == ("early.txt", "2", 4)
    assert rated_at("9999", "2026-01-31") == ("late.txt", "1", 2)
    assert rated_at("9999", "9999") == ("late.txt", "2", 4)
    with pytest.raises(RulesError, match="nothing of its story had been recorded before 2025"):
        at_two_clocks(ledger, first, "2025", "9999")


def test_a_reading_that_repeats_what_was_tried_as_it_did_once_is_still_read(ledger: Ledger) -> None:
    made = draft(rated("level3-conditional"))
    reading, tried = json.loads(made.blobs["reading"]), json.loads(made.blobs["searches"])["searches"]
    found = reading.pop("found")
    reading["searches"] = [{**each, "found": was} for each, was in zip(tried, found, strict=True)]
    blobs = {**made.blobs, "reading": json.dumps(reading).encode()}
    del blobs["searches"]
    entry = ledger.append(Draft("rating", made.body, blobs, made.key, made.sketch))[0]
    again = rerate(ledger, entry)
    assert again.reading is not None
    assert again.reading.searches == rated("level3-conditional").reading.searches  # type: ignore[union-attr]
    assert replay(ledger, entry).facts.outcome == "same"


def test_what_was_tried_is_kept_once_for_all(ledger: Ledger) -> None:
    fill(ledger)
    digests = {entry.content["searches"] for entry in ledger.entries() if entry.level is not None}
    assert len(digests) == 1
    ledger.database.execute("DELETE FROM blob WHERE digest = ?", (bytes.fromhex(digests.pop()),))
    assert replay(ledger, ledger.entry(2)).facts.because.startswith("Lost: entry 2: what was looked for is not there")
