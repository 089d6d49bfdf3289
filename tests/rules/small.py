"""Small packs for tests: a few rules over kinds that the test declares."""

from collections.abc import Mapping, Sequence

from rules.memory import Element, Memory
from rules.pack import Pack, from_files
from rules.reason import Trace, reason
from rules.trace import Engine

_HEAD = """
name = "small"
version = "1"
title = "A small pack"
facts = "own"
cut_points = [26, 40, 60]
theme_cut_points = [20, 40, 60, 80]
theme = [{ code = "AAA", name = "A", weight = 100, base = 25 }]
class = [{ name = "deal", label = "A deal", expects = [] }, { name = "talk", label = "Talk", expects = [] }]
[evidence]
"""
_LEVEL = '[[level]]\nlevel = {}\nname = "n"\ncaution = "c"\nshape = "s"\nmeans = "m"\n'
_EFFECTS = {
    "concern": 'effect = "concern"\ntheme = "AAA"\nseverity = "low"\nweight = 5\nsays = "s"',
    "floor": 'effect = "floor"\nlevel = 3\nsays = "s"',
}
KINDS = {"deal": {"form": "text", "party": "text", "n": "number"}, "party": {"name": "text", "n": "number"}}


def pack(
    *rules: str, kinds: Mapping[str, Mapping[str, str]] = KINDS, slots: str = "", more: Mapping[str, str] | None = None
) -> Pack:
    """A pack of concerns AAA-000, AAA-001, ...: each of `rules` is the conditions of one.

    A rule that starts with `NAME:` concludes that finding; `more` are other files by name.
    """
    toml = _HEAD + "".join(_LEVEL.format(level) for level in range(1, 6)) + slots
    for kind, fields in kinds.items():
        toml += f"[kind.{kind}]\n" + "".join(f'{name} = "{sort}"\n' for name, sort in fields.items())
    files = {"pack.toml": toml.encode()}
    for number, conditions in enumerate(rules):
        files[f"r{number:04}.toml"] = rule(f"AAA-{number:03}", conditions).encode()
    return from_files(files | {name: text.encode() for name, text in (more or {}).items()})


def rule(code: str, conditions: str) -> str:
    """A rule file: a concern, or the finding named before the colon."""
    name, colon, rest = conditions.partition(":")
    found = bool(colon) and name.isupper()
    effect = f'effect = "finding"\nconcludes = "{name}"' if found else _EFFECTS["concern"]
    body = rest if found else conditions
    return f'code = "{code}"\ntitle = "t"\nstatus = "stable"\nsince = "1"\nbecause = "b"\n{effect}\n{body}\n'


def fact(kind: str, key: str, /, **fields: str | int | float) -> Element:
    """An element; `key` is its id."""
    return {"kind": kind, "id": key, **fields}


def trace(engine: Engine, of: Pack, facts: Sequence[Element], announcement_class: str = "deal") -> Trace:
    """One announcement through one engine."""
    return reason(of, Memory(tuple(facts), tuple(facts), {}), announcement_class, engine)


def fired(engine: Engine, of: Pack, *facts: Element) -> list[tuple[str, int, tuple[str, ...]]]:
    """What fired, in pack order: code, alternative, premises."""
    return [(f.code, f.alternative, f.premises) for f in trace(engine, of, facts).firings]
