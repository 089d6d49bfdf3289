"""One session of `caveat serve`: the screen, sealed. The server starts it; nobody types this."""

import argparse
import sys
from dataclasses import replace

from rules.config import load
from rules.errors import RulesError
from tui.app import CaveatApp
from tui.desk import Desk


def main(words: list[str] | None = None) -> int:
    """Run a session until it is left or its page is closed."""
    parser = argparse.ArgumentParser(prog="python -m tui.served", allow_abbrev=False)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ledger")
    parser.add_argument("sources", nargs="*")
    given = parser.parse_args(words)
    try:
        app = CaveatApp(given.sources, desk=desk(given.write, given.ledger), remember=False)
    except RulesError as error:
        sys.stderr.write(f"caveat serve: {error.title}: {error.message}\n")
        return 2
    app.run()
    return app.return_code or 0


def desk(write: bool = False, ledger: str | None = None) -> Desk:
    """What a browser may have of the screen: nothing is opened, written or remembered. Raises RulesError."""
    config = replace(load(), watch=(), feeds=())  # what is watched was not named for whoever looks on
    return Desk(config, ledger, read_only=not write, sealed=True)


if __name__ == "__main__":
    sys.exit(main())
