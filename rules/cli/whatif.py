"""`caveat whatif`: the rating with some facts changed."""

import datetime as dt

import click

from rules.cli.ledger import entry_option
from rules.cli.options import colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.change import Add, Change, Drop, parse_set
from rules.explain.whatif import whatif
from rules.render.beside import beside
from rules.render.closing import closed
from rules.render.json import dumps


@click.command("whatif")
@click.argument("source", metavar="SOURCE|ID")
@click.option("--set", "sets", multiple=True, metavar="FACT.FIELD=VALUE", help="Give a field of a fact another value.")
@click.option("--drop", "drops", multiple=True, metavar="FACT", help="Take a fact away.")
@click.option("--add", "adds", multiple=True, metavar="'KIND FIELD=VALUE …'", help="Add a fact.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, sets: tuple[str, ...], drops: tuple[str, ...], adds: tuple[str, ...], form: str,
    place: str | None, pack_name: str | None, published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """Both ratings side by side, and every rule that changed.

    Example: caveat whatif note.txt --add 'commitment form=definitive binding=binding' --drop f7
    """
    changes: list[Change] = [*map(parse_set, sets), *map(Drop, drops), *map(Add, adds)]
    told = whatif(assessed(source, pack_name, day(published), place), changes)
    click.echo(
        dumps(told.to_json(), indent=2) if form == "json" else closed(beside(told, style(no_color))), nl=form == "json"
    )
