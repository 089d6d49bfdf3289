"""A rating with changes tried on it: the stack of changes, undo and redo, and what they did. Pure.

The panes of the assessment share one session. A change is dropping, restoring, setting or adding a fact, applying one
of the smallest changes, or an answer of the interview; each is one step, and undo takes back one step.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from facts.errors import FactsError
from facts.fact import Fact
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.explain.candidates import Candidate, candidates
from rules.explain.change import Add, Change, Drop, Set
from rules.explain.distance import Distance
from rules.explain.interview import ANSWERS, Answer, Interview
from rules.explain.prose import way
from rules.explain.trial import applied, rated_of
from rules.explain.whatif import WhatIf
from tui.tried import Answered, Asked, Done, Facts, Tried, own_ids
from tui.ways import quick

State = Literal["kept", "dropped", "changed", "added"]


class Session:
    """One assessment and the changes tried on it. What raises RulesError leaves the session as it was."""

    def __init__(self, assessment: Assessment, who: str = "analyst", on: str = "undated") -> None:
        self.original = assessment
        self.who, self.on = who, on
        self._past: list[Done] = []
        self._future: list[Done] = []
        self._now = self._first = Tried(assessment, assessment.facts)

    @property
    def done(self) -> tuple[Done, ...]:
        """The steps so far, oldest first."""
        return tuple(self._past)

    @property
    def undone(self) -> tuple[Done, ...]:
        """The steps taken back, the next to be made again first."""
        return tuple(reversed(self._future))

    @property
    def facts(self) -> Facts:
        """The facts after the steps so far."""
        return self._now.facts

    @property
    def current(self) -> Assessment:
        """The rating of these facts; the original where nothing has changed."""
        return self._now.assessment

    @property
    def told(self) -> WhatIf:
        """The original beside the current rating, and every rule between them. Raises RulesError if not rated."""
        return self._now.told

    @property
    def changed(self) -> bool:
        """Whether the facts are others than those of the announcement."""
        return self.facts != self.original.facts

    @property
    def saved(self) -> Assessment:
        """What a record of this session holds: a rating with answers, each marked as such; never a what-if."""
        return self.current if all(step.answered for step in self._past) else self.original

    # Single facts.

    def state(self, name: str) -> State:
        """How a fact stands against the announcement."""
        read = _found(self.original.facts, name)
        now = _found(self.facts, name)
        if read is None:
            return "added"
        return "dropped" if now is None else "kept" if now == read else "changed"

    def listed(self) -> Facts:
        """All facts to show: those of the announcement in their order, dropped ones too, then those added."""
        now = {fact.id: fact for fact in self.facts}
        read = tuple(now.get(fact.id, fact) for fact in self.original.facts)
        known = {fact.id for fact in read}
        return (*read, *(fact for fact in self.facts if fact.id not in known))

    def drop(self, name: str) -> None:
        """Take a fact away."""
        self._change(Drop(name), "drop", name)

    def restore(self, name: str) -> None:
        """Bring a fact of the announcement back, as it was read and where it stood."""
        read = {fact.id: fact for fact in self.original.facts}
        if name not in read:
            raise RulesError("Unknown fact", f"no fact {name!r} was read from the announcement")
        now = {fact.id: fact for fact in self.facts} | {name: read[name]}
        order = dict.fromkeys([*read, *now])
        facts = tuple(now[each] for each in order if each in now)
        self._do(Done(f"restore {name}", ("restore", name), facts))

    def set(self, name: str, field: str, value: str) -> None:
        """Give a field of a fact another value. Raises RulesError."""
        self._change(Set(name, field, value), "set", name, field, value)

    def add(self, words: str) -> None:
        """Add a fact, written `kind field=value …`. Raises RulesError."""
        self._change(Add(words), "add", words)

    def level_with(self, change: Change) -> int | None:
        """The level that a change would give, without making it. Raises RulesError."""
        facts = change.apply(self.facts, self.original.pack)
        rated = rated_of(self.original)
        return evaluate(facts, rated.announcement_class, pack=self.original.pack, engine="reference").level

    # Sets of changes, and answers.

    def apply(self, parts: Sequence[Candidate]) -> None:
        """Make a set of changes that `distance` found, as one step."""
        made = ("apply", *(part.name for part in parts))
        self._do(Done(way(parts), made, own_ids(applied(parts, self.facts))))

    @property
    def ways(self) -> Distance:
        """The smallest changes from here, sets of up to two."""
        return self._now.ways

    @property
    def asked(self) -> Asked:
        """The interview and its next question. Raises RulesError if not rated."""
        if self._now.asked is None:
            self._now.asked = self._ask(tuple(self._past))
        return self._now.asked

    @property
    def answered_at_once(self) -> bool:
        """Whether the next question is known, or is found before a key press is over."""
        return self._now.asked is not None or quick(self.current)

    def foresight(self, ways: bool = True) -> Callable[[], None]:
        """Works out what is likely to be asked next, so that it is there when it is; for a thread."""
        now, past = self._now, tuple(self._past)

        def foresee() -> None:
            _ = now.ways if ways else None
            now.asked = now.asked or self._ask(past)

        return foresee

    def interview(self) -> Interview:
        """The interview as it stands: what was answered last, on the facts that there were before."""
        return self._interview(tuple(self._past))

    def _ask(self, past: Sequence[Done]) -> Asked:
        interview = self._interview(past)
        return Asked(interview, interview.next())

    def _interview(self, past: Sequence[Done]) -> Interview:
        start = len(past)
        while start and past[start - 1].answered:
            start -= 1
        before = past[start - 1].rated if start else None
        interview = Interview(before.assessment if before else self.original, self.who, self.on)
        for step in past[start:]:
            if step.answered:
                interview.answer(step.answered.name, step.answered.answer)
        return interview

    def answer(self, name: str, answer: Answer) -> None:
        """Answer a question of the interview. Raises RulesError."""
        interview = self.interview()
        interview.answer(name, answer)
        given = interview.given[-1]
        told = f"{given.asks} {'not known' if answer == 'unknown' else answer}"
        self._do(Done(told, ("answer", name, answer), interview.facts, Answered(name, given.asks, answer)))

    # Back and forth.

    def undo(self) -> Done | None:
        """Take back the last step, and say which; None where there is none."""
        if not self._past:
            return None
        self._future.append(self._past.pop())
        self._settle()
        return self._future[-1]

    def redo(self) -> Done | None:
        """Make the step again that was taken back last."""
        if not self._future:
            return None
        self._past.append(self._future.pop())
        self._settle()
        return self._past[-1]

    def reset(self) -> None:
        """Take back every step; each can be made again."""
        while self._past:
            self._future.append(self._past.pop())
        self._settle()

    # What survives the end of the program.

    def kept(self) -> list[list[str]]:
        """The steps so far as words that `take_up` understands."""
        return [list(step.made) for step in self._past]

    def take_up(self, kept: Sequence[Sequence[str]]) -> None:
        """Make remembered steps again; what no longer fits is left out."""
        for step in kept:
            with suppress(RulesError, FactsError, ValueError, TypeError, KeyError, StopIteration):
                self._again(*step)

    def _again(self, what: str, *rest: str) -> None:
        if what == "apply":
            known = {part.name: part for part in candidates(self.current)}
            self.apply([known[name] for name in rest])
        elif what == "answer":
            name, answer = rest
            self.answer(name, next(each for each in ANSWERS if each == answer))
        else:
            single: Mapping[str, Callable[..., None]] = {
                "drop": self.drop, "restore": self.restore, "set": self.set, "add": self.add,
            }  # fmt: skip
            single[what](*rest)

    def _change(self, change: Change, *made: str) -> None:
        self._do(Done(str(change), made, change.apply(self.facts, self.original.pack)))

    def _do(self, step: Done) -> None:
        now = Tried(self.original, step.facts)
        _ = now.assessment  # what cannot be rated raises here, before anything is kept
        self._past.append(replace(step, rated=now))
        self._future.clear()
        self._now = now

    def _settle(self) -> None:
        self._now = (self._past[-1].rated if self._past else None) or self._first


def _found(facts: Sequence[Fact], name: str) -> Fact | None:
    return next((fact for fact in facts if fact.id == name), None)
