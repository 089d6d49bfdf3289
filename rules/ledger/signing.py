"""Keys and signatures of checkpoints: Ed25519 by `cryptography`, which is loaded only here and only when used."""

import base64
import binascii
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rules.errors import RulesError
from rules.ledger.note import (
    ED25519,
    Checkpoint,
    Note,
    VerifierKey,
    key_id,
    parse_checkpoint,
    parse_note,
    parse_verifier,
    signed_by,
)

_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A private key and the name under which it signs. It has no representation that shows it."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return VerifierKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> Note:
        """The checkpoint as a signed note."""
        return self.sign_text(checkpoint.text)

    def sign_text(self, text: str) -> Note:
        """A text that ends with a newline, signed (C2SP signed-note)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        made = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return Note(text, ((self.name, self.verifier.key_id, made),))


def new_key(name: str) -> SigningKey:
    """A fresh key. Raises RulesError for a name that a note cannot carry."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not name or "+" in name or any(letter.isspace() or not letter.isprintable() for letter in name):
        raise RulesError(
            "Broken key name", f"{name!r}: a key's name has neither blanks nor +; e.g. example.org/ratings"
        )
    return SigningKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def write_key(key: SigningKey, place: Path) -> Path:
    """Both halves into files that only their owner may read: the private key at `place`, the public one at `.pub`.

    Returns the place of the public one. Raises RulesError if a file is there already: keys are never written over.
    """
    public = place.with_name(place.name + ".pub")
    text = f"{_PRIVATE}{key.name}+{key.verifier.key_id.hex()}+{base64.b64encode(ED25519 + key.seed).decode()}\n"
    _create(public, f"{key.verifier}\n")
    try:
        _create(place, text)
    except RulesError:
        public.unlink()
        raise
    return public


def read_key(place: Path) -> SigningKey:
    """The private key of a file. Raises RulesError: no such file, others may read it, not a key."""
    text = _read(place).strip()
    if place.stat().st_mode & 0o077:
        raise RulesError("Open key", f"{place}: others may read this private key; chmod 600 it, or make a new one")
    parts = text.removeprefix(_PRIVATE).split("+", 2)
    if not text.startswith(_PRIVATE) or len(parts) != 3:
        raise RulesError("Not a key", f"{place}: no private key as `caveat ledger keygen` writes it")
    try:
        data = base64.b64decode(parts[2], validate=True)
    except binascii.Error:
        data = b""
    key = SigningKey(parts[0], data[1:])
    if data[:1] != ED25519 or len(data) != 33 or key_id(key.name, key.verifier.public).hex() != parts[1]:
        raise RulesError("Not a key", f"{place}: a damaged private key: name, id and key do not belong together")
    return key


def read_verifier(given: str) -> VerifierKey:
    """A verifier key, given as itself or as the file that holds it. Raises RulesError."""
    text = given if "+" in given and not Path(given).exists() else _read(Path(given))
    try:
        return parse_verifier(text)
    except ValueError as error:
        raise RulesError("Not a verifier key", f"{error}") from None


def read_checkpoint(place: Path) -> tuple[Note, Checkpoint]:
    """An exported checkpoint, its signatures not yet checked. Raises RulesError."""
    return parsed(_read(place), str(place))


def parsed(text: str, place: str) -> tuple[Note, Checkpoint]:
    """A checkpoint from the text of its note. Raises RulesError naming the place."""
    try:
        note = parse_note(text)
        return note, parse_checkpoint(note)
    except ValueError as error:
        raise RulesError("Not a checkpoint", f"{place}: {error}") from None


def is_signed(note: Note, key: VerifierKey) -> bool:
    """Whether the note bears a signature of that key that holds."""
    return signed_by(note, key, _holds)


def fingerprint(key: VerifierKey) -> str:
    """The key in short, to be compared by eye or telephone: SHA-256 of it, in hexadecimal."""
    return hashlib.sha256(key.public).hexdigest()


def _holds(public: bytes, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _create(place: Path, text: str) -> None:
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise RulesError("Key exists", f"{place}: there is a key already; choose another place") from None
    except OSError as error:
        raise RulesError("Cannot write", f"{place}: {error.strerror or error}") from None
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        with suppress(OSError):  # a file system without modes; the umask has only ever narrowed 0600
            os.fchmod(handle, 0o600)
        stream.write(text)
        stream.flush()
        os.fsync(handle)


def _read(place: Path) -> str:
    try:
        return place.read_text("utf-8")
    except OSError as error:
        raise RulesError("Cannot read", f"{place}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise RulesError("Cannot read", f"{place}: not a text file") from None
