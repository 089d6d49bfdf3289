"""`caveat ledger list|show|history`: what is on record."""

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from facts.text.visible import one_line
from rules.cli.ledger import form_option, ledger_option, moment
from rules.ledger import opinion
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.identity import folded
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from rules.render.json import dumps

_PAGE = 500
_HEADING = f"{'id':>7}  {'recorded (UTC)':<16}  {'kind':<9}  {'level':<6} {'class':<17} {'issuer':<28} name"


@click.command("list")
@click.option("--kind", type=click.Choice(["rating", "reading", "override", "challenge", "prune"]))
@click.option("--issuer", metavar="NAME", help="The announcer, or the publisher where none is named.")
@click.option("--story", metavar="KEY", help="The same wire under other mastheads shares it.")
@click.option("--name", metavar="FILE", help="The document's name.")
@click.option("--class", "announcement_class", metavar="CLASS")
@click.option("--level", type=click.IntRange(1, 5))
@click.option("--pack", metavar="DIGEST", help="The pack's digest, or its beginning: sha256:3fa2.")
@click.option("--reader", metavar="VERSION", help="The reader's version, or its beginning.")
@click.option("--rule", metavar="CODE", help="A rule that fired.")
@click.option("--cue", metavar="NAME", help="A cue that produced a fact, or a file of cues: offtake.loi, offtake.")
@click.option("--since", metavar="DATE", help="Recorded on that day or later.")
@click.option("--until", metavar="DATE", help="Recorded on that day or earlier.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="The newest so many; 0: all.")
@form_option("text", "json", "jsonl")
@ledger_option
def list_(limit: int, form: str, place: str | None, since: str | None, until: str | None, **asked: Any) -> None:
    """Entries, the newest first.

    Example: caveat ledger list --issuer 'Acme Lithium' --level 5
    """
    if asked["issuer"]:
        asked["issuer"] = folded(asked["issuer"])
    if asked["rule"]:
        asked["rule"] = asked["rule"].upper()
    wanted = Filter(since=moment(since), before=moment(until, end=True), **asked)
    with open_ledger(place) as ledger:
        shown, passing = ledger.newest(wanted, limit)
        pages = (ledger.at(shown[at : at + _PAGE]) for at in range(0, len(shown), _PAGE))
        if form == "text":
            click.echo(_HEADING)
            for page in pages:
                standing = opinion.standing(ledger, page)
                for entry in page:
                    click.echo(_line(entry, standing.get(entry.seq)))
        else:
            _write((entry.data for page in pages for entry in page), form)
    if passing > len(shown):
        click.echo(f"caveat: {passing - len(shown):,} older entries not shown; --limit 0 shows all", err=True)


@click.command("show")
@click.argument("identity", metavar="ID")
@form_option("text", "json")
@ledger_option
def show(identity: str, form: str, place: str | None) -> None:
    """One rating: what it says, on what it rests, who asked, and every other opinion on record.

    Example: caveat ledger show 12
    """
    with open_ledger(place) as ledger:
        shown = _shown(ledger, ledger.rating(identity))
    if form == "json":
        click.echo(dumps(shown, indent=2))
        return
    for label, value in _told(shown):
        click.echo(f"  {label:<10} {one_line(value)}" if label else one_line(value))


@click.command("history")
@click.argument("name")
@click.option("--by-story", is_flag=True, help="NAME is the key of a story.")
@form_option("text", "json", "jsonl")
@ledger_option
def history(name: str, by_story: bool, form: str, place: str | None) -> None:
    """The levels of one company over time, story by story; the same wire under two mastheads is one story.

    Example: caveat ledger history 'Acme Lithium Corp.'
    """
    wanted = Filter(story=name) if by_story else Filter(issuer=folded(name))
    with open_ledger(place) as ledger:
        found = list(ledger.entries(wanted))
        if form != "text":
            _write((entry.data for entry in found), form)
            return
        if not found:
            click.echo(f"caveat: nothing on record of {one_line(name)}", err=True)
        standing = opinion.standing(ledger, found)
        previous: int | None = None
        for story, entries in itertools.groupby(found, key=lambda entry: entry.data.get("story", "")):
            click.echo(f"story {story or '-'}")
            for entry in entries:
                moved = ""
                if entry.kind == "rating" and entry.level is not None:
                    moved = f"  (was {previous})" if previous not in (None, entry.level) else ""
                    previous = entry.level
                click.echo(_line(entry, standing.get(entry.seq)) + moved)


def _line(entry: Entry, standing: opinion.Override | None) -> str:
    data = entry.data
    level = str(entry.level or "-")
    if standing is not None:
        level += f">{standing.level}"
    about = f" (of {entry.about})" if entry.about is not None else ""
    issuer = one_line(str(data.get("announcer") or data.get("issuer") or "-"))
    name = one_line(entry.name or "-") + about
    head = f"{entry.seq:>7}  {entry.time[:16].replace('T', ' ')}  {entry.kind:<9}  {level:<6} "
    return f"{head}{data.get('class') or '-':<17} {_cut(issuer, 28):<28} {name}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _write(rows: Iterable[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(dumps(list(rows), indent=2))
        return
    for row in rows:
        click.echo(dumps(row))


def _shown(ledger: Ledger, rating: Entry) -> dict[str, Any]:
    assessment = ledger.content(rating, "assessment")
    standing = opinion.in_force(ledger, rating)
    return {
        "entry": rating.data,
        "who": _who(ledger, rating),
        "assessment": json.loads(assessment) if assessment is not None else None,
        "override": standing.entry.seq if standing else None,
        "related": [entry.data | {"who": _who(ledger, entry)} for entry in ledger.entries(Filter(about=rating.seq))],
    }


def _who(ledger: Ledger, entry: Entry) -> str | None:
    """Who asked; None where nobody was named, a note where the name was masked."""
    if "who" not in entry.content:
        return None
    data = ledger.content(entry, "who")
    return str(json.loads(data)["name"]) if data is not None else f"masked ({entry.content['who'][:12]})"


def _told(shown: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is shown, each with its label; the headline has none."""
    entry, assessment = shown["entry"], shown["assessment"]
    source = entry.get("source", {})
    yield "", f"Entry {entry['seq']}, recorded {entry['time']}" + (f" for {shown['who']}" if shown["who"] else "")
    if source:
        yield "document", f"{source['name']} ({source['media_type']}, {source['chars']} characters)"
        yield from ((name, source[name]) for name in ("title", "publisher", "url", "published") if name in source)
        yield "digest", f"sha256:{source['sha256']}"
    yield "issuer", f"{entry.get('announcer', 'not named')}; story {entry.get('story', '-')}"
    yield "pack", f"{entry['pack']['name']} {entry['pack']['version']}, {entry['pack']['digest']}"
    yield "made by", ", ".join(f"{name} {value}" for name, value in entry["versions"].items())
    if assessment is None:
        yield "level", f"{entry['level'] or 'not rated'}; the assessment is no longer kept, only its digest"
    elif entry["level"] is None:
        yield "not rated", assessment["not_rated"].get("because", "")
    else:
        name, score = assessment["level_name"], assessment["score"]
        yield "level", f"{entry['level']} {name} (score {score}, {entry['class']})"
        yield "because", assessment["summary"]
        yield "rests on", f"{len(assessment['facts'])} facts, {len(entry['fired'])} rules: {' '.join(entry['fired'])}"
    yield from ((f"entry {other['seq']}", _opinion(other, shown["override"])) for other in shown["related"])


def _opinion(entry: dict[str, Any], standing: int | None) -> str:
    day, who = entry["time"][:10], f" by {entry['who']}" if entry["who"] else ""
    if entry["kind"] == "override":
        until = f" until {entry['until']}" if "until" in entry else ""
        state = "" if entry["seq"] == standing else " (not in force)"
        return f"{day}: overridden{who}: {entry['rated']} to {entry['level']}{until}{state}: {entry['because']}"
    if entry["kind"] == "challenge":
        without = f"level {entry['level']} with it, {entry['without']} without"
        resting = f"; {len(entry['rests'])} rules rest on it" if entry["rests"] else ""
        return f"{day}: {entry['fact']} disputed{who} ({entry['says']}): {without}{resting}: {entry['because']}"
    return f"{day}: read again{who} as {entry.get('source', {}).get('name', '-')}"
