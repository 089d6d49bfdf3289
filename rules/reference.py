"""A plain evaluator of the same rules: stratified forward chaining with nested loops, compiled to closures once a pack.

It knows nothing of durable_rules; every rating is checked against it, and what-if work runs on it alone.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from rules.condition import COMPARISONS, Pattern, Test
from rules.errors import RulesError
from rules.memory import Element
from rules.pack import Pack
from rules.rule import Rule
from rules.trace import Firing

#: Picks the elements of one kind that pass a pattern's own tests; joins come later.
Select = Callable[[Sequence[Element]], Sequence[Element]]
#: A field of the element at hand, and the place (in the match so far) and field that it must equal.
Join = tuple[str, int, str]
Matched = list[Sequence[Element]]
_MOST = 2**53


def matches(pattern: Pattern, element: Element) -> bool:
    """Whether an element matches a pattern without joins."""
    return element["kind"] == pattern.kind and bool(_select(pattern)((element,)))


class Reference:
    """The compiled pack; `open` starts one announcement's session. Any number may be open, in any threads."""

    name = "reference"

    def __init__(self, pack: Pack) -> None:
        self.selects: dict[str, list[tuple[int, Select]]] = {}
        self.numbers: dict[str, tuple[tuple[str, bool], ...]] = {}
        self.by_stratum: dict[int, list[_Compiled]] = {}
        self._places: dict[tuple[str, tuple[Test, ...]], int] = {}
        rules = (*pack.slots, *pack.live)
        for rule in rules:
            self.by_stratum.setdefault(pack.strata[rule.code], []).append(_Compiled(rule, self._place))
        for kind, names in _fields_read(rules).items():
            self.numbers[kind] = tuple((name, pack.schema[kind][name].type == "number") for name in sorted(names))

    def open(self) -> "ReferenceSession":
        """An empty session."""
        return ReferenceSession(self)

    @property
    def patterns(self) -> int:
        """How many different patterns there are, joins aside."""
        return len(self._places)

    def _place(self, pattern: Pattern) -> int:
        """The number of a pattern without its joins; equal ones share it, and what they match."""
        own = tuple(test for test in pattern.tests if test.operator != "same_as")
        key = (pattern.kind, own)
        if key not in self._places:
            self._places[key] = len(self._places)
            self.selects.setdefault(pattern.kind, []).append(
                (self._places[key], _select(Pattern(pattern.kind, "", own)))
            )
        return self._places[key]


class ReferenceSession:
    """One announcement's reasoning; elements pile up, stratum by stratum."""

    def __init__(self, engine: Reference) -> None:
        self._engine = engine
        self._known: dict[str, list[Element]] = {}
        #: What each numbered pattern matches so far.
        self._matched: Matched = [()] * engine.patterns

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        """Add the elements, then every firing of the stratum's rules. Raises RulesError for a value of a wrong type."""
        fresh: dict[str, None] = {}
        for element in elements:
            kind = str(element["kind"])
            self._check(kind, element)
            self._known.setdefault(kind, []).append(element)
            fresh[kind] = None
        for kind in fresh:
            known = self._known[kind]
            for place, select in self._engine.selects.get(kind, ()):
                self._matched[place] = select(known)
        found: list[Firing] = []
        for rule in self._engine.by_stratum.get(stratum, ()):
            rule.fire(self._matched, found)
        return found

    def close(self) -> None:
        """Nothing to free."""

    def _check(self, kind: str, element: Element) -> None:
        for name, number in self._engine.numbers.get(kind, ()):
            value = element.get(name)
            if value is None or (not number and isinstance(value, str)):
                continue
            if not number or isinstance(value, bool | str):
                place = f"fact {element['id']}: {kind}.{name} = {value!r}"
                raise RulesError("Wrong value", f"{place}: rules read a {'number' if number else 'word'} there")
            if value != value or abs(value) > _MOST:
                raise RulesError("Number out of range", f"fact {element['id']}: {kind}.{name} = {value}")


