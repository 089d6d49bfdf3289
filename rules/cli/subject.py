"""The SOURCE or ID of an explanation: one announcement, one set of facts, or one entry of the ledger, rated."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from facts.codec import parse_facts
from facts.errors import FactsError
from facts.extract import read
from rules.assess import assess, evaluate
from rules.assessment import Assessment
from rules.cli.main import DONE, complain
from rules.cli.options import chosen_pack
from rules.cli.sources import opened
from rules.errors import RulesError
from rules.pack import Pack

if TYPE_CHECKING:  # an announcement that is not on record must not pay for a ledger
    from rules.ledger.entry import Entry
    from rules.ledger.ledger import Ledger


def assessed(
    source: str, pack_name: str | None, published: dt.date | None = None, place: str | None = None
) -> Assessment:
    """The assessment of one source: an announcement, a JSON file of class and facts, or an entry of the ledger.

    `place` is the ledger of --ledger. Raises FactsError or RulesError.
    """
    if is_entry(source, place):
        return _on_record(source, pack_name, published, place)
    pack, facts = chosen_pack(pack_name), _facts(source)
    if facts is not None:
        return evaluate(parse_facts(facts["facts"], source, pack.settings.kinds), str(facts["class"]), pack=pack)
    found = list(opened([source], published))
    if len(found) != 1:
        raise FactsError("Too many", f"{source}: {len(found)} announcements; name one of them")
    if isinstance(found[0], tuple):
        raise found[0][1]
    return assess(read(found[0]), pack=pack)


def is_entry(source: str, place: str | None) -> bool:
    """Whether a source is the number of an entry: a ledger is named, or it is digits and no file of that name is here.

    Where there is one, the file is meant, and standard error says how to mean the entry.
    """
    if place is not None:
        return True
    if not (source.isascii() and source.isdigit()):
        return False
    if Path(source).exists():
        complain("a file", f"{source} is a file here, and is taken; --ledger PATH means entry {source} of it", DONE)
        return False
    return True


def rerated(ledger: "Ledger", entry: "Entry", pack: Pack | None = None) -> Assessment:
    """An entry's stored facts, rated under their own pack or another; standard error says if that has moved.

    Raises FactsError or RulesError.
    """
    from rules.ledger.stored import assessment_json, rerate

    found = rerate(ledger, entry, pack)
    if pack is None:
        today, recorded = found.to_json(), assessment_json(ledger, entry)
        if any(today.get(name) != value for name, value in recorded.items() if name not in ("source", "engines")):
            told = f"entry {entry.seq} was recorded otherwise; see `caveat ledger replay {entry.seq}`"
            complain("not as recorded", told, DONE)
    return found


def _on_record(source: str, pack_name: str | None, published: dt.date | None, place: str | None) -> Assessment:
    from rules.ledger.place import open_ledger

    if published is not None:
        raise RulesError("Not of an entry", f"--published: entry {source} has the date that it was recorded with")
    try:
        with open_ledger(place) as ledger:
            return rerated(ledger, ledger.rating(source), chosen_pack(pack_name) if pack_name else None)
    except RulesError as error:
        if place is None and error.title in ("No ledger", "No such entry"):
            raise RulesError(error.title, f"{source} is no file here, and as an entry: {error.message}") from None
        raise


def _facts(source: str) -> dict[str, object] | None:
    path = Path(source)
    if path.suffix.lower() != ".json" or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return data if isinstance(data, dict) and {"class", "facts"} <= data.keys() else None
