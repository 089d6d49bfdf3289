"""`caveat info`: what a bug report needs."""

import platform
from importlib.metadata import version
from typing import Any

import click

from rules.cli.options import chosen_pack, pack_option
from rules.ownership import check_ownership
from rules.pack import Pack
from rules.render.json import dumps


@click.command("info")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(form: str, pack_name: str | None) -> None:
    """Versions, pack and digests.

    Example: caveat info --format json
    """
    check_ownership()
    facts = gather(chosen_pack(pack_name))
    if form == "json":
        click.echo(dumps(facts, indent=2))
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):<16}{value}")


def gather(pack: Pack) -> dict[str, Any]:
    """Versions of the program, its engine and Python; the pack, its digest and how many rules it holds."""
    effects: dict[str, int] = {}
    for rule in pack.rules:
        effects[rule.effect] = effects.get(rule.effect, 0) + 1
    return {
        "caveat": version("caveat"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "durable_rules": version("durable_rules"),
        "engine": _engine(pack),
        "pack": pack.title,
        "digest": pack.digest,
        "rules": f"{len(pack.rules)} ({', '.join(f'{n} {effect}' for effect, n in effects.items())})",
    }


def _engine(pack: Pack) -> str:
    from rules.engine import Durable

    Durable(pack)
    return "loads"
