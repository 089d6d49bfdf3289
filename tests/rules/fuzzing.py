"""Random packs within the whole rule language, random facts, and a third evaluator to judge the two that ship.

The judge is as plain as can be: every combination of facts is tried for every rule, over and over until nothing new
appears, absences judged only once all that could make them is known. It shares no code with either engine; of the
pack it reads the TOML text alone.
"""

import functools
import itertools
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.engine import Durable
from rules.memory import Element
from rules.pack import Pack, from_files
from rules.reference import Reference
from rules.strata import SLOT_STRATUM
from rules.trace import Engine, Firing

#: Words that have misled the library or might: numbers, truth values, prefixes, quotes, escapes, other scripts.
WORDS = (
    "a", "aa", "b", "1", "1.0", "01", "-1", "true", "True", "false", "null", "nil", "", " ", "yes", "c0", "u0", "k0",
    "e0", "$m", "$end", "$phase", "kind", "sid", "é", "e\u0301", "鈷", "🪨", 'quo"te', "back\\slash", "new\nline",
    "{", "}", ",", "\ud800", "x" * 300,
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2, 3, 5, 0.5, 1.5, 2.25, 1000, 2**53, -(2**53), 0.1)
KINDS = ("k", "kind", "$phase", "deal", "Größe")
FIELDS = {"id_": "text", "name": "text", "sid": "enum", "$s": "text", "n": "number", "größe": "number", "p": "enum"}
FINDINGS = ("ONE", "TWO", "THREE", "FOUR")
#: How many patterns stand in `when`, `any` and `unless`.
_SIZES = (
    (1, 0, 0), (1, 0, 1), (2, 0, 0), (2, 0, 1), (3, 0, 0), (0, 0, 1), (0, 2, 0), (1, 2, 1), (2, 2, 2), (3, 2, 1),
    (2, 0, 3),
)  # fmt: skip
_HEAD = 'code = "{}"\ntitle = "t"\nstatus = "stable"\nsince = "1"\nbecause = "b"\n{}'
_CONCERN = 'effect = "concern"\ntheme = "AAA"\nseverity = "low"\nweight = 1\nsays = "s"'
_SILENT = 'effect = "finding"\nconcludes = "{}"\n[[when]]\nfact = "tally"\nn = 77'
STATUSES = ("STATED", "HEDGED", "DENIED", "OMITTED", "NOT_MENTIONED")


