"""Ratings as CSV, one row an announcement, for spreadsheets that must not run what they read."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain import prose
from rules.render.json import error_json
from rules.render.row import Row

COLUMNS = (
    "name", "sha256", "published", "rated", "because", "class", "level", "level_name", "caution", "confidence", "score",
    "base_level", "floors", "caps", "findings", "missing", "summary", "pack", "digest", "engines_agree",
)  # fmt: skip
#: What a spreadsheet may take for the beginning of a formula; a tab or return before it does not stop it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_csv(rows: Iterable[Row], stream: TextIO) -> None:
    """A head and a row for each announcement, also for those not rated or not read; lines end as RFC 4180 has it."""
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        found = dict(_cells(row)) if isinstance(row, Assessment) else dict(_failed(row[0], error_json(*row)))
        writer.writerow({name: safe(value) for name, value in found.items()})


def safe(value: object) -> str:
    """A cell that is text and nothing else: one that could be taken for a formula begins with an apostrophe."""
    text = str(value)
    if text.lstrip(" \u00a0").startswith(_FORMULA):
        return "'" + one_line(text)
    return one_line(text)


def _cells(assessment: Assessment) -> Iterator[tuple[str, object]]:
    data: dict[str, Any] = assessment.to_json()
    source = data.get("source", {})
    yield from ((name, source.get(name) or "") for name in ("name", "sha256", "published"))
    yield "pack", assessment.pack.title
    yield "digest", assessment.pack.digest
    if assessment.rated is None:
        yield from (("rated", "no"), ("because", prose.not_rated(assessment.scope)))
        return
    yield "rated", "yes"
    kept = ("class", "level", "level_name", "caution", "confidence", "score", "base_level", "summary")
    yield from ((name, data[name]) for name in kept)
    yield from ((name, " ".join(data[name])) for name in ("floors", "caps", "findings"))
    yield "missing", "; ".join(prose.missing(assessment.pack, assessment.rated, assessment.facts))
    yield "engines_agree", {True: "yes", False: "no", None: "one ran"}[assessment.engines.agree]


def _failed(name: str, error: dict[str, Any]) -> Iterator[tuple[str, object]]:
    yield from (("name", name), ("rated", "no"), ("because", f"{error['error']['title']}: {error['error']['message']}"))
