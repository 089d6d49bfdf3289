"""Rules as durable_rules wants them: tokens instead of words, one definition for each way to fire, limits counted.

Pure data in and out; only `rules.engine` hands the result to the library. What each limit protects from is in
docs/engine.md.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NoReturn

from rules.condition import Pattern, Test, Value
from rules.errors import RulesError
from rules.pack import Pack
from rules.rule import Rule

#: The library keeps the patterns that one fact may still match on a stack of 64.
MOST_PATTERNS_OF_A_KIND = 60
#: Rules that begin with the same pattern, here a phase marker, fill a list of 256 that is written one past its end.
MOST_RULES_OF_A_PHASE = 60
#: Uses of one and the same pattern; they fill a list of the same sort.
MOST_USES_OF_A_PATTERN = 250
#: Patterns of one rule, the phase marker included: a match has room for 16 facts.
MOST_PATTERNS_OF_A_RULE = 16
#: Joins and one_of tests are kept in a sequence of 32 for each pattern: opening, closing, two for each one_of.
MOST_STEPS_OF_A_PATTERN = 31
#: Tests that may follow the same beginning of a pattern: a table of 512.
MOST_CHOICES = 500
#: Rules of the library: ours, expanded, and one for each phase.
MOST_WAYS = 4_000
#: Ways into which one rule may be expanded.
MOST_WAYS_OF_A_RULE = 250
#: Fields of one fact; the library counts them, `joined` ones twice, in one byte.
MOST_FIELDS_OF_A_KIND = 120

_OPERATORS = {"at_least": "$gte", "at_most": "$lte", "below": "$lt", "above": "$gt"}
encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Way:
    """One rule of the library: the code and alternative that it stands for, and what it calls its premises."""

    code: str
    alternative: int
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that some rule reads: its name in the pack, its token, whether it holds numbers.

    A field that a join looks back at is sent a second time, as `joined`, and there it is never missing: a word that
    equals no other stands for what the fact does not have.
    """

    name: str
    token: str
    number: bool
    joined: str | None = None


@dataclass(slots=True)
class Translation:
    """A pack in the library's terms; `ways` and `phases` lead back from what fires to the pack.

    Raises RulesError naming the rule and the limit when the pack does not fit into the library.
    """

    definitions: dict[str, Any] = field(default_factory=dict)
    phases: dict[int, list[int]] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    fields: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def translate(pack: Pack) -> Translation:
    """The pack for the library. Raises RulesError naming the rule and the limit that it breaks."""
    return _Translator(pack).run()