#: Announcements of one pack: compiling it costs most, and a session must not remember the one before.
FACT_SETS = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A pack as files, facts as elements, and the class of the announcement."""

    files: Mapping[str, bytes]
    facts: tuple[Element, ...]
    announcement_class: str


def make(seed: int) -> Case:
    """The case of a seed: always the same. Four seeds in a row share their pack."""
    files, maker = _pack_of(seed // FACT_SETS)
    facts, announcement_class = maker.facts(random.Random(f"facts {seed}"))
    return Case(files, facts, announcement_class)


@functools.lru_cache(maxsize=2)
def _pack_of(seed: int) -> tuple[Mapping[str, bytes], "_Maker"]:
    maker = _Maker(seed)
    return maker.files(), maker


class _Maker:
    """Random packs and facts. Kinds and fields are few, so that facts meet patterns and joins often."""

    def __init__(self, seed: int) -> None:
        self._chance = chance = random.Random(seed)
        self._words = chance.sample(WORDS, chance.randint(2, 6))
        self._numbers = chance.sample(NUMBERS, 4)
        self._kinds = {
            kind: {field: FIELDS[field] for field in chance.sample(sorted(FIELDS), chance.randint(2, 4))}
            for kind in chance.sample(KINDS, chance.randint(1, 3))
        }
        self._slots = [f"slot{number}" for number in range(chance.randint(0, 2))]

    def files(self) -> dict[str, bytes]:
        """The pack's files."""
        files = {"pack.toml": self._pack().encode()}
        for number in range(self._chance.randint(2, 7)):
            files[f"r{number}.toml"] = self._rule(number).encode()
        for number, name in enumerate(FINDINGS):  # a rule may only read findings that some rule concludes
            if not any(f'concludes = "{name}"'.encode() in data for data in files.values()):
                files[f"z{number}.toml"] = _HEAD.format(f"ZZZ-{number:03}", _SILENT.format(name)).encode()
        return files

    def facts(self, chance: random.Random) -> tuple[tuple[Element, ...], str]:
        """Facts of the pack's kinds, and the announcement's class."""
        facts = tuple(self._fact(number, chance) for number in range(chance.choice((0, 1, 2, 3, 4, 6, 8))))
        return facts, chance.choice(("one", "two"))

    def _pack(self) -> str:
        lines = [
            'name = "fuzz"', 'version = "1"', 'title = "t"', 'facts = "own"', "cut_points = [26, 40, 60]",
            "theme_cut_points = [20, 40, 60, 80]",
        ]  # fmt: skip
        of_level = 'name = "n"\ncaution = "c"\nshape = "s"\nmeans = "m"'
        lines += [f"[[level]]\nlevel = {level}\n{of_level}" for level in range(1, 6)]
        lines.append('[[theme]]\ncode = "AAA"\nname = "A"\nweight = 100\nbase = 25\n[evidence]')
        lines += [f'[[class]]\nname = "{name}"\nlabel = "l"\nexpects = []' for name in ("one", "two")]
        for slot in self._slots:
            lines.append(f'[[slot]]\nname = "{slot}"\nlabel = "l"\nquestion = "q"')
            lines += self._patterns("slot.any", self._chance.randint(1, 2), {}, kinds=list(self._kinds))
        for kind, fields in self._kinds.items():
            lines.append(f"[kind.{_quoted(kind)}]")
            words = ", ".join(map(_quoted, self._known_words()))
            lines += [
                f"{_quoted(field)} = {f'[{words}]' if sort == 'enum' else _quoted(sort)}"
                for field, sort in fields.items()
            ]
        return "\n".join(lines)

    def _rule(self, number: int) -> str:
        """A rule; the finding that it concludes is of a higher number than those it reads, so that no cycle arises."""
        chance = self._chance
        own = chance.randrange(len(FINDINGS) + 2)
        effect = f'effect = "finding"\nconcludes = "{FINDINGS[own]}"' if own < len(FINDINGS) else _CONCERN
        lines = [_HEAD.format(f"AAA-{number:03}", effect)]
        earlier: dict[str, str] = {}
        kinds = [*self._kinds, "class", "tally", *(["slot"] * bool(self._slots)), *(["finding"] * 2 * bool(own))]
        sizes = chance.choice(
            (
                (1, 0, 0),
                (1, 0, 1),
                (2, 0, 0),
                (2, 0, 1),
                (3, 0, 0),
                (0, 0, 1),
                (0, 2, 0),
                (1, 2, 1),
                (2, 2, 2),
                (3, 2, 1),
                (2, 0, 3),
            )
        )
        for group, size in zip(("when", "any", "unless"), sizes, strict=True):
            lines += self._patterns(group, size, earlier, kinds, FINDINGS[: min(own, len(FINDINGS))])
        return "\n".join(lines)

    def _patterns(
        self, group: str, size: int, earlier: dict[str, str], kinds: list[str], findings: tuple[str, ...] = ()
    ) -> Iterator[str]:
        for place in range(size):
            kind = self._chance.choice(kinds)
            yield f"[[{group}]]\nfact = {_quoted(kind)}"
            fields = self._fields_of(kind)
            named = ["name"] if kind == "finding" else []
            most = self._chance.choice((0, 1, 1, 2, 3))
            for field in dict.fromkeys([*named, *self._chance.sample(sorted(fields), min(most, len(fields)))]):
                yield f"{_quoted(field)} = {self._operand(kind, field, fields[field], earlier, findings)}"
            if group == "when":
                alias = self._chance.choice(("p", "m", "x$", "not"))
                alias = f"{alias}{place}"
                yield f"as = {_quoted(alias)}"
                earlier[alias] = kind

    def _operand(self, kind: str, field: str, sort: str, earlier: Mapping[str, str], findings: tuple[str, ...]) -> str:
        chance = self._chance
        if sort == "number":
            tests = [
                f"{chance.choice(('at_least', 'at_most', 'below', 'above', 'equals'))} = {chance.choice(self._numbers)}"
            ]
            if chance.random() < 0.2:
                tests.append(f"one_of = [{', '.join(map(str, chance.choices(self._numbers, k=3)))}]")
            return f"{{ {', '.join(tests)} }}"
        joins = [
            f"{alias}.{other}"
            for alias, of in earlier.items()
            for other, its in self._fields_of(of).items()
            if its != "number"
        ]
        words = self._values(kind, field, findings)
        tests = []
        if joins and kind != "finding" and chance.random() < 0.5:
            tests.append(f"same_as = {_quoted(chance.choice(joins))}")
        if not tests or chance.random() < 0.3:
            many = f"one_of = [{', '.join(_quoted(chance.choice(words)) for _ in range(chance.randint(1, 3)))}]"
            tests.append(many if chance.random() < 0.4 else f"equals = {_quoted(chance.choice(words))}")
        return f"{{ {', '.join(tests)} }}"

    def _fields_of(self, kind: str) -> dict[str, str]:
        derived = {"class": {"name": "enum"}, "finding": {"name": "enum"}, "tally": {"of": "enum", "n": "number"}}
        return {**self._kinds, **derived, "slot": {"name": "enum", "status": "enum"}}[kind]

    def _values(self, kind: str, field: str, findings: tuple[str, ...]) -> list[str]:
        if kind in self._kinds:
            return self._known_words()
        known = {"class": ("one", "two"), "tally": ("missing", "omitted"), "finding": findings or FINDINGS[:1]}
        return list(known.get(kind) or (self._slots if field == "name" else STATUSES))

    def _known_words(self) -> list[str]:
        """The words that a pack may hold: TOML has no lone surrogates, facts read from broken text may."""
        return [word for word in self._words if word != "\ud800"] or ["a"]

    def _fact(self, number: int, chance: random.Random) -> Element:
        kind = chance.choice(list(self._kinds))
        fact: dict[str, str | int | float] = {"kind": kind, "id": chance.choice(("f", "e", "$")) + str(number)}
        for field, sort in self._kinds[kind].items():
            if chance.random() < 0.8:
                fact[field] = chance.choice(self._numbers) if sort == "number" else chance.choice(self._words)
        return fact


