"""JSON and JSON lines: declared fields, and clear words for everything else."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from facts.errors import FactsError
from facts.readers import Unread, open_all, open_each
from tests.facts.readers.making import read_one


def test_the_declared_fields_are_read_under_each_of_their_names() -> None:
    full = {"text": "Signed.", "title": "Acme signs", "published": "2026-05-04", "name": "wire/acme.txt",
            "publisher": "Wire", "url": "https://news.example/1"}  # fmt: skip
    other = {"body": "Signed.", "title": "Acme signs", "date": "Mon, 04 May 2026 23:30:00 -0700", "id": "acme.txt",
             "source": {"name": "Wire"}, "url": "https://news.example/1"}  # fmt: skip
    for record in (full, other):
        found = read_one(json.dumps(record).encode(), "a.json")
        assert found.text == "Acme signs\n\nSigned."
        assert (found.name, found.title, found.publisher) == ("acme.txt", "Acme signs", "Wire")
        assert (found.published, found.url) == (dt.date(2026, 5, 4), "https://news.example/1")


def test_a_record_of_text_alone_keeps_it_to_the_letter_under_the_files_name() -> None:
    found = read_one(b'{"content": " Signed.\\r\\n\\ud800"}', "a.json")
    assert (found.text, found.name, found.title) == (" Signed.\r\n\ufffd", "a.json", None)


def test_an_array_holds_several_with_the_digest_of_the_whole() -> None:
    data = b'[{"text": "a"}, {"text": "b", "id": 7}]'
    found = list(open_all(data, "all.json"))
    assert [(each.name, each.text) for each in found] == [("all.json#1", "a"), ("7", "b")]
    assert {each.sha256 for each in found} == {hashlib.sha256(data).hexdigest()}


def test_lines_are_counted_with_the_empty_ones_and_carry_their_own_digests(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n\r\n{"text": "b"}')
    found = list(open_all(tmp_path / "all.jsonl"))
    assert [(each.name, each.text) for each in found] == [("all.jsonl#1", "a"), ("all.jsonl#3", "b")]
    assert found[1].sha256 == hashlib.sha256(b'{"text": "b"}').hexdigest()


def test_a_bad_line_is_an_item_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_bytes(b'{"text": "a"}\nnonsense\n{"txt": 1}\n{"text": "b"}\n')
    found = list(open_each(tmp_path / "all.jsonl"))
    assert [each.error.title if isinstance(each, Unread) else each.text for each in found] == [
        *("a", "Not JSON", "No text", "b")
    ]
    with pytest.raises(FactsError, match=r"all\.jsonl#2: Expecting value at line 1, column 1"):
        list(open_all(tmp_path / "all.jsonl"))


def test_lines_are_told_from_json_by_content(tmp_path: Path) -> None:
    (tmp_path / "lines.json").write_bytes(b'{"text": "a"}\n{"text": "b"}\n')
    (tmp_path / "spread.jsonl").write_bytes(b'{\n  "text": "a"\n}\n')
    assert [each.name for each in open_all(tmp_path / "lines.json")] == ["lines.json#1", "lines.json#2"]
    assert [each.name for each in open_all(tmp_path / "spread.jsonl")] == ["spread.jsonl"]


def test_more_lines_than_one_document_may_hold_are_read_one_at_a_time(tmp_path: Path) -> None:
    line = json.dumps({"text": "word " * 200_000}).encode()
    (tmp_path / "long.jsonl").write_bytes(b"\n".join([line] * 24))
    assert sum(1 for _ in open_all(tmp_path / "long.jsonl")) == 24


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b'{"schema": "caveat/assessment/1", "level": 3}', "a finished assessment: `caveat check` takes it"),
        (b'{"class": "offtake_deal", "facts": []}', "facts without a text: `caveat evaluate` takes them"),
        (b'{"schema": "caveat/reading/1", "facts": []}', "a reading: give the announcement itself"),
        (b'{"headline": "Signed"}', "holds headline, but no text; its fields are text or body or content, title"),
        (b"[]", "an empty array"),
        (b'"Signed."', "a string; a record is an object of text or body"),
        (b'{"text": ["a"]}', "text is an array; it must be a string"),
        (b'{"text": "a", "title": 7}', "title is a number; it must be a string"),
        (b'{"text": "a", "date": "soon"}', "date 'soon' is no date; write YYYY-MM-DD"),
        (b'{"text": "a", "date": "2026-02-31"}', "is no date"),
        (b'{"text": "a",}', "at line 1, column "),
        (b"[" * 100_000, "a.json: "),
        (b'{"text": ' + b"9" * 5_000 + b"}", "a number of thousands of digits"),
    ],
    ids=range(13),
)
def test_what_is_no_record_is_told_what_it_is(data: bytes, because: str) -> None:
    with pytest.raises(FactsError, match=because):
        list(open_all(data, "a.json"))


def test_a_file_of_empty_lines_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_bytes(b"\n\n")
    with pytest.raises(FactsError, match=r"all\.jsonl: holds no record"):
        list(open_all(tmp_path / "all.jsonl"))
