"""What a rule file may say, checked when it is read; and the rule as the engines see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rules.condition import Pattern, parse_pattern
from rules.errors import RulesError
from rules.schema import Schema, nearest

Effect = Literal["slot", "finding", "concern", "mitigant", "floor", "cap", "definition"]


class Source(BaseModel):
    """Where a figure or an observation comes from; `note` says what is odd about the address."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str | None = None
    year: int | None = None
    url: str | None = None
    note: str | None = None


class Example(BaseModel):
    """A worked example: facts (and the announcement class) under which the rule fires, is silent, or gives values.

    `gives` belongs to definitions: a part of the assessment that must come out, such as `{ level = 4 }`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    expect: Literal["fires", "silent"] | None = None
    announcement_class: Annotated[str | None, Field(alias="class")] = None
    facts: list[dict[str, Any]] = []
    gives: dict[str, Any] = {}
    known_gap: bool = False


class RuleFile(BaseModel):
    """A rule file as written. Codes are never reused: a retired rule stays, so that old records still resolve."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}-\d{3}$")]
    title: Annotated[str, Field(min_length=1)]
    status: Literal["draft", "stable", "retired"]
    since: str
    effect: Effect
    theme: str | None = None
    severity: Literal["low", "medium", "high"] | None = None
    weight: Annotated[int | Decimal | None, Field(gt=0)] = None
    level: Annotated[int | None, Field(ge=1, le=5)] = None
    concludes: str | None = None
    because: Annotated[str, Field(min_length=1)]
    says: str = ""
    sources: list[Source] = []
    when: list[dict[str, Any]] = []
    any: list[dict[str, Any]] = []
    unless: list[dict[str, Any]] = []
    example: list[Example] = []


#: What each effect needs, and what it must not have.
_NEEDS: dict[Effect, tuple[str, ...]] = {
    "slot": ("concludes",),
    "finding": ("concludes",),
    "concern": ("theme", "weight", "severity", "says"),
    "mitigant": ("theme", "weight", "severity", "says"),
    "floor": ("level", "says"),
    "cap": ("level", "says"),
    "definition": (),
}
_OPTIONAL = ("theme", "weight", "level", "concludes")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, checked. It fires for every way in which all of `when`, one of `any` and none of `unless` match."""

    code: str
    title: str
    effect: Effect
    because: str
    says: str
    file: str
    digest: str
    theme: str | None = None
    severity: str | None = None
    weight: Decimal = Decimal(0)
    level: int | None = None
    concludes: str | None = None
    status: str = "stable"
    since: str = "1"
    when: tuple[Pattern, ...] = ()
    any: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    sources: tuple[Source, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def alternatives(self) -> tuple[tuple[Pattern, ...], ...]:
        """The positive patterns of each way to fire: `when` alone, or `when` with each of `any`."""
        return tuple((*self.when, choice) for choice in self.any) or (self.when,)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All patterns: `when`, `any`, `unless`."""
        return (*self.when, *self.any, *self.unless)

    @property
    def contribution(self) -> Decimal:
        """What the rule adds to its theme's score when it fires."""
        return -self.weight if self.effect == "mitigant" else self.weight if self.effect == "concern" else Decimal(0)


def parse_rule(data: Mapping[str, Any], schema: Schema, file: str, digest: str) -> Rule:
    """A rule from its file's content. Raises RulesError naming the file, the field, the value and what is allowed."""
    try:
        written = RuleFile.model_validate(data)
    except ValidationError as error:
        raise RulesError("Broken rule", _explain(error, file)) from None
    for _, problem in effect_problems(written):
        raise RulesError("Broken rule", f"{file}: {problem}")
    aliases: dict[str, str] = {}
    when = tuple(_patterns(written.when, schema, aliases, "when", file))
    either = tuple(_patterns(written.any, schema, dict(aliases), "any", file))
    unless = tuple(_patterns(written.unless, schema, dict(aliases), "unless", file))
    return made(written, file, digest, when, either, unless)


def made(
    written: RuleFile, file: str, digest: str, when: tuple[Pattern, ...], either: tuple[Pattern, ...],
    unless: tuple[Pattern, ...],
) -> Rule:  # fmt: skip
    """The rule of a checked file and its parsed conditions."""
    return Rule(
        code=written.code, title=written.title, effect=written.effect, because=written.because, says=written.says,
        file=file, digest=digest, theme=written.theme, severity=written.severity, weight=Decimal(written.weight or 0),
        level=written.level, concludes=written.concludes, status=written.status, since=written.since, when=when,
        any=either, unless=unless, sources=tuple(written.sources), examples=tuple(written.example),
    )  # fmt: skip


def _patterns(
    tables: list[dict[str, Any]], schema: Schema, aliases: dict[str, str], group: str, file: str
) -> list[Pattern]:
    """Patterns of one group; only those of `when` may be joined to by later ones."""
    found = []
    for place, table in enumerate(tables, 1):
        pattern = parse_pattern(table, schema, f"{group}{place}", aliases, f"{file}: {group} {place}")
        if pattern.alias in aliases:
            raise RulesError("Broken rule", f"{file}: {group} {place}: the alias {pattern.alias!r} is taken")
        if group == "when":
            aliases[pattern.alias] = pattern.kind
        found.append(pattern)
    return found


def effect_problems(rule: RuleFile) -> Iterator[tuple[str, str]]:
    """What a rule lacks or must not have for its effect: the key and the sentence that says so."""
    needed = _NEEDS[rule.effect]
    for name in needed:
        if not getattr(rule, name):
            yield name, f"a {rule.effect} needs {name}"
    for name in _OPTIONAL:
        if name not in needed and getattr(rule, name) is not None:
            yield name, f"a {rule.effect} has no {name}; remove {name} = {getattr(rule, name)!r}"
    if (rule.effect == "definition") == bool(rule.when or rule.any or rule.unless):
        what = "has no conditions; its code interprets it" if rule.effect == "definition" else "needs a condition"
        yield "effect", f"a {rule.effect} {what}"


def _explain(error: ValidationError, file: str) -> str:
    first = next((e for e in error.errors() if e["type"] == "extra_forbidden"), error.errors()[0])
    field = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"{file}: no field {field!r}{nearest(field.rpartition('.')[2], tuple(RuleFile.model_fields))}"
    if first["type"] == "missing":
        return f"{file}: the field {field!r} is missing"
    return f"{file}: {field} = {first['input']!r}: {first['msg']}"
