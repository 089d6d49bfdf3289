"""The command's first step: what it imports, and what it refuses."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

SCREEN = ("textual", "rich")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """`caveat` with these words, without a terminal."""
    command = [sys.executable, "-m", "tui.entry", *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def loaded_after(code: str) -> set[str]:
    """Which modules of the screen a program has loaded when it ends."""
    shown = f"{code}\nimport sys\nprint(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=False)
    modules = done.stderr.split("\n")
    assert "sys" in modules, done.stderr
    return {module for module in modules if module.split(".")[0] in (*SCREEN, "rules", "facts", "pydantic", "click")}


def test_the_entry_point_loads_neither_the_screen_nor_the_rules() -> None:
    assert loaded_after("import tui.entry") == set()


def test_rating_on_the_command_line_never_loads_the_screen(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Japan offers the United States joint rare earth mining projects. Nothing is signed.")
    code = (
        "import sys\n"
        "from tui.entry import main\n"
        f"sys.argv = ['caveat', 'rate', {str(note)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
    )

    modules = loaded_after(code)

    assert "rules.assess" in modules
    assert {module for module in modules if module.split(".")[0] in SCREEN} == set()


@pytest.mark.parametrize("words", [(), ("tui",), ("tui", "note.txt"), ("tui", "--", "-odd.txt")])
def test_without_a_terminal_the_screen_says_so_and_leaves(words: tuple[str, ...]) -> None:
    done = run(*words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "caveat tui: the screen needs a terminal; use `caveat rate FILE` to print a rating\n"


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("--fast", "caveat tui: no option '--fast'; it takes files and folders only\n"),
        ("-", "caveat tui: no option '-'; for standard input use `caveat rate -`\n"),
    ],
)
def test_an_unknown_option_is_refused_in_one_line(word: str, says: str) -> None:
    done = run("tui", word)

    assert (done.returncode, done.stderr) == (2, says)


def test_help_has_a_worked_example() -> None:
    done = run("tui", "--help")

    assert done.returncode == 0
    assert "Example: caveat tui announcements/" in done.stdout


def test_keys_are_listed_with_the_ids_of_their_actions() -> None:
    done = run("tui", "--keys")

    assert done.returncode == 0
    assert "screen.help                 question_mark, f1                       Help\n" in done.stdout


def test_serve_is_handed_on_to_the_server() -> None:
    done = run("serve", "--help")

    assert done.returncode == 0
    assert done.stdout.startswith("Usage: caveat serve ")


def test_a_configuration_that_cannot_stand_is_refused_before_the_screen_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('who = "ann"\ntheme = "nord"\n')
    monkeypatch.setenv("CAVEAT_CONFIG", str(tmp_path / "config.toml"))
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "tui.entry"]
    done = subprocess.run(command, stdin=inside, stdout=inside, stderr=subprocess.PIPE, text=True, check=False)
    os.close(inside)
    os.close(terminal)

    assert done.returncode == 2
    assert done.stderr.startswith(f"caveat tui: configuration: {tmp_path}/config.toml:2: theme: no theme 'nord'; ")
    assert "high-contrast-dark" in done.stderr
