"""`caveat rate --save` and `caveat ledger …` from the outside."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rules.cli.main import DONE, FOUND, LEDGER, USAGE
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.samples import sample
from tests.rules.cli.conftest import Caveat
from tests.rules.ledger.made import fill, rated, small

_LEVEL = rated("level5-refuted").level


@pytest.fixture
def six(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bundled announcements in the configured ledger."""
    monkeypatch.setenv("CAVEAT_LEDGER", str(place))
    with open_ledger(str(place), write=True) as ledger:
        fill(ledger)
    return place


@pytest.fixture
def note(tmp_path: Path) -> Path:
    place = tmp_path / "note.txt"
    place.write_text(sample("level4-overture").text, encoding="utf-8")
    return place


def test_a_rating_is_saved_only_when_that_is_asked_for(caveat: Caveat, note: Path, place: Path) -> None:
    plain = caveat("rate", note, "--ledger", place)
    assert not place.exists()
    saved = caveat("rate", note, "--save", "--ledger", place, "--who", "ann")
    assert (saved.code, saved.out) == (plain.code, plain.out)
    assert saved.err == "caveat: saved as entry 0\n"
    again = caveat("rate", note, "--save", "--ledger", place)
    assert again.err == "caveat: saved as entry 1, rated before as entry 0\n"
    with open_ledger(str(place)) as ledger:
        assert [entry.kind for entry in ledger.entries()] == ["rating", "reading"]
        assert ledger.blob(ledger.entry(0).content["document"]) == note.read_bytes()


def test_the_original_bytes_are_kept_where_they_are_not_those_of_the_text(caveat: Caveat, tmp_path: Path) -> None:
    note, place = tmp_path / "note.txt", tmp_path / "l.db"
    note.write_bytes(sample("level4-overture").text.replace("’", "'").encode("cp1252", "replace") + b" \x80 1")
    caveat("rate", tmp_path, "--save", "--ledger", place)
    with open_ledger(str(place)) as ledger:
        content = ledger.entry(0).content
        assert content["document"] != content["text"]
        assert ledger.blob(content["document"]) == note.read_bytes()


def test_a_ledger_that_cannot_be_written_fails_the_command_before_it_says_a_word(caveat: Caveat, note: Path) -> None:
    ran = caveat("rate", note, "--save", "--ledger", note)
    assert (ran.code, ran.out) == (USAGE, "")
    assert ran.err.startswith("caveat: not a ledger: ")


def test_list_shows_the_newest_first_and_says_what_it_leaves_out(caveat: Caveat, six: Path) -> None:
    ran = caveat("ledger", "list", "--limit", 2)
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines] == ["id", "5", "4"]
    assert lines[2].split()[3:5] == ["rating", str(_LEVEL)]
    assert ran.err == "caveat: 4 older entries not shown; --limit 0 shows all\n"
    assert len(caveat("ledger", "list", "--limit", 0).out.splitlines()) == 7


def test_list_filters_and_prints_json(caveat: Caveat, six: Path) -> None:
    found = json.loads(
        caveat("ledger", "list", "--level", _LEVEL, "--name", "level5-refuted.txt", "--format", "json").out
    )
    assert [entry["seq"] for entry in found] == [4]
    lines = caveat("ledger", "list", "--until", "2001-01-01", "--format", "jsonl").out
    assert lines == ""
    assert caveat("ledger", "list", "--since", "yesterday").err.startswith("caveat: not a date: 'yesterday'")


def test_show_tells_the_rating_and_every_other_opinion(caveat: Caveat, six: Path) -> None:
    caveat("ledger", "override", 4, "--level", 4, "--because", "withdrawn", "--until", "2999-12-31", "--who", "bob")
    told = caveat("ledger", "show", 4).out
    assert "Entry 4, recorded " in told
    assert " for ann" in told
    assert f"level      {_LEVEL} " in told
    assert f"overridden by bob: {_LEVEL} to 4 until 2999-12-31: withdrawn" in told
    shown = json.loads(caveat("ledger", "show", 6, "--format", "json").out)
    assert (shown["entry"]["seq"], shown["override"], shown["who"]) == (4, 6, "ann")
    assert f" {_LEVEL}>4 " in caveat("ledger", "list").out


