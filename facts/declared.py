"""Fact kinds that a rule pack declares as data: the same frozen models, made from a table."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import create_model

from facts.errors import FactsError
from facts.fact import COMMON_FIELDS, Fact, Number

#: Written as the type of a field: a list of words is an enumeration.
FieldTable = list[str] | Literal["number", "text", "yes_no"]


def declare(kind: str, fields: Mapping[str, FieldTable]) -> type[Fact]:
    """A fact kind from its table; its first field is the leading one and must be given.

        [kind.trial]
        phase    = ["one", "two", "three"]
        endpoint = "yes_no"
        patients = "number"

    Raises FactsError for a field name that every fact has already.
    """
    taken = [name for name in fields if name in COMMON_FIELDS or name == "fields"]
    if taken or not fields:
        raise FactsError(
            "Broken kind", f"kind {kind}: {taken[0] + ' is a field of every fact' if taken else 'no fields'}"
        )
    made: dict[str, Any] = {"kind": (Literal[kind], kind)}
    for place, (name, table) in enumerate(fields.items()):
        made[name] = _field(table, required=place == 0)
    model: type[Fact] = create_model(kind.title().replace("_", ""), __base__=_Declared, __module__=__name__, **made)
    model.leading = next(iter(fields))
    return model


class _Declared(Fact):
    leading: ClassVar[str] = ""


def _field(table: FieldTable, required: bool) -> tuple[Any, Any]:
    if table == "number":
        return (Number, ...) if required else (Number | None, None)
    if table == "text":
        return (str, ...) if required else (str | None, None)
    values = ("yes", "no", "unstated") if table == "yes_no" else tuple(table)
    if required:
        return (Literal[values], ...)
    return (Literal[values], "unstated") if "unstated" in values else (Literal[values] | None, None)
