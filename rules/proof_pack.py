"""What a pack says, for the checker of proofs: its files, its patterns, the ways in which a rule fires.

Written anew from the description of the rule language and as plainly as possible, with nothing but the standard
library: it must not share a mistake with the loader and the engines that it checks.
"""

import functools
import hashlib
import itertools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

_ORDER = {"finding": 0, "concern": 1, "mitigant": 1, "floor": 2, "cap": 3, "definition": 4}
_SIGNS = {"at_least": ">=", "at_most": "<=", "below": "<", "above": ">"}

Table = Mapping[str, Any]
#: One way in which a rule fired: the number of its alternative, the ids of the facts by pattern.
Proof = tuple[int, tuple[str, ...]]


def ways(rule: Table) -> list[list[tuple[str, Table]]]:
    """The positive patterns of each way to fire, with their aliases: all of `when`, and one of `any`."""
    when = [(table.get("as", f"when{place}"), table) for place, table in enumerate(rule.get("when", ()), 1)]
    either = [(table.get("as", f"any{place}"), table) for place, table in enumerate(rule.get("any", ()), 1)]
    return [[*when, choice] for choice in either] or [when]


def proofs(rule: Table, world: Sequence[Table]) -> list[Proof]:
    """Every way in which the rule fires: each combination of facts is tried."""
    found = []
    for number, way in enumerate(ways(rule)):
        for facts in itertools.product(*([e for e in world if e["kind"] == table["fact"]] for _, table in way)):
            bound = dict(zip((alias for alias, _ in way), facts, strict=True))
            if all(fits(table, fact, bound) for (_, table), fact in zip(way, facts, strict=True)) and not any(
                fits(table, element, bound) for table in rule.get("unless", ()) for element in world
            ):
                found.append((number, tuple(str(fact["id"]) for fact in facts)))
    return found


def fits(table: Table, element: Table, bound: Mapping[str, Table]) -> bool:
    """Whether an element matches a pattern; a test of a field that it does not have is false."""
    return element["kind"] == table["fact"] and all(
        element.get(field) is not None and _holds(element[field], operator, operand, bound)
        for field, operator, operand in _tests(table)
    )


def _holds(value: Any, operator: str, operand: Any, bound: Mapping[str, Table]) -> bool:
    if operator == "same_as":
        alias, _, other = operand.partition(".")
        return bool(value == bound[alias].get(other))
    if operator in ("equals", "one_of"):
        return value in (operand if operator == "one_of" else [operand])
    if isinstance(value, bool | str):
        return False
    if operator in ("at_least", "above"):
        return bool(value > operand or (operator == "at_least" and value == operand))
    return bool(value < operand or (operator == "at_most" and value == operand))


def _tests(table: Table) -> Iterator[tuple[str, str, Any]]:
    for field, operand in table.items():
        if field not in ("fact", "as"):
            for operator, value in (operand if isinstance(operand, Mapping) else {"equals": operand}).items():
                yield field, operator, [*map(_number, value)] if isinstance(value, list) else _number(value)


def worded(table: Table) -> str:
    """The pattern as an assessment words its absence: "commitment: rung >= 4"."""
    words = []
    for field, operator, operand in _tests(table):
        if operator == "one_of":
            words.append(f"{field} in {', '.join(map(str, operand))}")
        else:
            words.append(f"{field} {_SIGNS.get(operator, '=')} {operand}")
    return str(table["fact"]) + (": " + ", ".join(words) if words else "")


def slot_status(slot: Table, world: Sequence[Table], hedged: Sequence[Table]) -> tuple[str, list[str]]:
    """The status of a slot, and the facts that it rests on (EVI-006)."""
    denied_by = slot.get("denied_by", ())
    stated = [e["id"] for table in slot["any"] for e in world if fits(table, e, {})]
    denied = [e["id"] for e in world if e["kind"] == "denial" and e.get("what") in denied_by]
    omitted = [e["id"] for e in world if e["kind"] == "omission" and e.get("slot") == slot["name"]]
    hoped = [e["id"] for e in hedged if any(fits(table, e, {}) for table in slot["any"])]
    tries = (("STATED", stated), ("DENIED", denied), ("OMITTED", omitted), ("HEDGED", hoped))
    status, by = next(((status, by) for status, by in tries if by), ("NOT_MENTIONED", []))
    return status, list(dict.fromkeys(by))


