"""SOURCE arguments of the command: every kind of source, and the rest goes on after an error."""

import io
import json
import sys
from pathlib import Path

import pytest

from rules.cli.main import main
from rules.cli.sources import opened
from tests.facts.readers.making import BODY, feed, page
from tests.facts.readers.server import answer, serving


def test_files_folders_addresses_and_standard_input_come_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.xml").write_bytes(feed(("One", "First."), ("Two", "Second.")))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "note.txt").write_text("Signed.", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page())))
    with serving(answer(b"Fetched.")) as server:
        sources = [str(tmp_path), server.at("/x/a.txt"), "-", str(tmp_path / "missing.txt")]
        found = list(opened(sources, allow_private=True))
    assert [each[0] if isinstance(each, tuple) else each.name for each in found] == [
        *("bad.pdf", "feed.xml#1", "feed.xml#2", "note.txt", "a.txt", "-", "missing.txt")
    ]
    assert [each[1].title for each in found if isinstance(each, tuple)] == ["Broken PDF", "No such file"]


def test_rate_and_facts_fetch_a_private_address_only_when_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(answer(page())) as server:
        for command in ("rate", "facts"):
            assert _run(command, server.at("/a.html"), "--format", "json") == 3
            assert "an address of this machine; --allow-private if you mean it" in capsys.readouterr().err
            assert _run(command, server.at("/a.html"), "--format", "json", "--allow-private") == 0
            printed = json.loads(capsys.readouterr().out)
            found = printed[0] if isinstance(printed, list) else printed
            assert (found["source"]["name"], found["source"]["media_type"]) == ("a.html", "text/html")
            assert found["source"]["chars"] == len("Acme signs offtake") + 3 * (len(BODY) + 2)


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    return int(stopped.value.code or 0)
