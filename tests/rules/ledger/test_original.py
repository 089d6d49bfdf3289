"""The document as it came, byte for byte, wherever it came from; and the text drawn from it, each under its digest."""

import hashlib
import json
import socket
from pathlib import Path

from rules.assess import assess, rate
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from rules.samples import sample
from tests.facts.readers.server import serving
from tests.rules.cli.conftest import Caveat

_TEXT = sample("level4-overture").text
_CP1252 = _TEXT.replace("’", "'").encode("cp1252", "replace") + b" \x80 1"
_PAGE = (
    f"<html><body><article>{''.join(f'<p>{line}</p>' for line in _TEXT.splitlines())}</article></body></html>".encode()
)


def _is_kept(ledger: Ledger, entry: Entry, document: bytes) -> None:
    source = entry.data["source"]
    assert ledger.content(entry, "document") == document
    assert source["sha256"] == entry.content["document"] == hashlib.sha256(document).hexdigest()
    text = ledger.content(entry, "text")
    assert text is not None
    assert source["text_sha256"] == entry.content["text"] == hashlib.sha256(text).hexdigest()


def test_of_standard_input(caveat: Caveat, tmp_path: Path) -> None:
    caveat("rate", "-", "--save", "--ledger", tmp_path / "l.db", stdin=_CP1252)
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        _is_kept(ledger, ledger.entry(0), _CP1252)


def test_of_an_address(caveat: Caveat, tmp_path: Path) -> None:
    def page(_: bytes, connection: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_PAGE)}\r\n\r\n"
        connection.sendall(head.encode() + _PAGE)

    with serving(page) as server:
        ran = caveat("rate", server.at("/news.html"), "--allow-private", "--save", "--ledger", tmp_path / "l.db")
    assert ran.err == "caveat: saved as entry 0\n"
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        entry = ledger.entry(0)
        assert entry.data["source"]["url"] == server.at("/news.html")
        assert entry.content["document"] != entry.content["text"]
        _is_kept(ledger, entry, _PAGE)


def test_of_lines_of_json_each_by_itself_and_of_an_array_once_for_all(caveat: Caveat, tmp_path: Path) -> None:
    records = [{"text": _TEXT, "name": name} for name in ("a", "b")]
    lines = [json.dumps(record).encode() for record in records]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "b.json").write_text(json.dumps(records))
    caveat("rate", tmp_path / "a.jsonl", tmp_path / "b.json", "--save", "--ledger", tmp_path / "l.db")
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        first, second, third, fourth = ledger.entries()
        _is_kept(ledger, first, lines[0])
        _is_kept(ledger, second, lines[1])
        _is_kept(ledger, third, (tmp_path / "b.json").read_bytes())
        assert fourth.about == third.seq  # the same bytes and the same text


def test_a_document_whose_bytes_are_its_text_is_not_kept_twice(ledger: Ledger) -> None:
    assessment = rate(_TEXT)
    assert assessment.announcement is not None
    assert assessment.announcement.original is None
    entry = ledger.append(draft(assessment))[0]
    assert entry.content["document"] == entry.content["text"]


def test_bytes_that_are_not_those_of_the_announcement_are_not_taken_for_it(ledger: Ledger) -> None:
    entry = ledger.append(draft(rate(_TEXT), document=b"something else"))[0]
    assert "document" not in entry.content


def test_the_original_is_no_part_of_the_assessment(ledger: Ledger) -> None:
    assessment = rate(_CP1252)
    assert assessment.announcement is not None
    assert assessment.announcement.original == _CP1252
    assert "original" not in json.dumps(assessment.to_json())
    reading = ledger.content(ledger.append(draft(assessment))[0], "reading")
    assert "original" not in json.loads(reading or b"")["announcement"]
    assert assessment.reading is not None
    assert assess(assessment.reading).to_json() == assessment.to_json()
