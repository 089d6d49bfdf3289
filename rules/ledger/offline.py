"""The checker's own part: every file of an audit bundle against its digest, its proof and its place in the log.

Standard library only. It is the last module of the verify.py that a bundle carries.
"""

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.ledger.ed25519 import holds
from rules.ledger.merkle import included, leaf_hash
from rules.ledger.note import parse_checkpoint, parse_note, parse_verifier, signed_by
from rules.proof import check

#: More bytes than this in one file of a bundle were put there to fill a memory.
_MOST_BYTES = 200_000_000
_FILES = {
    "document": "document", "text": "text.txt", "assessment": "assessment.json", "reading": "reading.json",
    "searches": "searches.json",
}  # fmt: skip


class Wrong(Exception):  # noqa: N818  what it says is printed after its name
    """A check that failed."""


def checks(bundle: Mapping[str, bytes], key: str | None) -> Iterator[str]:
    """Every check in words, as it succeeds. Raises Wrong at the first that fails."""
    entry = _json(bundle, "entry.json")
    yield from _contents(bundle, entry)
    yield from _pack(bundle, entry)
    yield from _proof(bundle)
    note = _tried("checkpoint.txt", parse_note, bundle["checkpoint.txt"].decode())
    checkpoint = _tried("checkpoint.txt", parse_checkpoint, note)
    for name in ["entry.json", *sorted(name for name in bundle if name.startswith("related/") and _is_entry(name))]:
        _check_inclusion(bundle, name, checkpoint.size, checkpoint.root, entry["seq"])
        yield f"{name} stands in the log {checkpoint.origin} of {checkpoint.size} entries"
    if key is None:
        yield "NOT CHECKED: the signature of the checkpoint; give the log's public key with --key"
        return
    verifier = _tried("--key", parse_verifier, key)
    if not signed_by(note, verifier, holds):
        raise Wrong(f"the checkpoint is not signed by {verifier.name}")
    yield f"the checkpoint is signed by {verifier.name}"


def main() -> int:
    """Check the bundle that this file stands in, or the one that is named; 0 if all holds, else 1."""
    parser = argparse.ArgumentParser(description="Checks a Caveat audit bundle.")
    parser.add_argument("bundle", nargs="?", help="the zip or its folder; default: the folder of this file")
    parser.add_argument("--key", help="the log's verifier key: name+id+base64, or a file that holds it")
    given = parser.parse_args()
    place = Path(given.bundle) if given.bundle else Path(__file__).resolve().parent
    key = given.key
    try:
        if key and "+" not in key:
            key = Path(key).read_text("utf-8")
        for line in checks(_files(place), key):
            print("ok   " + line if not line.startswith("NOT") else line)
    except (Wrong, KeyError, zipfile.BadZipFile, OSError, UnicodeDecodeError) as error:
        print(f"WRONG: {error if not isinstance(error, KeyError) else f'{error} is missing'}")
        return 1
    print("All that was checked holds.")
    return 0


def _files(place: Path) -> dict[str, bytes]:
    if place.is_dir():
        found = (path for path in place.rglob("*") if path.is_file())
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as archive:
        for info in archive.infolist():
            if info.file_size > _MOST_BYTES:
                raise Wrong(f"{info.filename} unpacks to {info.file_size} bytes")
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _json(bundle: Mapping[str, bytes], name: str) -> Any:
    try:
        return json.loads(bundle[name])
    except ValueError:
        raise Wrong(f"{name} is no JSON") from None


def _tried(name: str, parse: Any, *given: Any) -> Any:
    try:
        return parse(*given)
    except ValueError as error:
        raise Wrong(f"{name}: {error}") from None


def _contents(bundle: Mapping[str, bytes], entry: Mapping[str, Any]) -> Iterator[str]:
    """Each content has the digest that the entry names, and the facts are those of the assessment."""
    for role, name in _FILES.items():
        digest = entry["content"].get(role)
        if name not in bundle:
            if digest:
                yield f"NOT CHECKED: {name}: not in the bundle, only its digest is on record"
            continue
        if hashlib.sha256(bundle[name]).hexdigest() != digest:
            raise Wrong(f"{name} does not have the digest that the entry names")
        yield f"{name} has the digest that the entry names"
    for role, name in (("document", "sha256"), ("text", "text_sha256")):
        if role in entry["content"] and entry["content"][role] != entry.get("source", {}).get(name):
            raise Wrong(f"the entry names one {role} as content and another as source")
    if "assessment.json" in bundle:
        assessment = _json(bundle, "assessment.json")
        if _json(bundle, "facts.json") != assessment["facts"]:
            raise Wrong("facts.json does not hold the facts of the assessment")
        if assessment.get("level") != entry.get("level"):
            raise Wrong(f"the assessment's level {assessment.get('level')} is not the entry's {entry.get('level')}")
        yield f"the level of the entry is that of the assessment: {entry.get('level')}"


def _pack(bundle: Mapping[str, bytes], entry: Mapping[str, Any]) -> Iterator[str]:
    total, pack = hashlib.sha256(), _pack_files(bundle)
    for name, data in sorted(pack.items()):
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    if f"sha256:{total.hexdigest()}" != entry["pack"]["digest"]:
        raise Wrong("the rules in pack/ do not have the digest that the entry names")
    yield f"the {len(pack)} files of the pack have the digest that the entry names"


def _proof(bundle: Mapping[str, bytes]) -> Iterator[str]:
    """The whole derivation, done again from the facts and the pack."""
    if "assessment.json" not in bundle:
        return
    text = bundle["text.txt"].decode("utf-8", "surrogatepass") if "text.txt" in bundle else None
    steps = _tried("pack/", check, _json(bundle, "assessment.json"), _pack_files(bundle), text)
    if not steps[-1].holds:
        last = steps[-1]
        raise Wrong(f"step {len(steps)}, {last.name}: derived {last.expected}; the assessment says {last.found}")
    yield f"the assessment follows from its facts and its pack: {len(steps)} steps"


def _pack_files(bundle: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("pack/"): data for name, data in bundle.items() if name.startswith("pack/")}


def _is_entry(name: str) -> bool:
    return name.endswith(".json") and not name.endswith(".inclusion.json")


def _check_inclusion(bundle: Mapping[str, bytes], name: str, size: int, root: bytes, about: int) -> None:
    proof = _json(bundle, "inclusion.json" if name == "entry.json" else name.replace(".json", ".inclusion.json"))
    entry = _json(bundle, name)
    hashes = [base64.b64decode(each) for each in proof["hashes"]]
    if proof["size"] != size or proof["index"] != entry["seq"]:
        raise Wrong(f"the proof of {name} is for another place or another checkpoint")
    if name != "entry.json" and entry.get("about") != about:
        raise Wrong(f"{name} does not belong to this rating")
    if not included(leaf_hash(bundle[name]), proof["index"], size, hashes, root):
        raise Wrong(f"{name} is not in the log: its proof does not lead to the checkpoint's root")


if __name__ == "__main__":
    sys.exit(main())
