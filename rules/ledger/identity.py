"""Whose announcement it is, and which story: the keys by which the ledger puts ratings side by side."""

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # finding entries must not pay for the models of facts
    from facts.announcement import Announcement
    from facts.fact import Fact

_WORD = re.compile(r"[^\W_]+")
#: What a company's name ends with and does not differ by.
_FORMS = frozenset(
    (
        "ag", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holdings", "inc", "incorporated",
        "limited", "llc", "llp", "lp", "ltd", "nl", "nv", "oyj", "plc", "pte", "pty", "sa", "sas", "se", "spa", "the",
    )
)  # fmt: skip
#: Whose announcement it is where nobody is named as announcer: the nearest role first, after whoever is committed.
_ROLES = ("seller", "funder", "buyer", "partner")
_FAR = 9
#: Words of a shingle; hashes of a sketch and their bytes; the first of them under which a story can be found.
_SHINGLE, _SKETCH, _BYTES, KEYS = 5, 24, 6, 8
#: Share of common shingles from which two texts tell the same story. Two mastheads over one wire keep 0.6 to 0.95
#: in common; two releases of one company, boilerplate and all, rarely 0.3.
SAME = 0.5


def issuer(facts: "Iterable[Fact]", announcement: "Announcement | None") -> str:
    """The name of whose announcement the facts say it is, else of the publisher; empty where neither is known."""
    return whose(facts) or ((announcement.publisher or "") if announcement else "")


def whose(facts: "Iterable[Fact]") -> str:
    """The announcer that is named, else the project's company, who is committed, or the party of the nearest role.

    Empty where nobody is named but hosts and those who only might take part.
    """
    named = [
        fact for fact in facts if getattr(fact, "role", None) and getattr(fact, "named", None) == "yes" and fact.subject
    ]
    nearest = min(named, key=_distance, default=None)
    return nearest.subject if nearest is not None and _distance(nearest) < _FAR else ""


def _distance(party: "Fact") -> int:
    """How far a named party stands from being the one that announces."""
    role = getattr(party, "role", "")
    if role in ("announcer", "project_company"):
        return int(role == "project_company")
    if party.polarity != "affirmed":
        return _FAR
    if getattr(party, "committed", "") == "yes":
        return 2
    return 3 + _ROLES.index(role) if role in _ROLES else _FAR


def folded(name: str) -> str:
    """A name as it is compared: words in lower case, without dots and legal forms."""
    words = _WORD.findall(name.replace(".", "").casefold())
    return " ".join([word for word in words if word not in _FORMS] or words)


def sketch(text: str) -> bytes:
    """The smallest hashes of the text's shingles, ascending: two texts' sketches tell what share they have in common.

    A bottom-k sketch (Broder 1997, "On the resemblance and containment of documents"); 6 bytes a hash.
    """
    words = _WORD.findall(text.casefold())
    count = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(count)} if words else set()
    hashes = {hashlib.blake2b(each.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest() for each in shingles}
    return b"".join(sorted(hashes)[:_SKETCH])


def resemblance(one: bytes, other: bytes) -> float:
    """The share of shingles that two sketched texts have in common, estimated: 0 to 1."""
    first, second = set(_hashes(one)), set(_hashes(other))
    smallest = sorted(first | second)[:_SKETCH]
    return len([each for each in smallest if each in first and each in second]) / len(smallest) if smallest else 0.0


def keys(of: bytes) -> list[int]:
    """The numbers under which a sketch is filed."""
    return [int.from_bytes(each, "big") for each in _hashes(of)[:KEYS]]


def story_name(of: bytes) -> str:
    """The name of the story that a text begins: 12 letters or digits."""
    return base64.b32encode(hashlib.sha256(of).digest()[:8]).decode().lower()[:12]


def _hashes(of: bytes) -> list[bytes]:
    return [of[at : at + _BYTES] for at in range(0, len(of), _BYTES)]
