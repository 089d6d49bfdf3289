"""The command `caveat`: opens the screen, or hands every other word to the command line. Imports nothing heavy."""

import gc
import os
import sys

_HELP = """\
Usage: caveat tui [FILE...]

Opens the screen: a list of announcements, each with its rating and the proof of it.
FILE is an announcement (text, HTML, PDF, mail, feed, JSON), a folder of them, or an http(s) address; without any, the
screen takes up what was open last time, or offers samples. `caveat serve` opens it in a browser.

Options:
  --keys      Print every action of the screen with its keys. Other keys are written under [keys] in config.toml.
  -h, --help  Show this message and exit.

Example: caveat tui announcements/
"""
_OPTIONS_END = "--"


def main() -> int:
    """Run `caveat`. Returns the exit code: 2 for wrong usage of the screen; the command line exits by itself."""
    words = sys.argv[1:]
    if words and words[0] == "serve":
        from tui.serve import main as serve

        return serve(words[1:])
    if words and words[0] != "tui":
        from rules.cli.main import main as command

        command()
        return 0
    return _open(words[1:])


def _open(words: list[str]) -> int:
    options = words[: words.index(_OPTIONS_END)] if _OPTIONS_END in words else words
    if "--help" in options or "-h" in options:
        sys.stdout.write(_HELP)
        return 0
    if options == ["--keys"]:
        from tui.actions import listing
        from tui.app import CaveatApp

        sys.stdout.write(listing(CaveatApp))
        return 0
    if wrong := next((word for word in options if word.startswith("-")), None):
        remedy = "for standard input use `caveat rate -`" if wrong == "-" else "it takes files and folders only"
        return _refuse(f"no option {wrong!r}; {remedy}")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _refuse("the screen needs a terminal; use `caveat rate FILE` to print a rating")
    files = [word for place, word in enumerate(words) if word != _OPTIONS_END or _OPTIONS_END in words[:place]]
    gc.disable()  # until the first paint: looking through what a cold start makes is a good part of it
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # or pydantic reads every installed distribution for them
    from rules.errors import RulesError

    try:
        return _run(files)
    except RulesError as error:
        return _refuse(f"{error.title[:1].lower()}{error.title[1:]}: {error.message}")


def _run(files: list[str]) -> int:
    """Open the screen until it is left. Raises RulesError for a configuration that cannot stand."""
    from pathlib import Path

    from rules.config import load
    from tui.app import CaveatApp
    from tui.desk import Desk

    # Absolute, so that the next start finds them wherever it is made.
    sources = [word if "://" in word else str(Path(word).absolute()) for word in files]
    app = CaveatApp(sources, desk=Desk(load()))
    app.run()
    return app.return_code or 0


def _refuse(message: str) -> int:
    sys.stderr.write(f"caveat tui: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
