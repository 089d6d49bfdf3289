"""Examples, cases and announcements as rules see them: working memory, kept for coverage and mutation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from facts.fact import Fact
from rules.lint.cases import Case
from rules.lint.examples import class_of, facts_of
from rules.memory import Element, remember
from rules.pack import Pack
from rules.reason import Trace, class_element, reason
from rules.reference import Reference
from rules.trace import Engine

Origin = Literal["example", "case", "announcement"]


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """One fact set after reasoning: elements by kind; `decides` says of each rule that it asserts whether it fires."""

    name: str
    origin: Origin
    elements: Mapping[str, Sequence[Element]]
    fired: frozenset[str]
    decides: Mapping[str, bool]


def contexts(pack: Pack, cases: Iterable[Case] = ()) -> Iterator[Context]:
    """Every example and case of a pack. A known gap asserts nothing. Raises FactsError or RulesError."""
    engine = Reference(pack)
    for rule in pack.live:
        for example in rule.examples:
            name = f"{rule.code}: {example.name}"
            facts, announcement_class = facts_of(pack, rule, example), class_of(pack, rule, example)
            asserted = {} if example.known_gap else {rule.code: example.expect == "fires"}
            yield context(pack, engine, facts, announcement_class, name, "example", asserted)
    for case in cases:
        yield context(
            pack, engine, case.facts, case.announcement_class, f"case {case.number}", "case", asserts(pack, case)
        )


def asserts(pack: Pack, case: Case) -> dict[str, bool]:
    """For every rule that a case speaks of, whether it must fire; findings are asserted by name."""
    found: dict[str, bool] = {}
    makers: dict[str, list[str]] = {}
    for rule in pack.live:
        if rule.effect == "finding":
            makers.setdefault(str(rule.concludes), []).append(rule.code)
        elif "fired" in case.expect:
            found[rule.code] = rule.code in case.fired
    for name, codes in makers.items():
        if "findings" in case.expect and len(codes) == 1:
            found[codes[0]] = name in case.expect["findings"]
    return found


def context(
    pack: Pack, engine: Engine, facts: Sequence[Fact], announcement_class: str, name: str, origin: Origin,
    decides: Mapping[str, bool],
) -> Context:  # fmt: skip
    """One fact set, reasoned over by the plain evaluator."""
    memory = remember(facts, pack.settings)
    trace = reason(pack, memory, announcement_class, engine)
    elements: dict[str, list[Element]] = {}
    for element in (*memory.visible, class_element(announcement_class), *(item.element for item in trace.derived)):
        elements.setdefault(str(element["kind"]), []).append(element)
    return Context(name, origin, elements, _codes(trace), decides)


def _codes(trace: Trace) -> frozenset[str]:
    return frozenset(trace.fired)