class _Compiled:
    """A rule as numbers of patterns: what must match, what must not, and the joins of either."""

    __slots__ = ("_code", "_joined", "_stops", "_unless", "_ways")

    def __init__(self, rule: Rule, place: Callable[[Pattern], int]) -> None:
        self._code = rule.code
        # A join may only look back at `when`, whose patterns stand first in every alternative.
        places = {pattern.alias: number for number, pattern in enumerate(rule.when)}
        self._ways = tuple(
            tuple((place(pattern), _joins(pattern, places)) for pattern in way) for way in rule.alternatives
        )
        absences = [(place(pattern), _joins(pattern, places)) for pattern in rule.unless]
        self._stops = tuple(number for number, joins in absences if not joins)
        self._unless = tuple((number, joins) for number, joins in absences if joins)
        self._joined = bool(self._unless) or any(joins for way in self._ways for _, joins in way)

    def fire(self, matched: Matched, found: list[Firing]) -> None:
        """Append every way in which the rule fires."""
        for stop in self._stops:
            if matched[stop]:
                return
        for number, way in enumerate(self._ways):
            if self._joined:
                bindings: Iterator[tuple[Element, ...]] = _joined(way, matched, ())
            elif len(way) == 1:
                found += [Firing(self._code, number, (str(e["id"]),)) for e in matched[way[0][0]]]
                continue
            else:
                bindings = product(*(matched[pattern] for pattern, _ in way))
            for bound in bindings:
                if not (self._unless and self._stopped(matched, bound)):
                    found.append(Firing(self._code, number, tuple(str(element["id"]) for element in bound)))

    def _stopped(self, matched: Matched, bound: tuple[Element, ...]) -> bool:
        return any(_joins_hold(joins, element, bound) for number, joins in self._unless for element in matched[number])


def _joined(
    way: Sequence[tuple[int, tuple[Join, ...]]],
    matched: Matched,
    bound: tuple[Element, ...],
) -> Iterator[tuple[Element, ...]]:
    if len(bound) == len(way):
        yield bound
        return
    pattern, joins = way[len(bound)]
    for element in matched[pattern]:
        if _joins_hold(joins, element, bound):
            yield from _joined(way, matched, (*bound, element))


def _joins_hold(joins: tuple[Join, ...], element: Element, bound: tuple[Element, ...]) -> bool:
    """Whether each joined field is there and equals the field it is joined with."""
    for own, place, other in joins:
        value = element.get(own)
        if value is None or value != bound[place].get(other):
            return False
    return True


def _joins(pattern: Pattern, places: Mapping[str, int]) -> tuple[Join, ...]:
    joins = (test for test in pattern.tests if test.operator == "same_as" and isinstance(test.operand, tuple))
    return tuple((join.field, places[str(join.operand[0])], str(join.operand[1])) for join in joins)  # type: ignore[index]


@functools.lru_cache(maxsize=10_000)
def _select(pattern: Pattern) -> Select:
    """The elements that pass all tests. Most patterns ask one or two fields for a word: those take the short way."""
    equal = [(test.field, test.operand) for test in pattern.tests if test.operator == "equals"]
    others = [_test(test) for test in pattern.tests if test.operator != "equals"]
    if not equal and not others:
        return lambda elements: elements
    if not others and len(equal) == 1:
        ((field, value),) = equal
        return lambda elements: [e for e in elements if e.get(field) == value]
    if not equal and len(others) == 1:
        (only,) = others
        return lambda elements: [e for e in elements if only(e)]

    def select(elements: Sequence[Element]) -> Sequence[Element]:
        for field, value in equal:
            elements = [e for e in elements if e.get(field) == value]
        for test in others:
            elements = [e for e in elements if test(e)]
        return elements

    return select


def _test(test: Test) -> Callable[[Element], bool]:
    field, operand = test.field, test.operand
    if isinstance(operand, tuple):
        allowed = frozenset(operand)
        return lambda element: element.get(field) in allowed
    compare = COMPARISONS[test.operator][1]
    return lambda element: (value := element.get(field)) is not None and compare(value, operand)


def _fields_read(rules: Sequence[Rule]) -> dict[str, set[str]]:
    """For every kind, the fields that some rule tests or joins."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        kinds = {pattern.alias: pattern.kind for pattern in rule.when}
        for pattern in rule.patterns:
            own = found.setdefault(pattern.kind, set())
            for test in pattern.tests:
                own.add(test.field)
                if test.operator == "same_as" and isinstance(test.operand, tuple):
                    found[kinds[str(test.operand[0])]].add(str(test.operand[1]))
    return found
