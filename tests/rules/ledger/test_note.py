"""Signed notes and keys: the formats of C2SP, two implementations of Ed25519, key files."""

import base64
import stat
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ledger import ed25519, note, signing
from rules.ledger.note import Checkpoint

# The example of the Go package golang.org/x/mod/sumdb/note, from which C2SP took the format.
_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n"
_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
_SIGNED = (
    f"{_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJ"
    "nAM=\n"
)
# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
_RFC8032 = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)


def test_the_published_example_of_a_signed_note_holds() -> None:
    parsed, key = note.parse_note(_SIGNED), note.parse_verifier(_VERIFIER)
    assert (parsed.text, str(parsed), str(key)) == (_TEXT, _SIGNED, _VERIFIER)
    assert note.signed_by(parsed, key, ed25519.holds)
    assert signing.is_signed(parsed, key)


def test_the_published_private_key_makes_the_published_signature(tmp_path: Path) -> None:
    place = tmp_path / "key"
    place.write_text(_PRIVATE)
    place.chmod(0o600)
    assert str(signing.read_key(place).sign_text(_TEXT)) == _SIGNED


@pytest.mark.parametrize(("public", "message", "signature"), _RFC8032)
def test_the_slow_check_of_signatures_agrees_with_rfc_8032(public: str, message: str, signature: str) -> None:
    key, text, made = (bytes.fromhex(each) for each in (public, message, signature))
    assert ed25519.holds(key, text, made)
    assert not ed25519.holds(key, text + b"x", made)
    for at in (0, 31, 32, 63):
        altered = bytearray(made)
        altered[at] ^= 1
        assert not ed25519.holds(key, text, bytes(altered))
    assert not ed25519.holds(key[:31], text, made)


def test_a_signature_with_a_scalar_beyond_the_order_is_refused_though_it_would_add_up() -> None:
    key, text, made = (bytes.fromhex(each) for each in _RFC8032[1])
    order = 2**252 + 27742317777372353535851937790883648493
    larger = (int.from_bytes(made[32:], "little") + order).to_bytes(32, "little")
    assert not ed25519.holds(key, text, made[:32] + larger)


def test_a_checkpoint_is_three_lines_and_a_signature() -> None:
    key = signing.new_key("example.org/ratings")
    signed = key.sign(Checkpoint("caveat/1234", 7, b"\7" * 32))
    root = base64.b64encode(b"\7" * 32).decode()
    assert str(signed).startswith(f"caveat/1234\n7\n{root}\n\n— example.org/ratings ")
    again, checkpoint = signing.parsed(str(signed), "here")
    assert (again, checkpoint) == (signed, Checkpoint("caveat/1234", 7, b"\7" * 32))
    assert signing.is_signed(again, key.verifier)
    assert not signing.is_signed(again, signing.new_key("example.org/ratings").verifier)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("no signature\n", "no signed note"),
        ("a\n1\nAAAA\n\n— name AAAAAAAA\n", "the root has 3 bytes"),
        ("a\n01\nAAAA\n\n— name AAAAAAAA\n", "no checkpoint"),
        ("a\n1\n!\n\n— name AAAAAAAA\n", "the root is no base64"),
        ("a\n1\nAAAA\n\n- name AAAAAAAA\n", "no signature line"),
        ("a\n1\nAAAA\n\n— na+me AAAAAAAA\n", "no signature line"),
        ("a\n1\nAAAA\n\n— name AAAA\n", "no signature line"),
    ],
)
def test_what_is_no_checkpoint_is_told_in_words(broken: str, told: str) -> None:
    with pytest.raises(RulesError, match=told):
        signing.parsed(broken, "here")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "not that of the key"),
        ("PeterNeumann+c74f20a3+AhpcAA==", "not an Ed25519 key"),
        ("PRIVATE+KEY+x", "this is a private key"),
        ("a+b", "name[+]id[+]key"),
    ],
)
def test_what_is_no_verifier_key_is_told_in_words(given: str, told: str) -> None:
    with pytest.raises(RulesError, match=told):
        signing.read_verifier(given)


def test_key_files_are_readable_by_their_owner_only_and_never_written_over(tmp_path: Path) -> None:
    place, key = tmp_path / "ratings.key", signing.new_key("example.org/ratings")
    public = signing.write_key(key, place)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (place, public)] == [0o600, 0o600]
    assert signing.read_key(place) == key
    assert signing.read_verifier(str(public)) == key.verifier
    with pytest.raises(RulesError, match="there is a key already"):
        signing.write_key(signing.new_key("other"), place)
    assert signing.read_key(place) == key


def test_a_private_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    signing.write_key(signing.new_key("example.org/ratings"), tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(RulesError, match="chmod 600"):
        signing.read_key(tmp_path / "key")


def test_a_private_key_never_shows_itself(tmp_path: Path) -> None:
    key = signing.new_key("example.org/ratings")
    assert key.seed.hex() not in repr(key)
    assert "seed" not in repr(key)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n"])
def test_a_key_name_that_a_note_cannot_carry_is_refused(name: str) -> None:
    with pytest.raises(RulesError, match="Broken key name"):
        signing.new_key(name)
