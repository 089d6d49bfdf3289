"""What a session is made of: fact sets with what was worked out about them, steps, and the words for both. Pure."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from facts.fact import Fact
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.explain.change import describe
from rules.explain.distance import Distance
from rules.explain.interview import Answer, Interview, Question
from rules.explain.trial import rated_of
from rules.explain.whatif import WhatIf, steps
from rules.memory import kind_of
from rules.pack import Pack
from tui.ways import at_once

Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the interview, and what was answered."""

    name: str
    asks: str
    answer: Answer


class Asked(NamedTuple):
    """The interview as it stands, and its next question; None where it has ended."""

    interview: Interview
    question: Question | None


class Tried:
    """A fact set, rated when it is first asked for, with what else was worked out about it."""

    def __init__(self, original: Assessment, facts: Facts) -> None:
        self._original = original
        self.facts = facts
        self.asked: Asked | None = None

    @cached_property
    def ways(self) -> Distance:
        return at_once(self.assessment)

    @cached_property
    def assessment(self) -> Assessment:
        if self.facts == self._original.facts:
            return self._original
        original, rated = self._original, rated_of(self._original)
        after = evaluate(self.facts, rated.announcement_class, pack=original.pack)
        reading = original.reading and replace(original.reading, facts=self.facts)
        return replace(after, reading=reading)

    @cached_property
    def told(self) -> WhatIf:
        changed = tuple(steps(self._original, self.assessment))
        return WhatIf(self._original, self.assessment, tuple(differences(self._original, self.facts)), changed)


@dataclass(frozen=True, slots=True)
class Done:
    """One step: what it is in words, the words that make it again, the facts after it, and the answer that it was."""

    says: str
    made: tuple[str, ...]
    facts: Facts
    answered: Answered | None = None
    rated: Tried | None = field(default=None, repr=False, compare=False)


@functools.lru_cache(maxsize=8)
def warm(pack: Pack) -> None:
    """Have both engines ready for the first what-if; not in a thread, for one of them knows only one."""
    evaluate((), next(iter(pack.settings.classes)), pack=pack)


def differences(original: Assessment, facts: Sequence[Fact]) -> list[str]:
    """What lies between the facts of the announcement and these, as `caveat whatif` takes it."""
    now = {fact.id: fact for fact in facts}
    read = {fact.id: fact for fact in original.facts}
    gone = [f"drop {name}" for name in read if name not in now]
    other = [told for name, fact in read.items() if name in now for told in _fields(fact, now[name])]
    return [*gone, *other, *(f"add {describe(fact)}" for fact in facts if fact.id not in read)]


def _fields(before: Fact, after: Fact) -> list[str]:
    """The fields that differ; a fact of another kind counts as one that went and one that came."""
    if kind_of(before) != kind_of(after):
        return [f"drop {before.id}", f"add {describe(after)}"]
    fields = [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]
    return [f"{before.id}.{name}={getattr(after, name)}" for name in fields]


def own_ids(facts: Facts) -> Facts:
    """The facts, each with an id of its own, also where the same change was made before."""
    seen: dict[str, int] = {}
    own = []
    for fact in facts:
        seen[fact.id] = seen.get(fact.id, 0) + 1
        again = seen[fact.id] > 1
        own.append(fact.model_copy(update={"id": f"{fact.id}.{seen[fact.id]}"}) if again else fact)
    return tuple(own)
