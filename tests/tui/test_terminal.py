"""The main job in a real terminal, at two sizes: open, read why, try a what-if, ask, save, find it again, export.

Each frame that is waited for is written into `frames.txt` in the folder of the test: to be looked at as a reader would.
"""

import shutil
import zipfile
from pathlib import Path

import pytest

from rules.ledger.place import open_ledger
from tests.tui.terminal import Terminal, caveat, terminal
from tests.tui.walk import LARGE, SMALL

NOTE = """\
Tamarack Metals signs offtake for its Larch Lake lithium project

Tamarack Metals Corp. announces that it has signed a non-binding memorandum of understanding with Hoshi Trading Co. for
4,000 tonnes a year of lithium hydroxide from its planned Larch Lake refinery. Financing has not been secured.
"""
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
def test_the_main_job_from_the_first_start_to_the_exported_rating(size: tuple[int, int], home: Path) -> None:
    folder = home / "work"
    folder.mkdir()
    (folder / "tamarack.txt").write_text(NOTE)
    names = {"HOME": ".", "XDG_CONFIG_HOME": "c", "XDG_DATA_HOME": "d", "XDG_STATE_HOME": "s", "XDG_CACHE_HOME": "x"}
    environment = {name: str(home / below) for name, below in names.items()} | {"CAVEAT_WHO": "ann"}
    environment |= {"PYTHONPATH": str(Path(__file__).parents[2])}
    with terminal(home, size) as seen:
        try:
            seen.start(caveat(), folder, environment)
            opens_and_reads_why(seen)
            tries_asks_and_saves(seen)
            finds_it_again_and_exports_it(seen)
            begins_again_where_it_ended(seen, folder, environment)
        finally:
            told = (f"== {title}\n{frame}" for title, frame in seen.frames)
            (home / "frames.txt").write_text("\n".join(told))
    assert "checkpoint.txt" in zipfile.ZipFile(folder / "caveat-0.zip").namelist()
    with open_ledger(str(home / "d" / "caveat" / "ledger.db")) as ledger:
        assert (ledger.size, ledger.rating("0").name) == (1, "tamarack.txt")


def opens_and_reads_why(seen: Terminal) -> None:
    seen.sees("Nothing to read yet.", "o open a file, a folder or an address", "Enter: open the samples", "? Help")
    seen.press("o")
    seen.sees("A file (.txt .md", "path or https://")
    seen.type("tamarack.txt")
    seen.sees("tamarack.txt")
    seen.press("Enter")
    seen.sees("Caveat · 1 announcement", "tamarack.txt · ", "⏎ Open", title="rated")
    seen.press("Enter")
    seen.sees("Why: → opens", "w Why n Why not x What if d Distance a Ask", "not saved", title="the assessment")
    seen.press("Down", "e")
    seen.sees("│ │ ├ ", "of 100", title="the first reason with all below it")
    seen.press("n")
    seen.sees("Why not 1, executed?", "Why not 2, contracted?")
    seen.press("d")
    seen.sees("What would lower the rating", title="distance")


def tries_asks_and_saves(seen: Terminal) -> None:
    seen.press("x")
    seen.sees("What if: Space drops", "Nothing is changed yet: drop, edit or add a fact")
    seen.press("Space")
    seen.sees("dropped: f1", "with 1 step", "Last step: drop f1")
    seen.press("C-s")
    seen.sees("A what-if is not saved", "Saved to the ledger", "ledger 0")
    seen.press("u")
    seen.sees("Nothing is changed yet", title="undone")
    seen.press("a")
    seen.sees("Ask: 1 yes · 2 no · 3 not known", "Why it is asked:", "1 yes: the level")
    seen.press("3")
    seen.sees("not known", title="an answer")
    seen.press("u")


def finds_it_again_and_exports_it(seen: Terminal) -> None:
    seen.press("L")
    seen.sees("Ledger ledger.db · 1 entry", "asked by ann", "e export", title="the ledger")
    seen.press("/")
    seen.type("larch")
    seen.sees("No entry fits the filter; Escape clears it.", title="a filter that nothing fits")
    seen.press("Escape")
    seen.sees("Ledger ledger.db · 1 entry", "tamarack.txt", title="the ledger again")
    seen.press("e")
    seen.sees("Export", "File to write", "caveat-0.zip")
    seen.press("Enter")
    seen.sees("No checkpoint covers this rating yet", "Make a checkpoint")
    seen.press("Enter")
    seen.sees("A checkpoint signs everything on record with your key.", "There is no key yet: it is made.")
    seen.type("example.org/ratings")
    seen.press("Enter")
    seen.sees("1 entry signed by example.org/ratings.", title="signed")
    seen.press("Enter")
    seen.sees("Written", title="exported")
    seen.press("C-r")
    seen.sees("Save a report", "caveat-0.md")
    seen.press("Enter")
    seen.sees("Report written")


def begins_again_where_it_ended(seen: Terminal, folder: Path, environment: dict[str, str]) -> None:
    seen.press("C-q")
    assert seen.ended()
    assert (folder / "caveat-0.md").read_text().startswith("# ")
    seen.start(caveat(), folder, environment)
    seen.sees("Ledger ledger.db · 1 entry", title="the next start")
    seen.press("I")
    seen.sees("Caveat · 1 announcement", "tamarack.txt · ", title="rated again")
    seen.press("M-Left")
    seen.sees("Ledger ledger.db · 1 entry", title="back to the ledger")
    seen.press("M-Left")
    seen.sees("ledger 0", "Why: → opens", title="back to what was looked at before")
    seen.press("C-q")
    assert seen.ended()
