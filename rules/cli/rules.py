"""`caveat rules`: look at the rules of a pack; its other commands are imported when they are named."""

import textwrap
from collections.abc import Iterator
from importlib import import_module

import click

from rules.cli.options import chosen_pack, colour_option, pack_option, style
from rules.explain.prose import says, sentence
from rules.render.json import dumps
from rules.render.rule import rule_json, source, weight
from rules.render.style import Style
from rules.rule import Rule

_WIDTH = 96


#: The commands that work on a pack, each in its module.
_COMMANDS = {
    "check": "rules.cli.rules_check",
    "test": "rules.cli.rules_test",
    "coverage": "rules.cli.rules_coverage",
    "mutate": "rules.cli.rules_mutate",
    "docs": "rules.cli.rules_docs",
    "schema": "rules.cli.rules_schema",
    "new": "rules.cli.rules_new",
    "backtest": "rules.cli.rules_backtest",
}


class _Lazy(click.Group):
    """`list` and `show` are here; the rest is imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["list", "show", *_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        return command


@click.group("rules", cls=_Lazy)
def command() -> None:
    """List, show, check, test and write the rules of a pack.

    Example: caveat rules show COM-003
    """


@command.command("list")
@click.option("--theme", help="Only the rules of one theme, such as COM.")
@click.option("--effect", help="Only one effect: finding, concern, mitigant, floor, cap, definition.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def list_rules(theme: str | None, effect: str | None, form: str, pack_name: str | None) -> None:
    """Every rule, one a line: code, effect, title.

    Example: caveat rules list --theme OFF
    """
    pack = chosen_pack(pack_name, examples=form == "json")
    wanted = [
        rule
        for rule in pack.rules
        if (not theme or rule.theme == theme.upper()) and (not effect or rule.effect == effect.lower())
    ]
    if form == "json":
        click.echo(dumps([rule_json(rule) for rule in wanted], indent=2))
        return
    for rule in wanted:
        click.echo(f"{rule.code}  {weight(rule):<14} {rule.title}")
    click.echo(f"{len(wanted)} rules of {pack.title}", err=True)


@command.command("show")
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
@colour_option
def show(code: str, form: str, pack_name: str | None, no_color: bool) -> None:
    """One rule: what it says, why, when it fires, its examples and sources.

    Example: caveat rules show FLR-401
    """
    rule = chosen_pack(pack_name, examples=True).rule(code)
    if form == "json":
        click.echo(dumps(rule_json(rule), indent=2))
    else:
        click.echo("\n".join(_page(rule, style(no_color))))


def _page(rule: Rule, paint: Style) -> Iterator[str]:
    yield paint.strong(f"{rule.code}  {rule.title}")
    yield f"{weight(rule)}" + (f", theme {rule.theme}, severity {rule.severity}" if rule.theme else "")
    if rule.says:
        yield from _block("Says", [sentence(says(rule))], paint)
    yield from _block("Why", [rule.because], paint)
    yield from _block("Fires when", [f"there is {pattern}" for pattern in rule.when], paint)
    yield from _block("and one of" if rule.when else "Fires when one of", [str(p) for p in rule.any], paint)
    absent = "and there is no" if rule.when or rule.any else "Fires when there is no"
    yield from _block(absent, [str(pattern) for pattern in rule.unless], paint)
    yield from _block("Examples", [f"{example.expect or 'gives'}: {example.name}" for example in rule.examples], paint)
    yield from _block("Sources", [source(each) for each in rule.sources], paint)
    yield f"Since version {rule.since}, {rule.status}. {rule.file}, {rule.digest[:19]}"


def _block(title: str, items: list[str], paint: Style) -> Iterator[str]:
    if items:
        yield paint.strong(title)
    for item in items:
        yield from textwrap.wrap(item, _WIDTH, initial_indent="  ", subsequent_indent="    ")