def test_history_puts_the_same_wire_under_two_names_into_one_story(caveat: Caveat, place: Path) -> None:
    with open_ledger(str(place), write=True) as ledger:
        ledger.append(small("a.txt", issuer="acme", announcer="Acme Inc.", level=3, story="wire"))
        ledger.append(small("b.txt", issuer="acme", announcer="ACME", level=5, story="wire"))
        ledger.append(small("c.txt", issuer="other"))
    told = caveat("ledger", "history", "Acme Ltd", "--ledger", place).out.splitlines()
    assert told[0] == "story wire"
    assert [line.split()[-1] for line in told[1:]] == ["a.txt", "3)"]
    assert caveat("ledger", "history", "nobody", "--ledger", place).err == "caveat: nothing on record of nobody\n"


def test_keygen_checkpoint_verify_and_what_happens_when_someone_edits(
    caveat: Caveat, six: Path, tmp_path: Path
) -> None:
    key, kept = tmp_path / "ratings.key", tmp_path / "friday.txt"
    public = caveat("ledger", "keygen", "example.org/ratings", "--out", key).out.strip()
    assert key.with_name("ratings.key.pub").read_text().strip() == public
    assert caveat("ledger", "checkpoint", "--key", key, "--out", kept).code == DONE
    verified = caveat("ledger", "verify", "--checkpoint", kept, "--verifier", public, "--proofs")
    assert verified.code == DONE
    assert verified.out.splitlines()[-2:] == ["0 entries are covered by no checkpoint yet", "The ledger holds."]

    with open_ledger(str(six), write=True) as ledger:
        ledger.database.execute("DROP TRIGGER entry_no_UPDATE")
        ledger.database.execute("UPDATE entry SET level = 1 WHERE seq = 4")
    broken = caveat("ledger", "verify", "--checkpoint", kept, "--verifier", f"{key}.pub")
    assert broken.code == LEDGER
    assert broken.out.splitlines()[0] == f"WRONG  edited: entry 4: column level says 1, the entry itself {_LEVEL}"
    refused = caveat("ledger", "checkpoint", "--key", key)
    assert (refused.code, refused.out) == (LEDGER, "")
    assert refused.err.startswith("caveat: not signed: edited: entry 4")


