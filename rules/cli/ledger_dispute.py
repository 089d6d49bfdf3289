"""`caveat ledger override|challenge|prune`: other opinions on record, and what need not be kept any longer."""

import datetime as dt

import click

from facts.text.visible import one_line
from rules.cli.ledger import asker, because_option, ledger_option, moment, who_option
from rules.cli.options import day
from rules.ledger import dispute
from rules.ledger.place import open_ledger
from rules.ledger.retention import ROLES, prune


@click.command("override")
@click.argument("identity", metavar="ID")
@click.option("--level", required=True, type=click.IntRange(1, 5))
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day on which it stands.")
@because_option
@who_option
@ledger_option
def override_(
    identity: str, level: int, until: dt.datetime | None, because: str, who: str | None, place: str | None
) -> None:
    """Set another level for a rating, with a reason. The rating stays as it is, and both are shown.

    Example: caveat ledger override 12 --level 3 --until 2026-12-31 --because 'site visit on 2 June'
    """
    with open_ledger(place, write=True, existing=True) as ledger:
        rating = ledger.rating(identity)
        made = dispute.override(ledger, rating, level, because, day(until), asker(who))
    click.echo(f"Entry {made.seq}: entry {rating.seq} is rated {rating.level}, overridden to {level}")


@click.command("challenge")
@click.argument("identity", metavar="ID")
@click.argument("fact")
@because_option
@who_option
@ledger_option
def challenge_(identity: str, fact: str, because: str, who: str | None, place: str | None) -> None:
    """Dispute a fact of a rating; its level with and without the fact stays on record.

    Example: caveat ledger challenge 12 f3 --because 'the letter of intent lapsed in May'
    """
    with open_ledger(place, write=True, existing=True) as ledger:
        made = dispute.challenge(ledger, ledger.rating(identity), fact, because, asker(who)).data
    click.echo(one_line(f"Entry {made['seq']}: {fact} disputed: {made['says']}"))
    click.echo(
        f"Level {made['level']} with it, {made['without']} without; rules on it: {' '.join(made['rests']) or '-'}"
    )


@click.command("prune")
@click.option("--before", required=True, metavar="DATE", help="Entries recorded before that day.")
@click.option("--what", "roles", required=True, multiple=True, type=click.Choice(ROLES), help="What goes; repeatable.")
@because_option
@ledger_option
def prune_(before: str, roles: tuple[str, ...], because: str, place: str | None) -> None:
    """Delete contents of old entries. Their digests stay, so that every proof and checkpoint stays valid; who asked is
    masked by --what who. First `export` what must be kept whole, then `checkpoint`, then prune.

    Example: caveat ledger prune --before 2024-01-01 --what text --what document --because 'retention of two years'
    """
    with open_ledger(place, write=True, existing=True) as ledger:
        entry, count = prune(ledger, moment(before) or "", roles, because)
    click.echo(f"Entry {entry.seq}: {count:,} contents of the entries before {entry.data['upto']:,} are gone")
