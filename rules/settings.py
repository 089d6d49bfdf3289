"""The content of pack.toml, checked: scale, themes, evidence, ladders, slots, classes, candidate changes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facts.declared import declare
from facts.errors import FactsError
from facts.fact import Fact
from facts.kinds import KINDS
from rules.errors import RulesError
from rules.schema import nearest

_CONFIG = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Level(BaseModel):
    """One step of the scale; `shape` serves readers without colour."""

    model_config = _CONFIG
    level: Annotated[int, Field(ge=1, le=5)]
    name: str
    caution: str
    shape: str
    means: str


class Theme(BaseModel):
    """A theme: weight in per cent of the overall score; base score 0 to 100 when no rule of it fires."""

    model_config = _CONFIG
    code: str
    name: str
    weight: Annotated[int, Field(ge=0, le=100)]
    base: Annotated[int, Field(ge=0, le=100)]


class Evidence(BaseModel):
    """Which facts the rules may see, and how hedging caps a rung (EVI-001, 002, 004, 005, 009)."""

    model_config = _CONFIG
    event_only: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    always_heard: tuple[str, ...] = ()
    layers: tuple[str, ...] = ("event", "backdrop")
    holds: tuple[str, ...] = ("agreed", "completed")
    polarity: str = "affirmed"
    modality_caps: dict[str, int] = {}
    modality_caps_of: dict[str, dict[str, int]] = {}
    attribution_caps: dict[str, int] = {}


class Ladder(BaseModel):
    """The rung of each value of one field of a kind (EVI-003)."""

    model_config = _CONFIG
    field: str
    rungs: dict[str, int]


class Computed(BaseModel):
    """A field that follows from another (a party's family from its type); without `default`, others keep theirs."""

    model_config = _CONFIG
    kind: str
    field: str
    source: Annotated[str, Field(alias="from")]
    default: str | None = None
    values: dict[str, str]


class Slot(BaseModel):
    """Something that an announcement ought to say; STATED when one of `any` matches."""

    model_config = _CONFIG
    name: str
    label: str
    question: str
    denied_by: tuple[str, ...] = ()
    any: list[dict[str, Any]]


class AnnouncementClass(BaseModel):
    """A class of announcement and the slots expected of it (EVI-007)."""

    model_config = _CONFIG
    name: str
    label: str
    expects: tuple[str, ...]


class Confidence(BaseModel):
    """Thresholds of the confidence in a reading (OVR-004), in expected slots that are missing."""

    model_config = _CONFIG
    high_missing_at_most: int = 1
    low_missing_at_least: int = 5


class Upside(BaseModel):
    """When the upside note is printed (OVR-005); no weight."""

    model_config = _CONFIG
    finding: str | None = None
    says: str = ""
    opinion: list[dict[str, Any]] = []


class Change(BaseModel):
    """Something that could become known or happen and would move the level (OVR-006).

    It brings `facts`; or, where `of` names kinds, it makes every affirmed fact of these kinds become something else
    (confirmed, denied), and `says` has a place for the fact: {fact}. `asks` is the question of an interview.
    """

    model_config = _CONFIG
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    says: str
    asks: str = ""
    direction: Literal["lower", "raise"]
    sort: Literal["learnt", "world"] = "world"
    facts: list[dict[str, Any]] = []
    of: tuple[str, ...] = ()
    becomes: dict[str, str] = {}


class Term(BaseModel):
    """A term of the trade, for readers who do not know it; `also` are other ways to write it."""

    model_config = _CONFIG
    term: Annotated[str, Field(min_length=1)]
    also: tuple[str, ...] = ()
    means: Annotated[str, Field(min_length=1)]


class Polarity(BaseModel):
    """A kind of evidence that only ever calms (M) or only ever alarms (C); a fact is one when one of `any` matches.

    A pack that names its polarities has its rules checked for monotony by `caveat rules check`.
    """

    model_config = _CONFIG
    name: str
    polarity: Literal["M", "C"]
    says: str
    any: list[dict[str, Any]]


class Acceptance(BaseModel):
    """A finding of `caveat rules check` that the pack means as it is: its code, the rule (or slot) and the reason."""

    model_config = _CONFIG
    finding: Annotated[str, Field(pattern=r"^PCK-\d\d$")]
    rule: str
    because: Annotated[str, Field(min_length=1)]


class PackFile(BaseModel):
    """pack.toml as written."""

    model_config = _CONFIG
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    version: str
    title: str
    facts: Literal["minerals", "own"] = "minerals"
    cut_points: tuple[Decimal, Decimal, Decimal]
    theme_cut_points: tuple[Decimal, Decimal, Decimal, Decimal]
    level: list[Level]
    theme: list[Theme]
    evidence: Evidence
    ladder: dict[str, Ladder] = {}
    ladder_only: dict[str, dict[str, str]] = {}
    computed: list[Computed] = []
    slot: list[Slot] = []
    class_: Annotated[list[AnnouncementClass], Field(alias="class")]
    confidence: Confidence = Confidence()
    upside: Upside = Upside()
    change: list[Change] = []
    glossary: list[Term] = []
    pattern: list[Polarity] = []
    accept: list[Acceptance] = []
    extends: str | None = None
    kind: dict[str, dict[str, list[str] | Literal["number", "text", "yes_no"]]] = {}


class Settings(BaseModel):
    """pack.toml, ready for use: lists turned into tables by name; `own_kinds` if it has none of the vocabulary's."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    name: str
    version: str
    title: str
    cut_points: tuple[Decimal, ...]
    theme_cut_points: tuple[Decimal, ...]
    levels: dict[int, Level]
    themes: dict[str, Theme]
    evidence: Evidence
    ladders: dict[str, Ladder]
    ladder_only: dict[str, dict[str, str]]
    computed: tuple[Computed, ...]
    slots: tuple[Slot, ...]
    classes: dict[str, AnnouncementClass]
    confidence: Confidence
    upside_finding: str | None
    upside_says: str
    upside_opinion: tuple[dict[str, Any], ...]
    changes: tuple[Change, ...]
    glossary: tuple[Term, ...]
    polarities: tuple[Polarity, ...]
    accepted: tuple[Acceptance, ...]
    kinds: dict[str, type[Fact]]
    own_kinds: bool = False


def parse_settings(data: Mapping[str, Any]) -> Settings:
    """The settings of a pack. Raises RulesError naming the key, the value and what is allowed."""
    try:
        written = PackFile.model_validate(data)
    except ValidationError as error:
        first = next((e for e in error.errors() if e["type"] == "extra_forbidden"), error.errors()[0])
        key = ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            meant = nearest(key, tuple(PackFile.model_fields))
            raise RulesError("Broken pack", f"pack.toml: no key {key!r}{meant}") from None
        raise RulesError("Broken pack", f"pack.toml: {key}: {first['msg']}") from None
    _check(written)
    return Settings(
        name=written.name, version=written.version, title=written.title, cut_points=written.cut_points,
        theme_cut_points=written.theme_cut_points, levels={level.level: level for level in written.level},
        themes={theme.code: theme for theme in written.theme}, evidence=written.evidence, ladders=written.ladder,
        ladder_only=written.ladder_only, computed=tuple(written.computed), slots=tuple(written.slot),
        classes={item.name: item for item in written.class_}, confidence=written.confidence,
        upside_finding=written.upside.finding, upside_says=written.upside.says,
        upside_opinion=tuple(written.upside.opinion), changes=tuple(written.change), glossary=tuple(written.glossary),
        polarities=tuple(written.pattern), accepted=tuple(written.accept),
        kinds=_kinds(written), own_kinds=written.facts == "own",
    )  # fmt: skip


def _kinds(pack: PackFile) -> dict[str, type[Fact]]:
    """The vocabulary's kinds or none, and those that the pack declares."""
    try:
        declared = {name: declare(name, fields) for name, fields in pack.kind.items()}
    except FactsError as error:
        raise RulesError(error.title, f"pack.toml: {error.message}") from None
    return {**(KINDS if pack.facts == "minerals" else {}), **declared}


def _check(pack: PackFile) -> None:
    if [level.level for level in pack.level] != [1, 2, 3, 4, 5]:
        raise RulesError("Broken pack", "pack.toml: level: the scale has the levels 1 to 5, in order")
    if sum(theme.weight for theme in pack.theme) != 100:
        total = sum(theme.weight for theme in pack.theme)
        raise RulesError("Broken pack", f"pack.toml: theme: the weights add up to {total}, not 100")
    for name, points in (("cut_points", pack.cut_points), ("theme_cut_points", pack.theme_cut_points)):
        if list(points) != sorted(set(points)):
            raise RulesError("Broken pack", f"pack.toml: {name}: {points} do not rise")
    for change in pack.change:
        if bool(change.facts) == bool(change.of) or bool(change.of) != bool(change.becomes):
            raise RulesError("Broken pack", f"pack.toml: change {change.name}: it brings facts, or of and becomes")
    slots = tuple(slot.name for slot in pack.slot)
    for item in pack.class_:
        for slot in item.expects:
            if slot not in slots:
                raise RulesError("Broken pack", f"pack.toml: class {item.name}: no slot {slot!r}{nearest(slot, slots)}")
