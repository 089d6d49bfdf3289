"""ASK: an interview for what the announcement leaves open, most decisive question first.

It ends when no answer left can change the level. That is decided by bounds that assume nothing about which answers calm
and which alarm, or, when few questions are left, by trying every combination of their answers.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from facts.codec import to_json as fact_json
from facts.fact import Fact
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain import prose
from rules.explain.candidates import Candidate, from_facts, from_pack
from rules.explain.distance import Way, minimal
from rules.explain.trial import Trial, rated_of
from rules.schema import nearest

Answer = Literal["yes", "no", "unknown"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "unknown")
SCHEMA = "caveat/interview/1"
#: So many questions can be settled by trying every combination (4096).
_MOST_TRIED = 12


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, why, and what each answer would do at once."""

    name: str
    asks: str
    because: str
    yes: str
    no: str
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and the facts that it brought."""

    name: str
    asks: str
    answer: Answer
    facts: tuple[str, ...] = ()


@dataclass
class Interview:
    """One interview; `who` and `on` go into every fact that an answer brings. Raises RulesError if not rated."""

    assessment: Assessment
    who: str = "analyst"
    on: str = "undated"
    given: list[Given] = field(default_factory=list)

    def __post_init__(self) -> None:
        rated_of(self.assessment)
        for word in (self.who, self.on):
            if ":" in word or not word.strip():
                raise RulesError("Broken name", f"{word!r}: the name and the date of an analyst have no colon")
        self._now = self.assessment

    @property
    def level(self) -> int:
        """The level with the answers so far."""
        return self._now.level or 0

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts with the answers so far."""
        return self._now.facts

    def open(self) -> tuple[Candidate, ...]:
        """Questions without an answer that show the rules anything."""
        trial, asked = Trial(self._now), {given.name for given in self.given}
        return tuple(part for part in self.candidates() if part.name not in asked and not trial.idle(part))

    def candidates(self) -> tuple[Candidate, ...]:
        """Everything that may be asked: the pack's changes, and what may have become of the announcement's facts."""
        there = {fact.id for fact in self.facts}
        read = (part for part in from_facts(self.assessment) if part.removes <= there)
        return (*from_pack(self.assessment.pack), *read)

    def range(self, parts: Sequence[Candidate] | None = None) -> tuple[int, int]:
        """The lowest and the highest level that these answers (by default all open ones) can still give."""
        left, trial = self.open() if parts is None else parts, Trial(self._now)
        if len(left) <= _MOST_TRIED:
            sets = itertools.chain.from_iterable(itertools.combinations(left, n) for n in range(len(left) + 1))
            levels = {trial.level(some) for some in sets if _compatible(some)}
            return min(levels), max(levels)
        if not trial.quick.marked:
            return 1, 5
        return trial.quick.bounds(*trial.together(left))

    def next(self) -> Question | None:
        """The most decisive question; None when no answer can change the level, or none is left."""
        left = self.open()
        if not left or len(set(self.range(left))) == 1:
            return None
        trial, level = Trial(self._now), self.level
        ways = list(minimal(trial, left, level, 2))
        best = min(left, key=lambda part: _worth(part, ways, level, left.index(part)))
        own = [way for way in ways if best in way.parts]
        alone = next((way.level for way in own if len(way.parts) == 1), None)
        pairs = [way for way in own if len(way.parts) > 1]
        furthest = max((way.level for way in pairs), key=lambda to: abs(to - level), default=level)
        return Question(
            best.name,
            best.asks,
            prose.because_asked(level, alone, len(pairs), furthest),
            prose.would(level, trial.level((best,)), "yes"),
            prose.no_effect(level, len(own)),
            best,
        )

    def answer(self, name: str, answer: Answer) -> None:
        """Record an answer; a yes brings its facts, marked with the analyst and the date. Raises RulesError."""
        known = {part.name: part for part in self.candidates()}
        if name not in known:
            raise RulesError("Unknown question", f"no question {name!r}{nearest(name, tuple(known))}")
        part = known[name]
        brought: tuple[str, ...] = ()
        if answer == "yes":
            brought = self._apply(part)
        self.given.append(Given(name, part.asks, answer, brought))

    def ended(self) -> str:
        """Why no more is asked."""
        unknown = [given.name for given in self.given if given.answer == "unknown"]
        left = self.open()
        if left or not unknown:
            return prose.settled(self.level, len(left))
        parts = [part for part in self.candidates() if part.name in unknown]
        return prose.told_unknown(self.level, len(unknown), *self.range(parts))

    def to_json(self) -> dict[str, Any]:
        """The record: what was asked and answered, by whom and when, and where it led."""
        return {
            "schema": SCHEMA,
            "who": self.who,
            "on": self.on,
            "level_before": self.assessment.level,
            "level": self.level,
            "answers": [
                {"name": g.name, "asks": g.asks, "answer": g.answer, "facts": list(g.facts)} for g in self.given
            ],
            "ended": self.ended(),
            "open": [part.name for part in self.open()],
            **self.saved(),
        }

    def saved(self) -> dict[str, Any]:
        """Class and facts, as `caveat evaluate` and `caveat why` take them."""
        return {"class": rated_of(self.assessment).announcement_class, "facts": [fact_json(f) for f in self.facts]}

    def _apply(self, part: Candidate) -> tuple[str, ...]:
        rated = rated_of(self.assessment)
        taken = {fact.id for fact in (*self.assessment.facts, *self.facts)}
        names = [name for n in range(1, len(taken) + len(part.adds) + 1) if (name := f"a{n}") not in taken]
        mark = (f"analyst:{self.who}:{self.on}:{part.name}",)
        fresh = tuple(
            fact.model_copy(update={"id": name, "cues": mark, "spans": (), "quote": None})
            for name, fact in zip(names, part.adds, strict=False)
        )
        kept = tuple(fact for fact in self.facts if fact.id not in part.removes)
        self._now = evaluate((*kept, *fresh), rated.announcement_class, pack=self.assessment.pack, engine="reference")
        return tuple(fact.id for fact in fresh)


def _worth(part: Candidate, ways: Sequence[Way], level: int, place: int) -> tuple[int, int, bool, int]:
    """The more the better: how far it moves the level alone, in how many pairs it does; then what can be learnt."""
    alone = max((abs(way.level - level) for way in ways if way.parts == (part,)), default=0)
    pairs = sum(1 for way in ways if len(way.parts) > 1 and part in way.parts)
    return -alone, -pairs, part.sort != "learnt", place


def _compatible(parts: Sequence[Candidate]) -> bool:
    removed = [name for part in parts for name in part.removes]
    return len(removed) == len(set(removed))
