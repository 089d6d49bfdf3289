"""The shipped cases and small fact sets, rated: what the tests of explanations stand on."""

import functools
import json
from pathlib import Path
from typing import Any

from facts.announcement import Announcement
from facts.codec import parse_facts
from facts.reading import Classification, Reading, Scope
from rules.assess import assess, evaluate
from rules.assessment import Assessment
from rules.explain.change import Add, Change, apply_all
from rules.pack import load

#: The counterfactuals of the seed: what is added to the note.
FRAMEWORK = "commitment form=framework binding=non_binding"
AGREEMENT = "commitment form=definitive binding=binding"
MONEY = "financing status=committed amount_stated=yes funder_named=yes covers_capex=majority"
CLOSED = "financing status=closed amount_stated=yes funder_named=yes covers_capex=majority"
FUNDER = "party role=funder ptype=state_agency named=yes credit=strong committed=yes"
OFFTAKE = "offtake form=binding buyer_named=yes buyer_credit=strong volume_stated=yes price_terms=index"
BUYER = "party role=buyer ptype=trading_house named=yes credit=strong committed=yes"
REFUTED = "denial what=commitment by=counterparty mode=refuted"
PAID = "promotion form=paid"


@functools.cache
def cases() -> tuple[dict[str, Any], ...]:
    """The cases of the critical minerals pack."""
    place = Path(__file__).parents[3] / "rules" / "packs" / "critical_minerals" / "cases.jsonl"
    return tuple(json.loads(line) for line in place.read_text("utf-8").splitlines())


@functools.cache
def case(number: int) -> Assessment:
    """A case, rated by the reference evaluator."""
    found = next(each for each in cases() if each["case"] == number)
    return given(found["class"], found["facts"])


def given(announcement_class: str, facts: list[dict[str, Any]]) -> Assessment:
    """Facts given by hand, rated."""
    return evaluate(parse_facts(facts, "test"), announcement_class, pack=load(), engine="reference")


def with_added(assessment: Assessment, *added: str) -> Assessment:
    """The same with facts added, as `--add` writes them."""
    changes: list[Change] = [Add(words) for words in added]
    facts = apply_all(changes, assessment.facts, assessment.pack)
    assert assessment.rated is not None
    return evaluate(facts, assessment.rated.announcement_class, pack=assessment.pack, engine="reference")


def read_as(text: str, announcement_class: str, facts: list[dict[str, Any]], name: str = "note.txt") -> Assessment:
    """A text whose facts are given: `quote` says where each stands, and the first place of it becomes its span."""
    placed = []
    for fact in facts:
        quote = fact["quote"]
        start = text.index(quote)
        placed.append({**fact, "spans": [[start, start + len(quote)]]})
    reading = Reading(
        Announcement.from_text(text, name),
        Scope(True, "test"),
        Classification(announcement_class, "test"),
        parse_facts(placed, "test"),
    )
    return assess(reading, pack=load(), engine="reference")
