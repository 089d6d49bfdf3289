"""Every rating that used a rule, a cue or a reader, and what it would be without."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from facts.errors import FactsError
from facts.extract import read
from rules.assess import assess, evaluate
from rules.errors import RulesError
from rules.ledger.compare import Difference, compare
from rules.ledger.entry import Entry
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.ledger.stored import assessment_json, facts_of, pack_of, reading_of, rerate
from rules.pack import Pack, assemble


@dataclass(frozen=True, slots=True)
class Recalled:
    """A rating that used what is recalled; `failed` says why it could not be rated again."""

    entry: Entry
    difference: Difference | None = None
    failed: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        moved = self.difference.to_json() if self.difference else None
        return {"id": self.entry.seq, "name": self.entry.name, "difference": moved, "failed": self.failed}


def by_rule(ledger: Ledger, code: str) -> Iterator[Recalled]:
    """Every rating in which the rule fired, and its rating under the same pack without the rule."""
    lean: dict[str, Pack] = {}
    for entry in ledger.entries(Filter(kind="rating", rule=code.upper())):
        try:
            digest = entry.content["pack"]
            if digest not in lean:
                lean[digest] = _without(pack_of(ledger, entry), code.upper())
            after = rerate(ledger, entry, lean[digest], "reference")
            yield Recalled(entry, compare(assessment_json(ledger, entry), after.to_json()))
        except (FactsError, RulesError) as error:
            yield Recalled(entry, failed=str(error))


def by_cue(ledger: Ledger, cue: str) -> Iterator[Recalled]:
    """Every rating with a fact that the cue (or a cue of that file) produced, and its rating without these facts."""
    for entry in ledger.entries(Filter(kind="rating", cue=cue)):
        try:
            stored, pack = assessment_json(ledger, entry), pack_of(ledger, entry)
            kept = [fact for fact in stored["facts"] if not any(_is(cue, name) for name in fact["cues"])]
            facts = facts_of({"facts": kept}, pack, f"entry {entry.seq}")
            after = evaluate(facts, str(stored["class"]), pack=pack, engine="reference")
            yield Recalled(entry, compare(stored, after.to_json()))
        except (FactsError, RulesError) as error:
            yield Recalled(entry, failed=str(error))


def by_reader(ledger: Ledger, version: str) -> Iterator[Recalled]:
    """Every rating that this version of the reader made, and what today's reader makes of the same text."""
    for entry in ledger.entries(Filter(kind="rating", reader=version)):
        try:
            pack = pack_of(ledger, entry)
            reading = reading_of(ledger, entry, pack)
            if reading is None:
                yield Recalled(entry, failed="there is no text on record to read again")
                continue
            after = assess(read(reading.announcement), pack=pack, engine="reference")
            yield Recalled(entry, compare(assessment_json(ledger, entry), after.to_json()))
        except (FactsError, RulesError) as error:
            yield Recalled(entry, failed=str(error))


def _is(cue: str, name: str) -> bool:
    return name == cue or name.startswith(f"{cue}.")


def _without(pack: Pack, code: str) -> Pack:
    """The pack without one rule. Its digest stays that of the whole: such a rating is never recorded."""
    rules = [rule for rule in pack.rules if rule.code != code]
    return assemble(pack.files, pack.settings, pack.schema, rules, pack.extends)
