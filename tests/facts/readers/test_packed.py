"""JSON lines packed with gzip."""

import gzip
import json
from pathlib import Path

from facts.readers import Unread, discover, open_each

_LINES = "".join(json.dumps({"text": f"Offtake {number} signed."}) + "\n" for number in range(3)).encode()


def test_packed_lines_are_read_like_plain_ones(tmp_path: Path) -> None:
    for name, data in (
        ("a.jsonl", _LINES),
        ("a.jsonl.gz", gzip.compress(_LINES)),
        ("B.NDJSON.GZ", gzip.compress(_LINES)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(open_each(path))
        assert [each.name for each in found] == [f"{name}#{number}" for number in (1, 2, 3)]
        assert [each.text for each in found if not isinstance(each, Unread)][2] == "Offtake 2 signed."
    assert [path.name for path in discover(tmp_path)] == ["B.NDJSON.GZ", "a.jsonl", "a.jsonl.gz"]


def test_what_stands_before_a_break_is_read_and_then_the_break_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(_LINES) + gzip.compress(_LINES)[:-12])
    *good, broken = open_each(path)
    assert len(good) >= 3
    assert isinstance(broken, Unread)
    assert broken.error.title == "Broken gzip"
    assert "what stood before is read; pack it again" in broken.error.message


def test_what_is_not_packed_and_what_is_not_there_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(_LINES)
    titles = [each.error.title for name in ("a", "b") for each in open_each(tmp_path / f"{name}.jsonl.gz")]  # type: ignore[union-attr]
    assert titles == ["Broken gzip", "No such file"]


def test_everything_else_that_is_packed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(b"{}"))
    (found,) = open_each(path)
    assert isinstance(found, Unread)
    assert found.error.title == "Compressed"
