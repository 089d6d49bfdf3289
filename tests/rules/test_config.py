"""The configuration: one file, and errors that name file, line, key, value and what is allowed."""

from pathlib import Path

import pytest

from rules.config import Config, load, parse, path
from rules.errors import RulesError

PLACE = Path("/folder/of/ann/config.toml")
WHOLE = b"""\
who = "ann"
ledger = "ratings.db"
theme = "caveat-light"
watch = [
  "~/inbox",
  "/wires",
]
feeds = ["https://example.org/feed.xml"]
private = ["http://wire.example/feed.xml"]

[keys]
inbox.filter = "f"
"assessment.why" = "W,f2"
"""


def test_every_key_is_read_and_paths_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/folder")
    config = parse(WHOLE, PLACE)

    assert (config.who, config.theme) == ("ann", "caveat-light")
    assert config.ledger == "/folder/of/ann/ratings.db"
    assert config.watch == ("/folder/inbox", "/wires")
    assert config.feeds == ("https://example.org/feed.xml",)
    assert config.private == ("http://wire.example/feed.xml",)
    assert config.keys == {"inbox.filter": "f", "assessment.why": "W,f2"}


def test_a_key_or_a_pack_is_a_path_only_where_something_is_there(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    text = b'rules = "house"\nverifier = "ratings+1a2b3c4d+AbCd"'

    config = parse(text, tmp_path / "config.toml")

    assert config.rules == str(tmp_path / "house")
    assert config.verifier == "ratings+1a2b3c4d+AbCd"


def test_an_address_of_a_ledger_stays_as_it_is() -> None:
    assert parse(b'ledger = "postgresql://host/ratings"', PLACE).ledger == "postgresql://host/ratings"


def test_an_error_found_later_names_the_line_of_its_key() -> None:
    error = parse(WHOLE, PLACE).error("keys.assessment.why", "no such action")

    assert error.message == f"{PLACE}:13: keys.assessment.why: no such action"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("who = 3", f"{PLACE}:1: who = 3: must be a text in quotes"),
        ("\nledgr = 'x'", f"{PLACE}:2: unknown key 'ledgr' = 'x'; did you mean 'ledger'? allowed are: who, ledger,"),
        ("zzz = 1", f"{PLACE}:1: unknown key 'zzz' = 1; allowed are: who, ledger, verifier, rules, theme, watch,"),
        ("# ours\nwatch = ['a', 3]", f"{PLACE}:2: watch = … 3 …: must be a list of texts"),
        ("[keys]\n\ninbox.filter = 3", f"{PLACE}:3: keys.inbox.filter = 3: must be a key in quotes"),
        ("keys = 'f'", f"{PLACE}:1: keys = 'f': must be a table of texts"),
        ("who = 'a'\nwho = 'b'", f"{PLACE}:2: not TOML: Cannot overwrite a value"),
        ("\n\nwho = 'x", f"{PLACE}:3: not TOML: "),
        ("\nwatch = [", f"{PLACE}:2: not TOML: "),
    ],
)
def test_a_fault_is_named_with_file_line_key_and_value(text: str, says: str) -> None:
    with pytest.raises(RulesError) as refused:
        parse(text.encode(), PLACE)

    assert refused.value.title == "Configuration"
    assert refused.value.message.startswith(says)


def test_bytes_that_are_not_utf_8_are_named_with_their_line() -> None:
    with pytest.raises(RulesError, match=r":2: this is not UTF-8; save the file as UTF-8"):
        parse(b'theme = "x"\nwho = "\xff"', PLACE)


def test_without_a_file_nothing_is_settled(home: Path) -> None:
    assert path() == home / ".config/caveat/config.toml"
    assert load() == Config()


def test_the_file_of_the_user_is_read(home: Path) -> None:
    path().parent.mkdir(parents=True)
    path().write_text('who = "ann"')

    assert load().who == "ann"


def test_a_file_that_was_named_and_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CAVEAT_CONFIG", str(tmp_path / "none.toml"))

    with pytest.raises(RulesError, match="no such file; CAVEAT_CONFIG names it"):
        load()
