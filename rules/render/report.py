"""What every long report holds, worked out once: reasons, proof, distance, open questions, robustness."""

from dataclasses import dataclass

from rules.assessment import Assessment, Rated
from rules.explain import prose
from rules.explain.distance import Distance, Way, distance
from rules.explain.evidence import evidence_of, nearest_to
from rules.explain.interview import Interview, Question
from rules.explain.node import Node
from rules.explain.reasons import weightiest
from rules.explain.robust import Robustness, robustness, used_by
from rules.explain.why import why
from rules.rule import Rule

MOST_REASONS, MOST_WAYS, MOST_QUESTIONS = 6, 12, 5


@dataclass(frozen=True, slots=True)
class Report:
    """One rated announcement, ready to be printed in any form."""

    assessment: Assessment
    rated: Rated
    proof: Node
    distance: Distance
    robust: Robustness
    used: dict[str, tuple[str, ...]]
    questions: tuple[Question, ...]

    def reasons(self) -> list[str]:
        """The weightiest reasons, with the announcement's words."""
        rules = weightiest(self.assessment.pack, self.rated.rating, self.rated.trace)
        if self.rated.rating.level <= 2:
            rules = [rule for rule in rules if rule.effect != "concern"]
        return [self._told(rule) for rule in rules[:MOST_REASONS]]

    def missing(self) -> list[str]:
        """What such an announcement ought to state, and this one does not."""
        return list(prose.missing(self.assessment.pack, self.rated, self.assessment.facts))

    def mitigants(self) -> list[str]:
        """What speaks for it; at levels 1 and 2 the reasons say it."""
        if self.rated.rating.level <= 2:
            return []
        fired = [self.assessment.pack.rule(code) for code in self.rated.trace.fired]
        found = sorted((rule for rule in fired if rule.effect == "mitigant"), key=lambda rule: -rule.weight)
        return [self._told(rule) for rule in found[:MOST_REASONS]]

    def ways(self, some: tuple[Way, ...], verb: str) -> list[str]:
        """Ways to another level: the proof that nothing smaller does it, the smallest, and how many are not shown."""
        smallest = min((len(way.parts) for way in some), default=self.distance.size + 1)
        head = [prose.proved(smallest - 1, verb, len(self.distance.candidates))] if smallest > 1 else []
        told = [prose.way_line(way.level, prose.SORTS[way.sort], prose.way(way.parts)) for way in some[:MOST_WAYS]]
        rest = len(some) - MOST_WAYS
        return [*head, *told, *([prose.report.more(rest, "caveat distance")] if rest > 0 else [])]

    def asked(self) -> list[str]:
        """The first questions of an interview, as they stand before any answer."""
        return [f"{question.asks} {prose.sentence(question.because)}" for question in self.questions]

    def _told(self, rule: Rule) -> str:
        return prose.told(rule, evidence_of(self.assessment, rule), nearest_to(self.assessment, rule))


def report_of(assessment: Assessment) -> Report | None:
    """The report of an assessment; None if it was not rated."""
    if assessment.rated is None:
        return None
    return Report(
        assessment,
        assessment.rated,
        why(assessment),
        distance(assessment),
        robustness(assessment),
        dict(used_by(assessment, assessment.rated)),
        tuple(_questions(assessment)),
    )


def _questions(assessment: Assessment) -> list[Question]:
    """What an interview would ask if nothing were known: each answered "don't know", so that the next comes."""
    interview, found = Interview(assessment), list[Question]()
    while len(found) < MOST_QUESTIONS and (question := interview.next()) is not None:
        found.append(question)
        interview.answer(question.name, "unknown")
    return found
