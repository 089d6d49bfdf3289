"""One row a document: the full assessment as JSON, or chosen columns, each with a type that does not depend on luck."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import orjson

from facts.errors import FactsError
from facts.readers import Unread
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.ledger.identity import issuer
from rules.render.json import dumps, error_json

Row = dict[str, Any]

#: The columns and their types in Parquet: text, texts (a list), level, flag, day or score.
COLUMNS: Mapping[str, str] = {
    "place": "text", "name": "text", "sha256": "text", "published": "day", "company": "text", "in_scope": "flag",
    "class": "text", "level": "level", "level_name": "text", "caution": "text", "confidence": "text",
    "score": "score", "base_level": "level", "floors": "texts", "caps": "texts", "findings": "texts",
    "fired": "texts", "summary": "text", "reason": "text", "error": "text",
}  # fmt: skip
#: The column that Parquet has when no columns are chosen: the whole assessment.
WHOLE = "assessment"
#: What rules.render.json escapes, too, as UTF-8: DEL, C1 controls, and the marks that reorder or hide text.
_RAW = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
_COPIED = (
    *("in_scope", "class", "level", "level_name", "caution", "confidence", "score", "base_level"),
    *("floors", "caps", "findings", "summary"),
)


def chosen(given: str | None) -> tuple[str, ...]:
    """The columns of `--columns a,b,c`; none given, none. Raises RulesError naming those that there are."""
    if given is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not names:
        raise RulesError("Unknown column", f"{', '.join(unknown) or 'none'}; columns are {', '.join(COLUMNS)}")
    return names


def types(columns: tuple[str, ...]) -> dict[str, str]:
    """The types of the columns of a Parquet file; all of them and the whole assessment when none are chosen."""
    return {name: COLUMNS[name] for name in columns} if columns else {**COLUMNS, WHOLE: "text"}


def whole(place: str, found: Assessment | Unread | tuple[str, RulesError]) -> Row:
    """The full row: as `caveat rate --format jsonl` prints it, and the place and company beside."""
    if isinstance(found, Assessment):
        data = found.to_json()
        company = issuer(found.facts, found.announcement)
        return {"schema": data.pop("schema"), "place": place, "company": company or None, **data}
    name, error = (found.name, found.error) if isinstance(found, Unread) else found
    return _error(place, name, error)


def killed(place: str, why: str) -> Row:
    """The row of an item that a worker does not survive."""
    error = RulesError("Not rated", f"{place}: {why}; it was skipped")
    return _error(place, place.rpartition("/")[2], error)


def _error(place: str, name: str, error: FactsError | RulesError) -> Row:
    data = error_json(name, error)
    return {"schema": data.pop("schema"), "place": place, **data}


def line(row: Row, columns: tuple[str, ...]) -> bytes:
    """The row as a line of JSON."""
    return _packed(_picked(row, columns) if columns else row) + b"\n"


def record(row: Row, columns: tuple[str, ...]) -> Row:
    """The row as Parquet takes it."""
    found = _picked(row, tuple(types(columns)))
    for name, kind in types(columns).items():
        found[name] = _TYPED.get(kind, _same)(found[name])
    return found


def _picked(row: Row, columns: tuple[str, ...]) -> Row:
    found = flat(row)
    return {name: _packed(row).decode() if name == WHOLE else found[name] for name in columns}


def _packed(value: Row) -> bytes:
    """The same JSON as everywhere else, control characters escaped, without blanks: a tenth less time and space."""
    try:
        data = orjson.dumps(value)
    except TypeError:  # half of a surrogate pair, which a document may hold and UTF-8 may not
        return dumps(value).encode()
    if data.isascii() and b"\x7f" not in data:  # most are, and a pattern takes as long as all the rest
        return data
    return _RAW.sub(lambda match: f"\\u{ord(match.group().decode()):04x}".encode(), data)


def flat(row: Row) -> Row:
    """A full row as its columns, all of them."""
    source, error = row.get("source", {}), row.get("error")
    found: Row = {name: row.get(name) for name in _COPIED}
    return found | {
        "place": row["place"],
        "name": source.get("name"),
        "sha256": source.get("sha256"),
        "published": source.get("published"),
        "company": row.get("company"),
        "fired": [each["rule"] for each in row["fired"]] if "fired" in row else None,
        "reason": row.get("not_rated", {}).get("reason"),
        "error": f"{error['title']}: {error['message']}" if error else None,
    }


def _same(value: Any) -> Any:
    return value


def _day(value: str | None) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(value) if value else None


_TYPED: Mapping[str, Callable[[Any], Any]] = {"score": lambda value: Decimal(value) if value else None, "day": _day}
