"""`why`, `whynot`, `whatif`, `distance`, `ask` and `challenge` of an entry of the ledger instead of a file."""

import json
from pathlib import Path

import pytest

from rules.cli.main import DONE, USAGE
from rules.ledger.entry import Draft
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.ledger.stored import text_of
from rules.samples import sample
from tests.rules.cli.conftest import Caveat
from tests.rules.ledger.made import fill, rated

_LEVEL = rated("level5-refuted").level


@pytest.fixture
def six(place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The bundled announcements in the configured ledger, and a folder without files."""
    monkeypatch.setenv("CAVEAT_LEDGER", str(place))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with open_ledger(str(place), write=True) as ledger:
        fill(ledger)
    return place


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("why",), ()),
        (("whynot",), ("1",)),
        (("whatif",), ("--drop", "f1")),
        (("distance",), ()),
    ],
    ids=lambda words: " ".join(words),
)
def test_an_entry_is_explained_as_its_file_is(
    caveat: Caveat, six: Path, words: tuple[str, ...], more: tuple[str, ...]
) -> None:
    Path("note.txt").write_text(sample("level5-refuted").text, encoding="utf-8")
    of_file, of_entry = caveat(*words, "note.txt", *more), caveat(*words, 4, *more)
    assert (of_entry.code, of_entry.err) == (DONE, "")
    assert of_entry.out.replace("level5-refuted.txt", "note.txt") == of_file.out


def test_the_interview_goes_on_from_an_entry(caveat: Caveat, six: Path) -> None:
    Path("none.toml").write_text("")
    ran = caveat("ask", 4, "--answers", "none.toml", "--format", "json")
    assert json.loads(ran.out)["level_before"] == _LEVEL


def test_an_entry_is_explained_when_its_text_was_pruned(caveat: Caveat, six: Path, tmp_path: Path) -> None:
    caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key")
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "kept")
    prune = ("ledger", "prune", "--before", "2999-01-01", "--because", "asked for", "--what")
    caveat(*prune, "text", "--what", "document")
    with open_ledger(str(six)) as ledger:
        assert text_of(ledger, ledger.entry(4)) is None
    assert caveat("why", 4).out.startswith(f"Caution {_LEVEL} of 5")
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "more")
    caveat(*prune, "assessment")
    ran = caveat("why", 4)
    assert (ran.code, ran.err) == (
        USAGE, "caveat: pruned: entry 4: its assessment is no longer kept; only its digest is\n",
    )  # fmt: skip


def test_an_opinion_leads_to_the_rating_that_it_is_about(caveat: Caveat, six: Path) -> None:
    caveat("ledger", "override", 4, "--level", 4, "--because", "withdrawn")
    assert caveat("why", 6).out == caveat("why", 4).out


def test_another_pack_may_be_asked_for(caveat: Caveat, six: Path) -> None:
    assert caveat("why", 4, "--rules", "critical_minerals").out == caveat("why", 4).out
    assert "no fact kind" in caveat("why", 4, "--rules", "biotech_licensing").err


def test_a_file_of_that_name_is_taken_and_that_is_said(caveat: Caveat, six: Path) -> None:
    Path("4").write_text(sample("level1-producing").text, encoding="utf-8")
    ran = caveat("why", 4)
    assert ran.out.startswith("Caution 1 of 5")
    assert ran.err == "caveat: a file: 4 is a file here, and is taken; --ledger PATH means entry 4 of it\n"
    assert caveat("why", 4, "--ledger", six).out.startswith(f"Caution {_LEVEL} of 5")
    assert caveat("why", "./4").err == ""


def test_what_is_neither_file_nor_entry_is_told_as_both(
    caveat: Caveat, six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert caveat("why", 77).err == (
        "caveat: no such entry: 77 is no file here, and as an entry: 77: the ledger has the entries 0 to 5\n"
    )
    monkeypatch.setenv("CAVEAT_LEDGER", "nowhere.db")
    ran = caveat("why", 4)
    told = "4 is no file here, and as an entry: nowhere.db: no ledger there yet; `caveat rate --save` begins one"
    assert (ran.code, ran.err) == (USAGE, f"caveat: no ledger: {told}\n")
    assert caveat("whynot", 4, 1, "--ledger", "none.db").err.startswith("caveat: no ledger: none.db: ")
    assert caveat("why", "note.txt", "--ledger", six).err.startswith("caveat: no such entry: 'note.txt': an id is")
    assert not Path("nowhere.db").exists()


def test_an_entry_has_the_date_that_it_was_recorded_with(caveat: Caveat, six: Path) -> None:
    ran = caveat("distance", 4, "--published", "2026-01-01")
    assert (ran.code, ran.err) == (
        USAGE, "caveat: not of an entry: --published: entry 4 has the date that it was recorded with\n",
    )  # fmt: skip


def test_a_rating_that_came_out_otherwise_then_is_said_to(caveat: Caveat, six: Path) -> None:
    whole = draft(rated("level5-refuted"))
    altered = whole.blobs["assessment"].replace(b'"level": 5', b'"level": 3', 1)
    with open_ledger(str(six), write=True) as ledger:
        ledger.append(Draft("rating", whole.body, {**whole.blobs, "assessment": altered}, "another key"))
    ran = caveat("why", 6)
    assert ran.out.startswith("Caution 5 of 5")
    assert ran.err == "caveat: not as recorded: entry 6 was recorded otherwise; see `caveat ledger replay 6`\n"


def test_a_challenge_of_an_entry_is_printed_and_recorded(
    caveat: Caveat, six: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAVEAT_WHO", "ann")
    ran = caveat("challenge", 4, "f1", "--because", "retracted", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err) == (DONE, "caveat: recorded as entry 6\n")
    assert (told["who"], told["because"], told["level_with"]) == ("ann", "retracted", _LEVEL)
    with open_ledger(str(six)) as ledger:
        entry = ledger.entry(6)
        assert (entry.kind, entry.about, entry.data["fact"], entry.data["because"]) == (
            "challenge", 4, "f1", "retracted",
        )  # fmt: skip
        kept = json.loads(ledger.content(entry, "challenge") or b"")
        assert {name: told[name] for name in kept} == kept


def test_a_challenge_of_an_entry_is_of_the_rating_as_it_was(caveat: Caveat, six: Path) -> None:
    for option, value in (("--rules", "critical_minerals"), ("--on", "2026-01-01"), ("--published", "2026-01-01")):
        ran = caveat("challenge", 4, "f1", "--because", "retracted", option, value)
        assert (ran.code, ran.out) == (USAGE, "")
        assert ran.err.startswith(f"caveat: not of an entry: {option}: entry 4 is challenged today")
    assert caveat("challenge", 4, "f999", "--because", "x").err.startswith("caveat: unknown fact: no fact 'f999'")
    with open_ledger(str(six)) as ledger:
        assert ledger.size == 6


def test_other_opinions_begin_no_ledger(caveat: Caveat, tmp_path: Path) -> None:
    place = tmp_path / "typo.db"
    for words in (
        ("challenge", 4, "f1", "--because", "x"),
        ("ledger", "challenge", 4, "f1", "--because", "x"),
        ("ledger", "override", 4, "--level", 3, "--because", "x"),
        ("ledger", "prune", "--before", "2026-01-01", "--what", "who", "--because", "x"),
    ):
        ran = caveat(*words, "--ledger", place)
        assert ran.err == f"caveat: no ledger: {place}: no ledger there yet; `caveat rate --save` begins one\n"
    assert not place.exists()
