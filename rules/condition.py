"""Conditions of a rule: typed tables, no expressions.

    [[when]]                                a pattern that must match
    fact = "offtake"                        the kind
    as   = "o"                              optional alias, for joins by a later pattern
    rung = { at_least = 6 }                 operators: equals one_of at_least at_most below above
    buyer_named = "yes"                     short for { equals = "yes" }
    subject = { same_as = "p.subject" }     a join with an earlier pattern's field

A test of a field that the fact does not have is false.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from rules.errors import RulesError
from rules.schema import FieldSpec, Schema, field_of, nearest

COMPARISONS: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "at_least": (">=", ge),
    "at_most": ("<=", le),
    "below": ("<", lt),
    "above": (">", gt),
}
OPERATORS = ("equals", "one_of", *COMPARISONS, "same_as")

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one field; the operand of `one_of` is a tuple, of `same_as` an (alias, field) pair."""

    field: str
    operator: str
    operand: Value | tuple[Value, ...] | tuple[str, str]

    def __str__(self) -> str:
        if self.operator == "equals":
            return f"{self.field} = {self.operand}"
        if self.operator == "one_of":
            return f"{self.field} in {', '.join(map(str, self.operand))}"  # type: ignore[arg-type]
        if self.operator == "same_as":
            return f"{self.field} = {'.'.join(self.operand)}"  # type: ignore[arg-type]
        return f"{self.field} {COMPARISONS[self.operator][0]} {self.operand}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind and the tests that a fact of it must pass; `alias` is its name for joins."""

    kind: str
    alias: str
    tests: tuple[Test, ...]

    @property
    def joined(self) -> bool:
        """Whether a test looks at another pattern's fact."""
        return any(test.operator == "same_as" for test in self.tests)

    def __str__(self) -> str:
        return self.kind + (": " + ", ".join(map(str, self.tests)) if self.tests else "")


def parse_pattern(
    table: Mapping[str, Any], schema: Schema, alias: str, earlier: Mapping[str, str], place: str
) -> Pattern:
    """A pattern from its table. `earlier` maps the aliases in scope to their kinds. Raises RulesError."""
    kind = table.get("fact")
    if not isinstance(kind, str):
        raise RulesError("Broken rule", f'{place}: a condition names its fact kind: fact = "..."')
    if kind not in schema:
        raise RulesError("Unknown kind", f"{place}: no fact kind {kind!r}{nearest(kind, schema)}")
    tests: list[Test] = []
    for field, operand in table.items():
        if field in ("fact", "as"):
            continue
        spec = field_of(schema, kind, field, place)
        tests += _tests(field, spec, operand, schema, earlier, f"{place}, {kind}.{field}")
    return Pattern(kind, str(table.get("as", alias)), tuple(tests))


def _tests(
    field: str, spec: FieldSpec, operand: Any, schema: Schema, earlier: Mapping[str, str], place: str
) -> list[Test]:
    given = operand if isinstance(operand, Mapping) else {"equals": operand}
    found = []
    for operator, value in given.items():
        if operator not in OPERATORS:
            raise RulesError("Unknown operator", f"{place}: no operator {operator!r}{nearest(operator, OPERATORS)}")
        if operator == "same_as":
            found.append(Test(field, operator, _join(spec, value, schema, earlier, place)))
        elif operator == "one_of":
            if not isinstance(value, list) or not value:
                raise RulesError("Broken rule", f"{place}: one_of takes a list of values, not {value!r}")
            found.append(Test(field, operator, tuple(_value(spec, item, place) for item in value)))
        elif operator in COMPARISONS and spec.type != "number":
            raise RulesError("Broken rule", f"{place}: {operator} compares numbers; this field is {spec.type}")
        else:
            found.append(Test(field, operator, _value(spec, value, place)))
    return found


def _join(spec: FieldSpec, value: Any, schema: Schema, earlier: Mapping[str, str], place: str) -> tuple[str, str]:
    alias, dot, other = str(value).partition(".")
    if not dot or alias not in earlier:
        raise RulesError(
            "Broken join",
            f"{place}: same_as takes an earlier alias and a field, not {value!r}"
            f" (aliases: {', '.join(earlier) or 'none'})",
        )
    if spec.type == "number" or field_of(schema, earlier[alias], other, place).type == "number":
        raise RulesError("Broken join", f"{place}: joins compare words; {value!r} or this field is a number")
    return alias, other


def _value(spec: FieldSpec, value: Any, place: str) -> Value:
    if spec.type == "number":
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise RulesError("Wrong value", f"{place}: {value!r} is not a number")
        number = plain_number(value)
        if number is None:
            raise RulesError("Wrong value", f"{place}: {value} is out of range; at most 2**53 and no exponent")
        return number
    if not isinstance(value, str):
        raise RulesError("Wrong value", f"{place}: {value!r} is not a word; write it in quotes")
    if spec.type == "enum" and value not in spec.values:
        raise RulesError("Unknown value", f"{place}: no value {value!r}{nearest(value, spec.values)}")
    return value


def plain_number(value: int | float | Decimal) -> int | float | None:
    """The number as the engine may see it: whole numbers as int, others as a float without exponent; None if neither.

    The engine's JSON reader refuses exponents and loses whole numbers beyond 2**53.
    """
    if value != value or not -(2**53) <= value <= 2**53:  # before int(), which would write out 1e999999999
        return None
    if value == int(value):
        return int(value)
    number = float(value)
    return None if "e" in repr(number) else number
