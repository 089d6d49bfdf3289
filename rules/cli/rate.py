"""`caveat rate`: announcements in, ratings out."""

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

import click

from facts.errors import FactsError
from facts.extract import read
from rules.assess import Which, assess, disagreement
from rules.assessment import Assessment
from rules.cli.ledger import ledger_option, who_option
from rules.cli.main import DONE, FOUND, INTERNAL, UNREAD, complain, settle
from rules.cli.options import (
    chosen_pack,
    colour_option,
    day,
    pack_option,
    private_option,
    published_option,
    style,
    target,
)
from rules.cli.sources import Opened, opened
from rules.errors import RulesError
from rules.explain import prose
from rules.pack import Pack
from rules.render.json import error_json, write_json
from rules.render.row import Row
from rules.render.text import text

FORMATS = ("text", "json", "jsonl", "csv", "md", "html", "mermaid")
_WIDEST = 100
_NARROWEST = 40


@dataclass
class Tally:
    """What the exit code depends on, gathered while rows pass by."""

    highest: int = 0
    unrated: bool = False
    unread: bool = False
    disagreed: bool = False

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows; errors and disagreements are told on standard error as they pass."""
        for row in rows:
            self._note(row)
            yield row

    def _note(self, row: Row) -> None:
        if not isinstance(row, Assessment):
            self.unread = True
            complain(row[1].title, row[1].message, UNREAD)
            return
        self.highest = max(self.highest, row.level or 0)
        if row.rated is None:
            self.unrated = True
            name = row.announcement.name if row.announcement else "-"
            complain("not rated", f"{name}: {prose.not_rated(row.scope)}", DONE)
        if (error := disagreement(row)) is not None:
            self.disagreed = True
            complain(error.title, error.message, INTERNAL)

    def exit_code(self, fail_at: int | None, fail_unrated: bool) -> int:
        """The worst thing that happened decides."""
        if self.disagreed:
            return INTERNAL
        if self.unread:
            return UNREAD
        failed = (fail_at is not None and self.highest >= fail_at) or (fail_unrated and self.unrated)
        return FOUND if failed else DONE


@click.command("rate")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--out", metavar="FILE", help="Write there instead of standard output.")
@click.option("--explain", "detail", flag_value="explain", help="Themes and every rule that fired, too.")
@click.option("--brief", "detail", flag_value="brief", help="The level and one sentence.")
@click.option("--no-glossary", is_flag=True, help="Leave out the terms explained at the end.")
@click.option("--fail-at", type=click.IntRange(1, 5), metavar="LEVEL", help="Exit 1 if a rating is at or above it.")
@click.option("--fail-unrated", is_flag=True, help="Exit 1 if an announcement is not rated.")
@click.option("--engine", type=click.Choice(["durable", "reference", "both"]), default="both", show_default=True)
@click.option("--save/--no-save", "save", help="Record each rating in the ledger.  [default: no-save]")
@ledger_option
@who_option
@pack_option
@published_option
@private_option
@colour_option
def command(
    sources: tuple[str, ...], form: str, out: str | None, detail: str | None, no_glossary: bool, fail_at: int | None,
    fail_unrated: bool, engine: Which, save: bool, place: str | None, who: str | None, pack_name: str | None,
    published: dt.datetime | None, allow_private: bool, no_color: bool,
) -> int:  # fmt: skip
    """Rate announcements: files (text, Markdown, HTML, PDF, .eml, feeds, JSON, JSON lines), folders, http(s) addresses,
    or - for standard input.

    Exit codes: 0 done; 1 a rating at or above --fail-at; 2 usage or rules; 3 something could not be read (the rest is
    done); 5 the engines disagree.

    Example: caveat rate announcement.txt --fail-at 5
    """
    tally = Tally()
    rows = tally.watch(_rows(opened(sources, day(published), allow_private), chosen_pack(pack_name), engine))
    if save:
        from rules.cli.ledger_save import saved  # a rating that is not saved must not pay for a ledger

        rows = saved(rows, place, who)
    with target(out) as stream:
        if form == "text":
            _write_text(rows, stream, no_color or out is not None, detail or "normal", not no_glossary)
        elif form in ("json", "jsonl"):
            write_json(map(_json, rows), stream, lines=form == "jsonl")
        else:
            _write_report(rows, stream, form, not no_glossary)
    return tally.exit_code(fail_at, fail_unrated)


def _rows(sources: Iterable[Opened], pack: Pack, engine: Which) -> Iterator[Row]:
    for number, source in enumerate(sources):
        if number == 1:
            settle()
        if isinstance(source, tuple):
            yield source
            continue
        try:
            yield assess(read(source), pack=pack, engine=engine)
        except (FactsError, RulesError) as error:
            yield source.name, error


def _json(row: Row) -> dict[str, Any]:
    return row.to_json() if isinstance(row, Assessment) else error_json(row[0], row[1])


def _write_report(rows: Iterable[Row], stream: TextIO, form: str, glossary: bool) -> None:
    """The forms that few runs ask for; each is imported when it is."""
    if form == "csv":
        from rules.render.csv import write_csv

        write_csv(rows, stream)
    elif form == "md":
        from rules.render.md import markdown

        stream.write(markdown(rows, glossary))
    elif form == "mermaid":
        from rules.render.mermaid import mermaid

        stream.write(mermaid(rows))
    else:
        from rules.render.html.page import page

        stream.write(page(rows, glossary))


def _write_text(rows: Iterable[Row], stream: TextIO, plain: bool, detail: str, glossary: bool) -> None:
    width = max(_NARROWEST, min(_WIDEST, _columns()))
    first = True
    for row in rows:
        if isinstance(row, Assessment):
            stream.write(("" if first else "\n") + text(row, style(plain), detail, width, glossary))
            first = False


def _columns() -> int:
    """The width of the terminal; the widest report where there is none. Not shutil: a cold start feels its import."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return _WIDEST
