"""The offline audit bundle: one zip that holds a rating, all it rests on, its place in the log, and the checker."""

import base64
import io
import json
import re
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from rules.errors import RulesError
from rules.ledger.entry import Entry, canonical
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.merkle import inclusion_proof, leaf_hash, root
from rules.ledger.record import pack_files
from rules.ledger.signing import parsed

#: The modules that make up verify.py, each after those that it uses. None imports more than the standard library.
_PARTS = (
    "rules/proof_pack.py", "rules/proof.py", "rules/ledger/merkle.py", "rules/ledger/ed25519.py",
    "rules/ledger/note.py", "rules/ledger/offline.py",
)  # fmt: skip
_OWN_IMPORT = re.compile(r"^from rules\.[\w.]+ import (\([^)]*\)[^\n]*|[^\n(]*)\n", re.MULTILINE)
_HEAD = '''"""Checks a Caveat audit bundle. Needs Python 3.11 or newer, nothing else: python3 -I verify.py [--key KEY]

It stands in the bundle that it checks. Whoever doubts the bundle takes verify.py from elsewhere and gives it the file:
python3 -I verify.py BUNDLE.zip. What follows are the modules of Caveat that check, one after the other.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("verify.py needs Python 3.11 or newer; this is " + sys.version.split()[0])

'''
#: Zip files carry times; all of these are the same, so that the same entry gives the same file.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_README = """Caveat audit bundle: entry {seq} of the log {origin}, recorded {time}.

verify.py checks all of it:   python3 -I verify.py --key KEY      (Python 3.11 or newer, nothing else)

KEY is the log's verifier key, name+id+base64, as its owner publishes it. It is not in this bundle: a key that comes
with what it is to vouch for vouches for nothing. Without it everything but the signature is checked.

entry.json       the entry as it was hashed (RFC 8785 JSON)
inclusion.json   where it stands in the log, and the hashes that lead to the root (RFC 6962)
checkpoint.txt   the signed root (C2SP signed note, Ed25519)
assessment.json  the rating with its whole proof      facts.json  the facts of it, with spans and stances
document         the announcement as it came          text.txt    the text that was read
reading.json     what was found and what was unread   searches.json  what was looked for
pack/            the rules it was rated under
related/         readings, overrides and challenges of this rating, each with its place in the log
{missing}"""


def export(ledger: Ledger, rating: Entry, who: bool = False) -> bytes:
    """The bundle of a rating. Who asked is left out unless `who`. Raises RulesError where no checkpoint covers it.

    The smallest checkpoint that covers the rating and all that belongs to it is taken, else the largest.
    """
    related = list(ledger.entries(Filter(about=rating.seq)))
    note, size = _checkpoint(ledger, rating, related)
    hashes = ledger.hashes(size)
    named: dict[str, bytes] = {"verify.py": checker().encode(), "checkpoint.txt": note.encode()}
    named |= {"entry.json": rating.leaf, "inclusion.json": _inclusion(hashes, rating)}
    missing = []
    for role, name in (
        ("document", "document"), ("text", "text.txt"), ("assessment", "assessment.json"), ("reading", "reading.json"),
        ("searches", "searches.json"),
        *((("who", "who.json"),) if who else ()),
    ):  # fmt: skip
        data = ledger.content(rating, role)
        if data is not None:
            named[name] = data
        elif role in rating.content:
            missing.append(name)
    if "assessment.json" in named:
        facts = json.loads(named["assessment.json"])["facts"]
        named["facts.json"] = json.dumps(facts, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
    if (pack := ledger.content(rating, "pack")) is not None:
        named |= {f"pack/{name}": data for name, data in pack_files(pack).items()}
    for entry in related:
        if entry.seq < size:
            named[f"related/{entry.seq}.json"] = entry.leaf
            named[f"related/{entry.seq}.inclusion.json"] = _inclusion(hashes, entry)
    told = f"\nNot kept any more, only by digest: {', '.join(missing)}\n" if missing else ""
    readme = _README.format(seq=rating.seq, origin=ledger.origin, time=rating.time, missing=told)
    return _zipped({"README.txt": readme.encode(), **named})


def checker() -> str:
    """verify.py: the checking modules of Caveat in one file, their imports of each other taken out."""
    bodies = []
    for part in _PARTS:
        source = (files("rules") / part.removeprefix("rules/")).read_text("utf-8")
        bodies.append(f"# {'-' * 20} {part}\n\n" + _OWN_IMPORT.sub("", source))
    return _HEAD + "\n\n".join(bodies)


def write(data: bytes, place: Path) -> None:
    """The bundle into a new file, readable by its owner only. Raises RulesError."""
    try:
        with place.open("xb") as stream:
            place.chmod(0o600)
            stream.write(data)
    except FileExistsError:
        raise RulesError("File exists", f"{place}: choose another --out") from None
    except OSError as error:
        raise RulesError("Cannot write", f"{place}: {error.strerror or error}") from None


def _checkpoint(ledger: Ledger, rating: Entry, related: list[Entry]) -> tuple[str, int]:
    last = max([rating.seq, *(entry.seq for entry in related)])
    found = [(parsed(text, "a stored checkpoint")[1].size, text) for text in ledger.checkpoints()]
    covering = [(size, text) for size, text in found if size > rating.seq]
    if not covering:
        raise RulesError(
            "No checkpoint", f"no checkpoint covers entry {rating.seq}; make one: `caveat ledger checkpoint --key FILE`"
        )
    size, text = next((pair for pair in covering if pair[0] > last), covering[-1])
    hashes = ledger.hashes(size)
    if root(hashes) != parsed(text, "a stored checkpoint")[1].root or hashes[rating.seq] != leaf_hash(rating.leaf):
        raise RulesError(
            "Ledger is damaged", f"the checkpoint of {size} entries does not hold; see `caveat ledger verify`"
        )
    return text, size


def _inclusion(hashes: list[bytes], entry: Entry) -> bytes:
    proof = inclusion_proof(hashes, entry.seq)
    data: dict[str, Any] = {
        "index": entry.seq, "size": len(hashes), "hashes": [base64.b64encode(each).decode() for each in proof],
    }  # fmt: skip
    return canonical(data)


def _zipped(named: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in named.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, data)
    return whole.getvalue()
