"""Which kinds of fact a pack may speak of, and which fields and values each has.

The minerals pack takes its kinds from `facts.kinds`; another pack declares its own as data. Four derived kinds belong
to every pack: the announcement class, slots, tallies and findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from facts.codec import allowed_values
from facts.fact import COMMON_FIELDS, STANCE_FIELDS, Fact
from rules.errors import RulesError

FieldType = Literal["enum", "number", "text"]
SLOT_STATUSES = ("STATED", "HEDGED", "DENIED", "OMITTED", "NOT_MENTIONED")
DERIVED = ("class", "slot", "tally", "finding")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """The type of a field and, for an enumeration, its values."""

    type: FieldType
    values: tuple[str, ...] = ()


Schema = Mapping[str, Mapping[str, FieldSpec]]


def of_kinds(kinds: Mapping[str, type[Fact]]) -> dict[str, dict[str, FieldSpec]]:
    """The fields of fact kinds, `rung` included, which evidence rules compute for kinds that have a ladder."""
    return {name: _fields_of(kind) for name, kind in kinds.items()}


def derived(
    classes: tuple[str, ...], slots: tuple[str, ...], findings: tuple[str, ...]
) -> dict[str, dict[str, FieldSpec]]:
    """The kinds that the rules themselves make."""
    return {
        "class": {"name": FieldSpec("enum", classes)},
        "slot": {"name": FieldSpec("enum", slots), "status": FieldSpec("enum", SLOT_STATUSES)},
        "tally": {"of": FieldSpec("enum", ("missing", "omitted")), "n": FieldSpec("number")},
        "finding": {"name": FieldSpec("enum", findings)},
    }


def field_of(schema: Schema, kind: str, field: str, place: str) -> FieldSpec:
    """The type of one field. Raises RulesError naming the unknown kind or field and the nearest known one."""
    if kind not in schema:
        raise RulesError("Unknown kind", f"{place}: no fact kind {kind!r}{nearest(kind, schema)}")
    if field not in schema[kind]:
        raise RulesError("Unknown field", f"{place}: kind {kind} has no field {field!r}{nearest(field, schema[kind])}")
    return schema[kind][field]


def nearest(name: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    """The remedy for a misspelt name: what was probably meant, and what there is."""
    near = get_close_matches(str(name), list(known), 1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"{meant} (known: {', '.join(known)})"


def _fields_of(kind: type[Fact]) -> dict[str, FieldSpec]:
    fields: dict[str, FieldSpec] = {"rung": FieldSpec("number")}
    for name, info in kind.model_fields.items():
        if name in COMMON_FIELDS and name not in (*STANCE_FIELDS, "subject"):
            continue
        values = allowed_values(kind, name)
        if values:
            fields[name] = FieldSpec("enum", values)
        else:
            fields[name] = FieldSpec("number" if _is_number(info.annotation) else "text")
    return fields


def _is_number(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return any(_is_number(part) for part in get_args(annotation))
    parts = (part for part in get_args(annotation) if isinstance(part, type))
    return annotation in (int, float) or any(map(_is_number, parts))
