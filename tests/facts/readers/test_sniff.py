"""What a document is: content before ending; what is packed is refused."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from facts.errors import FactsError
from facts.readers import open_all, open_announcement
from tests.facts.readers.making import BODY, feed, mail, page, pdf, read_one


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (page(), "page.txt", "text/html"),
        (page(), "page.pdf", "text/html"),
        (b"<!-- made by hand -->\n<HTML><p>Signed.</p></HTML>", "-", "text/html"),
        (pdf(["A page of text."]), "note.txt", "application/pdf"),
        (b"\n\n" + pdf(["A page of text."]), "-", "application/pdf"),
        (mail(), "note.txt", "message/rfc822"),
        (mail(), "-", "message/rfc822"),
        (feed(("a", "b")), "page.html", "application/xml"),
        (b'{"text": "Signed."}', "-", "application/json"),
        (b'{"text": "Signed."}\n{"text": "b"}', "note.txt", "application/x-ndjson"),
        (b"Date: 4 May 2026\nFrom: The board\nSubject: Offtake\n\nSigned.", "memo.txt", "text/plain"),
        (b"[Reuters] Offtake signed.", "-", "text/plain"),
        (b'{"this": is not JSON}', "note.txt", "text/plain"),
        (b"Offtake signed.", "note.pdf", "text/plain"),
        (b"Offtake signed.", "note.xml", "text/plain"),
        (b"# Offtake", "note.md", "text/markdown"),
        (b"Offtake signed.", "note.html", "text/html"),
        (BODY.encode("utf-16-le"), "note.txt", "text/plain"),
        (BODY.encode("utf-16"), "note.txt", "text/plain"),
    ],
    ids=range(19),
)
def test_content_decides_and_the_ending_where_content_leaves_it_open(data: bytes, name: str, media_type: str) -> None:
    assert next(open_all(data, name)).media_type == media_type


def test_the_ending_of_a_file_counts_in_either_case(tmp_path: Path) -> None:
    (tmp_path / "NOTE.EML").write_bytes(b"Subject: Offtake\r\n\r\nSigned.")
    assert open_announcement(tmp_path / "NOTE.EML").text == "Offtake\n\nSigned."


def _zip(name: str = "note.txt") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr(name, BODY)
    return archive.getvalue()


def _tar() -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as inside:
        inside.addfile(tarfile.TarInfo("note.txt"))
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (gzip.compress(b"x"), "a gzip archive; unpack it and give the documents in it"),
        (bz2.compress(b"x"), "a bzip2 archive"),
        (bz2.compress(b""), "a bzip2 archive"),
        (lzma.compress(b"x"), "a xz archive"),
        (_zip(), "a zip archive"),
        (gzip.compress(_zip()), "a gzip archive"),
        (_tar(), "a tar archive"),
        (b"\x28\xb5\x2f\xfd" + b"x" * 20, "a zstandard archive"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 20, "a 7z archive"),
        (_zip("[Content_Types].xml"), "an Office document or e-book; save it as PDF, HTML or text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 20, "an Office document; save it as PDF"),
        (b"{\\rtf1 Offtake}", "an RTF document; save it as PDF, HTML or text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "the bytes are no text"),
    ],
    ids=["gz", "bz2", "bz2 of nothing", "xz", "zip", "zip.gz", "tar", "zst", "7z", "docx", "doc", "rtf", "png"],
)
@pytest.mark.parametrize("name", ["note.txt", "note.pdf.gz", "page.html", "all.jsonl"])
def test_packed_and_foreign_documents_are_refused_with_the_remedy(
    data: bytes, because: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FactsError, match=because):
        list(open_all(tmp_path / name))


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(FactsError, match=r"large\.txt: more than 20,000,000 bytes; give the announcement alone"):
        open_announcement(tmp_path / "large.txt")
    with pytest.raises(FactsError, match="more than 20,000,000 bytes"):
        read_one(b"a" * 20_000_001, "large.txt")
