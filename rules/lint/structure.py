"""What a pack must have besides rules that can fire: sources, examples, mitigants, readers of what is concluded."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from facts.codec import parse_facts
from facts.errors import FactsError
from rules.condition import Pattern
from rules.lint.cases import NAME
from rules.lint.domain import passes
from rules.lint.finding import Finding
from rules.lint.source import PACK, Source
from rules.pack import Pack
from rules.rule import Rule
from rules.schema import DERIVED, nearest

_EFFECTS_WITH_EXAMPLES = ("finding", "concern", "mitigant", "floor", "cap")


def structure(pack: Pack, source: Source) -> Iterator[Finding]:
    """Every gap."""
    for rule in pack.rules:
        if rule.status != "retired":
            yield from _sources(rule, source)
            yield from _examples(rule, source)
            yield from _example_facts(pack, rule, source)
            yield from _unfilled(rule, source)
    yield from _retired(pack, source)
    yield from _themes(pack, source)
    yield from _unused_slots(pack, source)
    yield from _unread_findings(pack, source)


def _sources(rule: Rule, source: Source) -> Iterator[Finding]:
    if not rule.sources:
        remedy = 'write sources = [{ title = "...", publisher = "...", url = "..." }]'
        yield source.finding("PCK-12", rule, ("code",), "it names no source", remedy)


def _examples(rule: Rule, source: Source) -> Iterator[Finding]:
    if rule.effect in _EFFECTS_WITH_EXAMPLES:
        for expect in ("fires", "silent"):
            if not any(example.expect == expect for example in rule.examples):
                remedy = f'write an [[example]] with expect = "{expect}"'
                yield source.finding("PCK-13", rule, ("code",), f"no example says when it {_verb(expect)}", remedy)
        return
    if not any(example.gives for example in rule.examples):
        remedy = "write an [[example]] with gives = { ... }"
        yield source.finding("PCK-13", rule, ("code",), "no example says what it gives", remedy)


def _verb(expect: str) -> str:
    return "fires" if expect == "fires" else "is silent"


def _example_facts(pack: Pack, rule: Rule, source: Source) -> Iterator[Finding]:
    for number, example in enumerate(rule.examples):
        path = ("example", number)
        try:
            parse_facts(list(example.facts), "", pack.settings.kinds)
        except FactsError as error:
            message, _, remedy = error.message.lstrip(", ").partition(" Did you mean ")
            remedy = f"did you mean {remedy}" if remedy else "correct the facts"
            yield source.finding("PCK-26", rule, (*path, "facts"), f"example {example.name!r}: {message}", remedy)
        name = example.announcement_class
        if name is not None and name not in pack.settings.classes:
            remedy = nearest(name, tuple(pack.settings.classes)).lstrip("; ")
            yield source.finding(
                "PCK-26", rule, (*path, "class"), f"example {example.name!r}: no class {name!r}", remedy
            )
        wrong = example.expect is None if rule.effect != "definition" else not example.gives
        if wrong:
            key = "expect" if rule.effect != "definition" else "gives"
            yield source.finding("PCK-26", rule, path, f"example {example.name!r} has no {key}", f"write {key} = ...")


def _unfilled(rule: Rule, source: Source) -> Iterator[Finding]:
    """What `caveat rules new` leaves to be written."""
    for number, line in enumerate(source.texts[rule.file].splitlines(), 1):
        key, found, value = line.partition("=")
        if found and not line.startswith("#") and "fill in" in value.partition("#")[0].lower():
            message, remedy = f"{key.strip(' {')} is left to fill in", "write it"
            yield Finding("PCK-27", rule.file, number, message, remedy, rule.code)


def _retired(pack: Pack, source: Source) -> Iterator[Finding]:
    """Retired rules that live ones, the pack file or the cases still rely on."""
    retired = {rule.code: rule for rule in pack.rules if rule.status == "retired"}
    if not retired:
        return
    live = [rule for rule in pack.rules if rule.status != "retired"]
    for code, gone in retired.items():
        for rule in live:
            if code in f"{rule.title} {rule.because} {rule.says}":
                line = source.lines(rule.file).containing(code, source.texts[rule.file].splitlines())
                message = f"its text names {code}, which is retired"
                yield Finding("PCK-11", rule.file, line, message, "name the rule that took its place", rule.code)
        if gone.effect == "finding" and not any(r.concludes == gone.concludes and r.effect == "finding" for r in live):
            yield from _readers(live, gone, source)
        for accepted in pack.settings.accepted:
            if accepted.rule == code:
                message, remedy = f"[[accept]] names {code}, which is retired", "remove the entry"
                found = source.pack_finding("PCK-11", ("accept", code), message, remedy)
                line = source.lines(PACK).containing(f'"{code}"', source.texts[PACK].splitlines())
                yield Finding("PCK-11", found.file, line, message, remedy, code)
    yield from _cases(source.cases, retired)


def _readers(live: list[Rule], gone: Rule, source: Source) -> Iterator[Finding]:
    for rule in live:
        for place, pattern in source.conditions(rule):
            if pattern.kind == "finding" and _names(pattern, str(gone.concludes)):
                message = f"it reads {gone.concludes}, which only {gone.code} concluded, and that is retired"
                yield source.finding("PCK-11", rule, place, message, "read what took its place")


def _cases(cases: str, retired: Mapping[str, Rule]) -> Iterator[Finding]:
    for number, line in enumerate(cases.splitlines(), 1):
        case: dict[str, Any] = json.loads(line) if line.strip() else {}
        fired = {code for key in ("fired", "floors", "caps") for code in case.get("expect", {}).get(key, ())}
        for code in sorted(fired & retired.keys()):
            message = f"case {case.get('case')} expects {code}, which is retired"
            yield Finding("PCK-11", NAME, number, message, "rate the case anew and take it out", code)


def _themes(pack: Pack, source: Source) -> Iterator[Finding]:
    for code in pack.settings.themes:
        if not any(rule.theme == code and rule.effect == "mitigant" for rule in pack.live):
            message = f"theme {code} has no mitigant: nothing good can be said in it"
            yield source.pack_finding(
                "PCK-14", ("theme", code, "code"), message, "write a mitigant, or merge the theme"
            )


def _unused_slots(pack: Pack, source: Source) -> Iterator[Finding]:
    expected = {slot for item in pack.settings.classes.values() for slot in item.expects}
    read = [p for rule in pack.live for p in rule.patterns if p.kind == "slot"]
    for slot in pack.settings.slots:
        if slot.name not in expected and not any(_names(pattern, slot.name) for pattern in read):
            message = f"slot {slot.name}: no class expects it and no rule reads it"
            yield source.pack_finding(
                "PCK-15", ("slot", slot.name, "name"), message, "add it to a class's expects, or remove it"
            )


def _unread_findings(pack: Pack, source: Source) -> Iterator[Finding]:
    read = [p for rule in pack.live for p in rule.patterns if p.kind == "finding"]
    for rule in pack.live:
        name = rule.concludes
        if rule.effect != "finding" or name is None or name == pack.settings.upside_finding:
            continue
        if not any(_names(pattern, name) for pattern in read):
            message = f"it concludes {name}, which no rule reads"
            yield source.finding("PCK-16", rule, ("concludes",), message, f"read it in a rule, or retire {rule.code}")


def _names(pattern: Pattern, name: str) -> bool:
    return pattern.kind in DERIVED and all(passes(test, name) for test in pattern.tests if test.field == "name")
