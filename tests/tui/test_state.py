"""What is remembered for the next start."""

import json
from pathlib import Path

import pytest

from tests.tui.example import overture
from tui.places import (
    AssessmentPlace,
    AwaitedPlace,
    DiffPlace,
    EntryPlace,
    InboxPlace,
    LedgerPlace,
    Place,
    RulePlace,
    RulesPlace,
)
from tui.state import State, folder, load, name_of, place_of, save


def test_the_state_is_what_it_was(tmp_path: Path) -> None:
    state = State("caveat-light", ["a.txt", "https://example.org"], "rule FIN-006")
    state.keep("assessment 12", {"changes": ["drop f1"]})

    assert save(state, tmp_path / "deep" / "state.json") == ""
    assert load(tmp_path / "deep" / "state.json") == (state, "")
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["state.json"]


def test_without_a_state_one_starts_afresh_and_nothing_is_said(home: Path) -> None:
    assert load() == (State(), "")
    assert folder() == home / ".local/state/caveat"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "it is damaged"),
        ("[]", "another version of Caveat wrote it"),
        (json.dumps({"version": 2}), "another version of Caveat wrote it"),
        (json.dumps({"version": 1, "theme": 3, "sources": [], "here": "", "kept": {}}), "another version"),
        (json.dumps({"version": 1, "theme": "", "sources": [], "here": "", "kept": {"x": 1}}), "another version"),
    ],
)
def test_a_state_that_cannot_be_read_is_told_and_one_starts_afresh(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)

    state, complaint = load(path)

    assert state == State()
    assert says in complaint


def test_a_state_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "file" in save(State(), tmp_path / "file" / "state.json")


def test_empty_work_is_forgotten_and_of_much_the_oldest() -> None:
    state = State()
    for number in range(300):
        state.keep(f"rule {number}", {"x": 1})
    state.keep("rule 299", {})

    assert len(state.kept) == 199
    assert "rule 99" not in state.kept
    assert "rule 100" in state.kept


@pytest.mark.parametrize(
    "place",
    [
        InboxPlace(), RulesPlace(), RulesPlace("effect:floor a b"), RulePlace("FIN-006"), LedgerPlace(),
        LedgerPlace("level:4"), EntryPlace("12"), DiffPlace("1", "12"),
    ],
)  # fmt: skip
def test_a_place_is_found_again_by_its_name(place: Place) -> None:
    assert place_of(name_of(place)) == place


def test_an_assessment_is_named_by_the_bytes_of_its_announcement_and_must_be_rated_first() -> None:
    assessment = overture()
    assert assessment.announcement
    name = name_of(AssessmentPlace("a/overture.txt", assessment))

    assert name == f"assessment {assessment.announcement.sha256}"
    assert place_of(name) == AwaitedPlace(name)
    assert name_of(AwaitedPlace(name)) == name


def test_an_older_state_has_neither_history_nor_drafts_and_of_a_damaged_one_the_rest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    old = {"version": 1, "theme": "caveat-light", "sources": [], "here": "rules", "kept": {}}
    path.write_text(json.dumps(old))
    assert load(path) == (State("caveat-light", [], "rules"), "")

    path.write_text(json.dumps({**old, "behind": ["inbox", 3], "drafts": {"paste": {"text": "Acme", "x": 1}, "y": 2}}))
    state, complaint = load(path)
    assert (state.behind, state.drafts, complaint) == (["inbox"], {"paste": {"text": "Acme"}}, "")


@pytest.mark.parametrize("name", ["", "assessment", "nowhere", "entry x", "diff 1", "rule"])
def test_what_is_no_place_is_none(name: str) -> None:
    assert place_of(name) is None
