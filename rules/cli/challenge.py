"""`caveat challenge`: dispute a fact, and see the rating with and without it; of an entry, on record."""

import datetime as dt

import click

from rules.cli.ledger import asker, because_option, entry_option, form_option
from rules.cli.options import colour_option, day, pack_option, published_option, style
from rules.cli.subject import assessed, is_entry, rerated
from rules.errors import RulesError
from rules.explain.challenge import Challenge, challenge
from rules.render.challenge import challenged
from rules.render.json import dumps


@click.command("challenge")
@click.argument("source", metavar="SOURCE|ID")
@click.argument("fact")
@because_option
@click.option("--who", metavar="NAME", help="Who disputes it; of an entry, default: CAVEAT_WHO, the configuration.")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the challenge.")
@form_option("text", "json")
@entry_option
@pack_option
@published_option
@colour_option
def command(
    source: str, fact: str, because: str, who: str | None, on: dt.datetime | None, form: str, place: str | None,
    pack_name: str | None, published: dt.datetime | None, no_color: bool,
) -> None:  # fmt: skip
    """Dispute a fact: what rests on it is marked, and the rating is given with and without it. The challenge of an
    entry is recorded in the ledger; the rating stays as it is.

    Example: caveat challenge announcement.txt f3 --because "the paper is a draft"
    """
    if is_entry(source, place):
        refused = {"--on": on, "--published": published, "--rules": pack_name}
        if given := [name for name, value in refused.items() if value is not None]:
            raise RulesError("Not of an entry", f"{given[0]}: entry {source} is challenged today, as it was rated")
        told = _recorded(source, fact, because, asker(who), place)
    else:
        assessment, dated = assessed(source, pack_name, day(published)), day(on)
        told = challenge(assessment, fact, because, who or "", dated.isoformat() if dated else "")
    if form == "json":
        click.echo(dumps(told.to_json(), indent=2))
    else:
        click.echo(challenged(told, style(no_color)), nl=False)


def _recorded(identity: str, fact: str, because: str, who: str, place: str | None) -> Challenge:
    """The challenge of an entry, on record. Raises RulesError, also where there is no such ledger or entry."""
    from rules.ledger import dispute
    from rules.ledger.place import open_ledger

    with open_ledger(place, write=True, existing=True) as ledger:
        entry = ledger.rating(identity)
        made = challenge(rerated(ledger, entry), fact, because, who, f"{ledger.clock():%Y-%m-%d}")
        number = dispute.keep(ledger, entry, made, who).seq
    click.echo(f"caveat: recorded as entry {number}", err=True)
    return made
