"""Other engines under the same protocol as ours: the same tokens, the same strata, the same answer.

Each is an `Engine` as in rules/trace.py, so that `rules.reason.reason` drives all of them alike. They are given what
`rules.translate` makes of a pack, so none of them pays for longer words than another.
"""

import contextlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from rules.condition import Pattern, Test, plain_number
from rules.memory import Element
from rules.pack import Pack
from rules.trace import Engine, Firing, Session
from rules.translate import Translation, translate

_SHOW = "#show fired/2.\n"
_SIGNS = {"at_least": ">=", "at_most": "<=", "below": "<", "above": ">"}


class NotExpressibleError(Exception):
    """An engine that cannot run this pack, or these facts, and why."""


class Tokens:
    """Elements in tokens, with running ids, as the adapter sends them."""

    def __init__(self, translation: Translation) -> None:
        self.translation = translation
        self.ids: list[str] = []
        self._strange: dict[str, str] = {}

    def fact(self, element: Element) -> dict[str, Any] | None:
        """The element in tokens, or None if no rule reads its kind."""
        kind = str(element["kind"])
        if kind not in self.translation.kinds:
            return None
        fact: dict[str, Any] = {"kind": self.translation.kinds[kind], "id": f"e{len(self.ids)}"}
        for field in self.translation.fields[kind]:
            value = element.get(field.name)
            if isinstance(value, str):
                known = self.translation.words.get(value)
                fact[field.token] = known or self._strange.setdefault(value, f"u{len(self._strange)}")
            elif value is not None:
                fact[field.token] = plain_number(value)
        self.ids.append(str(element["id"]))
        return fact

    def firing(self, way: str, ids: Sequence[str]) -> Firing:
        """What fired, in the pack's terms; `ids` are those of the premises."""
        of = self.translation.ways[way]
        return Firing(of.code, of.alternative, tuple(self.ids[int(name[1:])] for name in ids))


def ways(pack: Pack, translation: Translation) -> Iterator[tuple[str, int, tuple[Pattern, ...], tuple[Pattern, ...]]]:
    """Every way to fire: its name in the translation, its stratum, its positive and its negated patterns."""
    names = iter(translation.ways)
    rules = sorted((*pack.slots, *pack.live), key=lambda rule: pack.strata[rule.code])
    for rule in rules:
        for way in rule.alternatives:
            yield next(names), pack.strata[rule.code], way, rule.unless


class Clips:
    """CLIPS through clipspy: a template a kind, a rule a way, a phase fact in front, answers by a Python function."""

    name = "CLIPS (clipspy)"

    def __init__(self, pack: Pack) -> None:
        clips = import_module("clips")
        self.translation = translate(pack)
        self.environment = clips.Environment()
        self.log: list[tuple[str, ...]] = []
        self._variables = itertools.count()
        self.environment.define_function(self._record, "record")
        self.environment.build("(deftemplate phase (slot n))")
        for kind, token in self.translation.kinds.items():
            slots = " ".join(f"(slot {field.token} (default nil))" for field in self.translation.fields[kind])
            self.environment.build(f"(deftemplate {token} (slot id) {slots})")
        for name, stratum, way, unless in ways(pack, self.translation):
            self.environment.build(self._rule(name, stratum, way, unless))

    def open(self) -> Session:
        """An empty session: the environment, reset."""
        self.environment.reset()
        self.log.clear()
        return _ClipsSession(self)

    def _record(self, *found: Any) -> None:
        self.log.append(tuple(map(str, found)))

    def _rule(self, name: str, stratum: int, way: Sequence[Pattern], unless: Sequence[Pattern]) -> str:
        aliases = {pattern.alias: f"p{place}" for place, pattern in enumerate(way)}
        joined = {test.operand for p in (*way, *unless) for test in p.tests if test.operator == "same_as"}
        positive = "".join(self._pattern(p, f"(id ?{aliases[p.alias]})", aliases, joined) for p in way)
        negative = "".join(f"(not {self._pattern(p, '', aliases, set())})" for p in unless)
        premises = " ".join(f"?{aliases[pattern.alias]}" for pattern in way)
        return f"(defrule {name} (phase (n {stratum})) {positive}{negative} => (record {name} {premises}))"

    def _pattern(self, pattern: Pattern, head: str, aliases: Mapping[str, str], joined: set[Any]) -> str:
        names = {field.name: field.token for field in self.translation.fields[pattern.kind]}
        tests: dict[str, list[str]] = {}
        for test in pattern.tests:
            variable = f"?v{next(self._variables)}"
            tests.setdefault(test.field, []).append(self._test(test, variable, aliases))
        for alias, field in joined:
            if alias == pattern.alias:
                tests.setdefault(field, []).insert(0, f"?{aliases[alias]}_{field}")
        slots = "".join(f"({names[field]} {'&'.join(found)})" for field, found in tests.items())
        return f"({self.translation.kinds[pattern.kind]} {head}{slots})"

    def _test(self, test: Test, variable: str, aliases: Mapping[str, str]) -> str:
        if test.operator == "same_as" and isinstance(test.operand, tuple):
            alias, field = test.operand
            return f"{variable}&~nil&:(eq {variable} ?{aliases[str(alias)]}_{field})"
        operand = test.operand
        if isinstance(operand, tuple):
            return "|".join(str(self._value(value)) for value in operand)
        if test.operator == "equals":
            return str(self._value(operand))
        sign = _SIGNS[test.operator]
        return f"{variable}&:(and (numberp {variable}) ({sign} {variable} {operand}))"

    def _value(self, value: Any) -> Any:
        return self.translation.words[value] if isinstance(value, str) else value


