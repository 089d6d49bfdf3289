"""What was typed or pasted: paths and addresses, or an announcement."""

from pathlib import Path

import pytest

from tui.paths import completion, given, sources_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("note one.txt", "notes.md", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "deals").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_paths_and_addresses_are_opened_however_a_terminal_pastes_them(folder: Path) -> None:
    note, notes = str(folder / "note one.txt"), str(folder / "notes.md")
    assert sources_in(notes) == [notes]
    assert sources_in(f"'{note}'") == [note]
    assert sources_in(note.replace(" ", "\\ ")) == [note]
    assert sources_in(f"file://{folder}/note%20one.txt\n") == [note]
    assert sources_in(f"'{note}' {notes}") == [note, notes]
    assert sources_in(f"https://example.com/a\n{notes}\n") == ["https://example.com/a", notes]


@pytest.mark.parametrize(
    "text",
    ["", "Acme signs an offtake.", "notes.md", "/no/such/file", "https://example.com and more", "see\n/tmp", "it's"],
)
def test_all_else_is_a_text(folder: Path, text: str) -> None:
    assert sources_in(text) == []


def test_a_long_list_of_paths_is_a_text(folder: Path) -> None:
    assert sources_in(f"{folder}/notes.md\n" * 201) == []


def test_what_is_typed_may_be_relative_or_start_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert given(" notes.md ") == "notes.md"
    assert given("~/deals") == str(folder / "deals")
    assert given("https://example.com/a b") == "https://example.com/a b" or given("https://example.com/x")
    assert given("nowhere.txt") == "nowhere.txt"


def test_a_path_completes_itself_and_hidden_files_only_when_asked_for(folder: Path) -> None:
    assert completion("no") == "note one.txt"
    assert completion("notes") == "notes.md"
    assert completion("d") == "deals/"
    assert completion(f"{folder}/.h") == f"{folder}/.hidden"
    assert completion("deals/") is None
    assert completion("") is None
    assert completion("x/y") is None
    assert completion("https://example.com/no") is None
