"""`caveat ledger`: its subcommands, imported when they are named, and the options that they share."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import click

from rules.errors import RulesError

Command = TypeVar("Command", bound=Callable[..., Any])

_COMMANDS = {
    "list": ("rules.cli.ledger_read", "list_"),
    "show": ("rules.cli.ledger_read", "show"),
    "history": ("rules.cli.ledger_read", "history"),
    "verify": ("rules.cli.ledger_proof", "verify_"),
    "replay": ("rules.cli.ledger_again", "replay_"),
    "diff": ("rules.cli.ledger_again", "diff"),
    "recall": ("rules.cli.ledger_again", "recall"),
    "impact": ("rules.cli.ledger_again", "impact_"),
    "keygen": ("rules.cli.ledger_proof", "keygen"),
    "checkpoint": ("rules.cli.ledger_proof", "checkpoint"),
    "export": ("rules.cli.ledger_proof", "export_"),
    "override": ("rules.cli.ledger_dispute", "override_"),
    "challenge": ("rules.cli.ledger_dispute", "challenge_"),
    "prune": ("rules.cli.ledger_dispute", "prune_"),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group("ledger", cls=Lazy)
def command() -> None:
    """The record of ratings: what was rated when, on which facts and rules, and that nothing was altered since.

    Example: caveat rate note.txt --save && caveat ledger list
    """


def ledger_option(command: Command) -> Command:
    """`--ledger PATH|URL`: a file or a postgresql:// address."""
    told = "A file or a postgresql:// address; default: CAVEAT_LEDGER, the configuration, a file in your data folder."
    return click.option("--ledger", "place", metavar="PATH|URL", help=told)(command)


def entry_option(command: Command) -> Command:
    """`--ledger PATH|URL` of a command that takes SOURCE|ID: then it is an ID."""
    told = "The ledger of ID; for a number that is no file: CAVEAT_LEDGER, the configuration, your data folder."
    return click.option("--ledger", "place", metavar="PATH|URL", help=told)(command)


def who_option(command: Command) -> Command:
    """`--who NAME`: who asks, for the record."""
    return click.option(
        "--who", metavar="NAME", help="Who asks, for the record; default: CAVEAT_WHO, the configuration."
    )(command)


def because_option(command: Command) -> Command:
    """`--because TEXT`: the reason, which is asked for."""
    return click.option("--because", required=True, metavar="TEXT", help="The reason; it stays on record.")(command)


def form_option(*forms: str) -> Callable[[Command], Command]:
    """`--format`: the first form is the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


def asker(given: str | None) -> str:
    """Who asks: the name given, that of CAVEAT_WHO, that of the configuration, or nobody. Raises RulesError."""
    return given or os.environ.get("CAVEAT_WHO") or _configured("who")


def demanded(given: str | None) -> str:
    """The verifier key or its file: given, that of CAVEAT_VERIFIER, that of the configuration; empty for none.

    Raises RulesError.
    """
    return given or os.environ.get("CAVEAT_VERIFIER") or _configured("verifier")


def moment(day: str | None, end: bool = False) -> str | None:
    """An ISO date (or time) as the ledger compares it; with `end`, the moment when that day is over.

    Raises RulesError for what is no date.
    """
    import datetime as dt

    if day is None:
        return None
    try:
        found = dt.datetime.fromisoformat(day)
    except ValueError:
        raise RulesError("Not a date", f"{day!r}: write 2026-05-31 or 2026-05-31T14:00") from None
    if end and len(day) <= len("2026-05-31"):
        found += dt.timedelta(days=1)
    aware = found.astimezone(dt.UTC) if found.tzinfo else found
    return f"{aware:%Y-%m-%dT%H:%M:%S.%fZ}"


def _configured(key: str) -> str:
    from rules.config import load  # a rating that is not saved must not pay for a parser of TOML

    value: str = getattr(load(), key)
    return value
