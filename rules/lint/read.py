"""Read a pack leniently: every problem of every file is reported, and what can be read is checked further."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rules.bundle import Files, collect, digest_of, own_files, resolve
from rules.condition import Pattern, parse_pattern
from rules.errors import RulesError
from rules.lint.cases import text_of
from rules.lint.finding import Finding
from rules.lint.source import PACK, Source
from rules.pack import Pack, assemble, schema_of, slot_rules, upside_patterns
from rules.rule import Rule, RuleFile, effect_problems, made
from rules.schema import Schema, nearest
from rules.settings import PackFile, Settings, parse_settings
from rules.strata import stratify

_LINE = re.compile(r"at line (\d+)")
_CODE = re.compile(r"[A-Z]{3}-\d{3}")
#: What the model adds to the path of a value that may be one of several types.
_BRANCHES = ("int", "decimal")
#: What parse_pattern calls a problem, and the code of it.
_CODES = {"Unknown kind": "PCK-03", "Unknown field": "PCK-04", "Unknown value": "PCK-05", "Wrong value": "PCK-05"}


@dataclass(slots=True)
class Draft:
    """A pack as far as it can be read. `pack` is None where pack.toml is too broken to read rules by it."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    pack: Pack | None = None


def read(place: str) -> Draft:
    """The pack at a place, with every problem of reading it. Raises RulesError where there is no pack at all."""
    try:
        content: Files = collect(place)
    except RulesError:
        content = own_files(place)
        if PACK not in content:
            raise
    return read_files(content, text_of(place))


def read_files(content: Files, cases: str = "") -> Draft:
    """The same, of files by path inside the pack, and the text of its case file."""
    draft = Draft(Source(content, cases))
    tables = dict(_tables(content, draft))
    draft.source.name_tables(tables)
    readable = {name: content[name] for name in tables}
    if not {name for name in content if name.rpartition("/")[2] == PACK} <= readable.keys():
        return draft
    settings_data, written = resolve(readable)
    extends = settings_data.pop("extends", None)
    settings = _settings(settings_data, draft)
    files = dict(_rule_files(written, draft))
    if settings is None:
        return draft
    try:
        schema = schema_of(settings, written)
        slots = tuple(slot_rules(settings, schema))
        tuple(upside_patterns(settings, schema))
        draft.source.read_polarities(settings, schema)
    except RulesError as error:
        draft.findings.append(_of_pack(error, draft.source))
        return draft
    rules = _rules(files, schema, settings, content, draft)
    layered = _layered([*slots, *rules], draft)
    draft.pack = assemble(content, settings, schema, layered, str(extends) if extends else None)
    return draft


