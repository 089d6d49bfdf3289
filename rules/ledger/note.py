"""Checkpoints as signed notes: the formats of C2SP tlog-checkpoint and signed-note (https://c2sp.org/signed-note).

Standard library only: this file is part of the offline checker that an audit bundle carries. A checkpoint's text is
three lines, the log's origin, its size and the root in base64; the signatures follow after an empty line.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

#: The signature type of Ed25519 in keys and key ids (signed-note, "Signature types").
ED25519 = b"\x01"
_DASH = "— "
_NAME = re.compile(r"[^\s+]+")

#: Public key, message, signature -> whether it holds.
Check = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key and the name under which it signs."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, type and key."""
        return key_id(self.name, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and its signatures: name, key id, bytes."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def __str__(self) -> str:
        lines = (f"{_DASH}{name} {base64.b64encode(known + made).decode()}\n" for name, known, made in self.signatures)
        return f"{self.text}\n{''.join(lines)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint claims: the first `size` entries of the log of that origin have this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The signed lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """How a signature line refers to a key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def parse_verifier(text: str) -> VerifierKey:
    """A verifier key, `name+id+base64`. Raises ValueError saying what is wrong."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise ValueError("a verifier key is name+id+key, as `caveat ledger keygen` writes it")
    if parts[0] == "PRIVATE":
        raise ValueError("this is a private key; the verifier key stands in the file beside it, .pub")
    data = _decoded(parts[2], "the key")
    if data[:1] != ED25519 or len(data) != 33:
        raise ValueError("not an Ed25519 key of 32 bytes")
    key = VerifierKey(parts[0], data[1:])
    if key.key_id.hex() != parts[1]:
        raise ValueError(f"the id {parts[1]} is not that of the key, {key.key_id.hex()}: name or key was altered")
    return key


def parse_note(data: str) -> Note:
    """A signed note. Raises ValueError saying what is wrong."""
    text, blank, tail = data.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise ValueError("no signed note: text, an empty line and signature lines are wanted")
    found = []
    for line in tail.removesuffix("\n").split("\n"):
        name, space, signature = line.removeprefix(_DASH).partition(" ")
        raw = _decoded(signature, "a signature") if space and line.startswith(_DASH) else b""
        if len(raw) < 5 or not _NAME.fullmatch(name):
            raise ValueError(f"no signature line: {line[:60]!r}")
        found.append((name, raw[:4], raw[4:]))
    return Note(text + "\n", tuple(found))


def parse_checkpoint(note: Note) -> Checkpoint:
    """What a note claims as a checkpoint. Raises ValueError saying what is wrong."""
    lines = note.text.split("\n")
    if len(lines) < 4 or not lines[0] or not re.fullmatch(r"0|[1-9]\d*", lines[1], re.ASCII):
        raise ValueError("no checkpoint: a line each for origin, size and root is wanted")
    found = _decoded(lines[2], "the root")
    if len(found) != 32:
        raise ValueError(f"the root has {len(found)} bytes, not 32")
    return Checkpoint(lines[0], int(lines[1]), found)


def signed_by(note: Note, key: VerifierKey, check: Check) -> bool:
    """Whether the note bears a signature of that key, and every line that claims to be one holds."""
    claimed = [made for name, known, made in note.signatures if name == key.name and known == key.key_id]
    return bool(claimed) and all(check(key.public, note.text.encode(), made) for made in claimed)


def _decoded(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"{what} is no base64: {text[:60]!r}") from None
