"""Assessments and errors as JSON: one object, an array of several, or one a line."""

import json
import re
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, TextIO

from facts.errors import FactsError
from rules.errors import RulesError

#: Controls that JSON leaves raw but a terminal may obey, and the marks that reorder or hide text.
_RAW = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON that is safe to print: every control character escaped, other letters as they are."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _RAW.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def error_json(source: str, error: FactsError | RulesError) -> dict[str, Any]:
    """An input that could not be read, as a line among the others."""
    return {
        "schema": "caveat/error/1",
        "source": {"name": source},
        "error": {"title": error.title, "message": error.message},
    }


def write_json(rows: Iterable[dict[str, Any]], stream: TextIO, lines: bool) -> None:
    """One object a line as it comes; else an object for one row and an array for several."""
    if lines:
        stream.writelines(dumps(row) + "\n" for row in rows)
        return
    waiting = iter(rows)
    head = list(islice(waiting, 2))
    if len(head) == 1:
        stream.write(dumps(head[0], indent=2) + "\n")
        return
    printed = (dumps(row, indent=2) for row in chain(head, waiting))
    stream.write("[")
    stream.writelines((",\n" if number else "\n") + row for number, row in enumerate(printed))
    stream.write("\n]\n")
