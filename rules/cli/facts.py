"""`caveat facts`: what was read, with its words; what was looked for; what stayed unread."""

import datetime as dt
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from facts.codec import to_json
from facts.extract import read
from facts.fact import Fact
from facts.reading import Reading
from facts.text.visible import one_line
from facts.why import cue_named
from facts.why import why as evidence_of
from rules.assessment import source_json
from rules.cli.main import UNREAD, complain
from rules.cli.options import colour_option, day, private_option, published_option, style
from rules.cli.sources import opened
from rules.explain import prose
from rules.memory import kind_of
from rules.render.json import error_json, write_json
from rules.render.style import Style

_DEFAULTS = {"affirmed", "agreed", "event", "first_hand"}


@click.command("facts")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.option("--why", metavar="ID", help="Only this fact (f3): its places, the cues that matched, what decided.")
@published_option
@private_option
@colour_option
def command(
    sources: tuple[str, ...],
    form: str,
    why: str | None,
    published: dt.datetime | None,
    allow_private: bool,
    no_color: bool,
) -> int:
    """What was read: each fact with its words, each search that found nothing, unread sentences.

    Example: caveat facts announcement.txt
    """
    failed = False
    rows: list[dict[str, Any]] = []
    for source in opened(sources, day(published), allow_private):
        if isinstance(source, tuple):
            failed = True
            complain(source[1].title, source[1].message, UNREAD)
            rows.append(error_json(*source))
            continue
        reading = read(source)
        if why:
            failed |= not _say_why(reading, why)
        elif form == "text":
            click.echo("\n".join(_lines(reading, style(no_color))))
        else:
            rows.append(reading_json(reading))
    if form != "text" and not why:
        write_json(rows, sys.stdout, lines=form == "jsonl")
    return UNREAD if failed else 0


def reading_json(reading: Reading) -> dict[str, Any]:
    """A reading in the documented shape."""
    return {
        "schema": "caveat/reading/1",
        "source": source_json(reading.announcement),
        "in_scope": reading.scope.in_scope,
        "because": reading.scope.because,
        "borderline": reading.scope.borderline,
        "class": reading.classification and reading.classification.name,
        "class_because": reading.classification and reading.classification.because,
        "runner_up": reading.classification and reading.classification.runner_up,
        "facts": [to_json(fact) for fact in reading.facts],
        "searches": [{"slot": s.slot, "tried": list(s.tried), "found": s.found} for s in reading.searches],
        "unread": [list(span) for span in reading.unread],
    }


def _say_why(reading: Reading, name: str) -> bool:
    """Print why one fact was read; False, and a complaint, where the announcement has no fact of that name."""
    fact = next((fact for fact in reading.facts if fact.id == name.lower()), None)
    if fact is None:
        known = f"it has f1 to f{len(reading.facts)}" if reading.facts else "nothing was read from it"
        complain("No such fact", f"{one_line(reading.announcement.name)} has no fact {name!r}: {known}", UNREAD)
        return False
    click.echo("\n".join(_because(reading, fact)))
    return True


def _because(reading: Reading, fact: Fact) -> Iterator[str]:
    yield from _fact(fact, Style(False))
    shown: set[str] = set()
    for found in evidence_of(reading.announcement, fact):
        words = textwrap.shorten(one_line(reading.announcement.text[slice(*found.span)]), 90)
        yield f"  {found.span.start}-{found.span.end} in the {found.part}: “{words}”"
        for name in found.cues:
            yield f"      cue {name}"
            if name not in shown:
                yield from _cue(name)
                shown.add(name)
        stance = found.stance
        said = ", ".join((stance.polarity, stance.modality, stance.layer, stance.attribution))
        yield f"      read as {said}: " + (", ".join(stance.because) or "no word near it says otherwise")


def _cue(name: str) -> Iterator[str]:
    """The cue as its file has it; nothing for what an extractor reads without cue data."""
    cue = cue_named(name)
    if cue is None:
        return
    yield f"        in facts/cues/{cue.family}.toml, words {', '.join(cue.words)}"
    for key in ("pattern", "needs", "unless"):
        if value := getattr(cue, key):
            yield f"        {key} {value}"


def _lines(reading: Reading, paint: Style) -> Iterator[str]:
    yield paint.dim(one_line(reading.announcement.name))
    if reading.classification is None:
        yield prose.not_rated(reading.scope)
        return
    known = reading.classification
    also = f" (next: {known.runner_up})" if known.runner_up else ""
    yield f"Class {known.name}{also}: {one_line(known.because)}"
    yield ""
    yield paint.strong(f"{len(reading.facts)} facts")
    for fact in reading.facts:
        yield from _fact(fact, paint)
    searched = [search for search in reading.searches if not search.found]
    yield ""
    yield paint.strong(f"{len(searched)} searches found nothing")
    for search in searched:
        yield f"  {search.slot}: tried {', '.join(search.tried) or 'nothing'}"
    yield ""
    yield paint.strong(f"{len(reading.unread)} sentences gave nothing")
    for span in reading.unread:
        yield f"  {span.start}-{span.end}: " + textwrap.shorten(one_line(reading.announcement.text[slice(*span)]), 90)


def _fact(fact: Fact, paint: Style) -> Iterator[str]:
    fields = ", ".join(f"{name} {value}" for name, value in fact.fields.items() if value != "unstated")
    stance = [fact.polarity, fact.modality, fact.layer, fact.attribution]
    marked = ", ".join(value for value in stance if value not in _DEFAULTS)
    subject = f" {one_line(fact.subject)}:" if fact.subject else ""
    yield f"  {fact.id:<4}{paint.strong(kind_of(fact))}{subject} {fields}" + (f"  [{marked}]" if marked else "")
    for span in fact.spans[:1]:
        yield paint.dim(f"      {span.start}-{span.end} “{one_line(fact.quote or '')}”")
