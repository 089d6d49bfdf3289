"""The small shipped pack, changed in one place: what does the check say?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.bundle import collect
from rules.lint.cases import text_of
from rules.lint.check import checked
from rules.lint.finding import Finding
from rules.lint.read import read_files

SMALL = "biotech_licensing"
#: A file of the pack with a text in it and what takes its place; no text: a new file.
Edit = tuple[str, str | None, str]
Check = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def small() -> dict[str, bytes]:
    """The files of the small pack."""
    return collect(SMALL)


@pytest.fixture
def edited(small: dict[str, bytes]) -> Callable[..., dict[str, bytes]]:
    """The small pack's files after some edits; a text that is not there is a mistake of the test."""

    def edit(*edits: Edit) -> dict[str, bytes]:
        content = dict(small)
        for file, old, new in edits:
            text = content.get(file, b"").decode()
            assert old is None or old in text, f"{file} has no {old!r}"
            content[file] = (text.replace(old, new, 1) if old is not None else new).encode()
        return content

    return edit


@pytest.fixture
def check(edited: Callable[..., dict[str, bytes]]) -> Check:
    """The findings in the small pack after some edits."""
    return lambda *edits: checked(read_files(edited(*edits), text_of(SMALL)))


@pytest.fixture
def folder(tmp_path: Path, edited: Callable[..., dict[str, bytes]]) -> Callable[..., Path]:
    """The same as a folder."""

    def write(*edits: Edit) -> Path:
        for name, data in edited(*edits).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write
