"""From an assessment to an entry: what is kept of it, and under which keys it is found again."""

import functools
import hashlib
import json
import platform
import secrets
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from facts.announcement import Announcement
from rules.assessment import Assessment
from rules.bundle import digest_of_all
from rules.ledger import identity, mark
from rules.ledger.blob import shared_digest
from rules.ledger.entry import Draft, canonical
from rules.pack import Pack
from rules.render.json import dumps

_ENDINGS = (".py", ".toml")


def draft(assessment: Assessment, who: str = "", document: bytes | None = None) -> Draft:
    """The entry of a rating: all that it takes to show, check and repeat it years later.

    `who` asked is kept apart from the entry, under a digest that cannot be guessed, so that it can be masked later.
    `document` are the announcement's original bytes, where they are not those that its reader kept. Raises RulesError.
    """
    announcement, whole = assessment.announcement, assessment.to_json()
    body: dict[str, Any] = {"level": assessment.level, "pack": whole["pack"], "versions": versions(assessment)}
    blobs = {"assessment": assessment_bytes(assessment), "pack": pack_bytes(assessment.pack)}
    text = announcement.text if announcement else ""
    if announcement is not None:
        body["source"] = {name: value for name, value in _about(announcement).items() if value is not None}
        blobs["text"] = text.encode("utf-8", "surrogatepass")
        blobs["reading"], blobs["searches"] = _reading(assessment)
        # Without bytes of its own, it is the text: a file that was UTF-8 already.
        document = document or announcement.original or blobs["text"]
        if shared_digest(document).hex() == announcement.sha256:
            blobs["document"] = document
    if assessment.rated is not None:
        body["class"] = assessment.rated.announcement_class
        body["fired"] = list(assessment.rated.trace.fired)
        body["cues"] = mark.cues(whole)
    if name := identity.issuer(assessment.facts, announcement):
        body |= {"announcer": sound(name), "issuer": identity.folded(sound(name))}
    if who:
        blobs["who"] = who_bytes(who)
    return Draft("rating", body, blobs, _key(announcement, whole), identity.sketch(text))


def who_bytes(name: str) -> bytes:
    """Who asked, with a salt: without the salt, a digest of a name is as good as the name."""
    return canonical({"name": sound(name), "salt": secrets.token_hex(16)})


def assessment_bytes(assessment: Assessment) -> bytes:
    """The assessment as it is stored: one line of JSON, as `caveat rate --format jsonl` prints it."""
    return dumps(assessment.to_json()).encode()


@functools.lru_cache(maxsize=8)
def pack_bytes(pack: Pack) -> bytes:
    """A pack as it is stored: its files, which are TOML and so UTF-8, by path."""
    return canonical({name: data.decode() for name, data in pack.files.items()})


def pack_files(stored: bytes) -> dict[str, bytes]:
    """The files of a stored pack."""
    return {name: text.encode() for name, text in json.loads(stored).items()}


def versions(assessment: Assessment) -> dict[str, str]:
    """What made the rating: the program, its reader, its reasoning, the engine and Python."""
    return {
        "caveat": version("caveat"),
        "reader": f"{version('caveat')}+{_code('facts')}",
        "rules": f"{version('caveat')}+{_code('rules')}",
        "engine": f"durable_rules {assessment.engines.durable_rules or '-'}",
        "python": platform.python_version(),
    }


def sound(text: str) -> str:
    """A text without what canonical JSON (halves of surrogate pairs) or PostgreSQL (NUL) cannot carry."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


@functools.cache
def _code(package: str) -> str:
    """The first 12 digits of the digest over a package's code and data: a reader is more than its version number."""
    found = dict(_files(files(package), ""))
    return digest_of_all(found).removeprefix("sha256:")[:12]


def _files(folder: Traversable, prefix: str) -> Any:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "packs", "samples"):
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_ENDINGS):
            yield f"{prefix}{entry.name}", entry.read_bytes()


def _key(announcement: Announcement | None, whole: Mapping[str, Any]) -> str:
    """What makes a rating the same as another: the announcement and all of the assessment but its file name."""
    source = [announcement.sha256, announcement.text_sha256] if announcement else []
    rest = dumps({name: value for name, value in whole.items() if name != "source"})
    return hashlib.sha256("\n".join([*source, rest]).encode()).hexdigest()


def _about(announcement: Announcement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": sound(announcement.name), "sha256": announcement.sha256, "text_sha256": announcement.text_sha256,
        "media_type": announcement.media_type, "chars": len(announcement.text),
        "published": announcement.published and announcement.published.isoformat(),
    }  # fmt: skip
    stated = ((name, getattr(announcement, name)) for name in ("publisher", "title", "url"))
    return found | {name: sound(value) for name, value in stated if value is not None}


def _reading(assessment: Assessment) -> tuple[bytes, bytes]:
    """What the reader made of the text, beside the facts: those stand in the assessment, spans and stances too.

    What it looked for comes second: that is ten times as long, and the same for all texts that it reads.
    """
    reading = assessment.reading
    assert reading is not None
    kept = (f.name for f in fields(reading.announcement) if f.name not in ("text", "original"))
    announcement = {name: getattr(reading.announcement, name) for name in kept}
    announcement["published"] = announcement["published"] and announcement["published"].isoformat()
    made = {
        "announcement": announcement,
        "scope": asdict(reading.scope),
        "classification": asdict(reading.classification) if reading.classification else None,
        "found": [search.found for search in reading.searches],
        "unread": [list(span) for span in reading.unread],
    }
    searches = [{"slot": search.slot, "tried": list(search.tried)} for search in reading.searches]
    return dumps(made).encode(), canonical({"searches": searches})
