"""The report of a crash."""

import tempfile
from pathlib import Path

import pytest

from tui.crash import write


def failed() -> Exception:
    try:
        raise ValueError("odd \ud800 words")
    except ValueError as error:
        return error


def test_a_report_says_versions_size_place_and_steps(tmp_path: Path) -> None:
    place = write(failed(), "assessment", (80, 24), tmp_path / "deep")

    text = Path(place).read_text()
    assert Path(place).parent == tmp_path / "deep"
    assert text.startswith("Caveat ")
    assert "Terminal 80x24; in front was assessment" in text
    assert "in failed" in text
    assert "ValueError: odd \\ud800 words" in text


def test_where_the_folder_cannot_be_had_it_is_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))

    assert Path(write(failed(), "inbox", (80, 24), tmp_path / "file")).parent == tmp_path / "tmp"


def test_where_no_file_can_be_had_it_is_told_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))

    assert "the terminal" in write(failed(), "inbox", (80, 24), tmp_path / "file")
    assert "ValueError" in capsys.readouterr().err