class _ClipsSession:
    def __init__(self, engine: Clips) -> None:
        self._engine = engine
        self._tokens = Tokens(engine.translation)

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        facts = [fact for element in elements if (fact := self._tokens.fact(element)) is not None]
        lines = [
            f"({fact.pop('kind')} {' '.join(f'({name} {value})' for name, value in fact.items())})" for fact in facts
        ]
        self._engine.environment.load_facts("\n".join([*lines, f"(phase (n {stratum}))"]))
        self._engine.log.clear()
        self._engine.environment.run()
        return [self._tokens.firing(name, ids) for name, *ids in self._engine.log]

    def close(self) -> None:
        pass


class Host:
    """The public durable_rules `Host`, under the adapter's protocol as far as it lets one.

    It keeps its sessions: deleting one and going on crashed it. So it is good for some 900 announcements a process.
    """

    name = "durable Host"

    def __init__(self, pack: Pack) -> None:
        self.translation = translate(pack)
        self.log: list[tuple[str, tuple[str, ...]]] = []
        definitions = json.loads(json.dumps(self.translation.definitions))
        for name, definition in definitions.items():
            definition["run"] = self._logging(name)
        self.host = import_module("durable.engine").Host()
        self.host.set_rulesets({"rivals": definitions})
        self._sessions = itertools.count()

    def open(self) -> Session:
        """A session of its own name."""
        return _HostSession(self, f"s{next(self._sessions)}")

    def _logging(self, name: str) -> Any:
        aliases = self.translation.ways[name].aliases if name in self.translation.ways else ()

        def log(context: Any) -> None:
            self.log.append((name, tuple(getattr(context, alias).id for alias in aliases)))

        return log


class _HostSession:
    def __init__(self, engine: Host, name: str) -> None:
        self._engine, self._name = engine, name
        self._tokens = Tokens(engine.translation)
        self._batches = itertools.count()
        self._put({"kind": "$boot", "id": "$boot"})

    def _put(self, *facts: dict[str, Any]) -> None:
        unmatched = import_module("durable.engine").MessageNotHandledException
        # it raises when any fact of a batch matches nothing, after it has taken in the others
        with contextlib.suppress(unmatched):
            self._engine.host.assert_facts("rivals", [{**fact, "sid": self._name} for fact in facts])

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        self._engine.log.clear()
        facts = [self._joined(fact, e) for e in elements if (fact := self._tokens.fact(e)) is not None]
        if facts:
            self._put(*facts, {"kind": "$end", "id": f"$end{next(self._batches)}"})
        for phase in self._engine.translation.phases.get(stratum, ()):
            self._put({"kind": "$phase", "n": phase, "id": f"$phase{phase}"})
        return [self._tokens.firing(name, ids) for name, ids in self._engine.log if not name.startswith("$")]

    def _joined(self, fact: dict[str, Any], element: Element) -> dict[str, Any]:
        for field in self._engine.translation.fields[str(element["kind"])]:
            if field.joined is not None:
                fact[field.joined] = fact.get(field.token, f"v{fact['id']}{field.token}")
        return fact

    def close(self) -> None:
        pass


