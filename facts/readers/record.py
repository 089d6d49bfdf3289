"""JSON and JSON lines: each record an announcement in declared fields."""

import json
from collections.abc import Mapping
from typing import Any

from facts.errors import FactsError
from facts.readers.day import day
from facts.readers.decode import decode
from facts.readers.draft import Draft, label, sound, with_title, within_limit

#: The fields of a record; of several names for one thing the first that is there counts.
FIELDS = {
    "text": ("text", "body", "content"),
    "title": ("title",),
    "published": ("published", "date"),
    "name": ("name", "id"),
    "publisher": ("publisher", "source"),
    "url": ("url",),
}
#: What other commands print or take, and which command that is.
_ELSEWHERE = {
    "caveat/assessment/": "a finished assessment: `caveat check` takes it",
    "caveat/reading/": "a reading: give the announcement itself, or its facts to `caveat evaluate`",
    "caveat/error/": "a record of something that could not be read: give the document itself",
}


def parse_json(data: bytes, name: str, charset: str | None = None) -> Any:
    """The value of a JSON document. Raises FactsError telling where it breaks."""
    text = decode(data, name, charset)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FactsError("Not JSON", f"{name}: {error.msg} at {place}; mend it, or save the text as .txt") from None
    except ValueError:  # an integer of more digits than Python converts
        raise FactsError("Not JSON", f"{name}: holds a number of thousands of digits") from None
    except RecursionError:
        raise FactsError("Not JSON", f"{name}: nested too deep; a record is an object of {_fields()}") from None


def from_record(record: object, name: str) -> Draft:
    """One record as a draft. Raises FactsError listing the fields, or naming the command that takes such an object."""
    if not isinstance(record, Mapping):
        raise FactsError("Not a record", f"{name}: {_called(record)}; a record is an object of {_fields()}")
    _refuse_elsewhere(record, name)
    key = next((field for field in FIELDS["text"] if record.get(field) is not None), None)
    if key is None:
        held = ", ".join(sorted(map(str, record))[:8]) or "nothing"
        raise FactsError("No text", f"{name}: the record holds {held}, but no text; its fields are {_fields()}")
    text = record[key]
    if not isinstance(text, str):
        raise FactsError("No text", f"{name}: {key} is {_called(text)}; it must be a string")
    title = _label(record, "title", name)
    return Draft(
        text=within_limit(with_title(title, sound(text)) if title else sound(text), name),
        title=title,
        published=_published(record, name),
        publisher=_label(record, "publisher", name),
        url=_label(record, "url", name),
        name=_name(record, name),
    )


def _refuse_elsewhere(record: Mapping[str, Any], name: str) -> None:
    schema = record.get("schema")
    for prefix, told in _ELSEWHERE.items():
        if isinstance(schema, str) and schema.startswith(prefix):
            raise FactsError("Not an announcement", f"{name}: {told}")
    if isinstance(record.get("facts"), list):
        raise FactsError("Not an announcement", f"{name}: facts without a text: `caveat evaluate` takes them")


def _stated(record: Mapping[str, Any], what: str) -> tuple[str, Any]:
    found = ((field, record[field]) for field in FIELDS[what] if record.get(field) is not None)
    return next(found, (what, None))


def _label(record: Mapping[str, Any], what: str, name: str) -> str | None:
    field, value = _stated(record, what)
    if isinstance(value, int) and what == "name":
        value = str(value)
    if isinstance(value, Mapping) and what == "publisher":
        value = value.get("name") or value.get("title")
    if value is not None and not isinstance(value, str):
        raise FactsError("Wrong field", f"{name}: {field} is {_called(value)}; it must be a string")
    return label(value)


def _name(record: Mapping[str, Any], name: str) -> str | None:
    stated = _label(record, "name", name)
    return label(stated.replace("\\", "/").rstrip("/").rpartition("/")[2]) if stated else None


def _published(record: Mapping[str, Any], name: str) -> Any:
    field, value = _stated(record, "published")
    if value is None or value == "":
        return None
    if (found := day(value)) is None:
        raise FactsError("Wrong field", f"{name}: {field} {str(value)[:40]!r} is no date; write YYYY-MM-DD")
    return found


def _called(value: object) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _fields() -> str:
    return ", ".join(" or ".join(names) for names in FIELDS.values())
