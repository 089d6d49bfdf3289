"""`caveat check`: check finished assessments step by step, without either engine."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from facts.readers import open_announcement
from facts.text.visible import one_line
from rules.bundle import collect
from rules.cli.main import DONE, FOUND, complain
from rules.cli.options import pack_option, pack_place
from rules.errors import RulesError
from rules.proof import Step, check

_ERROR = "caveat/error/1"
_MOST_BYTES = 200_000_000
_WIDEST = 300


@click.command("check")
@click.argument("source", metavar="ASSESSMENT.json")
@click.argument("document", metavar="[TEXT]", required=False)
@pack_option
def command(source: str, document: str | None, pack_name: str | None) -> int:
    """Derive each assessment of a JSON or JSONL file again and print the first step that fails, if one does.

    With TEXT, the announcement itself, every quote is also compared with its place in the text.

    Example: caveat check rating.json announcement.txt
    """
    assessments = [(place, item) for place, item in _items(source) if not _is_error(place, item)]
    if not assessments:
        raise RulesError("Nothing to check", f"{source}: no assessment in it")
    if document is not None and len(assessments) > 1:
        raise RulesError(
            "Too many assessments", f"{source}: {len(assessments)} assessments, but one text; check them alone"
        )
    text = open_announcement(Path(document)).text if document is not None else None
    files = collect(pack_place(pack_name))
    worst = DONE
    for place, item in assessments:
        steps = _checked(item, files, text, place)
        click.echo(one_line(_told(place, item, steps, text is not None)))
        if not steps[-1].holds:
            worst = FOUND
    return worst


def _checked(item: Any, files: Mapping[str, bytes], text: str | None, place: str) -> list[Step]:
    if not isinstance(item, Mapping):
        raise RulesError(
            "Not an assessment", f"{place}: an assessment is an object, as `caveat rate --format json` prints"
        )
    try:
        return check(item, files, text)
    except ValueError as error:
        raise RulesError("Cannot check", f"{place}: {error}") from None


def _told(place: str, item: Mapping[str, Any], steps: list[Step], with_text: bool) -> str:
    last = steps[-1]
    if not last.holds:
        expected, found = last.expected[:_WIDEST], last.found[:_WIDEST]
        return f"{place}: FAILS at step {len(steps)}, {last.name}: derived {expected}; the assessment says {found}"
    if item.get("in_scope") is False:
        return f"{place}: holds: {len(steps)} steps: schema, pack digest, and that nothing was rated"
    quotes = "every quote against the text" if with_text else "quotes by length only (give the text to compare them)"
    what = "schema, pack digest, rungs, slots, tallies, every rule that fires and no other, scores, floors, caps, level"
    return f"{place}: holds: level {item['level']}, {len(steps)} steps: {what}; {quotes}"


def _is_error(place: str, item: Any) -> bool:
    """Whether the line tells of input that could not be read: there is nothing to check in it."""
    if not isinstance(item, Mapping) or item.get("schema") != _ERROR:
        return False
    complain("not checked", f"{place}: it tells of an error, not of a rating", DONE)
    return True


def _items(source: str) -> Iterator[tuple[str, Any]]:
    """Every assessment of a JSON document (an object or an array) or of JSON lines, with its place."""
    name = "-" if source == "-" else Path(source).name
    data = _text(source)
    try:
        whole = json.loads(data)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise RulesError("Not JSON", f"{name}, line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise RulesError("Not JSON", f"{name}: nested too deeply for an assessment") from None
    else:
        several = isinstance(whole, list)
        yield from ((f"{name}, item {n}", item) for n, item in enumerate(whole, 1)) if several else [(name, whole)]
        return
    for number, line in enumerate(data.split("\n"), 1):
        if line.strip():
            try:
                yield f"{name}, line {number}", json.loads(line)
            except json.JSONDecodeError as error:
                raise RulesError("Not JSON", f"{name}, line {number}: {error.msg}") from None


def _text(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise RulesError("Not readable", f"{source}: {error.strerror or error}") from None
    if len(data) > _MOST_BYTES:
        raise RulesError("Too large", f"{source}: {len(data):,} bytes; at most {_MOST_BYTES:,}; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesError("Not UTF-8", f"{source}: JSON is UTF-8; byte {error.start} is not") from None
