"""Signing the ledger from the screen, by itself and where an export needs it."""

import stat
import zipfile
from pathlib import Path

import pytest
from textual.widgets import Button, Input

from rules.errors import RulesError
from rules.ledger.place import open_ledger
from rules.ledger.signing import is_signed, new_key, read_checkpoint, read_verifier, write_key
from tests.tui.ledgers import VARIABLE, filled, go, sees
from tests.tui.walk import SMALL, Walk, screen_of, shown, until
from tui.checkpoint import Wanted, sign, usual_key
from tui.places import LedgerPlace
from tui.screens.checkpoint import CheckpointScreen
from tui.screens.export import ExportScreen
from tui.screens.ledger import LedgerScreen


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = filled(tmp_path / "ledger.db")
    monkeypatch.setenv(VARIABLE, place)
    return place


def field(walk: Walk, name: str) -> Input:
    return walk.app.screen.query_one(f"#{name}", Input)


async def in_front(walk: Walk, screen: type) -> None:
    await until(walk, lambda: isinstance(walk.app.screen, screen))
    await walk.pause()


def test_a_key_is_made_where_there_is_none_and_the_copy_is_what_others_check(ledger: str, tmp_path: Path) -> None:
    key, copy = tmp_path / "keys" / "ratings.key", tmp_path / "friday.txt"
    with open_ledger(ledger, write=True) as found:
        told = sign(found, Wanted(key, "example.org/ratings", copy))
        assert told.startswith(f"3 entries signed by example.org/ratings, copied to {copy}. The key is new: {key} is")
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        note, checkpoint = read_checkpoint(copy)
        assert is_signed(note, read_verifier(str(key) + ".pub"))
        assert checkpoint.size == 3
        assert sign(found, Wanted(key)) == "3 entries signed by example.org/ratings."
        with pytest.raises(RulesError, match="an older checkpoint is worth keeping"):
            sign(found, Wanted(key, copy=copy))
        with pytest.raises(RulesError, match="the checkpoint is in the ledger, the copy is not"):
            sign(found, Wanted(key, copy=tmp_path / "none" / "copy.txt"))


def test_nothing_is_signed_that_does_not_hold_and_no_key_is_made_for_nothing(ledger: str, tmp_path: Path) -> None:
    key = tmp_path / "ratings.key"
    with (
        open_ledger(str(tmp_path / "empty.db"), write=True) as empty,
        pytest.raises(RulesError, match="no entry is on record"),
    ):
        sign(empty, Wanted(key, "example.org"))
    assert not key.exists()
    write_key(new_key("example.org"), key)
    with open_ledger(ledger, write=True) as found:
        sign(found, Wanted(key))
        found.database.execute("DROP TRIGGER entry_no_update")
        found.database.execute("UPDATE entry SET level = 1 WHERE seq = 1")
        with pytest.raises(RulesError, match="column level says 1, the entry itself 5"):
            sign(found, Wanted(key))
    (tmp_path / "file").touch()
    with open_ledger(ledger, write=True) as found, pytest.raises(RulesError, match="Not a directory"):
        sign(found, Wanted(tmp_path / "file" / "deep" / "a.key", "example.org"))


def test_the_key_is_that_of_the_variable_else_beside_the_configuration(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert usual_key() == home / ".config/caveat/ratings.key"
    monkeypatch.setenv("CAVEAT_SIGNING_KEY", "/keys/mine.key")
    assert usual_key() == Path("/keys/mine.key")


async def test_a_checkpoint_is_explained_asked_for_and_made(ledger: str, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "friday.txt"
    async with screen_of(sources=()).run_test(size=SMALL, notifications=True) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("K")
        await in_front(walk, CheckpointScreen)
        text = await sees(walk, "3 entries on record; none of them signed so far.")
        assert "A checkpoint signs everything on record with your key." in text
        assert "There is no key yet: it is made." in text
        assert walk.app.focused is field(walk, "name")
        await walk.press("enter")
        await sees(walk, "The new key needs a name")
        await walk.press(*"a b", "enter")
        await sees(walk, "a key's name has neither blanks nor +")
        field(walk, "name").value = "example.org/ratings"
        field(walk, "copy").value = str(copy)
        await walk.press("enter")
        await in_front(walk, LedgerScreen)
        await sees(walk, "3 entries signed by")
        assert read_checkpoint(copy)[1].size == 3
        assert (home / ".config/caveat/ratings.key.pub").exists()

        walk.app.clear_notifications()
        await walk.press("K")
        await in_front(walk, CheckpointScreen)
        text = await sees(walk, "3 entries on record; all of them signed so far.")
        assert "There is no key yet" not in text
        assert walk.app.focused is field(walk, "copy")
        field(walk, "copy").value = str(copy)
        await walk.press("enter")
        await sees(walk, "an older checkpoint is worth keeping")
        field(walk, "key").value = ""
        await walk.press("enter")
        await sees(walk, "Which key signs?")
        await walk.press("escape")
        assert walk.app.drafts.told() == []  # type: ignore[attr-defined]


async def test_an_export_that_needs_a_checkpoint_offers_to_make_it(ledger: str, tmp_path: Path) -> None:
    target, key = tmp_path / "audit.zip", tmp_path / "ratings.key"
    write_key(new_key("example.org/ratings"), key)
    async with screen_of(sources=()).run_test(size=SMALL) as walk:
        await go(walk, LedgerPlace(), "3 entries")
        await walk.press("e")
        await in_front(walk, ExportScreen)
        field(walk, "file").value = str(target)
        await walk.press("enter")
        await sees(walk, "No checkpoint covers this rating yet")
        assert isinstance(walk.app.focused, Button)
        await walk.press("enter")
        await in_front(walk, CheckpointScreen)
        field(walk, "key").value = str(key)
        await walk.press("enter")
        await in_front(walk, ExportScreen)
        assert "3 entries signed by example.org/ratings. Enter writes the file now." in " ".join(shown(walk).split())
        await walk.press("enter")
        await in_front(walk, LedgerScreen)
        assert "checkpoint.txt" in zipfile.ZipFile(target).namelist()
        await walk.press("K")
        await in_front(walk, CheckpointScreen)
        assert field(walk, "key").value == str(key), "the key that was used last"
