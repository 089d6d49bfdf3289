"""From an entry back to what was rated: the pack, the reading, the assessment, as objects of today's code."""

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from facts.announcement import Announcement
from facts.codec import parse_facts
from facts.fact import Fact, Span
from facts.reading import Classification, Reading, Scope, Search
from rules.assess import Which, assess, evaluate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.record import pack_files
from rules.pack import Pack, from_files

Made = TypeVar("Made")


def assessment_json(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    """The assessment as it was stored. Raises RulesError where it was pruned."""
    data = ledger.content(entry, "assessment")
    if data is None:
        raise RulesError("Pruned", f"entry {entry.seq}: its assessment is no longer kept; only its digest is")
    found: dict[str, Any] = json.loads(data)
    return found


def text_of(ledger: Ledger, entry: Entry) -> str | None:
    """The text that was read, if it is kept."""
    data = ledger.content(entry, "text")
    return data.decode("utf-8", "surrogatepass") if data is not None else None


def pack_of(ledger: Ledger, entry: Entry) -> Pack:
    """The pack that the entry was rated under. Raises RulesError."""
    data = ledger.content(entry, "pack")
    if data is None:
        raise RulesError("No pack", f"entry {entry.seq}: its pack is not in the ledger; run `caveat ledger verify`")
    return _pack(data)


@functools.lru_cache(maxsize=16)
def _pack(data: bytes) -> Pack:
    return from_files(pack_files(data), examples=False)


def facts_of(assessment: Mapping[str, Any], pack: Pack, place: str) -> tuple[Fact, ...]:
    """The facts of a stored assessment, under the kinds of a pack. Raises FactsError."""
    return parse_facts(assessment["facts"], place, pack.settings.kinds)


def reading_of(ledger: Ledger, entry: Entry, pack: Pack) -> Reading | None:
    """The reading as it was, without reading anew; None for facts given by hand, and where the text was pruned."""
    data, text = ledger.content(entry, "reading"), text_of(ledger, entry)
    if data is None or text is None:
        return None
    found = json.loads(data)
    classification = found["classification"]
    return Reading(
        announcement=_announcement(found["announcement"], text),
        scope=_made(Scope, found["scope"]),
        classification=_made(Classification, classification) if classification else None,
        facts=facts_of(assessment_json(ledger, entry), pack, f"entry {entry.seq}"),
        searches=tuple(_searches(ledger, entry, found)),
        unread=tuple(Span(*span) for span in found["unread"]),
    )


def rerate(ledger: Ledger, entry: Entry, pack: Pack | None = None, engine: Which = "both") -> Assessment:
    """The stored facts rated again, under their own pack or another one. Raises RulesError or FactsError."""
    pack = pack or pack_of(ledger, entry)
    reading = reading_of(ledger, entry, pack)
    if reading is not None:
        return assess(reading, pack=pack, engine=engine)
    stored = assessment_json(ledger, entry)
    if stored["in_scope"] is False:
        raise RulesError("Not rated", f"entry {entry.seq} was not rated, and its text is no longer kept")
    return evaluate(facts_of(stored, pack, f"entry {entry.seq}"), str(stored["class"]), pack=pack, engine=engine)


def _searches(ledger: Ledger, entry: Entry, reading: Mapping[str, Any]) -> Iterator[Search]:
    if "searches" in reading:  # before schema 3, each reading repeated what was tried
        yield from (_made(Search, search) for search in reading["searches"])
        return
    tried = ledger.content(entry, "searches")
    if tried is None:
        raise RulesError("Lost", f"entry {entry.seq}: what was looked for is not there; run `caveat ledger verify`")
    for search, was_found in zip(json.loads(tried)["searches"], reading["found"], strict=True):
        yield Search(search["slot"], tuple(search["tried"]), was_found)


def _announcement(data: Mapping[str, Any], text: str) -> Announcement:
    known = {f.name for f in fields(Announcement)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name in known
    }
    published = data.get("published")
    return Announcement(**values | {"text": text, "published": published and dt.date.fromisoformat(published)})


def _made(kind: type[Made], data: Mapping[str, Any]) -> Made:
    """A dataclass from its JSON; `words` are spans, other lists are tuples of words."""
    values = {}
    for name, value in data.items():
        if name == "words":
            values[name] = tuple(Span(*span) for span in value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)
