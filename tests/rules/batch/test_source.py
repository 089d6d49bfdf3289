"""What is listed, and how it is cut into shards."""

import gzip
import json
import os
import struct
import tarfile
from pathlib import Path

import pytest

from rules.batch.part import Shard, shards
from rules.batch.read import items
from rules.batch.source import parts
from tests.rules.batch.making import folder_of, lines_of, rated, tar_of, texts, zip_of


def listed(*inputs: Path, size: int = 10) -> list[Shard]:
    return list(shards(parts(map(str, inputs), size), size))


def places(*inputs: Path) -> list[str]:
    return [item.place for shard in listed(*inputs) for item in items(shard)]


def test_a_folder_is_listed_by_name_with_what_is_below_and_without_what_is_hidden(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {"b.txt": "b", "a/c.txt": "c", ".hidden.txt": "x", "a/picture.png": "x"})
    assert places(folder) == ["news/a/c.txt", "news/b.txt"]


def test_a_pattern_stands_for_its_files_in_order(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {"2.txt": "b", "1.txt": "c", "3.md": "x"})
    assert places(folder / "*.txt") == ["1.txt", "2.txt"]


def test_a_link_that_leads_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {"1.txt": "b"})
    (folder / "again").symlink_to(folder)
    assert places(folder) == ["news/1.txt"]


def test_json_lines_are_cut_at_lines_whatever_their_last_one_ends_with(tmp_path: Path) -> None:
    path = lines_of(tmp_path / "many.jsonl", 25)
    assert [(each.parts[0].first, each.items) for each in listed(path)] == [(0, 10), (10, 10), (20, 5)]
    path.write_text(path.read_text().rstrip("\n"))
    assert places(path)[-1] == "many.jsonl#25"
    assert len(places(path)) == 25


def test_a_range_of_lines_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    path = lines_of(tmp_path / "many.jsonl", 7)
    found = [each.name for shard in listed(path, size=3) for item in items(shard) for _, each in item.open()]
    assert found == [f"made-{number:08d}" for number in range(7)]


def test_a_blank_line_is_no_row_and_a_broken_one_is_a_row_with_its_error(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"text": "x"}) + "\n\n{broken\n" + json.dumps({"text": "y"}) + "\n")
    found = rated(path, out=tmp_path / "out")
    assert [row["place"] for row in found] == ["some.jsonl#1", "some.jsonl#3", "some.jsonl#4"]
    assert found[1]["error"]["title"] == "Not JSON"


@pytest.mark.parametrize("count", [7, 9])
def test_packed_lines_are_cut_and_read_as_plain_ones_are(tmp_path: Path, count: int) -> None:
    plain = lines_of(tmp_path / "many.jsonl", count)
    packed = tmp_path / "many.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes().rstrip(b"\n")))
    here, there = (rated(path, out=tmp_path / f"out-{path.suffix}", size=3) for path in (plain, packed))
    assert [row["place"] for row in there] == [f"many.jsonl.gz#{number}" for number in range(1, count + 1)]
    assert [row["level"] for row in there] == [row["level"] for row in here]
    assert [row["source"]["sha256"] for row in there] == [row["source"]["sha256"] for row in here]


def test_packed_lines_that_break_off_are_read_up_to_there_and_the_break_is_a_row(tmp_path: Path) -> None:
    packed = tmp_path / "many.jsonl.gz"
    data = lines_of(tmp_path / "many.jsonl", 200).read_bytes()
    packed.write_bytes(gzip.compress(data)[:-9_000])
    (tmp_path / "no.jsonl.gz").write_bytes(b"no gzip")
    *good, broken, other = rated(packed, tmp_path / "no.jsonl.gz", out=tmp_path / "out", columns=("place", "error"))
    assert len(good) > 50
    assert {row["error"] for row in good} == {None}
    assert broken["error"].startswith("Broken gzip: many.jsonl.gz: Compressed file ended before")
    assert other["error"].startswith("Broken gzip: no.jsonl.gz: Not a gzipped file")


def test_packed_lines_beyond_the_limit_are_listed_up_to_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.batch.archive.MOST_UNPACKED", 100)
    packed = tmp_path / "many.jsonl.gz"
    packed.write_bytes(gzip.compress(lines_of(tmp_path / "many.jsonl", 3).read_bytes()))
    assert rated(packed, out=tmp_path / "out")[-1]["error"]["title"] == "Too large"


def test_a_folder_of_nothing_is_a_row_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (row,) = rated(tmp_path / "empty", out=tmp_path / "out")
    assert row["error"]["title"] == "No announcements"


def test_what_is_not_there_is_a_row(tmp_path: Path) -> None:
    (row,) = rated(tmp_path / "nothing.txt", out=tmp_path / "out")
    assert row["place"] == "nothing.txt"
    assert row["error"]["title"] == "Not readable"


