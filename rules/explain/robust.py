"""ROBUSTNESS: what a level hangs on, and what it does not use at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from facts.fact import Span
from facts.text.sentence import split
from rules.assess import evaluate
from rules.assessment import Assessment, Rated
from rules.explain import prose
from rules.explain.evidence import shortened, supporting
from rules.explain.trial import Trial, rated_of
from rules.pack import assemble
from rules.quick import Quick

PointKind = Literal["sentence", "cue", "rule"]


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence, cue or rule without which the level would be another."""

    kind: PointKind
    name: str
    facts: tuple[str, ...]
    level: int
    says: str

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {"kind": self.kind, "name": self.name, "facts": list(self.facts), "level": self.level, "says": self.says}


@dataclass(frozen=True, slots=True)
class Robustness:
    """Single points of evidence, facts that no rule used, sentences that no rule used."""

    level: int
    points: tuple[Point, ...]
    idle: tuple[str, ...]
    unused: tuple[Span, ...]
    confidence: str

    @property
    def head(self) -> str:
        """The finding in one sentence."""
        return prose.alone(self.level, len(self.points)) if self.points else prose.robust(self.level)

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {
            "level": self.level,
            "says": self.head,
            "points": [point.to_json() for point in self.points],
            "idle": list(self.idle),
            "unused": [list(span) for span in self.unused],
            "confidence": self.confidence,
        }


def robustness(assessment: Assessment) -> Robustness:
    """How the level stands without each sentence, cue and rule. Raises RulesError if there is none."""
    rated, trial = rated_of(assessment), Trial(assessment)
    points = (*_sentences(assessment, trial), *_cues(assessment, trial), *_rules(assessment, rated, trial))
    idle = tuple(idle_facts(assessment, rated))
    unused = tuple(unused_sentences(assessment, idle))
    return Robustness(rated.rating.level, points, idle, unused, prose.confidence(assessment))


def used_by(assessment: Assessment, rated: Rated) -> Mapping[str, tuple[str, ...]]:
    """For every fact, the rules that hold and whose proof uses it, directly or through slots, tallies and findings."""
    found: dict[str, dict[str, None]] = {fact.id: {} for fact in assessment.facts}
    for firing in rated.trace.firings:
        if firing.code.startswith("slot:"):
            continue
        for premise in firing.premises:
            for name in supporting(rated, premise):
                if name in found:
                    found[name][firing.code] = None
    return {name: tuple(codes) for name, codes in found.items()}


def idle_facts(assessment: Assessment, rated: Rated) -> Iterator[str]:
    """Facts in no proof, and without which exactly the same rules hold (a fact may work by keeping a rule silent)."""
    used = used_by(assessment, rated)
    for fact in assessment.facts:
        if used[fact.id]:
            continue
        rest = [other for other in assessment.facts if other is not fact]
        after = evaluate(rest, rated.announcement_class, pack=assessment.pack, engine="reference").rated
        if after is not None and after.trace.fired == rated.trace.fired:
            yield fact.id


def unused_sentences(assessment: Assessment, idle: tuple[str, ...]) -> Iterator[Span]:
    """Sentences that gave nothing, and sentences all of whose facts are idle, in text order."""
    if assessment.reading is None:
        return
    unread = set(assessment.reading.unread)
    busy = [span for fact in assessment.facts if fact.id not in idle for span in fact.spans]
    lazy = [span for fact in assessment.facts if fact.id in idle for span in fact.spans]
    for sentence in split(assessment.reading.announcement.text):
        span = Span(sentence.start, sentence.end)
        if span in unread or (_touch(span, lazy) and not _touch(span, busy)):
            yield span


def _sentences(assessment: Assessment, trial: Trial) -> Iterator[Point]:
    """A fact is lost with a sentence if it is said in no other."""
    if assessment.reading is None:
        return
    text = assessment.reading.announcement.text
    for sentence in split(text):
        lost = tuple(
            fact.id for fact in assessment.facts
            if fact.spans and all(sentence.start < end and start < sentence.end for start, end in fact.spans)
        )  # fmt: skip
        if lost and (after := _without(trial, lost)) != assessment.level:
            quote = shortened(text[sentence.start : sentence.end])
            says = prose.sentence_line(quote, list(lost), after)
            yield Point("sentence", f"{sentence.start}-{sentence.end}", lost, after, says)


def _cues(assessment: Assessment, trial: Trial) -> Iterator[Point]:
    """A fact is lost with any cue that it names: whether the others would do alone is not known."""
    for cue in dict.fromkeys(cue for fact in assessment.facts for cue in fact.cues):
        lost = tuple(fact.id for fact in assessment.facts if cue in fact.cues)
        if (after := _without(trial, lost)) != assessment.level:
            yield Point("cue", cue, lost, after, prose.cue_line(cue, list(lost), after))


def _rules(assessment: Assessment, rated: Rated, trial: Trial) -> Iterator[Point]:
    for code in rated.trace.fired:
        rule = assessment.pack.rule(code)
        after = _without_rule(assessment, rated, trial, code)
        if after != rated.rating.level:
            yield Point("rule", code, (), after, prose.rule_alone(rule, after))


def _without(trial: Trial, lost: tuple[str, ...]) -> int:
    if trial.quick.marked:
        return trial.quick.level_of(trial.kept(frozenset(lost)))
    return trial.quick.level([fact for fact in trial.facts if fact.id not in lost])


def _without_rule(assessment: Assessment, rated: Rated, trial: Trial, code: str) -> int:
    if trial.quick.marked:
        return trial.quick.without(trial.kept(frozenset()), code)
    pack = assessment.pack
    rest = assemble(pack.files, pack.settings, pack.schema, [rule for rule in pack.rules if rule.code != code])
    return Quick(rest, rated.announcement_class).level(assessment.facts)


def _touch(sentence: Span, spans: list[Span]) -> bool:
    return any(sentence.start < end and start < sentence.end for start, end in spans)
