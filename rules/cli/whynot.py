"""`caveat whynot`: what was needed, what was found."""

import datetime as dt

import click

from rules.cli.ledger import entry_option
from rules.cli.options import colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.whynot import whynot_level, whynot_rule
from rules.render.closing import closed
from rules.render.json import dumps
from rules.render.tree import tree


@click.command("whynot")
@click.argument("source", metavar="SOURCE|ID")
@click.argument("goal", metavar="RULE|LEVEL")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, goal: str, form: str, place: str | None, pack_name: str | None, published: dt.datetime | None,
    no_color: bool,
) -> None:  # fmt: skip
    """Why a rule did not fire, or why the level is not another: each condition, needed and found.

    Example: caveat whynot announcement.txt CAP-201
    """
    assessment = assessed(source, pack_name, day(published), place)
    known = goal.isdigit() and int(goal) in assessment.pack.settings.levels
    node = whynot_level(assessment, int(goal)) if known else whynot_rule(assessment, goal)
    click.echo(
        dumps(node.to_json(), indent=2) if form == "json" else closed(tree(node, style(no_color))), nl=form == "json"
    )
