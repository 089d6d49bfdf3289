"""When things go wrong below the ledger: one clear error each, and nothing half-written."""

import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ledger.ledger import Ledger
from rules.ledger.place import address, open_ledger
from rules.ledger.postgres import redacted
from rules.ledger.verify import verify
from tests.rules.ledger.made import noise, small
from tests.rules.ledger.server import PASSWORD, Server

_LARGE = 400_000


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """One entry, and no room on the disk for a large one."""
    ledger.append(small("a"))
    pages = ledger.database.execute("PRAGMA page_count")[0][0]
    ledger.database.execute(f"PRAGMA max_page_count = {pages + 4}")
    return ledger


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter: those of pytest are for their owner only."""
    with tempfile.TemporaryDirectory(prefix="caveat-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_full_disk_is_one_error_and_leaves_the_ledger_as_it_was(full: Ledger) -> None:
    with pytest.raises(RulesError, match=r"Disk is full.*nothing was recorded; make room and repeat"):
        full.append(small("b"), small("large", noise(_LARGE)))
    assert full.size == 1
    assert verify(full).holds
    full.database.execute("PRAGMA max_page_count = 1000000")
    assert full.append(small("large", noise(_LARGE)))[0].seq == 1


def test_a_write_that_the_system_refuses_leaves_the_ledger_as_it_was(ledger: Ledger, place: Path) -> None:
    ledger.append(small("a"))
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (place.with_name("ledger.db-wal").stat().st_size + 8_192, was[1]))
    try:
        with pytest.raises(
            RulesError, match=r"Disk is full|the disk reports an error or is full; nothing was recorded"
        ):
            ledger.append(small("large", noise(_LARGE)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert ledger.size == 1
    assert verify(ledger).holds


def test_a_ledger_in_a_folder_that_may_not_be_written_can_be_read_and_not_written(
    open_folder: Path, as_nobody: Callable[[], None]
) -> None:
    place = open_folder / "ledger.db"
    with open_ledger(str(place), write=True) as ledger:
        ledger.append(small("a"))
    place.chmod(0o444)
    open_folder.chmod(0o555)
    as_nobody()
    with open_ledger(str(place)) as ledger:
        assert ledger.entry(0).name == "a"
        assert verify(ledger).holds
    with (
        pytest.raises(RulesError, match=r"Ledger is read-only|Ledger cannot be opened"),
        open_ledger(str(place), write=True) as ledger,
    ):
        ledger.append(small("b"))


def test_a_folder_that_cannot_be_made_is_one_error(open_folder: Path, as_nobody: Callable[[], None]) -> None:
    open_folder.chmod(0o555)
    as_nobody()
    with pytest.raises(RulesError, match="its folder cannot be made: Permission denied"):
        open_ledger(str(open_folder / "below" / "ledger.db"), write=True)


def test_a_ledger_that_another_process_holds_is_one_error_after_a_while(ledger: Ledger, place: Path) -> None:
    ledger.append(small("a"))
    with open_ledger(str(place), write=True, timeout=0.05) as second:
        ledger.database.execute("BEGIN IMMEDIATE")
        with pytest.raises(RulesError, match=r"Ledger is locked.*another process is writing"):
            second.append(small("b"))
        assert second.entry(0).name == "a"
        ledger.database.execute("ROLLBACK")
        assert second.append(small("b"))[0].seq == 1


def test_a_corrupt_page_is_told_by_verify_and_by_reading(ledger: Ledger, place: Path) -> None:
    ledger.append(*(small(str(n)) for n in range(200)))
    ledger.database.compact()
    ledger.close()
    data = bytearray(place.read_bytes())
    for page in range(2 * 8192, len(data), 8192):
        data[page : page + 16] = b"\xff" * 16
    place.write_bytes(data)
    with (
        pytest.raises(RulesError, match=r"Ledger is damaged.*a page of the file is broken"),
        open_ledger(str(place)) as it,
    ):
        list(it.entries())


def test_a_file_that_is_no_database_is_one_error(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    place.write_text("This is a text, and a long one at that. " * 100)
    for write in (False, True):
        with pytest.raises(RulesError, match="Not a ledger"):
            open_ledger(str(place), write=write)
    assert place.read_text().startswith("This is a text")


@pytest.mark.parametrize("name", ["schema", "origin"])
def test_a_ledger_that_has_forgotten_what_it_is_is_one_error(ledger: Ledger, place: Path, name: str) -> None:
    ledger.append(small("a"))
    ledger.database.execute("DELETE FROM meta WHERE name = ?", (name,))
    with pytest.raises(RulesError, match=r"Ledger is damaged.*it does not say which"), open_ledger(str(place)) as again:
        assert again.origin


def test_a_content_that_unpacks_to_more_than_it_says_is_refused(ledger: Ledger) -> None:
    import zlib

    entry = ledger.append(small("a"))[0]
    digest = bytes.fromhex(entry.content["text"])
    bomb = zlib.compress(b"\0" * 50_000_000)
    ledger.database.execute("UPDATE blob SET data = ? WHERE digest = ?", (bomb, digest))
    with pytest.raises(RulesError, match="cannot be unpacked"):
        ledger.blob(entry.content["text"])


def test_without_the_driver_the_error_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from rules.ledger.place import open_ledger\n"
        "from rules.errors import RulesError\n"
        "try: open_ledger('postgresql://h/d')\n"
        "except RulesError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "No PostgreSQL driver: psycopg is not installed; install Caveat as caveat[postgres]\n"


def test_a_server_that_is_not_there_is_one_error_without_the_password() -> None:
    with pytest.raises(RulesError, match=r"Ledger cannot be opened: postgresql://me:\*\*\*@127.0.0.1:1/d") as caught:
        open_ledger("postgresql://me:hush%20hush@127.0.0.1:1/d", timeout=1)
    assert "hush" not in str(caught.value)


def test_a_wrong_password_is_one_error_that_shows_none(server: Server) -> None:
    place = server.address()
    with pytest.raises(RulesError, match="password authentication failed") as caught:
        open_ledger(place.replace(PASSWORD, "wrong-one"))
    assert "wrong-one" not in str(caught.value)


def test_passwords_are_left_out_of_every_form_of_address() -> None:
    assert redacted("postgresql://me:secret@host:5432/db") == "postgresql://me:***@host:5432/db"
    assert redacted("postgresql://me@host/db?password=secret&x=1") == "postgresql://me@host/db?password=***&x=1"
    assert redacted("postgresql://me:s@cret:x@host/db") == "postgresql://me:***@host/db"
    assert redacted("postgresql://host/db") == "postgresql://host/db"
    assert redacted("postgresql://me:hu/s#h?@host/db") == "postgresql://me:***@host/db"


@pytest.mark.parametrize("secret", ["hu%zzsh", "hush hush", "hu#sh", "hu/shush", "hush@hush", "hush:hush", "[hush"])
def test_a_password_that_was_not_encoded_is_not_shown_either(secret: str) -> None:
    with pytest.raises(RulesError) as caught:
        open_ledger(f"postgresql://me:{secret}@127.0.0.1:1/d", timeout=1)
    assert "hu" not in caught.value.message
    assert "sh" not in caught.value.message.replace("postgresql", "")


def test_the_place_is_given_or_configured_or_the_users_own(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert address() == str(home / ".local/share/caveat/ledger.db")
    monkeypatch.setenv("CAVEAT_LEDGER", "/somewhere/else.db")
    assert address() == "/somewhere/else.db"
    assert address("given.db") == "given.db"


def test_the_folder_of_a_new_ledger_is_its_owners_alone(ledger: Ledger, place: Path) -> None:
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_sqlite_is_set_to_lose_nothing(ledger: Ledger) -> None:
    assert ledger.database.execute("PRAGMA journal_mode") == [("wal",)]
    assert ledger.database.execute("PRAGMA synchronous") == [(2,)]  # FULL
    assert ledger.database.execute("PRAGMA page_size") == [(8192,)]
    assert sqlite3.sqlite_version_info >= (3, 37)
