"""Files and folders: what is an announcement, and what is refused."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.errors import FactsError
from facts.readers import discover, open_announcement
from facts.readers.decode import decode


def test_a_text_file_keeps_its_newlines_and_its_digest(tmp_path: Path) -> None:
    data = b"Offtake signed.\r\nIt is binding.\n"
    path = tmp_path / "note.txt"
    path.write_bytes(data)
    announcement = open_announcement(path, published=date(2026, 5, 4))
    assert announcement.text == "Offtake signed.\r\nIt is binding.\n"
    assert announcement.sha256 == hashlib.sha256(data).hexdigest()
    assert (announcement.name, announcement.media_type) == ("note.txt", "text/plain")
    assert announcement.published == date(2026, 5, 4)


def test_markdown_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# Offtake", encoding="utf-8")
    assert open_announcement(tmp_path / "note.md").media_type == "text/markdown"


def test_a_folder_gives_its_announcements_by_name_and_leaves_the_rest(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "picture.png", ".hidden.txt", "below/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in discover(tmp_path)] == ["a.md", "b.txt", "c.txt"]


def test_a_missing_file_a_bare_folder_and_a_folder_given_as_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match=r"nothing\.txt: no file or folder of that name"):
        list(discover(tmp_path / "nothing.txt"))
    with pytest.raises(FactsError, match="the folder holds no announcement"):
        list(discover(tmp_path))
    with pytest.raises(FactsError, match="a folder or device"):
        open_announcement(tmp_path)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    with pytest.raises(FactsError, match=r"picture\.txt: the bytes are no text"):
        open_announcement(tmp_path / "picture.txt")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("café".encode(), "café"),
        ("café".encode("cp1252"), "café"),
        ("“binding”".encode("cp1252"), "“binding”"),
        (b"\xef\xbb\xbfbinding", "binding"),
        ("binding".encode("utf-16"), "binding"),
        (b"a\x81b", "a\x81b"),
        ("binding — offtake".encode("utf-16-le"), "binding — offtake"),
        ("binding — offtake".encode("utf-16-be"), "binding — offtake"),
        (("é" * 30).encode()[:-1], "é" * 29 + "\ufffd"),
        (
            "拘束力のある引取契約に署名した。本契約は資金調達を条件とする。".encode("shift_jis"),
            "拘束力のある引取契約に署名した。本契約は資金調達を条件とする。",
        ),
    ],
)
def test_encodings_are_recognised(data: bytes, text: str) -> None:
    assert decode(data, "x") == text


def test_a_broken_utf16_document_says_where_it_breaks() -> None:
    with pytest.raises(FactsError, match=r"x: begins as utf-16 but breaks at byte \d+"):
        decode(b"\xff\xfea\0b", "x")


@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_text_or_one_clear_error(data: bytes) -> None:
    try:
        assert isinstance(open_announcement(data, name="any").text, str)
    except FactsError as error:
        assert error.message.startswith("any: ")  # noqa: PT017  both outcomes are right, and each is checked


@pytest.mark.parametrize(
    ("declared", "text"),
    [("iso-8859-2", "Złoże"), ("ISO_8859-2", "Złoże"), ("nonsense", "Z³o¿e"), ("punycode", "Z³o¿e"), ("a\0", "Z³o¿e")],
)
def test_a_declared_encoding_counts_if_it_is_one_of_text(declared: str, text: str) -> None:
    assert decode("Złoże".encode("iso8859-2"), "x", declared) == text


def test_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode("Złoże".encode(), "x", "iso-8859-2") == "Złoże"


def test_the_day_given_overrides_the_day_in_the_document() -> None:
    data = b'{"text": "Signed.", "date": "2026-05-04"}'
    assert open_announcement(data, "a.json").published == date(2026, 5, 4)
    assert open_announcement(data, "a.json", date(2025, 1, 1)).published == date(2025, 1, 1)


def test_a_folder_gives_documents_of_every_format(tmp_path: Path) -> None:
    names = [
        "a.html",
        "b.htm",
        "c.xhtml",
        "d.pdf",
        "e.eml",
        "f.xml",
        "g.rss",
        "h.atom",
        "i.json",
        "j.jsonl",
        "k.ndjson",
    ]
    for name in [*names, "l.docx", "m.zip"]:
        (tmp_path / name).touch()
    assert [path.name for path in discover(tmp_path)] == names


def test_reading_a_text_loads_no_library_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Acme Lithium signed a binding offtake agreement — for ten years.", encoding="utf-8"
    )
    (tmp_path / "old.txt").write_bytes("Acme’s offtake".encode("cp1252"))
    (tmp_path / "page.html").write_text("<html><p>Acme Lithium signed an offtake.</p></html>", encoding="utf-8")
    heavy = ("trafilatura", "lxml", "pypdfium2", "feedparser", "httpx", "charset_normalizer", "textual")
    code = (
        "import sys; from pathlib import Path; from rules.assess import rate\n"
        f"for name in ('note.txt', 'old.txt'): rate(Path({str(tmp_path)!r}, name))\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
        f"rate(Path({str(tmp_path)!r}, 'page.html'))\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n[]\n"
