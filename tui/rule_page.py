"""The page of a rule as a tree: its conditions lit by an announcement, where it is used, examples, sources. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.assessment import Assessment
from rules.bundle import parse_toml
from rules.condition import Pattern
from rules.explain import node as explain
from rules.explain import prose
from rules.explain.prose import mismatch
from rules.explain.whynot import whynot_rule
from rules.pack import Pack
from rules.render.rule import rule_json, source, weight
from rules.rule import Example, Rule
from tui.literal import one_line
from tui.node import Kind, Node

#: Signs of a condition that is met, and of one that is not.
MET, UNMET = "✓", "✗"
_MOST_BUILDING = 40
#: A condition that more facts came near to is closed at first.
_MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class Recorded:
    """A rating on record in which the rule fired."""

    seq: int
    says: str


@dataclass(frozen=True, slots=True)
class Uses:
    """Where the ledger has the rule: how many ratings of how many, and the newest of them; `problem` if unknown."""

    count: int = 0
    ratings: int = 0
    newest: tuple[Recorded, ...] = ()
    problem: str = ""


class RulePage:
    """A rule, the pack that it belongs to, and the announcement that lights its conditions."""

    def __init__(self, pack: Pack, code: str, assessment: Assessment | None = None) -> None:
        self.pack = pack
        self.rule = pack.rule(code)
        self.given = assessment
        self.assessment = assessment if assessment and assessment.rated else None
        self.uses: Uses | None = None

    @property
    def title(self) -> str:
        """Code and title."""
        return f"{self.rule.code} {one_line(self.rule.title)}"

    @property
    def facts_of(self) -> str:
        """What it does, of which theme, since when."""
        rule = self.rule
        theme = self.pack.settings.themes.get(rule.theme or "")
        parts = [
            weight(rule),
            f"theme {theme.code}, {theme.name}" if theme else "",
            f"severity {rule.severity}" if rule.severity else "",
            f"{rule.status} since version {rule.since}",
        ]
        return " · ".join(part for part in parts if part)

    @property
    def says(self) -> str:
        """What it says of an announcement, and why."""
        told = [prose.sentence(prose.says(self.rule)) if self.rule.says else "", one_line(self.rule.because)]
        return " ".join(part for part in told if part)

    @property
    def lit_by(self) -> str:
        """Which announcement lights the conditions, and whether the rule holds in it."""
        if self.given is None:
            return "Conditions are not lit: no announcement was looked at yet."
        announcement = self.given.announcement
        name = one_line(announcement.name) if announcement else "facts given by hand"
        if self.given.rated is None:
            return f"Conditions are not lit: {name} was not rated."
        if self.rule.effect == "definition":
            return f"{name}: a definition always holds; it does not fire."
        fired = self.rule.code in self.given.rated.trace.fired
        return f"{MET} holds in {name}" if fired else f"{UNMET} silent in {name}"

    def conditions(self) -> explain.Node | None:
        """Each condition with needed and found; None where no announcement lights them."""
        if self.assessment is None or self.rule.effect == "definition":
            return None
        return whynot_rule(self.assessment, self.rule.code)

    def tree(self) -> Node:
        """The page below its head."""
        groups = [*self._conditions(), *self._used(), *self._examples(), *self._sources(), self._file()]
        return _group("page", self.title, self.says, groups)

    def _conditions(self) -> Iterator[Node]:
        if self.rule.effect == "definition":
            return
        lit = self.conditions()
        children = [_lit(child) for child in lit.children] if lit else list(self._unlit())
        told = f"Conditions: {_met(lit.children)} met" if lit else f"Conditions ({len(children)})"
        yield _group("conditions", told, self.lit_by, children)

    def _unlit(self) -> Iterator[Node]:
        rule, settings = self.rule, self.pack.settings
        for head, patterns, words in (
            ("", rule.when, prose.condition),
            (f"{mismatch.ONE_OF}: ", rule.any, prose.condition),
            ("", rule.unless, prose.absence),
        ):
            for pattern in patterns:
                told = f"{head}{words(pattern, settings)}"
                yield Node("note", str(pattern), f"• {told}", f"{told}\nAs it is written: {pattern}")

    def _used(self) -> Iterator[Node]:
        building = list(_building_on(self.rule, self.pack))
        if building:
            known = [_rule_step(rule) for rule in building[:_MOST_BUILDING]]
            means = f"Rules that look at what {self.rule.code} concludes. Enter opens one."
            yield _group("built", f"Used by {prose.several(len(building), 'rule')}", means, known)
        beneath = list(_built_from(self.rule, self.pack))
        if beneath:
            means = f"Rules whose findings {self.rule.code} looks at. Enter opens one."
            yield _group(
                "beneath", f"Builds on {prose.several(len(beneath), 'rule')}", means, [_rule_step(r) for r in beneath]
            )
        yield self._in_ledger()

    def _in_ledger(self) -> Node:
        uses = self.uses
        if uses is None:
            return Node("note", "ledger", "In the ledger: looking …", "The ledger is being asked.")
        if uses.problem:
            return Node("note", "ledger", f"In the ledger: {uses.problem}", uses.problem, counts=False)
        told = f"In the ledger: holds in {uses.count:,} of {prose.several(uses.ratings, 'rating')}"
        if not uses.count:
            return Node("note", "ledger", told, f"{told}.")
        children = [
            Node("note", f"entry:{each.seq}", each.says, f"{each.says}\nEnter opens it.") for each in uses.newest
        ]
        every = Node("note", "entries", f"all {uses.count:,} in the ledger", "Enter lists them in the ledger.")
        return _group("ledger", told, "The newest first; Enter opens one.", [*children, every])

    def _examples(self) -> Iterator[Node]:
        for expect, title in (("fires", "Fires on"), ("silent", "Silent on"), (None, "Examples")):
            found = [each for each in examples_of(self.pack, self.rule) if each.expect == expect]
            if found:
                told = [_example(each) for each in found]
                yield _group(
                    f"examples-{expect}", f"{title} ({len(found)})", f"{title} these facts.", told, opened=False
                )

    def _sources(self) -> Iterator[Node]:
        if self.rule.sources:
            told = [one_line(source(each)) for each in self.rule.sources]
            steps = [Node("note", f"source-{at}", each, each) for at, each in enumerate(told)]
            yield _group("sources", f"Sources ({len(told)})", "Where it comes from.", steps, opened=False)

    def _file(self) -> Node:
        told = f"File {self.rule.file}, {self.rule.digest[:19]}, of {self.pack.title}"
        return Node("note", "file", told, f"{told}. As text: caveat rules show {self.rule.code}", counts=False)

    def as_text(self) -> str:
        """The page as plain text, every step of it."""
        head = [self.title, self.facts_of, self.says, self.lit_by, ""]
        return "\n".join([*head, *_lines(self.tree().children, 0)]) + "\n"

    def as_data(self) -> dict[str, Any]:
        """The page for JSON."""
        lit, uses = self.conditions(), self.uses
        known = uses and not uses.problem
        return rule_json(self.rule) | {
            "lit": lit.to_json() if lit else None,
            "used_by": [rule.code for rule in _building_on(self.rule, self.pack)],
            "ledger": {"ratings": uses.ratings, "fired": uses.count} if uses and known else None,
        }


def examples_of(pack: Pack, rule: Rule) -> tuple[Example, ...]:
    """The worked examples of a rule, read from its file where the pack was loaded without them."""
    if rule.examples or rule.file not in pack.files:
        return rule.examples
    written = parse_toml(pack.files[rule.file], rule.file).get("example", [])
    return tuple(Example.model_validate(each) for each in written)


def _met(conditions: Sequence[explain.Node]) -> str:
    """How many conditions are met; alternatives, of which one is enough, count as one."""
    either = [each.holds for each in conditions if (each.needed or "").startswith(mismatch.ONE_OF)]
    needed = [each.holds for each in conditions if not (each.needed or "").startswith(mismatch.ONE_OF)]
    needed += [any(either)] if either else []
    return f"{sum(needed)} of {len(needed)}"


def _group(name: str, label: str, means: str, children: Iterable[Node], opened: bool = True) -> Node:
    kept = tuple(children)
    return Node("group" if opened else "note", name, label, means, opens=lambda: kept)


def _lit(found: explain.Node) -> Node:
    """A condition beside what was found, and each fact that came near."""
    sign = MET if found.holds else UNMET
    one_of = f"{mismatch.ONE_OF}: " if (found.needed or "").startswith(mismatch.ONE_OF) else ""
    children = tuple(_compared(child) for child in found.children)
    means = f"Needed: {found.says}\nFound: {found.found}\nAs it is written: {found.needed}"
    short = (found.found or "").partition(";")[0]
    said = f"{one_of}{one_line(found.says)}"
    label = f"{sign} {said}" if said.startswith(short) else f"{sign} {one_line(short)} · {said}"
    kind: Kind = "group" if len(children) <= _MOST_OPEN else "note"
    return Node(kind, found.id, label, one_line_each(means), opens=_opener(children))


def _compared(match: explain.Node) -> Node:
    sign = MET if match.holds else UNMET
    named = "" if ":" in match.id else f"{match.id} "  # a slot, a finding, a class is named by what it says
    told = f"{sign} {named}{one_line(match.says)}: {one_line(match.found or '')}"
    return Node("note", f"fact:{match.id}", told, f"{told}\nEnter goes to the announcement.")


def _opener(children: tuple[Node, ...]) -> Callable[[], Iterable[Node]] | None:
    return (lambda: children) if children else None


def one_line_each(text: str) -> str:
    """Every line made safe to draw."""
    return "\n".join(one_line(line) for line in text.split("\n"))


def _rule_step(rule: Rule) -> Node:
    told = f"{rule.code} {one_line(rule.title)} [{weight(rule)}]"
    return Node("note", f"rule:{rule.code}", told, f"{told}\nEnter opens its page.")


def _building_on(rule: Rule, pack: Pack) -> Iterator[Rule]:
    """The rules that look at what a finding concludes."""
    if rule.effect == "finding":
        for other in pack.live:
            if other is not rule and any(rule.concludes in _findings(pattern) for pattern in other.patterns):
                yield other


def _built_from(rule: Rule, pack: Pack) -> Iterator[Rule]:
    wanted = {name for pattern in rule.patterns for name in _findings(pattern)}
    for other in pack.live:
        if other is not rule and other.effect == "finding" and other.concludes in wanted:
            yield other


def _findings(pattern: Pattern) -> tuple[str, ...]:
    """The findings that a condition asks for by name."""
    if pattern.kind != "finding":
        return ()
    asked = [test.operand for test in pattern.tests if test.field == "name"]
    return tuple(str(name) for each in asked for name in (each if isinstance(each, tuple) else (each,)))


def _example(example: Example) -> Node:
    facts = [_fact(fact) for fact in example.facts]
    told = f"{one_line(example.name)}{' (a known gap)' if example.known_gap else ''}"
    about = f"Class {example.announcement_class}. " if example.announcement_class else ""
    return Node("note", f"example:{example.name}", told, f"{told}\n{about}{'; '.join(facts) or 'No fact.'}")


def _fact(fact: Mapping[str, Any]) -> str:
    fields = ", ".join(f"{key} {value}" for key, value in fact.items() if key != "kind")
    return one_line(f"{fact.get('kind')}{': ' if fields else ''}{fields}")


def _lines(steps: Iterable[Node], depth: int) -> Iterator[str]:
    for step in steps:
        yield "  " * depth + step.label
        yield from _lines(step.children, depth + 1)
