"""`caveat distance`: the smallest changes that move the level."""

import datetime as dt

import click

from rules.cli.ledger import entry_option
from rules.cli.options import colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.distance import distance
from rules.render.json import dumps
from rules.render.ways import candidate_list, ways


@click.command("distance")
@click.argument("source", metavar="SOURCE|ID")
@click.option("--deep", is_flag=True, help="Sets of up to three changes, not two.")
@click.option("--all", "all_ways", is_flag=True, help="Print every set, however many there are.")
@click.option("--candidates", "listed", is_flag=True, help="Print the changes that are tried.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, deep: bool, all_ways: bool, listed: bool, form: str, place: str | None, pack_name: str | None,
    published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """All smallest sets of changes that lower or raise the level, found by trying every one.

    Example: caveat distance announcement.txt --deep
    """
    found = distance(assessed(source, pack_name, day(published), place), 3 if deep else 2)
    if form == "json":
        click.echo(dumps(found.to_json(listed), indent=2))
        return
    click.echo(ways(found, style(no_color), all_ways), nl=False)
    if listed:
        click.echo(candidate_list(found), nl=False)