class _Translator:
    """The work of one translation; the counts of what the library's tables will hold grow with every pattern."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._rules: tuple[Rule, ...] = (*pack.slots, *pack.live)
        self._out = Translation()
        self._names: dict[str, str] = {}
        self._paths: dict[str, int] = {}
        self._uses: Counter[str] = Counter()
        self._choices: dict[str, set[str]] = {}

    def run(self) -> Translation:
        out = self._out
        self._tokens()
        out.definitions["$boot"] = {"all": [{"m": {"kind": "$boot"}}]}
        out.definitions["$end"] = {"all": [{"m": {"kind": "$end"}}]}
        by_stratum: dict[int, list[Rule]] = {}
        for rule in self._rules:
            by_stratum.setdefault(self._pack.strata[rule.code], []).append(rule)
        phase = 0
        for stratum, members in sorted(by_stratum.items()):
            ways = [(rule, number, way) for rule in members for number, way in _expanded(rule)]
            for start in range(0, len(ways), MOST_RULES_OF_A_PHASE):
                phase += 1
                out.phases.setdefault(stratum, []).append(phase)
                out.definitions[f"$phase{phase}"] = {"all": [{"m": _marker(phase)}]}
                for rule, number, way in ways[start : start + MOST_RULES_OF_A_PHASE]:
                    self._add(rule, number, way, phase)
        return out

    def _tokens(self) -> None:
        """Short names for kinds, fields and words, so that nothing written by people reaches the library."""
        read = _fields_read(self._rules)
        self._out.kinds = {kind: f"k{place}" for place, kind in enumerate(sorted(read))}
        self._names = {name: f"a{place}" for place, name in enumerate(sorted(set().union(*read.values(), ())))}
        self._out.words = {word: f"c{place}" for place, word in enumerate(sorted(_words_of(self._rules)))}
        for kind, names in read.items():
            if len(names) > MOST_FIELDS_OF_A_KIND:
                what = f"rules read {len(names)} fields of kind {kind}; durable_rules takes {MOST_FIELDS_OF_A_KIND}"
                raise RulesError("Too many fields", f"pack {self._pack.name}: {what}")
            specs = self._pack.schema[kind]
            self._out.fields[kind] = tuple(
                Field(name, self._names[name], specs[name].type == "number", self._joined(name) if back else None)
                for name, back in sorted(names.items())
            )

    def _joined(self, name: str) -> str:
        return f"j{self._names[name]}"

    def _add(self, rule: Rule, number: int, way: Sequence[Pattern], phase: int) -> None:
        if len(self._out.ways) == MOST_WAYS:
            _refuse(rule, "Too many rules", f"goes beyond {MOST_WAYS} rules, one_of of joined patterns written out")
        name = f"r{len(self._out.ways)}"
        self._out.ways[name] = Way(rule.code, number, tuple(f"p{place}" for place in range(len(way))))
        self._out.definitions[name] = self._definition(rule, way, phase)

    def _definition(self, rule: Rule, way: Sequence[Pattern], phase: int) -> dict[str, Any]:
        """The marker first, so that nothing fires early; absences last. `dist` 0: one fact may fill two patterns."""
        aliases = {pattern.alias: f"p{place}" for place, pattern in enumerate(way)}
        width = len(way) + sum(_ways_of(pattern) for pattern in rule.unless)
        if 1 + width > MOST_PATTERNS_OF_A_RULE:
            _refuse(rule, "Rule too wide", f"has {width} patterns, one_of of joined absences written out; durable_rules"
                    f" takes {MOST_PATTERNS_OF_A_RULE - 1}; split it with a finding")  # fmt: skip
        negated = [pattern for written in rule.unless for pattern in _without_joined_choices(written)]
        patterns: list[dict[str, Any]] = [{"m": _marker(phase)}]
        patterns += [{aliases[p.alias]: self._pattern(rule, p, aliases)} for p in way]
        patterns += [{f"n{place}$not": self._pattern(rule, p, aliases)} for place, p in enumerate(negated)]
        return {"all": patterns, "dist": 0}

    def _pattern(self, rule: Rule, pattern: Pattern, aliases: Mapping[str, str]) -> dict[str, Any]:
        joins = [test for test in pattern.tests if test.operator == "same_as"]
        parts: list[dict[str, Any]] = [{"kind": self._out.kinds[pattern.kind]}]
        # a join whose field is missing fires, or ends the whole batch with an error
        parts += [{"$ex": {self._names[name]: 1}} for name in sorted({test.field for test in joins})]
        parts += [self._test(test, aliases) for test in pattern.tests if test.operator != "same_as"]
        parts += [self._test(test, aliases) for test in joins]
        if joins:  # always true: a last join that is false over-reads the library's heap
            parts.append({"$neq": {"kind": {"m": "kind"}}})
        self._count(rule, pattern, parts, len(joins))
        return {"$and": parts} if len(parts) > 1 else parts[0]

    def _count(self, rule: Rule, pattern: Pattern, parts: Sequence[Mapping[str, Any]], joins: int) -> None:
        """Refuse what would fill one of the library's tables.

        Equal patterns share their place in the library, except behind an `$or`: there every use has a place of its own.
        """
        alone = any("$or" in part for part in parts)
        steps = 2 + 2 * sum("$or" in part for part in parts) + joins + bool(joins)
        if steps > MOST_STEPS_OF_A_PATTERN:
            _refuse(rule, "Pattern too long", f"has {steps} steps in its pattern over {pattern.kind}; durable_rules"
                    f" takes {MOST_STEPS_OF_A_PATTERN}: two, one a join, two a one_of")  # fmt: skip
        text = encode(parts)
        self._uses[text] += 1
        if self._uses[text] > MOST_USES_OF_A_PATTERN:
            _refuse(rule, "Pattern used too often", f"is the {self._uses[text]}th with the pattern {pattern};"
                    f" durable_rules takes {MOST_USES_OF_A_PATTERN}; make it a finding")  # fmt: skip
        if alone or self._uses[text] == 1:
            self._paths[pattern.kind] = self._paths.get(pattern.kind, 0) + 1
            if self._paths[pattern.kind] > MOST_PATTERNS_OF_A_KIND:
                _refuse(rule, "Too many patterns", f"is the {self._paths[pattern.kind]}th different pattern over kind"
                        f" {pattern.kind} (one with one_of counts each time); durable_rules takes"
                        f" {MOST_PATTERNS_OF_A_KIND}; share a finding")  # fmt: skip
        for place, part in enumerate(parts):
            followers = self._choices.setdefault(encode(parts[:place]), set())
            followers.update(map(encode, part.get("$or", [part])))
            if len(followers) > MOST_CHOICES:
                _refuse(rule, "Too many choices", f"makes {len(followers)} tests that follow the same beginning of a"
                        f" pattern over {pattern.kind}; durable_rules takes {MOST_CHOICES}")  # fmt: skip

    def _test(self, test: Test, aliases: Mapping[str, str]) -> dict[str, Any]:
        name, operand = self._names[test.field], test.operand
        if test.operator == "same_as":
            alias, other = _join(test)
            return {name: {aliases[alias]: self._joined(other)}}
        if isinstance(operand, tuple):
            choices: list[dict[str, Any]] = [{name: self._token(value)} for value in dict.fromkeys(operand)]
            return choices[0] if len(choices) == 1 else {"$or": choices}
        value = self._token(operand)
        return {name: value} if test.operator == "equals" else {_OPERATORS[test.operator]: {name: value}}

    def _token(self, value: Value) -> Value:
        return self._out.words[value] if isinstance(value, str) else value


def _refuse(rule: Rule, title: str, what: str) -> NoReturn:
    raise RulesError(title, f"{rule.file}: {rule.code} {what}")


def _marker(phase: int) -> dict[str, Any]:
    return {"$and": [{"kind": "$phase"}, {"n": phase}]}


def _join(test: Test) -> tuple[str, str]:
    assert isinstance(test.operand, tuple)  # so it is for same_as
    return str(test.operand[0]), str(test.operand[1])


def _expanded(rule: Rule) -> Iterator[tuple[int, tuple[Pattern, ...]]]:
    """Each alternative; a joined pattern's one_of becomes a rule of its own for each value (it misfires as `$or`)."""
    for number, way in enumerate(rule.alternatives):
        ways = math.prod(_ways_of(pattern) for pattern in way)
        if ways > MOST_WAYS_OF_A_RULE:
            _refuse(rule, "Too many choices", f"stands for {ways} rules, one for each choice in its joined patterns; at"
                    f" most {MOST_WAYS_OF_A_RULE}; make the choice a finding")  # fmt: skip
        for choice in product(*(list(_without_joined_choices(pattern)) for pattern in way)):
            yield number, choice


