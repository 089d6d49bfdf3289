"""Documents cut short, with bits flipped, in wrong encodings: announcements or one clear error, and soon."""

import gzip
import io
import json
import random
import time
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import open_all
from rules.assess import rate
from rules.errors import RulesError
from tests.facts.readers.making import feed, mail, page, pdf

#: Short, because each is rated; long enough for facts, an omission and a date.
_WORDS = (
    "Acme Lithium has signed a non-binding letter with Beta Motors for spodumene — subject to financing. "
    "No price was disclosed. Café Minerals’ plant is due in Q3 2027."
)
#: Which documents come in turn: each reader, those that need no child process more often, for they are the faster.
_TURNS = (
    "note.txt", "page.html", "record.json", "note.eml", "records.jsonl", "note.md", "feed.xml", "record.json",
    "note.txt", "note.pdf", "records.jsonl", "note.eml", "note.md", "record.json", "note.txt", "records.jsonl",
)  # fmt: skip
#: No single document may take longer, slow machines included.
_MOST_SECONDS = 15.0
_SEED = 20_260_504

Mangle = Callable[[random.Random, bytes], bytes]


def _documents() -> dict[str, list[bytes]]:
    record = {"text": _WORDS, "title": "Acme signs", "published": "2026-05-04", "id": 7}
    parts = (f"Content-Type: text/plain\r\n\r\n{_WORDS}", f"Content-Type: text/html\r\n\r\n<p>{_WORDS}</p>")
    both = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--"
    return {
        "note.txt": [_WORDS.encode(), _WORDS.encode("cp1252"), _WORDS.encode("utf-16")],
        "note.md": [f"# Acme signs\r\n\r\n* {_WORDS}\r\n".encode()],
        "page.html": [page(_WORDS, repeat=1)],
        "note.eml": [
            mail(_WORDS),
            mail(f"<p>{_WORDS}</p>", "text/html"),
            mail(both, 'multipart/alternative; boundary="x"'),
        ],
        "feed.xml": [feed(("Acme", f"<p>{_WORDS}</p>"), ("Beta", "<b>Nothing</b> new."))],
        "record.json": [json.dumps(record).encode(), json.dumps([record, record]).encode()],
        "records.jsonl": [b"\n".join([json.dumps(record).encode()] * 2)],
        "note.pdf": [pdf(_WORDS.replace("—", "-").replace("’", "'").split(". "))],
    }


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _beheaded(chance: random.Random, data: bytes) -> bytes:
    return data[chance.randrange(len(data)) :]


def _flipped(chance: random.Random, data: bytes) -> bytes:
    mangled = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300))):
        mangled[chance.randrange(len(mangled))] ^= 1 << chance.randrange(8)
    return bytes(mangled)


def _re_encoded(chance: random.Random, data: bytes) -> bytes:
    text = data.decode(chance.choice(("latin-1", "cp1252", "utf-8", "cp437")), "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "utf-7", "cp037")), "replace"
    )


def _packed(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        if chance.random() < 0.5:
            data = gzip.compress(data, 1, mtime=0)
            continue
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as inside:
            inside.writestr("note.txt", data)
        data = archive.getvalue()
    return data[: chance.choice((len(data), len(data) // 2, 20))]


def _nested(chance: random.Random, data: bytes) -> bytes:
    depth = chance.choice((50, 300, 2_000))
    before, after = chance.choice(
        ((b"<div>", b"</div>"), (b"[", b"]"), (b'{"text":', b"}"), (b"<!--", b""), (b"<b", b">"))
    )
    return before * depth + data + after * chance.choice((0, depth))


def _with_huge_line(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return (
        data[:place]
        + chance.choice((b"a", b" ", b"<", b"&", b"-", b"0", b"\xe2")) * chance.choice((2_000, 20_000))
        + data[place:]
    )


def _with_controls(chance: random.Random, data: bytes) -> bytes:
    pieces = [data[:40], data[40:]]
    for _ in range(chance.choice((1, 20))):
        pieces.insert(1, chance.choice((b"\0", b"\x1b[2J", b"\x07", b"\xff\xfe", "\u202e\u2066".encode(), b"\x85\x81")))
    return b"".join(pieces)


def _mixed_newlines(chance: random.Random, data: bytes) -> bytes:
    ends = (b"\r", b"\n", b"\r\n", b"\n\r", b"\x0b", b"\x0c", "\u2028".encode())
    return b"".join(chance.choice(ends) if byte == 10 or chance.random() < 0.02 else bytes([byte]) for byte in data)


def _spliced(chance: random.Random, data: bytes) -> bytes:
    other = chance.choice((page(_WORDS, repeat=1), mail(_WORDS), b'{"text": "' + _WORDS.encode() + b'"}'))
    return _cut(chance, data) + _beheaded(chance, other)


_MANGLES: tuple[Mangle, ...] = (
    _cut, _beheaded, _flipped, _re_encoded, _packed, _nested, _with_huge_line, _with_controls, _mixed_newlines,
    _spliced,
)  # fmt: skip


def _read(data: bytes, name: str) -> list[Announcement] | FactsError:
    try:
        return list(open_all(data, name))
    except FactsError as error:
        return error


def _outcome(data: bytes, name: str, which: str) -> str:
    """What became of a document: `rated`, `not rated` or the title of its error. Anything else is raised."""
    found = _read(data, name)
    if isinstance(found, FactsError):
        assert name in found.message, which
        return found.title
    assert found, which
    try:
        assessment = rate(found[0], engine="reference")
    except (FactsError, RulesError) as error:
        return error.title
    return "not rated" if assessment.level is None else "rated"


def _run(count: int) -> Counter[str]:
    chance, outcomes, documents = random.Random(_SEED), Counter[str](), _documents()
    for number in range(count):
        name = _TURNS[number % len(_TURNS)]
        mangle = _MANGLES[number // len(_TURNS) % len(_MANGLES)]
        data = mangle(chance, chance.choice(documents[name]))
        started = time.monotonic()
        outcomes[_outcome(data, name, f"{number}: {mangle.__name__}")] += 1
        taken = time.monotonic() - started
        assert taken < _MOST_SECONDS, f"document {number} ({mangle.__name__} of {name}) took {taken:.1f} s"
    return outcomes


def test_mangled_documents_of_every_format_are_read_or_refused_in_one_line() -> None:
    outcomes = _run(160)
    assert outcomes["rated"] > 20
    assert outcomes["Compressed"] > 5


@pytest.mark.slow
def test_five_thousand_mangled_documents_are_each_a_rating_or_one_clear_error() -> None:
    outcomes = _run(5_000)
    assert outcomes.total() == 5_000
    assert outcomes["rated"] > 500
    assert {"Compressed", "Broken PDF", "Not JSON", "Not a text", "Broken encoding"} <= set(outcomes)
