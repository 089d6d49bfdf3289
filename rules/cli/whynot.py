"""`caveat whynot`: what was needed, what was found."""

import datetime as dt

import click

from rules.cli.options import chosen_pack, colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.whynot import whynot_level, whynot_rule
from rules.render.closing import closed
from rules.render.json import dumps
from rules.render.tree import tree


@click.command("whynot")
@click.argument("source")
@click.argument("goal", metavar="RULE|LEVEL")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
@published_option
@colour_option
def command(
    source: str, goal: str, form: str, pack_name: str | None, published: dt.datetime | None, no_color: bool
) -> None:
    """Why a rule did not fire, or why the level is not another: each condition, needed and found.

    Example: caveat whynot announcement.txt CAP-201
    """
    assessment = assessed(source, chosen_pack(pack_name), day(published))
    known = goal.isdigit() and int(goal) in assessment.pack.settings.levels
    node = whynot_level(assessment, int(goal)) if known else whynot_rule(assessment, goal)
    click.echo(
        dumps(node.to_json(), indent=2) if form == "json" else closed(tree(node, style(no_color))), nl=form == "json"
    )
