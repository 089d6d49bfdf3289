"""Options that several commands share."""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from rules.errors import RulesError
from rules.pack import DEFAULT, Pack, load
from rules.render.style import Style

if TYPE_CHECKING:
    from rules.config import Config

Command = TypeVar("Command", bound=Callable[..., Any])


def pack_option(command: Command) -> Command:
    """`--rules PACK`: a shipped pack's name or a folder."""
    return click.option("--rules", "pack_name", metavar="PACK", help="Rule pack: a name or a folder.")(command)


def published_option(command: Command) -> Command:
    """`--published DATE`: the day of publication, for horizons."""
    return click.option(
        "--published", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of publication, YYYY-MM-DD."
    )(command)


def private_option(command: Command) -> Command:
    """`--allow-private`: addresses of this machine and of private networks, too."""
    return click.option("--allow-private", is_flag=True, help="Fetch addresses of private networks, too.")(command)


def colour_option(command: Command) -> Command:
    """`--no-color`: plain text; also by NO_COLOR or when the output is no terminal."""
    return click.option("--no-color", is_flag=True, help="Plain text, no colour.")(command)


def limit_option(of: str, seconds: float) -> Callable[[Command], Command]:
    """`--limit SECONDS`: how long one of these may take, unless another number is given."""
    return click.option(
        "--limit", type=click.FloatRange(1, 3600), default=seconds, show_default=True, metavar="SECONDS",
        help=f"For one {of}; one that takes longer is given up.",
    )  # fmt: skip


def pack_place(name: str | None) -> str:
    """The pack of `--rules`, that of the configuration or the one that comes first: a name or a folder.

    Raises RulesError for a broken configuration.
    """
    return name or _configured().rules or DEFAULT


def chosen_pack(name: str | None, examples: bool = False) -> Pack:
    """The pack of `pack_place`, its rules with their examples where asked for. Raises RulesError."""
    place = pack_place(name)
    try:
        return load(place, examples)
    except RulesError as error:
        if name or place == DEFAULT:
            raise
        raise _configured().error("rules", f"{error.title}: {error.message}") from None


def _configured() -> "Config":
    from rules.config import load as load_config  # what is told on the command line needs no configuration

    return load_config()


def style(no_color: bool) -> Style:
    """Colour only on a terminal that did not ask to be spared."""
    return Style(not (no_color or os.environ.get("NO_COLOR")) and sys.stdout.isatty())


@contextmanager
def target(out: str | None) -> Iterator[TextIO]:
    """Standard output or the file of `--out`. Raises RulesError if it cannot be written."""
    if out is None or out == "-":
        yield sys.stdout
        return
    try:
        with Path(out).open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
    except OSError as error:
        raise RulesError("Cannot write", f"{out}: {error.strerror or error}; choose another --out") from None


def day(value: dt.datetime | None) -> dt.date | None:
    """The date of a click DateTime."""
    return value.date() if value else None
