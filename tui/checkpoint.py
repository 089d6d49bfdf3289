"""Signing the ledger as it stands, from the screen: where the key is, making one, and the checkpoint. No Textual."""

import os
from dataclasses import dataclass
from pathlib import Path

from rules.errors import RulesError
from rules.ledger.ledger import Ledger

#: The variable that names the private key, for the command line, too.
VARIABLE = "CAVEAT_SIGNING_KEY"
_FILE = "ratings.key"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A private key, the name that it gets where it is made now, and where a copy goes, if any does."""

    key: Path
    name: str = ""
    copy: Path | None = None


def usual_key() -> Path:
    """Where the private key is unless something else is said: beside the configuration."""
    if given := os.environ.get(VARIABLE):
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path("caveat") / _FILE


def sign(ledger: Ledger, wanted: Wanted) -> str:
    """Sign, and tell what was done. Raises RulesError: no such key, an earlier checkpoint that does not hold, …"""
    from rules.ledger.signing import new_key, read_key, write_key
    from rules.ledger.verify import sign as signed

    if wanted.copy is not None and wanted.copy.exists():
        raise RulesError("It exists", f"{wanted.copy}: an older checkpoint is worth keeping; choose another name")
    if ledger.size == 0:
        raise RulesError("Nothing to sign", "no entry is on record yet")
    made = ""
    if not wanted.key.exists():
        _folder(wanted.key)
        public = write_key(new_key(wanted.name), wanted.key)
        made = f" The key is new: {wanted.key} is yours alone, {public.name} beside it is for everybody."
    key = read_key(wanted.key)
    note, findings = signed(ledger, key)
    if note is None:
        raise RulesError("Not signed", "; ".join(f"{each.sort}: {each.message}" for each in findings))
    copied = f", copied to {_copied(note, wanted.copy)}" if wanted.copy is not None else ""
    entries = f"{ledger.size:,} {'entry' if ledger.size == 1 else 'entries'}"
    return f"{entries} signed by {key.name}{copied}.{made}"


def _folder(key: Path) -> None:
    try:
        key.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RulesError("Cannot write", f"{key.parent}: {error.strerror or error}") from None


def _copied(note: str, place: Path) -> Path:
    try:
        with place.open("x", encoding="utf-8") as stream:
            stream.write(note)
    except OSError as error:
        said = error.strerror or error
        raise RulesError("Cannot write", f"{place}: {said}; the checkpoint is in the ledger, the copy is not") from None
    return place