def test_a_signature_is_demanded_by_configuration(
    caveat: Caveat, six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key").out.strip()
    assert caveat("ledger", "verify").code == DONE
    monkeypatch.setenv("CAVEAT_VERIFIER", public)
    ran = caveat("ledger", "verify", "--format", "json")
    assert ran.code == LEDGER
    assert [finding["sort"] for finding in json.loads(ran.out)["findings"]] == ["unsigned"]


def test_the_configuration_names_ledger_key_and_who_asks(
    caveat: Caveat, note: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key")
    settled = tmp_path / "config.toml"
    settled.write_text(f'who = "bob"\nledger = "{place}"\nverifier = "key.pub"\n')
    monkeypatch.setenv("CAVEAT_CONFIG", str(settled))
    caveat("rate", note, "--save")
    assert " for bob" in caveat("ledger", "show", 0, "--ledger", place).out
    assert "WRONG  unsigned" in caveat("ledger", "verify").out
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "kept")
    assert "1 checkpoints, each signed by example.org/ratings" in caveat("ledger", "verify").out
    monkeypatch.setenv("CAVEAT_WHO", "ann")
    caveat("rate", note, "--save")
    assert "read again by ann" in caveat("ledger", "show", 0).out
    settled.write_text("who = 7\n")
    ran = caveat("ledger", "list")
    assert (ran.code, ran.err) == (
        USAGE, f"caveat: configuration: {settled}:1: who = 7: must be a text in quotes\n",
    )  # fmt: skip


def test_info_tells_of_the_ledger_and_the_keys_and_never_a_password(
    caveat: Caveat, six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(caveat("info", "--format", "json").out)
    assert (told["ledger"], told["entries"]) == (str(six), "6")
    assert told["checkpoints"] == "0 checkpoints; 6 entries under none yet"
    assert (told["verifier"], told["signing_key"]) == ("none: no signature is demanded", "none configured")

    caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key")
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "kept")
    monkeypatch.setenv("CAVEAT_VERIFIER", str(tmp_path / "key.pub"))
    monkeypatch.setenv("CAVEAT_SIGNING_KEY", str(tmp_path / "key"))
    told = json.loads(caveat("info", "--format", "json").out)
    assert told["checkpoints"] == "1 checkpoints; 0 entries under none yet"
    assert told["verifier"].startswith("example.org/ratings (SHA-256 ")
    assert told["signing_key"] == str(tmp_path / "key")

    assert "none yet" in caveat("info", "--ledger", tmp_path / "none.db").out
    ran = caveat("info", "--ledger", "postgresql://me:hush@127.0.0.1:1/d")
    assert ran.code == DONE
    assert "postgresql://me:***@127.0.0.1:1/d" in ran.out
    assert "hush" not in ran.out + ran.err


def test_an_older_checkpoint_is_not_written_over(caveat: Caveat, six: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    caveat("ledger", "keygen", "example.org/ratings", "--out", key)
    ran = caveat("ledger", "checkpoint", "--key", key, "--out", key)
    assert (ran.code, ran.err) == (
        USAGE, f"caveat: file exists: {key}: an older checkpoint is worth keeping; choose another --out\n",
    )  # fmt: skip
    assert caveat("ledger", "checkpoint", "--key", key).out.startswith("caveat/")


def test_recall_by_cue_finds_its_ratings_and_tells_what_was_meant(caveat: Caveat, six: Path) -> None:
    cue = rated("level5-refuted").to_json()["facts"][0]["cues"][0]
    listed = [
        json.loads(line)["seq"] for line in caveat("ledger", "list", "--cue", cue, "--format", "jsonl").out.splitlines()
    ]
    recalled = caveat("ledger", "recall", "--cue", cue)
    assert 4 in listed
    assert [int(line.split()[0]) for line in recalled.out.splitlines() if ": level " in line] == sorted(listed)
    ran = caveat("ledger", "recall", "--rule", "COM-0033")
    assert ran.out == "0 ratings used it; 0 would have another level\n"
    assert ran.err == "caveat: nothing on record: no rating used COM-0033; did you mean COM-003?\n"


def test_a_checkpoint_without_a_key_is_wrong_usage(caveat: Caveat, six: Path) -> None:
    assert caveat("ledger", "checkpoint").err == (
        "caveat: no key: name one with --key; `caveat ledger keygen` makes it\n"
    )


def test_replay_says_what_is_byte_equal(caveat: Caveat, six: Path) -> None:
    ran = caveat("ledger", "replay", "--all")
    assert ran.code == DONE
    assert ran.out.splitlines()[-2:] == [
        "stored facts, stored pack: 6 same", "stored text, today's reader: 6 same",
    ]  # fmt: skip
    assert json.loads(caveat("ledger", "replay", 4, "--format", "json").out)[0]["facts"]["outcome"] == "same"
    assert caveat("ledger", "replay").code == USAGE


def test_replay_at_two_clocks(caveat: Caveat, six: Path) -> None:
    ran = caveat("ledger", "replay", 4, "--as-of", "2999-01-01", "--rules-of", "2999-01-01")
    assert ran.out.splitlines()[1] == f"Level {_LEVEL} (recorded then: {_LEVEL})"
    early = caveat("ledger", "replay", 4, "--as-of", "2001-01-01")
    assert early.err.startswith("caveat: nothing known: entry 4")


def test_diff_recall_and_impact_exit_with_1_when_something_moves(caveat: Caveat, six: Path) -> None:
    assert caveat("ledger", "diff", 1, 1).out.splitlines()[-1] == "No difference but the document."
    ran = caveat("ledger", "diff", 1, 4, "--format", "json")
    assert (ran.code, json.loads(ran.out)["levels"]) == (FOUND, [rated("level2-contracted").level, _LEVEL])

    floor = rated("level5-refuted").to_json()["floors"][0]
    recalled = caveat("ledger", "recall", "--rule", floor)
    assert "level5-refuted.txt: level " in recalled.out
    assert caveat("ledger", "recall").code == USAGE

    same = caveat("ledger", "impact", "--rules", "critical_minerals")
    assert same.code == DONE
    assert "0 of 5 ratings move; 0 cannot be rated" in same.out


def test_challenge_says_what_the_fact_is_worth(caveat: Caveat, six: Path) -> None:
    fact = rated("level5-refuted").facts[0].id
    ran = caveat("ledger", "challenge", 4, fact, "--because", "retracted")
    assert ran.out.startswith(f"Entry 6: {fact} disputed: ")
    assert f"{fact} disputed" in caveat("ledger", "show", 4).out


def test_export_writes_a_new_zip_for_its_owner_only(caveat: Caveat, six: Path, tmp_path: Path) -> None:
    assert caveat("ledger", "export", 4, "--out", tmp_path / "b.zip").err.startswith("caveat: no checkpoint: ")
    caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key")
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "kept")
    assert caveat("ledger", "export", 4, "--out", tmp_path / "b.zip").code == DONE
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert "verify.py" in zipfile.ZipFile(tmp_path / "b.zip").namelist()
    assert caveat("ledger", "export", 4, "--out", tmp_path / "b.zip").err.startswith("caveat: file exists: ")


def test_prune_asks_for_a_checkpoint_and_says_what_went(caveat: Caveat, six: Path, tmp_path: Path) -> None:
    asked = ("ledger", "prune", "--before", "2999-01-01", "--what", "who", "--because", "asked for")
    assert caveat(*asked).err.startswith("caveat: no checkpoint: ")
    caveat("ledger", "keygen", "example.org/ratings", "--out", tmp_path / "key")
    caveat("ledger", "checkpoint", "--key", tmp_path / "key", "--out", tmp_path / "kept")
    assert caveat(*asked).out == "Entry 6: 6 contents of the entries before 6 are gone\n"
    assert " for masked (" in caveat("ledger", "show", 4).out
    assert caveat("ledger", "verify").code == DONE


def test_nothing_is_read_from_a_ledger_that_is_not_there(caveat: Caveat, place: Path) -> None:
    for words in (("list",), ("verify",), ("show", 1), ("history", "x"), ("export", 1), ("replay", "--all")):
        ran = caveat("ledger", *words, "--ledger", place)
        assert (ran.code, ran.err) == (
            USAGE, f"caveat: no ledger: {place}: no ledger there yet; `caveat rate --save` begins one\n",
        )  # fmt: skip
    assert not place.parent.exists()


def test_what_an_announcement_smuggles_in_is_shown_and_not_obeyed(caveat: Caveat, ledger: Ledger, place: Path) -> None:
    ledger.append(small("\x1b[2Jevil.txt", announcer="\x1b]0;owned\x07", issuer="x"))
    for words in (("list",), ("show", 0), ("history", "x"), ("recall", "--rule", "COM-003")):
        assert "\x1b" not in caveat("ledger", *words, "--ledger", place).out


def test_a_rating_that_is_not_saved_loads_neither_database_nor_cryptography(note: Path) -> None:
    code = (
        "import sys\n"
        "from rules.cli.main import main\n"
        "try: main(['rate', sys.argv[1], '--brief'])\n"
        "except SystemExit: print([name for name in ('cryptography', 'psycopg', 'sqlite3') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(note)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