def test_an_unreadable_folder_is_a_row_and_the_rest_is_rated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path / "news", {"a/1.txt": "x", "b/2.txt": "y"})
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    first, second = rated(folder, out=tmp_path / "out")
    assert first["error"] == {"title": "Not readable", "message": "news/a: Permission denied"}
    assert second["place"] == "news/b/2.txt"


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz", "tar.xz"])
def test_members_of_an_archive_are_rated_and_those_that_may_do_harm_refused(tmp_path: Path, ending: str) -> None:
    good = {name: text.encode() for name, text in texts(5).items()}
    bad = {"../outside.txt": b"x", "/etc/abs.txt": b"x", "inner.zip": b"PK", "deep/inner.tar.gz": b"x"}
    make = zip_of if ending == "zip" else tar_of
    found = rated(make(tmp_path / f"news.{ending}", {**bad, **good, "x.png": b"x"}), out=tmp_path / "out", size=2)
    assert [row["place"] for row in found[4:]] == [f"news.{ending}/{name}" for name in good]
    assert all(row["level"] for row in found[4:])
    assert {row["error"]["title"] for row in found[:4]} == {"Refused"}
    assert "outside the archive" in found[0]["error"]["message"]
    assert "archive within an archive" in found[2]["error"]["message"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    (row,) = rated(tar_of(tmp_path / "a.tar", {}, {"passwd.txt": "/etc/passwd"}), out=tmp_path / "out")
    assert row["error"]["message"] == "passwd.txt: a link or device, not a file"


def test_a_damaged_archive_is_a_row(tmp_path: Path) -> None:
    whole = zip_of(tmp_path / "a.zip", {name: text.encode() for name, text in texts(3).items()}).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    (row,) = rated(tmp_path / "a.zip", out=tmp_path / "out")
    assert row["error"]["title"] == "Broken archive"


def test_an_archive_beyond_its_limits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.batch.archive.MOST_MEMBERS", 2)
    (row,) = rated(zip_of(tmp_path / "a.zip", {f"{n}.txt": b"x" for n in range(3)}), out=tmp_path / "out")
    assert row["error"]["title"] == "Too large"


@pytest.mark.parametrize("ending", ["tar", "tar.gz"])
def test_a_tar_archive_that_was_cut_off_between_two_members_is_told_from_a_whole_one(
    tmp_path: Path, ending: str
) -> None:
    whole = tar_of(tmp_path / "a.tar", {f"{number}.txt": b"x" * 500 for number in range(4)}).read_bytes()
    cut = tmp_path / f"cut.{ending}"
    cut.write_bytes(gzip.compress(whole[:2048]) if ending == "tar.gz" else whole[:2048])
    first, second, broken = rated(cut, out=tmp_path / "out")
    assert (first["place"], second["place"]) == (f"cut.{ending}/0.txt", f"cut.{ending}/1.txt")
    assert broken["error"] == {
        "title": "Broken archive",
        "message": f"cut.{ending}: it breaks off after a whole member, and has no end; pack it again",
    }


@pytest.mark.parametrize(
    ("damage", "told"), [(b"", "truncated header"), (b"0" * 412, "bad checksum")], ids=["cut off", "damaged"]
)
def test_a_header_that_is_cut_off_or_damaged_is_not_taken_for_the_end_of_a_tar_archive(
    tmp_path: Path, damage: bytes, told: str
) -> None:
    whole = tar_of(tmp_path / "a.tar", {f"{number}.txt": b"x" * 500 for number in range(4)}).read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: 1024 + 100] + damage + (whole[1536:] if damage else b""))
    first, broken = rated(tmp_path / "cut.tar", out=tmp_path / "out")
    assert first["place"] == "cut.tar/0.txt"
    assert broken["error"]["message"] == f"cut.tar: {told}; pack it again"


def test_what_stands_before_the_damage_of_a_tar_archive_is_rated(tmp_path: Path) -> None:
    whole = tar_of(tmp_path / "a.tar", {f"{number}.txt": b"x" * 500 for number in range(4)})
    whole.write_bytes(whole.read_bytes()[: 5 * 512 + 40])  # in the text of the third
    found = rated(whole, out=tmp_path / "out", size=2)
    titles = [row.get("error", {}).get("title") for row in found]
    assert titles == [None, None, "Broken archive", "Broken archive"]
    assert found[3]["error"]["message"] == "a.tar: unexpected end of data; pack it again"


def test_a_damaged_member_of_a_zip_archive_costs_only_itself(tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "a.zip", {f"{number}.txt": b"x" * 99 for number in range(3)})
    data = bytearray(archive.read_bytes())
    second = data.find(b"PK\x03\x04", 4)
    data[second : second + 4] = b"XXXX"
    archive.write_bytes(data)
    found = rated(archive, out=tmp_path / "out")
    assert ["error" in row for row in found] == [False, True, False]
    assert found[1]["error"]["message"] == "1.txt: Bad magic number for file header; pack it again"


def test_a_header_that_claims_gigabytes_is_not_read_into_memory(tmp_path: Path) -> None:
    claim = tarfile.TarInfo("long")
    claim.type, claim.size = tarfile.XHDTYPE, 3_000_000_000
    good = tar_of(tmp_path / "good.tar", {"a.txt": b"x"}).read_bytes()[:1024]
    (tmp_path / "bad.tar").write_bytes(good + claim.tobuf() + bytes(4096))
    fine, refused = rated(tmp_path / "bad.tar", out=tmp_path / "out")
    assert "error" not in fine
    assert "the header of 'long' is of a kind or length that is not read" in refused["error"]["message"]


def test_a_zip_archive_whose_list_of_members_is_too_long_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.batch.archive.MOST_MEMBERS", 10)
    monkeypatch.setattr("zipfile.ZipFile.__init__", None)
    archive = tmp_path / "a.zip"
    archive.write_bytes(struct.pack("<4s8xLL2x", b"PK\x05\x06", 4_000, 0))
    assert rated(archive, out=tmp_path / "out")[0]["error"]["title"] == "Too large"


def test_a_member_that_unpacks_to_more_than_an_announcement_is_refused(tmp_path: Path) -> None:
    (row,) = rated(zip_of(tmp_path / "a.zip", {"1.txt": b"x" * 20_000_001}), out=tmp_path / "out")
    assert "more than 20,000,000 bytes" in row["error"]["message"]


def test_a_shard_s_key_changes_with_its_documents(tmp_path: Path) -> None:
    path = tmp_path / "1.txt"
    path.write_text("one")
    before = listed(path)[0].key
    assert listed(path)[0].key == before
    path.write_text("other")
    assert listed(path)[0].key != before
