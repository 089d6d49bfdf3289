"""What could change: things that could become known or happen (from the pack), and misreadings (from the reading)."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from facts.codec import parse_fact, to_json
from facts.fact import Fact
from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.change import describe
from rules.memory import kind_of
from rules.pack import Pack
from rules.settings import Change, Settings

Sort = Literal["learnt", "world", "reading"]


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A single change: facts that go, facts that come; what kind of change it is, and what to watch for.

    `learnt`: it may be so already and merely not be stated. `world`: something would have to happen. `reading`: the
    text may mean something else than was read. `asks` is the question of an interview; empty where none is asked.
    """

    name: str
    says: str
    sort: Sort
    removes: frozenset[str] = frozenset()
    adds: tuple[Fact, ...] = ()
    asks: str = ""
    direction: str = ""

    def apply(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The changed facts; new ones get ids of their own."""
        kept = tuple(fact for fact in facts if fact.id not in self.removes)
        return (*kept, *(fact.model_copy(update={"id": f"{self.name}.{n}"}) for n, fact in enumerate(self.adds, 1)))

    def changes(self) -> tuple[str, ...]:
        """The change as `caveat whatif` takes it."""
        return (*(f"drop {name}" for name in sorted(self.removes)), *(f"add {describe(fact)}" for fact in self.adds))


def candidates(assessment: Assessment) -> tuple[Candidate, ...]:
    """Every candidate change of one assessment, the pack's first. The list is what "proved" is exhaustive over."""
    return (*from_pack(assessment.pack), *from_facts(assessment), *from_reading(assessment))


@functools.lru_cache(maxsize=8)
def from_pack(pack: Pack) -> tuple[Candidate, ...]:
    """Facts that could become stated or true, as the pack lists them."""
    return tuple(
        Candidate(change.name, change.says, change.sort, frozenset(), _facts(change, pack.settings),
                  change.asks or prose.asks(change.says), change.direction)
        for change in pack.settings.changes if change.facts
    )  # fmt: skip


def from_facts(assessment: Assessment) -> Iterator[Candidate]:
    """Facts of the announcement that could become something else: confirmed, denied, as the pack lists it."""
    settings = assessment.pack.settings
    for change in (change for change in settings.changes if change.of):
        for fact in assessment.facts:
            if kind_of(fact) not in change.of or fact.polarity != settings.evidence.polarity:
                continue
            after = _become(fact, change, settings)
            if after is None or (change.becomes.get("modality") and fact.modality in settings.evidence.holds):
                continue
            name, told = f"{change.name}-{fact.id}", prose.named(fact)
            says, asks = change.says.replace("{fact}", told), change.asks.replace("{fact}", told)
            yield Candidate(name, says, change.sort, frozenset({fact.id}), (after,), asks, change.direction)


def from_reading(assessment: Assessment) -> Iterator[Candidate]:
    """Each fact misread; each background fact that may be the news."""
    settings = assessment.pack.settings
    for fact in assessment.facts:
        gone = frozenset({fact.id})
        yield Candidate(f"not-{fact.id}", prose.misread(fact), "reading", gone)
        if fact.layer == "backdrop" and kind_of(fact) in settings.evidence.event_only:
            news = fact.model_copy(update={"layer": "event"})
            yield Candidate(f"news-{fact.id}", prose.is_the_news(fact), "reading", gone, (news,))


def _facts(change: Change, settings: Settings) -> tuple[Fact, ...]:
    return tuple(parse_fact(fact, f"pack.toml: change {change.name}", settings.kinds) for fact in change.facts)


def _become(fact: Fact, change: Change, settings: Settings) -> Fact | None:
    """The fact as the change would have it; None if it is so already."""
    if all(getattr(fact, field, None) == value for field, value in change.becomes.items()):
        return None
    data = to_json(fact)
    data = data.pop("fields") | data | change.becomes
    return parse_fact(data, f"pack.toml: change {change.name}", settings.kinds)