def _tables(content: Files, draft: Draft) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, data in content.items():
        try:
            yield name, tomllib.loads(data.decode("utf-8"), parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            line = int(found.group(1)) if (found := _LINE.search(str(error))) else 1
            draft.findings.append(Finding("PCK-01", name, line, f"not TOML: {error}", "mend the line"))
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            draft.findings.append(Finding("PCK-01", name, line, "not UTF-8", "save the file as UTF-8"))


def _settings(data: Mapping[str, Any], draft: Draft) -> Settings | None:
    try:
        return parse_settings(data)
    except RulesError as error:
        broken = list(_invalid(PackFile, data))
        if not broken:
            draft.findings.append(_of_pack(error, draft.source))
        for path, message, remedy in broken:
            line = draft.source.lines(PACK).find(path)
            draft.findings.append(Finding("PCK-07", PACK, line, message, remedy))
        return None


def _of_pack(error: RulesError, source: Source) -> Finding:
    """A problem of pack.toml that its parser tells in words; the line is that of the name it quotes, if any."""
    message = error.message.removeprefix(f"{PACK}: ")
    quoted, keys = re.findall(r"'([^']+)'", message), re.findall(r"^(\w+)", message)
    if quoted:
        line = source.lines(PACK).containing(quoted[0], source.texts[PACK].splitlines())
    else:
        line = max(source.lines(PACK).find(path) for path in ((keys[0],), (keys[0], 0)))
    said, remedy = _split(message)
    return Finding("PCK-07", PACK, line, said, remedy)


def _rule_files(written: Mapping[str, Mapping[str, Any]], draft: Draft) -> Iterator[tuple[str, RuleFile]]:
    for name, data in written.items():
        problems = list(_invalid(RuleFile, data))
        code = str(data.get("code", ""))
        for path, message, remedy in problems:
            line = draft.source.lines(name).find(path)
            draft.findings.append(Finding("PCK-02", name, line, message, remedy, code))
        if not problems:
            yield name, RuleFile.model_validate(data)


def _rules(
    files: Mapping[str, RuleFile], schema: Schema, settings: Settings, content: Files, draft: Draft
) -> list[Rule]:
    found: dict[str, Rule] = {}
    for name, written in files.items():
        problems = list(_own_problems(written, name, settings, draft.source))
        conditions, broken = _conditions(written, name, schema, draft.source)
        if (taken := found.get(written.code)) is not None:
            message, remedy = f"{written.code} is taken by {taken.file}", "choose another code; codes are never reused"
            line = draft.source.lines(name).find(("code",))
            problems.append(Finding("PCK-08", name, line, message, remedy, written.code))
        draft.findings += [*problems, *broken]
        if not problems and not broken:
            found[written.code] = made(written, name, digest_of(content[name]), *conditions)
    return list(found.values())


def _own_problems(written: RuleFile, name: str, settings: Settings, source: Source) -> Iterator[Finding]:
    lines = source.lines(name)
    for key, message in effect_problems(written):
        said, _, remedy = message.partition("; ")
        remedy = remedy or "write it, or choose another effect"
        yield Finding("PCK-02", name, lines.find((key,)), said, remedy, written.code)
    if written.theme is not None and written.theme not in settings.themes:
        said, remedy = _split(f"no theme {written.theme!r}{nearest(written.theme, tuple(settings.themes))}")
        yield Finding("PCK-09", name, lines.find(("theme",)), said, remedy, written.code)


def _conditions(
    written: RuleFile, name: str, schema: Schema, source: Source
) -> tuple[tuple[tuple[Pattern, ...], ...], list[Finding]]:
    """The conditions of a rule, and the problems of each field of each."""
    broken: list[Finding] = []
    aliases: dict[str, str] = {}
    groups = []
    for group in ("when", "any", "unless"):
        patterns: list[Pattern] = []
        for number, table in enumerate(getattr(written, group)):
            alias = str(table.get("as", f"{group}{number + 1}"))
            pattern, problems = _pattern(table, schema, alias, aliases)
            if alias in aliases:
                problems.append(("as", RulesError("Broken rule", f"the alias {alias!r} is taken")))
            for key, error in problems:
                said, remedy = _split(error.message)
                line = source.lines(name).find((group, number, key))
                code = _CODES.get(error.title, "PCK-06")
                broken.append(Finding(code, name, line, f"{group} {number + 1}: {said}", remedy, written.code))
            if pattern is not None:
                patterns.append(pattern)
                if group == "when":
                    aliases[alias] = pattern.kind
        groups.append(tuple(patterns))
    return tuple(groups), broken


def _pattern(
    table: Mapping[str, Any], schema: Schema, alias: str, earlier: Mapping[str, str]
) -> tuple[Pattern | None, list[tuple[str, RulesError]]]:
    """One condition; its problems field by field, for the parser stops at the first."""
    problems = []
    head = {"fact": table["fact"]} if "fact" in table else {}
    for key in [k for k in table if k not in ("fact", "as")] or ["fact"]:
        try:
            parse_pattern(head | {key: table[key]} if key != "fact" else head, schema, alias, earlier, "")
        except RulesError as error:
            known = error.title == "Unknown kind" or "fact" not in table
            problems.append(("fact" if known else key, error))
            if known:
                break
    return (None if problems else parse_pattern(table, schema, alias, earlier, "")), problems


def _layered(rules: Sequence[Rule], draft: Draft) -> list[Rule]:
    """The rules of the pack; those that wait for each other are reported and left out."""
    kept = list(rules)
    while True:
        live = [rule for rule in kept if rule.effect != "definition" and rule.status != "retired"]
        try:
            stratify(live)
        except RulesError as error:
            circle = list(dict.fromkeys(_CODE.findall(error.message.partition(": ")[2])))
            first = next(rule for rule in kept if rule.code == circle[0])
            read = next((p for p, c in draft.source.conditions(first) if c.kind == "finding"), ("code", 0))
            message = "rules that wait for each other: " + " -> ".join([*circle, circle[0]])
            draft.findings.append(draft.source.finding("PCK-10", first, read, message, "take one condition out"))
            kept = [rule for rule in kept if rule.code not in circle]
        else:
            return [rule for rule in kept if rule.effect != "slot"]


def _invalid(model: type[BaseModel], data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every problem of a file's keys and values: path, message, remedy."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        found: dict[tuple[str | int, ...], tuple[str, str]] = {}
        for each in error.errors():
            path = tuple(part for part in each["loc"] if part not in _BRANCHES)
            found.setdefault(path, _explained(each, path, model))
        yield from ((path, *told) for path, told in found.items())


def _explained(error: ErrorDetails, place: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str]:
    path = ".".join(map(str, place))
    last = str(place[-1]) if place else ""
    if error["type"] == "extra_forbidden":
        known = tuple(info.alias or name for name, info in model.model_fields.items()) if len(place) == 1 else ()
        meant = nearest(last, known) if known else ""
        return _split(f"no key {path!r}{meant}", "remove it")
    if error["type"] == "missing":
        return f"the key {path!r} is missing", "write it"
    return f"{path} = {error['input']!r}: {error['msg']}", "correct the value"


def _split(message: str, remedy: str = "correct it") -> tuple[str, str]:
    """A message and its remedy: what was probably meant, or what is known."""
    message = message.lstrip(":, ")
    for mark in ("; ", " (known: ", " (aliases: "):
        said, found, rest = message.partition(mark)
        if found:
            return said, f"one of: {rest.rstrip(')')}" if mark != "; " else rest
    return message, remedy
