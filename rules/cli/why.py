"""`caveat why`: the proof, down to the sentence; and what the level hangs on."""

import datetime as dt

import click

from rules.assessment import Assessment
from rules.cli.ledger import entry_option
from rules.cli.options import colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed
from rules.explain.node import Node
from rules.explain.robust import robustness
from rules.explain.why import facts_only, why, why_of
from rules.render.closing import closed
from rules.render.json import dumps
from rules.render.robust import robust_text
from rules.render.style import Style
from rules.render.tree import tree
from rules.render.why import why_text


@click.command("why")
@click.argument("source", metavar="SOURCE|ID")
@click.argument("conclusion", required=False)
@click.option("--of", "of", metavar="NAME", help="The same as CONCLUSION: a rule, fact, theme, slot or finding.")
@click.option("--depth", type=click.IntRange(0), help="At most so many levels.")
@click.option("--facts-only", "only_facts", is_flag=True, help="Only the facts at the bottom, each once.")
@click.option("--robustness", "robust", is_flag=True, help="What the level hangs on, and what no rule used.")
@click.option("--format", "form", type=click.Choice(["text", "tree", "json"]), default="text", show_default=True)
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, conclusion: str | None, of: str | None, depth: int | None, only_facts: bool, robust: bool, form: str,
    place: str | None, pack_name: str | None, published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """Why the rating is what it is: from the level to the sentences, all proofs, absences with their search.

    text is prose, tree shows every step, json is for programs.

    Example: caveat why announcement.txt FLR-401
    """
    assessment = assessed(source, pack_name, day(published), place)
    if robust:
        found = robustness(assessment)
        told = dumps(found.to_json(), indent=2) + "\n" if form == "json" else closed(robust_text(found, assessment))
        click.echo(told, nl=False)
        return
    node = _node(assessment, of or conclusion, only_facts, depth)
    click.echo(_printed(node, form, style(no_color)), nl=False)


def _node(assessment: Assessment, name: str | None, only_facts: bool, depth: int | None) -> Node:
    node = why_of(assessment, name) if name else why(assessment)
    if only_facts:
        node = facts_only(node)
    return node if depth is None else node.cut(depth)


def _printed(node: Node, form: str, style: Style) -> str:
    if form == "json":
        return dumps(node.to_json(), indent=2) + "\n"
    return closed(tree(node, style) if form == "tree" else why_text(node, style))
