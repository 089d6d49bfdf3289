"""Changes of a fact set: set a field, drop a fact, add one. Facts are frozen; every change makes new ones."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from facts.codec import parse_fact, to_json
from facts.errors import FactsError
from facts.fact import STANCE_FIELDS, Fact
from rules.errors import RulesError
from rules.memory import kind_of
from rules.pack import Pack
from rules.schema import nearest

Facts = tuple[Fact, ...]


class Change(Protocol):
    """Something that makes another fact set of one."""

    def apply(self, facts: Facts, pack: Pack) -> Facts:
        """The changed facts. Raises RulesError naming what does not fit."""


@dataclass(frozen=True, slots=True)
class Set:
    """`f3.form=definitive`: one field of one fact takes another value; stance fields too."""

    fact: str
    field: str
    value: str

    def apply(self, facts: Facts, pack: Pack) -> Facts:
        """The facts with that one changed."""
        found = _find(facts, self.fact)
        data = to_json(found)
        data = data.pop("fields") | data | {self.field: _typed(self.value)}
        changed = _parsed(data, f"--set {self}", pack)
        return tuple(changed if fact is found else fact for fact in facts)

    def __str__(self) -> str:
        return f"{self.fact}.{self.field}={self.value}"


@dataclass(frozen=True, slots=True)
class Drop:
    """`f7`: a fact taken away."""

    fact: str

    def apply(self, facts: Facts, pack: Pack) -> Facts:
        """The facts without it."""
        found = _find(facts, self.fact)
        return tuple(fact for fact in facts if fact is not found)

    def __str__(self) -> str:
        return f"drop {self.fact}"


@dataclass(frozen=True, slots=True)
class Add:
    """`kind field=value …`: a fact added; it gets the first free id of new1, new2, ..."""

    words: str

    def apply(self, facts: Facts, pack: Pack) -> Facts:
        """The facts with the new one."""
        kind, *fields = _split(self.words)
        data: dict[str, object] = {"kind": kind}
        for field in fields:
            name, equals, value = field.partition("=")
            if not equals:
                raise RulesError("Broken change", f"--add {self.words!r}: {field!r} is no field=value")
            data[name] = _typed(value)
        taken = {fact.id for fact in facts}
        data["id"] = next(name for n in range(1, len(facts) + 2) if (name := f"new{n}") not in taken)
        return (*facts, _parsed(data, f"--add {self.words!r}", pack))

    def __str__(self) -> str:
        return f"add {self.words}"


def parse_set(text: str) -> Set:
    """A `--set` argument. Raises RulesError."""
    place, equals, value = text.partition("=")
    fact, dot, field = place.partition(".")
    if not (equals and dot and fact and field):
        raise RulesError("Broken change", f"--set {text!r}: write fact.field=value, such as f3.form=definitive")
    return Set(fact, field, value)


def apply_all(changes: Sequence[Change], facts: Facts, pack: Pack) -> Facts:
    """The changes, one after the other."""
    for change in changes:
        facts = change.apply(facts, pack)
    return facts


def describe(fact: Fact) -> str:
    """A fact as an `--add` argument would write it; read back it shows the rules the same."""
    fields = {name: value for name, value in fact.fields.items() if value not in ("unstated", "unknown")}
    for name in (*STANCE_FIELDS, "subject", "date"):
        if (value := getattr(fact, name)) != type(fact).model_fields[name].default:
            fields[name] = value
    return " ".join([kind_of(fact), *(shlex.quote(f"{name}={value}") for name, value in fields.items())])


def _parsed(data: Mapping[str, object], place: str, pack: Pack) -> Fact:
    """The fact. What does not fit is wrong usage, not an input that could not be read."""
    try:
        return parse_fact(data, place, pack.settings.kinds)
    except FactsError as error:
        raise RulesError(error.title, error.message) from None


def _split(text: str) -> list[str]:
    """Words as a shell splits them, so that a value may hold blanks in quotes."""
    try:
        return shlex.split(text) or [""]
    except ValueError as error:
        raise RulesError("Broken change", f"--add {text!r}: {str(error).lower()}") from None


def _find(facts: Facts, name: str) -> Fact:
    found = next((fact for fact in facts if fact.id == name), None)
    if found is None:
        raise RulesError("Unknown fact", f"no fact {name!r}{nearest(name, tuple(fact.id for fact in facts))}")
    return found


def _typed(value: str) -> str | int | float:
    for number in (int, float):
        try:
            return number(value)
        except ValueError:
            continue
    return value
