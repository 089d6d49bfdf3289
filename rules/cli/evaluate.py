"""`caveat evaluate`: rate facts given by hand or by another program; no text needed."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from facts.codec import parse_facts
from facts.errors import FactsError
from rules.assess import Which, disagreement, evaluate
from rules.assessment import Assessment
from rules.cli.main import DONE, INTERNAL, UNREAD, complain
from rules.cli.options import chosen_pack, colour_option, pack_option, style, target
from rules.errors import RulesError
from rules.pack import Pack
from rules.render.json import error_json, write_json
from rules.render.text import text

#: A file of facts larger than this is no set of announcements written by hand or by a sane program.
_MOST_BYTES = 200_000_000


@click.command("evaluate")
@click.argument("source", metavar="FACTS.json")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), help="Default: as the input.")
@click.option("--out", metavar="FILE", help="Write there instead of standard output.")
@click.option("--engine", type=click.Choice(["durable", "reference", "both"]), default="both", show_default=True)
@pack_option
@colour_option
def command(
    source: str, form: str | None, out: str | None, engine: Which, pack_name: str | None, no_color: bool
) -> int:
    """Rate facts from JSON or JSONL: {"class": "offtake_deal", "facts": [{"kind": "offtake", "form": "loi"}]}.

    Example: caveat evaluate facts.json
    """
    pack, worst = chosen_pack(pack_name), DONE
    rows: list[Assessment | dict[str, Any]] = []
    for place, item in _items(source):
        try:
            assessment = _evaluated(item, place, pack, engine)
        except (FactsError, RulesError) as error:
            worst = max(worst, UNREAD)
            complain(error.title, error.message, UNREAD)
            rows.append(error_json(place, error))
            continue
        rows.append(assessment)
        if (difference := disagreement(assessment)) is not None:
            worst = INTERNAL
            complain(difference.title, difference.message, INTERNAL)
    form = form or ("jsonl" if source.endswith(".jsonl") else "json")
    with target(out) as stream:
        if form == "text":
            rated = (row for row in rows if isinstance(row, Assessment))
            stream.write("\n".join(text(row, style(no_color or out is not None)) for row in rated))
        else:
            data = (row if isinstance(row, dict) else row.to_json() for row in rows)
            write_json(data, stream, lines=form == "jsonl")
    return worst


def _evaluated(item: Any, place: str, pack: Pack, engine: Which) -> Assessment:
    if not isinstance(item, Mapping) or "facts" not in item:
        raise FactsError("No facts", f"{place}: an announcement is an object with class and facts")
    name = item.get("class")
    if not isinstance(name, str):
        raise FactsError("No class", f"{place}: class is missing; one of: {', '.join(pack.settings.classes)}")
    return evaluate(parse_facts(item["facts"], place, pack.settings.kinds), name, pack=pack, engine=engine)


def _items(source: str) -> Iterator[tuple[str, Any]]:
    """Every announcement of a JSON document (an object or an array) or of JSON lines, with its place."""
    name = "-" if source == "-" else Path(source).name
    data = _text(source)
    if not source.endswith(".jsonl"):
        try:
            whole = json.loads(data)
        except json.JSONDecodeError as error:
            if "\n" not in data.strip() or error.msg != "Extra data":
                raise _not_json(name, error.lineno, error) from None
        else:
            several = isinstance(whole, list)
            yield from ((f"{name}, item {n}", item) for n, item in enumerate(whole, 1)) if several else [(name, whole)]
            return
    for number, line in enumerate(data.split("\n"), 1):
        if line.strip():
            try:
                yield f"{name}, line {number}", json.loads(line)
            except json.JSONDecodeError as error:
                raise _not_json(name, number, error) from None


def _not_json(name: str, line: int, error: json.JSONDecodeError) -> FactsError:
    return FactsError("Not JSON", f"{name}, line {line}, column {error.colno}: {error.msg}")


def _text(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise FactsError("Not readable", f"{source}: {error.strerror or error}") from None
    if len(data) > _MOST_BYTES:
        raise FactsError("Too large", f"{source}: {len(data):,} bytes; at most {_MOST_BYTES:,}; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FactsError("Not UTF-8", f"{source}: JSON is UTF-8; byte {error.start} is not") from None
