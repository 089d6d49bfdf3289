"""`caveat cues`: look at the wordings that the reader knows, and check them."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from facts.announcement import Announcement
from facts.cue import Cue
from facts.cue_check import CueFault, doubled, examples, shipped_cues, unreached
from facts.errors import FactsError
from rules.cli.main import DONE, FOUND, UNREAD, complain
from rules.cli.sources import opened
from rules.render.json import dumps

_WIDTH = 96


@click.group("cues")
def command() -> None:
    """List and check the words and patterns by which facts are found.

    Example: caveat cues show offtake.binding
    """


@command.command("list")
@click.option("--family", "name", help="Only one file of cues, such as offtake.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_cues(name: str | None, form: str) -> None:
    """Every cue, one a line: its name and the words that make it be tried.

    Example: caveat cues list --family offtake
    """
    cues = [cue for cue in shipped_cues() if name in (None, cue.family)]
    if not cues:
        known = ", ".join(dict.fromkeys(cue.family for cue in shipped_cues()))
        raise click.BadParameter(f"no family {name!r}; known: {known}", param_hint="--family")
    if form == "json":
        click.echo(dumps([_as_json(cue) for cue in cues], indent=2))
        return
    for cue in cues:
        click.echo(f"{cue.name}  {', '.join(cue.words)}")


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """One cue: words, pattern, conditions, what it sets.

    Example: caveat cues show offtake.binding
    """
    cue = next((cue for cue in shipped_cues() if cue.name == name), None)
    if cue is None:
        raise click.BadParameter(f"no cue {name!r}; `caveat cues list` names them all", param_hint="NAME")
    for key, value in _as_json(cue).items():
        if value not in (None, {}, False):
            shown = ", ".join(cue.words) if key == "words" else str(value)
            click.echo(textwrap.fill(f"{key + ':':9}{shown}", _WIDTH, subsequent_indent=" " * 9))


@command.command("check")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(sources: tuple[str, ...], form: str) -> int:
    """Find cues that say the same twice and, given texts, cues that no text ever reaches.

    SOURCE is an example list (.toml), a folder of them, or announcements. Exit code 1 if anything is found.

    Example: caveat cues check tests/facts/examples announcements/
    """
    cues = shipped_cues()
    texts = list(_texts(sources))
    read = [each for each in texts if isinstance(each, Announcement)]
    found: list[CueFault] = list(doubled(cues))
    if sources:
        found += unreached(cues, read)
    if form == "json":
        click.echo(dumps({"schema": "caveat/cues-check/1", "findings": [fault.to_json() for fault in found]}, indent=2))
    else:
        for fault in found:
            click.echo(str(fault))
    click.echo(f"{len(cues)} cues, {len(read):,} texts: {len(found) or 'nothing'} found", err=True)
    if len(read) < len(texts):
        return UNREAD
    return FOUND if found else DONE


def _texts(sources: tuple[str, ...]) -> Iterator[Announcement | None]:
    """The texts of all sources; None for one that could not be read, which has been said."""
    for source in sources:
        path = Path(source)
        lists = [path] if path.suffix == ".toml" else sorted(path.glob("*.toml")) if path.is_dir() else []
        try:
            for each in lists:
                yield from examples(each)
        except (FactsError, OSError) as error:
            complain("unreadable", str(error), UNREAD)
            yield None
        if lists:
            continue
        for one in opened([source]):
            if isinstance(one, Announcement):
                yield one
            else:
                complain(one[1].title, one[1].message, UNREAD)
                yield None


def _as_json(cue: Cue) -> dict[str, object]:
    return {
        "name": cue.name, "family": cue.family, "words": list(cue.words), "pattern": cue.pattern, "needs": cue.needs,
        "unless": cue.unless, "sets": dict(cue.sets), "once": cue.once,
    }  # fmt: skip
