"""`caveat challenge`: dispute a fact, and see the rating with and without it."""

import datetime as dt

import click

from rules.cli.options import chosen_pack, colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.challenge import challenge
from rules.render.challenge import challenged
from rules.render.json import dumps


@click.command("challenge")
@click.argument("source")
@click.argument("fact")
@click.option("--because", required=True, metavar="TEXT", help="Why the fact is disputed.")
@click.option("--who", default="", metavar="NAME", help="Who disputes it.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the challenge.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
@published_option
@colour_option
def command(
    source: str, fact: str, because: str, who: str, on: dt.datetime | None, form: str, pack_name: str | None,
    published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """Dispute a fact: what rests on it is marked, and the rating is given with and without it.

    Example: caveat challenge announcement.txt f3 --because "the paper is a draft"
    """
    assessment, dated = assessed(source, chosen_pack(pack_name), day(published)), day(on)
    told = challenge(assessment, fact, because, who, dated.isoformat() if dated else "")
    click.echo(
        dumps(told.to_json(), indent=2) if form == "json" else challenged(told, style(no_color)), nl=form == "json"
    )