class Clingo:
    """clingo: every stratum grounded and solved anew for each announcement."""

    name = "clingo"

    def __init__(self, pack: Pack) -> None:
        self.translation = translate(pack)
        self.programs: dict[int, str] = {}
        for name, stratum, way, unless in ways(pack, self.translation):
            rule = "".join(self._rule(name, way, unless))
            self.programs[stratum] = self.programs.get(stratum, _SHOW) + rule

    def open(self) -> Session:
        """An empty session."""
        return _ClingoSession(self)

    def _rule(self, name: str, way: Sequence[Pattern], unless: Sequence[Pattern]) -> Iterator[str]:
        places = {pattern.alias: place for place, pattern in enumerate(way)}
        body = ", ".join(itertools.chain(*(self._pattern(p, f"P{n}", places) for n, p in enumerate(way)))) or "ok"
        premises = ",".join(f"P{place}" for place in range(len(way)))
        absent = ""
        for place, pattern in enumerate(unless):
            against = ", ".join(self._pattern(pattern, "N", places))
            if pattern.joined:
                yield f"no_{name}_{place}({premises}) :- {body}, {against}.\n"
                absent += f", not no_{name}_{place}({premises})"
            else:
                yield f"no_{name}_{place} :- {against}.\n"
                absent += f", not no_{name}_{place}"
        yield f"fired({name},({premises}{',' if len(way) == 1 else ''})) :- {body}{absent}.\n"

    def _pattern(self, pattern: Pattern, variable: str, places: Mapping[str, int]) -> Iterator[str]:
        names = {field.name: field.token for field in self.translation.fields[pattern.kind]}
        yield f"kind({variable},{self.translation.kinds[pattern.kind]})"
        for place, test in enumerate(pattern.tests):
            value = f"V{variable}{place}"
            if test.operator == "same_as" and isinstance(test.operand, tuple):
                alias, field = test.operand
                yield f"f({variable},{names[test.field]},{value})"
                yield f"f(P{places[str(alias)]},{self._token_of(str(field))},{value})"
            elif test.operator == "one_of" and isinstance(test.operand, tuple):
                choices = ";".join(str(self._value(choice)) for choice in test.operand)
                yield f"f({variable},{names[test.field]},{value})"
                yield f"{value}=({choices})"
            elif test.operator == "equals":
                yield f"f({variable},{names[test.field]},{self._value(test.operand)})"
            else:
                yield f"f({variable},{names[test.field]},{value})"
                yield f"{value} {_SIGNS[test.operator]} {self._value(test.operand)}"

    def _token_of(self, field: str) -> str:
        return next(f.token for fields in self.translation.fields.values() for f in fields if f.name == field)

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.translation.words[value]
        if not isinstance(value, int) or abs(value) >= 2**31:
            raise NotExpressibleError(f"clingo knows whole numbers of 32 bits only, not {value}")
        return value


class _ClingoSession:
    def __init__(self, engine: Clingo) -> None:
        self._engine = engine
        self._tokens = Tokens(engine.translation)
        self._known = ["ok."]

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        clingo = import_module("clingo")
        for element in elements:
            fact = self._tokens.fact(element)
            if fact is not None:
                name = fact.pop("id")
                self._known.append(f"kind({name},{fact.pop('kind')}).")
                self._known += [f"f({name},{field},{self._checked(value)})." for field, value in fact.items()]
        control = clingo.Control(["--warn=none"])
        control.add("base", [], "\n".join(self._known) + "\n" + self._engine.programs.get(stratum, _SHOW))
        control.ground([("base", [])])
        found: list[Firing] = []
        with control.solve(yield_=True) as models:
            for model in models:
                for symbol in model.symbols(shown=True):
                    way, premises = symbol.arguments
                    found.append(self._tokens.firing(way.name, [premise.name for premise in premises.arguments]))
        return found

    def _checked(self, value: Any) -> Any:
        if not isinstance(value, str) and (not isinstance(value, int) or abs(value) >= 2**31):
            raise NotExpressibleError(f"clingo knows whole numbers of 32 bits only, not {value}")
        return value

    def close(self) -> None:
        pass


#: Those that run in the same process as ours. `Host` starts threads that never end, so it gets a process of its own.
RIVALS: tuple[type[Any], ...] = (Clips, Clingo)
#: Engines that were looked at and cannot run a pack, with the reason.
LEFT_OUT = {
    "zen-engine": "a decision table answers once for one input: its `some(facts, ...)` tells that facts match, not"
    " which, so neither all ways of firing nor their premises can be had from it",
}

__all__ = ["LEFT_OUT", "RIVALS", "Clingo", "Clips", "Engine", "Host", "NotExpressibleError"]
