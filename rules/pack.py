"""A pack: rules and the scale, themes, ladders, slots, classes and cut points that give them meaning."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.bundle import BELOW, Files, collect, digest_of, digest_of_all, is_shipped, resolve
from rules.condition import Pattern, parse_pattern
from rules.errors import RulesError
from rules.rule import Rule, parse_rule
from rules.schema import FieldSpec, Schema, derived, nearest, of_kinds
from rules.settings import Settings, parse_settings
from rules.strata import stratify

DEFAULT = "critical_minerals"
_EFFECTS = {"finding": 0, "concern": 1, "mitigant": 1, "floor": 2, "cap": 3, "definition": 4}


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A checked pack. `rules` are in pack order: findings, theme rules, floors (highest first), caps, definitions.

    `live` are those that can fire, neither definitions nor retired; `slots` are rules of effect `slot` made from
    pack.toml; `strata` gives the stratum of every code; `files` are the bytes that it was made from, `digest` the
    SHA-256 over their names and bytes; `extends` names the pack below it.
    """

    name: str
    version: str
    digest: str
    files: Files
    schema: Schema
    settings: Settings
    slots: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    live: tuple[Rule, ...]
    by_code: Mapping[str, Rule]
    strata: Mapping[str, int]
    upside: tuple[Pattern, ...]
    extends: str | None = None

    @property
    def title(self) -> str:
        """Name and version, and what the pack extends: no output may hide a house view."""
        return f"{self.name} {self.version}" + (f" (extends {self.extends})" if self.extends else "")

    def refuse_text(self) -> None:
        """Raise RulesError unless the shipped reader finds the pack's kinds and classes in a text; facts always do."""
        if self.settings.own_kinds:
            raise RulesError(
                "Facts only",
                f"the pack {self.name} declares its own kinds of facts, and no reader finds them in a text; write the"
                f" facts down and run `caveat evaluate FACTS.json --rules {self.name}`",
            )

    def rule(self, code: str) -> Rule:
        """The rule of a code. Raises RulesError naming the nearest known code."""
        found = self.by_code.get(code) or self.by_code.get(code.upper())
        if found is None:
            known = tuple(self.by_code)
            meant = nearest(code.upper(), known).partition(" (known")[0]
            raise RulesError("Unknown rule", f"no rule {code!r} in pack {self.name}{meant}; see `caveat rules list`")
        return found


def load(place: str | Path | None = None, examples: bool = False) -> Pack:
    """The pack of a name shipped with Caveat or of a folder; None is the critical minerals pack.

    The rules come without their examples unless these are asked for. Raises RulesError naming the file and the field
    at fault.
    """
    named = str(place or DEFAULT)
    return _shipped(named, examples) if is_shipped(named) else from_files(collect(named), examples)


@functools.cache
def _shipped(name: str, examples: bool) -> Pack:
    return from_files(collect(name), examples)


def from_files(content: Files, examples: bool = True) -> Pack:
    """The pack made of these files, by path inside the pack. Raises RulesError."""
    settings_data, written = resolve(content, examples)
    below = settings_data.pop("extends", None)
    settings = parse_settings(settings_data)
    schema = schema_of(settings, written)
    rules = _checked([parse_rule(data, schema, *_origin(name, content)) for name, data in written.items()], settings)
    return assemble(content, settings, schema, rules, _below(content) if below else None)


def assemble(
    content: Files, settings: Settings, schema: Schema, rules: Iterable[Rule], extends: str | None = None
) -> Pack:
    """The pack of checked parts; the rules are brought into pack order. Raises RulesError for a cycle."""
    slots, ordered = tuple(slot_rules(settings, schema)), in_order(rules, settings)
    live = tuple(rule for rule in ordered if rule.effect != "definition" and rule.status != "retired")
    return Pack(
        name=settings.name,
        version=settings.version,
        digest=digest_of_all(content),
        files=content,
        schema=schema,
        settings=settings,
        slots=slots,
        rules=ordered,
        live=live,
        by_code={rule.code: rule for rule in ordered},
        strata=stratify([*slots, *live]),
        upside=tuple(upside_patterns(settings, schema)),
        extends=extends,
    )


def _below(content: Files) -> str:
    base = from_files({name.removeprefix(BELOW): data for name, data in content.items() if name.startswith(BELOW)})
    return f"{base.title}, {base.digest[:19]}"


def _origin(name: str, content: Files) -> tuple[str, str]:
    return name, digest_of(content[name])


def schema_of(settings: Settings, written: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The kinds, fields and values that the pack's rules may name. Raises RulesError."""
    kinds = of_kinds(settings.kinds)
    for computed in settings.computed:
        fields = kinds.get(computed.kind)
        if fields is None or computed.source not in fields:
            raise RulesError("Broken pack", f"pack.toml: computed: no field {computed.source!r} of {computed.kind!r}")
        values = dict.fromkeys([*computed.values.values(), *([computed.default] if computed.default else [])])
        fields.setdefault(computed.field, FieldSpec("enum", tuple(values)))
    findings = [str(rule["concludes"]) for rule in written.values() if _is_finding(rule)]
    names = tuple(slot.name for slot in settings.slots)
    return {**kinds, **derived(tuple(settings.classes), names, tuple(dict.fromkeys(findings)))}


def _is_finding(rule: Mapping[str, Any]) -> bool:
    return rule.get("effect") == "finding" and "concludes" in rule


def slot_rules(settings: Settings, schema: Schema) -> Iterator[Rule]:
    """A rule of effect `slot` for every slot of pack.toml. Raises RulesError."""
    for slot in settings.slots:
        place = f"pack.toml: slot {slot.name}"
        patterns = tuple(
            parse_pattern(table, schema, f"any{number}", {}, f"{place}: any {number}")
            for number, table in enumerate(slot.any, 1)
        )
        for pattern in patterns:
            if pattern.kind not in settings.kinds:
                raise RulesError("Broken slot", f"{place}: a slot reads facts only, not {pattern.kind}")
        yield Rule(
            code=f"slot:{slot.name}",
            title=slot.label,
            effect="slot",
            because="",
            says="",
            file="pack.toml",
            digest="",
            concludes=slot.name,
            any=patterns,
        )


def upside_patterns(settings: Settings, schema: Schema) -> Iterator[Pattern]:
    """What an opinion must speak of for the upside note. Raises RulesError."""
    for number, table in enumerate(settings.upside_opinion, 1):
        yield parse_pattern(table, schema, f"upside{number}", {}, f"pack.toml: upside.opinion {number}")


def _checked(rules: list[Rule], settings: Settings) -> list[Rule]:
    """The rules; a doubled code is refused with both files."""
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.code in seen:
            raise RulesError("Doubled code", f"{rule.file}: {rule.code} is taken by {seen[rule.code]}; choose another")
        seen[rule.code] = rule.file
        if rule.theme is not None and rule.theme not in settings.themes:
            meant = nearest(rule.theme, tuple(settings.themes))
            raise RulesError("Unknown theme", f"{rule.file}: no theme {rule.theme!r}{meant}")
    return rules


def in_order(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """Rules in pack order: by effect, theme, level and code."""
    themes = {code: place for place, code in enumerate(settings.themes)}

    def place(rule: Rule) -> tuple[int, int, int, str]:
        level = -(rule.level or 0) if rule.effect == "floor" else rule.level or 0
        return _EFFECTS[rule.effect], themes.get(rule.theme or "", 0), level, rule.code

    return tuple(sorted(rules, key=place))
