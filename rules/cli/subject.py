"""The SOURCE of an explanation: one announcement, or one set of facts, rated."""

import datetime as dt
import json
from pathlib import Path

from facts.codec import parse_facts
from facts.errors import FactsError
from facts.extract import read
from rules.assess import assess, evaluate
from rules.assessment import Assessment
from rules.cli.sources import opened
from rules.pack import Pack


def assessed(source: str, pack: Pack, published: dt.date | None = None) -> Assessment:
    """The assessment of one source: an announcement, or a JSON file of class and facts. Raises FactsError."""
    facts = _facts(source)
    if facts is not None:
        return evaluate(parse_facts(facts["facts"], source, pack.settings.kinds), str(facts["class"]), pack=pack)
    found = list(opened([source], published))
    if len(found) != 1:
        raise FactsError("Too many", f"{source}: {len(found)} announcements; name one of them")
    if isinstance(found[0], tuple):
        raise found[0][1]
    return assess(read(found[0]), pack=pack)


def _facts(source: str) -> dict[str, object] | None:
    path = Path(source)
    if path.suffix.lower() != ".json" or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return data if isinstance(data, dict) and {"class", "facts"} <= data.keys() else None