def _quoted(word: str) -> str:
    """A TOML basic string."""
    escaped = (c if c.isalnum() or c in " .-_$" else f"\\U{ord(c):08X}" for c in word)
    return f'"{"".join(escaped)}"'


@dataclass(frozen=True, slots=True)
class Verdict:
    """What each evaluator let fire, as sorted (code, alternative, premises)."""

    durable: list[Firing]
    reference: list[Firing]
    judge: list[Firing]

    @property
    def agree(self) -> bool:
        """Whether all three let the same rules fire on the same facts, each way once."""
        return self.durable == self.reference == self.judge

    @property
    def difference(self) -> str:
        """What either engine let fire that the judge did not, or did not that the judge did."""
        wanted = set(self.judge)
        durable, reference = (sorted(set(found) ^ wanted) for found in (self.durable, self.reference))
        return f"durable_rules {durable}, reference {reference}"


def run(case: Case) -> Verdict:
    """A case through all three."""
    pack, durable, reference = _compiled(_Same(case.files))
    return Verdict(run_engine(durable, pack, case), run_engine(reference, pack, case), judged(case))


class _Same:
    """The files of a pack as a key: the same object is the same pack."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.files is other.files

    def __hash__(self) -> int:
        return id(self.files)


@functools.lru_cache(maxsize=2)
def _compiled(key: _Same) -> tuple[Pack, Engine, Engine]:
    pack = from_files(key.files)
    return pack, Durable(pack), Reference(pack)


@functools.lru_cache(maxsize=2)
def _tables(key: _Same) -> dict[str, dict[str, Any]]:
    return {name: tomllib.loads(data.decode()) for name, data in key.files.items()}


def run_engine(engine: Engine, pack: Pack, case: Case) -> list[Firing]:
    """One engine over a case: facts, then slots and tallies, then each stratum's findings."""
    session = engine.open()
    try:
        fired = session.fire(
            SLOT_STRATUM, [*case.facts, {"kind": "class", "id": "class", "name": case.announcement_class}]
        )
        stated = {firing.code for firing in fired}
        fresh = _slots_and_tallies([slot.name for slot in pack.settings.slots], stated)
        known: set[str] = set()
        concludes = {rule.code: rule.concludes for rule in pack.live if rule.effect == "finding"}
        for stratum in range(SLOT_STRATUM + 1, max(pack.strata.values()) + 1):
            new = session.fire(stratum, fresh)
            fired += new
            names = {str(concludes[firing.code]) for firing in new if firing.code in concludes} - known
            known |= names
            fresh = [{"kind": "finding", "id": f"finding:{name}", "name": name} for name in sorted(names)]
    finally:
        session.close()
    return sorted(fired)


