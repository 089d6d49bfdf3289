"""The sentences of an announcement: which facts and rules used each, and which gave nothing. Pure.

A long text is split in a thread; until that is done a sentence is found by looking around a place.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from facts.fact import Fact, Span
from facts.text.sentence import split
from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.prose import listed, says, sentence
from rules.explain.robust import idle_facts, used_by
from tui.evidence import sentence_at
from tui.literal import one_line

#: A text of so many characters is split in a few milliseconds; a longer one in a thread.
SHORT = 60_000
_UNREAD = "Nothing was read from this sentence, and no rule used it."
_MOST_RULES = 12


@dataclass(frozen=True, slots=True)
class Use:
    """A fact read from a sentence, and the rules whose proof uses it."""

    fact: Fact
    rules: tuple[str, ...]


class Sentences:
    """The sentences of one text in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: Sequence[Span] = ()
        self._starts: Sequence[int] = ()
        if len(text) <= SHORT:
            self.fill()

    @property
    def known(self) -> bool:
        """Whether the whole text is split."""
        return bool(self._spans) or not self.text.strip()

    def fill(self) -> None:
        """Split the whole text. May run in a thread."""
        spans = tuple(Span(found.start, found.end) for found in split(self.text))
        self._starts = tuple(span.start for span in spans)
        self._spans = spans

    def at(self, offset: int) -> Span:
        """The sentence in which a character stands, or the one before it."""
        if self._spans:
            return self._spans[max(0, bisect_right(self._starts, offset) - 1)]
        end = min(len(self.text), offset + 1)
        return sentence_at(self.text, Span(max(0, end - 1), end))

    def beside(self, span: Span, step: int) -> Span:
        """The sentence so many further on, or back; the last or first where there are not so many."""
        if self._spans:
            place = max(0, bisect_right(self._starts, span.start) - 1)
            return self._spans[min(len(self._spans) - 1, max(0, place + step))]
        for _ in range(abs(step)):
            span = self._next(span.end) if step > 0 else self._before(span.start)
        return span

    def _next(self, end: int) -> Span:
        place = next((place for place in range(end, len(self.text)) if not self.text[place].isspace()), end - 1)
        return self.at(max(0, place))

    def _before(self, start: int) -> Span:
        place = next((place for place in range(start - 1, -1, -1) if not self.text[place].isspace()), start)
        return self.at(max(0, place))


class Uses:
    """What came of each sentence of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        places = [(span.start, span.end, fact) for fact in assessment.facts for span in fact.spans]
        self._places = sorted(places, key=lambda place: place[:2])
        self._starts = [start for start, _, _ in self._places]
        self._longest = max((end - start for start, end, _ in self._places), default=0)
        self._used = used_by(assessment, assessment.rated) if assessment.rated else {}
        self._idle: frozenset[str] | None = None
        reading = assessment.reading
        self.unread = tuple(reading.unread) if reading and assessment.rated else ()

    def of(self, where: Span) -> tuple[Use, ...]:
        """The facts whose words stand in this place, each with the rules that used it."""
        found: dict[str, Use] = {}
        first = bisect_right(self._starts, where.start - self._longest - 1)
        for start, end, fact in self._places[first : bisect_right(self._starts, where.end - 1)]:
            if start < where.end and where.start < end:
                found.setdefault(fact.id, Use(fact, self._used.get(fact.id, ())))
        return tuple(found.values())

    def lines(self, where: Span) -> Iterator[str]:
        """The same in words: each fact, and the rules that used it with what they say."""
        found = self.of(where)
        if not found:
            yield _UNREAD
        told: set[str] = set()
        for use in found:
            rung = self.assessment.rated.memory.rungs.get(use.fact.id) if self.assessment.rated else None
            yield f"{one_line(prose.fact_short(use.fact, rung))}."
            yield from self._rules(use, told)

    def _rules(self, use: Use, told: set[str]) -> Iterator[str]:
        if not use.rules:
            yield self._unused(use.fact.id)
            return
        fresh = [code for code in use.rules if code not in told]
        told.update(fresh)
        for code in fresh[:_MOST_RULES]:
            rule = self.assessment.pack.rule(code)
            yield f"    {code}: {one_line(sentence(says(rule) or rule.title))}"
        again = [code for code in use.rules if code not in fresh]
        if rest := [*fresh[_MOST_RULES:], *again]:
            yield f"    Also used by {listed(rest)}."

    def _unused(self, fact: str) -> str:
        """A fact in no proof may still work: by keeping a rule silent."""
        if self._idle is None:
            return "    No rule that holds rests on it."
        silent = "; without it the same rules hold" if fact in self._idle else ", but it keeps others from holding"
        return f"    No rule that holds rests on it{silent}."

    def idle(self) -> frozenset[str]:
        """Facts without which exactly the same rules hold. Rates once a fact: may run in a thread."""
        if self._idle is None:
            rated = self.assessment.rated
            self._idle = frozenset(idle_facts(self.assessment, rated)) if rated else frozenset()
        return self._idle

    def dim(self, sentences: Sentences) -> tuple[Span, ...]:
        """The sentences that no rule used, in order: those that gave nothing, and those that gave idle facts only."""
        idle = self.idle()
        lazy = {sentences.at(start) for start, _, fact in self._places if fact.id in idle}
        busy = {sentences.at(start) for start, _, fact in self._places if fact.id not in idle}
        return tuple(sorted({*self.unread, *(lazy - busy)}))
