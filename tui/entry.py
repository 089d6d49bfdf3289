"""The command `caveat`: opens the screen, or hands every other word to the command line. Imports nothing heavy."""

import sys

_HELP = """\
Usage: caveat tui [FILE...]

Opens the screen: a list of announcements, each with its rating and the proof of it.
FILE is an announcement (text, HTML, PDF, mail, feed, JSON) or a folder of them; without any, the screen offers
samples.

Example: caveat tui announcements/
"""
_OPTIONS_END = "--"


def main() -> int:
    """Run `caveat`. Returns the exit code: 2 for wrong usage of the screen; the command line exits by itself."""
    words = sys.argv[1:]
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
    if wrong := next((word for word in options if word.startswith("-")), None):
        remedy = "for standard input use `caveat rate -`" if wrong == "-" else "it takes files and folders only"
        return _refuse(f"no option {wrong!r}; {remedy}")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _refuse("the screen needs a terminal; use `caveat rate FILE` to print a rating")
    files = [word for place, word in enumerate(words) if word != _OPTIONS_END or _OPTIONS_END in words[:place]]
    from tui.app import CaveatApp

    app = CaveatApp(files)
    app.run()
    return app.return_code or 0


def _refuse(message: str) -> int:
    sys.stderr.write(f"caveat tui: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
