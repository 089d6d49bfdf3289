"""Why not: what keeps the rating from another level and each rule from holding, as a tree of steps. Pure.

The conditions, with what was needed and what was found, are those of `rules.explain.whynot`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from facts.fact import Fact
from rules.assessment import Assessment
from rules.explain.node import Node as Told
from rules.explain.prose import effect, says, sentence, several
from rules.explain.whynot import unmet, whynot_level, whynot_rule
from rules.rule import Rule
from tui.evidence import stance_of
from tui.literal import one_line
from tui.node import Kind, Node
from tui.ways import quick

_MARKS = {True: "✓", False: "✗"}
_WAY = "→"
_KINDS: Mapping[str, Kind] = {
    "rule": "rule", "fact": "fact", "condition": "condition", "slot": "slot", "tally": "tally", "finding": "finding",
    "rating": "group", "theme": "theme", "absence": "absence", "sentence": "sentence",
}  # fmt: skip
_SEARCHING = "The smallest change is being looked for …"


class Obstacles:
    """Why an assessment is not at another level, and why the rules that do not hold do not."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._facts: Mapping[str, Fact] = {fact.id: fact for fact in assessment.facts}
        self._levels: dict[int, Told] = {}

    @cached_property
    def slow(self) -> bool:
        """Whether a level takes too long to look into while a key is held."""
        return not quick(self.assessment)

    @cached_property
    def silent(self) -> tuple[Rule, ...]:
        """The rules that do not hold, in pack order."""
        holding = set(self.assessment.rated.trace.fired) if self.assessment.rated else set[str]()
        live = self.assessment.pack.live
        return tuple(rule for rule in live if rule.effect != "definition" and rule.code not in holding)

    @cached_property
    def _nearest(self) -> tuple[tuple[Rule, Told], ...]:
        """The same, each condition looked into, those with the fewest unmet first."""
        told = [(rule, whynot_rule(self.assessment, rule.code)) for rule in self.silent]
        return tuple(sorted(told, key=lambda each: unmet(each[1])))

    def look_into(self, level: int) -> Told:
        """Why not this level; kept. May run in a thread."""
        if level not in self._levels:
            self._levels[level] = whynot_level(self.assessment, level)
        return self._levels[level]

    def known(self, level: int) -> bool:
        """Whether a level was looked into, or can be at once."""
        return level in self._levels or not self.slow

    def root(self, query: str = "") -> Node:
        """The tree; with a query the rules whose code or words hold it."""
        return Node("group", "whynot", "Why not", "", opens=lambda: self._parts(query.casefold().split()))

    def _parts(self, wanted: list[str]) -> Iterator[Node]:
        if not wanted:
            levels = self.assessment.pack.settings.levels
            yield from (self._level(level) for level in levels if level != self.assessment.level)
        count = sum(_fits(rule, wanted) for rule in self.silent)
        label = f"{several(count, 'rule')} {'does' if count == 1 else 'do'} not hold, nearest first"
        means = "Each condition of a rule is told, with what was needed and what was found."
        yield Node("group", "rules", label, means, opens=lambda: self._rules(wanted))

    def _rules(self, wanted: list[str]) -> Iterator[Node]:
        return (self._rule(rule, told) for rule, told in self._nearest if _fits(rule, wanted))

    def _level(self, level: int) -> Node:
        named = self.assessment.pack.settings.levels[level]
        label = f"Why not {level}, {named.name.lower()}?"
        return Node("group", f"level {level}", label, named.means, opens=lambda: self._of_level(level))

    def _of_level(self, level: int) -> Iterable[Node]:
        if not self.known(level):
            return [Node("note", "searching", _SEARCHING, _SEARCHING, counts=False)]
        told = self.look_into(level)
        return [Node("note", "head", one_line(sentence(told.says)), "", counts=False), *map(self._step, told.children)]

    def _rule(self, rule: Rule, told: Told) -> Node:
        short = one_line(says(rule) or rule.title)
        missing = several(unmet(told), "condition")
        means = f"{sentence(short)} It does not hold [{effect(rule)}]: {missing} not met. {one_line(rule.because)}"
        return Node(
            "rule", rule.code, f"{rule.code} {short}: {missing} not met", means,
            opens=lambda: map(self._step, told.children), rule=rule.code,
        )  # fmt: skip

    def _step(self, told: Told) -> Node:
        fact = self._facts.get(told.id)
        label = one_line(told.says)
        if told.kind == "condition":
            label = f"{_MARKS[told.holds] if told.needed else _WAY} {label}"
        elif told.kind in ("rule", "fact"):
            label = f"{told.id} {label}"
        if told.found and told.found not in label:
            label = f"{label}: {one_line(told.found)}"
        opens: Callable[[], Iterable[Node]] | None = None
        if told.children:
            opens = lambda: map(self._step, told.children)  # noqa: E731  (named, so that it may be None)
        rule = told.id if told.kind == "rule" else ""
        return Node(
            _KINDS.get(told.kind, "note"), told.id, label, _means(told), fact.spans if fact else (),
            stance_of(fact) if fact else None, opens, rule=rule,
        )  # fmt: skip


def _means(told: Told) -> str:
    """The step in words, with what was needed and found."""
    parts = [one_line(sentence(told.says))]
    parts += [f"Needed: {sentence(one_line(told.needed))}"] if told.needed else []
    parts += [f"Found: {sentence(one_line(told.found))}"] if told.found else []
    return " ".join(parts)


def _fits(rule: Rule, wanted: list[str]) -> bool:
    text = f"{rule.code} {rule.title} {rule.says} {rule.theme} {rule.effect}".casefold()
    return all(word in text for word in wanted)