def _ways_of(pattern: Pattern) -> int:
    operands = (test.operand for test in pattern.tests if test.operator == "one_of")
    return math.prod(len(set(operand)) for operand in operands if isinstance(operand, tuple)) if pattern.joined else 1


def _without_joined_choices(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern itself or, where it joins, one pattern for each combination of its one_of values."""
    if not pattern.joined:
        yield pattern
        return
    choices = [
        [Test(test.field, "equals", value) for value in dict.fromkeys(test.operand)]  # type: ignore[arg-type]
        if test.operator == "one_of" else [test]
        for test in pattern.tests
    ]  # fmt: skip
    for tests in product(*choices):
        yield Pattern(pattern.kind, pattern.alias, tests)


def _fields_read(rules: Sequence[Rule]) -> dict[str, dict[str, bool]]:
    """For every kind that a rule reads, the fields that some rule tests, and whether a join looks back at them.

    No other field is sent.
    """
    found: dict[str, dict[str, bool]] = {}
    for rule in rules:
        kinds = {pattern.alias: pattern.kind for pattern in rule.when}
        for pattern in rule.patterns:
            own = found.setdefault(pattern.kind, {})
            for test in pattern.tests:
                own.setdefault(test.field, False)
                if test.operator == "same_as":
                    alias, name = _join(test)
                    found[kinds[alias]][name] = True
    return found


def _words_of(rules: Sequence[Rule]) -> set[str]:
    found: set[str] = set()
    for test in (test for rule in rules for pattern in rule.patterns for test in pattern.tests):
        if test.operator != "same_as":
            values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
            found.update(value for value in values if isinstance(value, str))
    return found
