"""The case file of a pack: documented announcements with the rating that they must get and what came of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from facts.codec import parse_facts
from facts.fact import Fact
from rules.bundle import is_shipped
from rules.errors import RulesError
from rules.pack import Pack
from rules.schema import nearest

NAME = "cases.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `expect` holds the level, the rules that fire and more; `tag` is the outcome in a word."""

    number: int
    name: str
    announcement_class: str
    facts: tuple[Fact, ...]
    expect: Mapping[str, Any] = field(default_factory=dict)
    tag: str = ""
    outcome: str = ""
    date: str = ""

    @property
    def fired(self) -> frozenset[str]:
        """The codes of theme rules, floors and caps that must fire; findings stand in `expect` by name."""
        return frozenset(code for key in ("fired", "floors", "caps") for code in self.expect.get(key, ()))


def text_of(place: str) -> str:
    """The case file of a pack as text; empty if it has none."""
    path = files("rules") / "packs" / place / NAME if is_shipped(place) else Path(place) / NAME
    return path.read_text("utf-8") if path.is_file() else ""


def cases_of(pack: Pack, place: str | None = None) -> tuple[Case, ...]:
    """The cases beside a pack. Raises RulesError or FactsError naming the line."""
    return tuple(parse(pack, text_of(place or pack.name), NAME))


def read_cases(pack: Pack, path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises RulesError or FactsError naming the line."""
    try:
        return tuple(parse(pack, path.read_text("utf-8"), path.name))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError("Not readable", f"{path}: {getattr(error, 'strerror', None) or error}") from None


def parse(pack: Pack, text: str, name: str) -> Iterator[Case]:
    """Every case of JSON lines. Raises RulesError or FactsError naming the line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _case(pack, line, f"{name}, line {number}", number)


def _case(pack: Pack, line: str, place: str, number: int) -> Case:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise RulesError("Not a case", f"{place}: not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("class"), str) or "facts" not in data:
        raise RulesError("Not a case", f"{place}: a case is an object with class and facts")
    if data["class"] not in pack.settings.classes:
        meant = nearest(data["class"], tuple(pack.settings.classes))
        raise RulesError("Unknown class", f"{place}: no announcement class {data['class']!r}{meant}")
    facts: Sequence[Fact] = parse_facts(data["facts"], place, pack.settings.kinds)
    outcome = data.get("outcome", {})
    return Case(
        number=int(data.get("case", number)), name=str(data.get("who", data.get("key", number))),
        announcement_class=data["class"], facts=tuple(facts), expect=data.get("expect", {}),
        tag=str(outcome.get("tag", "")), outcome=str(outcome.get("text", "")), date=str(data.get("date", "")),
    )  # fmt: skip