def _slots_and_tallies(slots: list[str], stated: set[str]) -> list[Element]:
    found: list[Element] = [
        {
            "kind": "slot",
            "id": f"slot:{name}",
            "name": name,
            "status": "STATED" if f"slot:{name}" in stated else "HEDGED",
        }
        for name in slots
    ]
    missing = sum(f"slot:{name}" not in stated for name in slots)
    return [*found, {"kind": "tally", "id": "tally:missing", "of": "missing", "n": missing}]


def judged(case: Case) -> list[Firing]:
    """The third opinion: the TOML text, every combination of facts, nothing clever."""
    tables = _tables(_Same(case.files))
    slots = tables["pack.toml"].get("slot", [])
    world: list[Element] = [*case.facts, {"kind": "class", "id": "class", "name": case.announcement_class}]
    fired: list[Firing] = []
    for slot in slots:
        fired += _firings(f"slot:{slot['name']}", slot, world)
    world += _slots_and_tallies([slot["name"] for slot in slots], {firing.code for firing in fired})
    waiting = {data["code"]: data for name, data in tables.items() if name != "pack.toml"}
    while waiting:
        open_findings = {data.get("concludes") for data in waiting.values()}
        ready = [code for code, data in waiting.items() if not _reads(data) & open_findings]
        for code in ready:
            fired += _firings(code, waiting[code], world)
        for code in ready:
            name = waiting.pop(code).get("concludes")
            if name and any(f.code == code for f in fired) and all(e["id"] != f"finding:{name}" for e in world):
                world.append({"kind": "finding", "id": f"finding:{name}", "name": name})
    return sorted(fired)


def _reads(data: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    for table in (*data.get("when", ()), *data.get("any", ()), *data.get("unless", ())):
        if table["fact"] == "finding":
            test = table["name"]
            found |= {test["equals"]} if "equals" in test else set(test["one_of"])
    return found


def _firings(code: str, data: Mapping[str, Any], world: list[Element]) -> list[Firing]:
    when, either, unless = data.get("when", []), data.get("any", []), data.get("unless", [])
    found = []
    for number, way in enumerate([[*when, choice] for choice in either] or [when]):
        for facts in itertools.product(*([fact for fact in world if fact["kind"] == table["fact"]] for table in way)):
            bound = {table["as"]: fact for table, fact in zip(way, facts, strict=True) if "as" in table}
            if all(_fits(table, fact, bound) for table, fact in zip(way, facts, strict=True)) and not any(
                _fits(table, fact, bound) for table in unless for fact in world
            ):
                found.append(Firing(code, number, tuple(str(fact["id"]) for fact in facts)))
    return found


def _fits(table: Mapping[str, Any], fact: Element, bound: Mapping[str, Element]) -> bool:
    if fact["kind"] != table["fact"]:
        return False
    for field, test in table.items():
        if field in ("fact", "as"):
            continue
        for operator, wanted in (test if isinstance(test, dict) else {"equals": test}).items():
            if field not in fact or not _holds(fact[field], operator, wanted, bound):
                return False
    return True


def _holds(value: Any, operator: str, wanted: Any, bound: Mapping[str, Element]) -> bool:
    match operator:
        case "equals":
            return bool(value == wanted)
        case "one_of":
            return value in wanted
        case "at_least":
            return bool(value >= wanted)
        case "at_most":
            return bool(value <= wanted)
        case "below":
            return bool(value < wanted)
        case "above":
            return bool(value > wanted)
    alias, _, other = wanted.partition(".")
    return other in bound[alias] and bool(value == bound[alias][other])
