"""A rule as JSON, for programs and editors, and as a page."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules.condition import COMPARISONS, Pattern
from rules.explain.prose import says, sentence
from rules.pack import Pack
from rules.rating import plain
from rules.rule import Example, Rule, Source


def rule_json(rule: Rule) -> dict[str, Any]:
    """All that a rule says; conditions as text."""
    return {
        "code": rule.code,
        "title": rule.title,
        "status": rule.status,
        "since": rule.since,
        "effect": rule.effect,
        "theme": rule.theme,
        "severity": rule.severity,
        "weight": plain(rule.weight) if rule.weight else None,
        "level": rule.level,
        "concludes": rule.concludes,
        "because": rule.because,
        "says": rule.says,
        "when": [str(pattern) for pattern in rule.when],
        "any": [str(pattern) for pattern in rule.any],
        "unless": [str(pattern) for pattern in rule.unless],
        "sources": [source.model_dump(exclude_none=True) for source in rule.sources],
        "examples": [example.model_dump(exclude_defaults=True, by_alias=True) for example in rule.examples],
        "file": rule.file,
        "digest": rule.digest,
    }


def page(rule: Rule, pack: Pack) -> str:
    """The rule's page as Markdown: what it says, why, when it fires, examples, sources, since, status."""
    return "\n".join(_lines(rule, pack)).rstrip() + "\n"


def weight(rule: Rule) -> str:
    """The effect of a rule with its number: "concern +20", "floor 4"."""
    if rule.effect in ("concern", "mitigant"):
        return f"{rule.effect} {rule.contribution:+}"
    return f"{rule.effect} {rule.level}" if rule.level else rule.effect


def source(each: Source) -> str:
    """A source in one line of plain text."""
    parts = [each.title, each.publisher, str(each.year) if each.year else None, each.url]
    return ", ".join(part for part in parts if part) + (f" ({each.note})" if each.note else "")


def _lines(rule: Rule, pack: Pack) -> Iterator[str]:
    theme = pack.settings.themes.get(rule.theme or "")
    told = [
        f"{weight(rule)}{f' {rule.concludes}' if rule.concludes else ''}",
        f"theme {theme.code}, {theme.name}" if theme else "",
        f"severity {rule.severity}",
    ]
    yield f"# {rule.code}: {rule.title}\n"
    yield ", ".join(part for part in told if part and not part.endswith("None"))
    yield f"Since version {rule.since}, {rule.status}. File: `{rule.file}`\n"
    if rule.says:
        yield f"## What it says\n\n{sentence(says(rule))}\n"
    yield f"## Why\n\n{rule.because}\n"
    yield from _conditions(rule, pack)
    for expect, title in (("fires", "Fires on"), ("silent", "Silent on"), (None, "Examples")):
        yield from _examples(rule, expect, title)
    yield from _block("Sources", [_linked(each) for each in rule.sources])


def _conditions(rule: Rule, pack: Pack) -> Iterator[str]:
    there = "there is " if rule.when else ""
    yield from _block("Fires when", [f"{there}{_told(pattern, pack)}" for pattern in rule.when])
    title = "and one of" if rule.when else "Fires when there is one of"
    yield from _block(title, [_told(pattern, pack) for pattern in rule.any])
    title = "and there is no" if rule.when or rule.any else "Fires when there is no"
    yield from _block(title, [_told(pattern, pack) for pattern in rule.unless])


def _told(pattern: Pattern, pack: Pack) -> str:
    """A condition, with the values that stand on the rungs it asks for."""
    ladder = pack.settings.ladders.get(pattern.kind)
    tests = [test for test in pattern.tests if test.field == "rung" and test.operator in COMPARISONS]
    if ladder is None or not tests:
        return f"`{pattern}`"
    held = [v for v, r in ladder.rungs.items() if all(COMPARISONS[t.operator][1](r, t.operand) for t in tests)]
    return f"`{pattern}` ({ladder.field}: {', '.join(held)})"


def _examples(rule: Rule, expect: str | None, title: str) -> Iterator[str]:
    found = [example for example in rule.examples if example.expect == expect]
    yield from _block(title, [_example(example) for example in found])


def _example(example: Example) -> str:
    head = f"{example.name}" + (f", class {example.announcement_class}" if example.announcement_class else "")
    head += " (a known gap)" if example.known_gap else ""
    facts = "; ".join(_fact(fact) for fact in example.facts) or "no fact"
    gives = (
        ": gives " + ", ".join(f"`{key} = {value}`" for key, value in example.gives.items()) if example.gives else ""
    )
    return f"{head}: {facts}{gives}"


def _fact(fact: Mapping[str, Any]) -> str:
    fields = ", ".join(f"{key} = {value}" for key, value in fact.items() if key != "kind")
    return f"`{fact.get('kind')}{': ' if fields else ''}{fields}`"


def _linked(each: Source) -> str:
    parts = [each.title, each.publisher, str(each.year) if each.year else None]
    head = ", ".join(part for part in parts if part)
    note = f" ({each.note})" if each.note else ""
    return f"{head}{f': <{each.url}>' if each.url else ''}{note}"


def _block(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"## {title[0].upper()}{title[1:]}\n"
        yield from (f"- {item}" for item in items)
        yield ""
