"""Every example list of the extractors: what must be read from a short text, and what must not."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from facts.announcement import Announcement
from facts.codec import parse_fact
from facts.extract import read_in_scope
from facts.fact import Fact
from facts.kinds import KINDS

_FOLDER = Path(__file__).parent / "examples"
_KEYS = {"name", "title", "text", "facts", "more", "published"}


@dataclasses.dataclass(frozen=True)
class Example:
    """One example; `facts` are the facts of `kind` that must be read, and unless `more` no others of that kind."""

    kind: str
    name: str
    text: str
    facts: tuple[dict[str, Any], ...]
    more: bool
    published: Any


def _examples() -> list[Example]:
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        if path.stem in KINDS:
            tables = tomllib.loads(path.read_text("utf-8"))["example"]
            found += [_example(path.stem, table) for table in tables]
    return found


def _example(kind: str, table: dict[str, Any]) -> Example:
    assert not table.keys() - _KEYS, f"{kind}: {table['name']}: unknown keys {table.keys() - _KEYS}"
    text = f"{table['title']}\n\n{table['text']}" if "title" in table else table["text"]
    facts = tuple({"kind": kind, **fact} for fact in table["facts"])
    return Example(kind, table["name"], text, facts, table.get("more", False), table.get("published"))


def _says(fact: Fact, wanted: dict[str, Any]) -> bool:
    return all(name == "kind" or getattr(fact, name) == value for name, value in wanted.items())


@pytest.mark.parametrize("example", _examples(), ids=lambda example: f"{example.kind}: {example.name}")
def test_an_example_is_read_as_it_says(example: Example) -> None:
    reading = read_in_scope(Announcement.from_text(example.text, published=example.published))
    found = [fact for fact in reading.facts if isinstance(fact, KINDS[example.kind])]
    shown = [f"{fact.fields} {fact.polarity} {fact.modality} {fact.layer} {fact.quote!r}" for fact in found]
    for wanted in example.facts:
        assert any(_says(fact, wanted) for fact in found), f"{wanted} not among {shown}"
    if not example.more:
        extra = [fact for fact in found if not any(_says(fact, wanted) for wanted in example.facts)]
        assert not extra, f"read besides: {[(fact.fields, fact.quote, fact.cues) for fact in extra]}"


@pytest.mark.parametrize("example", _examples(), ids=lambda example: f"{example.kind}: {example.name}")
def test_an_example_asks_for_nothing_that_is_no_fact(example: Example) -> None:
    for wanted in example.facts:
        for name in wanted:
            assert name in KINDS[example.kind].model_fields, f"{example.name}: {name} is no field of {example.kind}"
        required = [name for name, field in KINDS[example.kind].model_fields.items() if field.is_required()]
        if set(required) <= wanted.keys():
            parse_fact(wanted, example.name)
