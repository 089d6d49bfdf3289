"""The words behind a rule: the quotation that a report puts beside its line."""

from collections.abc import Iterable, Iterator

from facts.fact import Fact
from facts.text.visible import one_line
from rules.assessment import Assessment, Rated
from rules.memory import kind_of
from rules.rule import Rule

#: A quotation in a report is at most this many characters; the whole one stands in the JSON and on the screen.
_MOST_QUOTED = 140


def evidence_of(assessment: Assessment, rule: Rule) -> str:
    """Words of the announcement on which a fired rule rests, shortened; empty where it rests on silence."""
    if assessment.rated is None:
        return ""
    facts = {fact.id: fact for fact in assessment.facts}
    return _first_quote(_premises(assessment.rated, rule, facts))


def nearest_to(assessment: Assessment, rule: Rule) -> str:
    """Words of the firmest thing that is there, for a rule that rests on the absence of something firmer."""
    return _first_quote(_nearest(assessment, assessment.rated, rule)) if assessment.rated else ""


def supporting(rated: Rated, name: str) -> Iterator[str]:
    """The ids of base facts under a derived fact, followed down."""
    item = next((item for item in rated.trace.derived if item.id == name), None)
    if item is None:
        yield name
        return
    for below in item.by:
        yield from supporting(rated, below)


def _first_quote(facts: Iterable[Fact]) -> str:
    return next((shortened(fact.quote) for fact in facts if fact.quote), "")


def shortened(quote: str) -> str:
    """A quotation on one line, cut at a word with a mark where it is long."""
    line = one_line(quote)
    return line if len(line) <= _MOST_QUOTED else line[:_MOST_QUOTED].rsplit(" ", 1)[0] + " …"


def _premises(rated: Rated, rule: Rule, facts: dict[str, Fact]) -> Iterator[Fact]:
    for firing in rated.trace.of(rule.code):
        for premise in firing.premises:
            if premise.startswith("tally:"):
                continue
            yield from (facts[name] for name in supporting(rated, premise) if name in facts)


def _nearest(assessment: Assessment, rated: Rated, rule: Rule) -> list[Fact]:
    kinds = {pattern.kind for pattern in rule.unless} & set(assessment.pack.settings.ladders)
    near = [fact for fact in assessment.facts if kind_of(fact) in kinds and rated.memory.rungs.get(fact.id, 0) > 0]
    return sorted(near, key=lambda fact: -rated.memory.rungs[fact.id])