def ready(waiting: Mapping[str, Table]) -> list[str]:
    """The rules that read no finding which a waiting rule may still conclude. Raises ValueError if there is none."""
    pending = {rule["concludes"] for rule in waiting.values() if rule["effect"] == "finding"}
    found = [code for code, rule in waiting.items() if not _reads(rule, pending)]
    if not found:
        raise ValueError(f"the pack's rules wait for each other: {', '.join(waiting)}")
    return found


def _reads(rule: Table, pending: set[str]) -> bool:
    return any(
        table["fact"] == "finding" and not pending.isdisjoint(_findings(table, pending))
        for table in (*rule.get("when", ()), *rule.get("any", ()), *rule.get("unless", ()))
    )


def _findings(table: Table, every: set[str]) -> set[str]:
    """The findings that a pattern names, or all of them."""
    for field, operator, operand in _tests(table):
        if field == "name" and operator in ("equals", "one_of"):
            return set(operand) if operator == "one_of" else {operand}
    return every


def can_fire(rule: Table) -> bool:
    """Whether the rule is neither a definition nor retired."""
    return rule["effect"] != "definition" and rule.get("status") != "retired"


def contribution(rule: Table) -> Decimal:
    """What the rule adds to its theme's score when it fires."""
    sign = {"concern": 1, "mitigant": -1}.get(rule["effect"], 0)
    return sign * Decimal(rule.get("weight") or 0)


def pack_place(rule: Table, themes: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Pack order: findings, theme rules by theme, floors from the highest, caps."""
    level = rule.get("level") or 0
    level = -level if rule["effect"] == "floor" else level
    return _ORDER[rule["effect"]], themes.get(rule.get("theme", ""), 0), level, rule["code"]


def resolve(files: Mapping[str, bytes]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The settings and rules of a pack, laid over those of the pack that it extends; the last packs are remembered."""
    return _resolved(tuple(sorted(files.items())))


@functools.lru_cache(maxsize=4)
def _resolved(content: tuple[tuple[str, bytes], ...]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    files = dict(content)
    tables = {name: tomllib.loads(data.decode(), parse_float=Decimal) for name, data in files.items()
              if not name.startswith("extends/")}  # fmt: skip
    settings = tables.pop("pack.toml")
    below = {name.removeprefix("extends/"): data for name, data in files.items() if name.startswith("extends/")}
    if not below:
        return settings, list(tables.values())
    base, rules = resolve(below)
    replaced = {rule["code"] for rule in tables.values()}
    return _overlay(base, settings), [*(rule for rule in rules if rule["code"] not in replaced), *tables.values()]


def _overlay(base: Table, over: Table) -> dict[str, Any]:
    """Tables merged key by key, lists of named tables entry by entry; anything else replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _overlay(below, value)
        elif isinstance(below, list) and isinstance(value, list) and (name := _naming([*below, *value])):
            changed = {entry[name]: entry for entry in value}
            known = {entry[name] for entry in below}
            kept = [_overlay(entry, changed.get(entry[name], {})) for entry in below]
            merged[key] = [*kept, *(entry for entry in value if entry[name] not in known)]
        else:
            merged[key] = value
    return merged


def _naming(entries: Sequence[Any]) -> str | None:
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    return next((name for name in ("name", "code", "level") if all(name in entry for entry in entries)), None)


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over each file's path, length and bytes, in order of path."""
    return "sha256:" + sha256(
        b"".join(f"{name}\0{len(data)}\0".encode() + data for name, data in sorted(files.items()))
    )


def sha256(data: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _number(value: Any) -> Any:
    """A pack's number as rules compare it: whole ones as int, others as float."""
    if not isinstance(value, Decimal | float):
        return value
    return int(value) if value == int(value) else float(value)


def plain(number: Decimal) -> str:
    """A decimal without trailing zeros or exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
