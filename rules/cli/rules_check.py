"""`caveat rules check`: what is wrong with a pack, all of it in one run."""

import click

from rules.bundle import BELOW, is_shipped
from rules.cli.main import DONE, FOUND
from rules.cli.options import pack_option, pack_place
from rules.lint.check import checked
from rules.lint.finding import Finding
from rules.lint.read import read
from rules.render.json import dumps


@click.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(form: str, pack_name: str | None) -> int:
    """Find misspelt, dead, doubled, shadowed and undocumented rules, and those that break the monotone discipline.

    Every finding has a code, file, line and remedy. Exit code 1 if there is any. What is called dead, doubled or out
    of reach is proved over all possible facts.

    Example: caveat rules check --rules my_pack
    """
    place = pack_place(pack_name)
    draft = read(place)
    found = checked(draft)
    if form == "json":
        click.echo(dumps({"schema": "caveat/rules-check/1", "findings": [each.to_json() for each in found]}, indent=2))
    else:
        for finding in found:
            click.echo(f"{_folder(place, finding)}{finding}")
    click.echo(
        _summary(found, draft.pack.title if draft.pack else place, len(draft.pack.rules) if draft.pack else 0), err=True
    )
    return FOUND if found else DONE


def _folder(place: str, finding: Finding) -> str:
    """The folder to put before the file; none for shipped packs and for what stands in the pack below."""
    return "" if is_shipped(place) or finding.file.startswith(BELOW) else f"{place.rstrip('/')}/"


def _summary(found: list[Finding], title: str, rules: int) -> str:
    if not found:
        return f"{title}: {rules} rules, nothing found"
    return (
        f"{title}: {len(found)} finding{'s' if len(found) > 1 else ''} in {len({f.file for f in found})} of its files"
    )
