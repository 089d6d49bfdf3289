"""docs/screen.md: every view has a twin that exists, every picture is there, every setting is one."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from rules.cli.main import cli
from rules.config import parse
from tui import ledger_view, rulebook
from tui.actions import actions
from tui.app import CaveatApp
from tui.keymap import keymap
from tui.themes import NAMES

#: Modules whose views need no twin: they ask for something, or are part of another view.
_PARTS = {
    "add", "allow", "assessment_view", "box", "crash", "dialog", "inbox_view", "jump", "pane", "paste", "questions",
    "session", "source", "value",
}  # fmt: skip


@pytest.fixture(scope="module")
def text() -> str:
    return Path(__file__).parents[2].joinpath("docs", "screen.md").read_text("utf-8")


def twins(text: str) -> dict[str, list[str]]:
    """The commands of the table by view."""
    found: dict[str, list[str]] = {}
    for view, commands in re.findall(r"^\| ([^|]+) \| (`caveat [^|]+`) \|$", text, re.MULTILINE):
        found.setdefault(view.partition(",")[0].lower().replace(" ", ""), []).extend(re.findall(r"`([^`]+)`", commands))
    return found


def test_every_view_has_a_twin(text: str) -> None:
    tui = Path(__file__).parents[2] / "tui"
    modules = {path.stem for part in ("screens", "panes") for path in (tui / part).glob("[a-z]*.py")}
    views = set(twins(text))
    assert modules - _PARTS <= views
    assert modules >= _PARTS, "a part that is no module any more"


def test_every_twin_is_a_command_with_these_options(text: str) -> None:
    lines = [line for commands in twins(text).values() for line in commands]
    assert len(lines) > 20
    for line in lines:
        words = shlex.split(line)[1:]
        command: click.Command = cli
        context = click.Context(cli)
        while isinstance(command, click.Group) and words and words[0] != "COMMAND":
            found = command.get_command(context, words[0])
            if found is None:  # a batch is called as its group is
                found, words = command.get_command(context, ""), ["", *words]
            assert found is not None, line
            command, words = found, words[1:]
        known = {option for each in command.params for option in each.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_every_picture_is_there(text: str) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures
    docs = Path(__file__).parents[2] / "docs"
    assert [each for each in pictures if not (docs / each).is_file()] == []


def test_there_are_few_pictures_and_each_is_made_by_a_test() -> None:
    here = Path(__file__).parent
    made = set(re.findall(r"^def (test_\w+)", (here / "test_snapshots.py").read_text(), re.MULTILINE))
    pictures = {path.stem for path in (here / "__snapshots__" / "test_snapshots").iterdir()}
    assert pictures == made
    assert len(pictures) <= 20


def test_the_settings_are_settings(text: str, tmp_path: Path) -> None:
    block = "\n".join(line[4:] for line in re.findall(r"^    \S.*$", text.partition("## Settings")[2], re.MULTILINE))
    config = parse(block.encode(), tmp_path / "config.toml")
    assert config.who == "ann"
    assert set(re.search(r"# (caveat-dark.*)", block)[1].split(", ")) == set(NAMES)  # type: ignore[index]
    assert keymap(config, actions(CaveatApp)) == {"inbox.filter": "f2"}
    assert tomllib.loads(block)["keys"]


def test_the_filters_are_told_whole(text: str) -> None:
    rules = text.partition("## Rules")[2].partition("## Ledger")[0]
    assert [key for key in rulebook.KEYS if f"`{key}:" not in rules and key != "code"] == []
    ledger = text.partition("## Ledger")[2].partition("## In the browser")[0]
    assert [key for key in ledger_view.KEYS if f"`{key}:" not in ledger] == []
