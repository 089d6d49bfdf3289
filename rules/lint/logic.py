"""Rules as formulas: can one fire at all, does one imply another? Answers hold for every possible fact set."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from rules.condition import Pattern, Test
from rules.lint.domain import Box, Domain, outside, passes, tested
from rules.lint.formula import FALSE, TRUE, And, Choice, Formula, Free, Or, Some, World, negated, worlds
from rules.pack import Pack
from rules.rule import Rule
from rules.schema import DERIVED, SLOT_STATUSES

#: A slot's status needs these kinds; a pack without them has no such slots.
_DENIAL, _OMISSION = "denial", "omission"


class Logic:
    """The rules of one pack as formulas over its finite domains."""

    def __init__(self, pack: Pack, more: Iterable[Pattern] = ()) -> None:
        self.pack = pack
        rules = (*pack.slots, *pack.live)
        patterns = [*chain.from_iterable(rule.patterns for rule in rules), *pack.upside, *more]
        self._tested = {**tested(patterns), **self._told_by(pack)}
        self._domains: dict[str, Domain] = {}
        self._slots = {slot.name: (slot, rule) for slot, rule in zip(pack.settings.slots, pack.slots, strict=True)}
        self._makers: dict[str, list[Rule]] = {}
        for rule in pack.live:
            if rule.effect == "finding" and rule.concludes:
                self._makers.setdefault(rule.concludes, []).append(rule)
        self._known: dict[str, Formula] = {}
        self.most = max((len(item.expects) for item in pack.settings.classes.values()), default=0)

    def domain(self, kind: str) -> Domain:
        """The visible facts of a kind."""
        if kind not in self._domains:
            model, spec = self.pack.settings.kinds[kind], self.pack.schema[kind]
            self._domains[kind] = Domain(model, spec, self.pack.settings, self._tested)
        return self._domains[kind]

    def box(self, pattern: Pattern, flipped: Test | None = None) -> Box:
        """The facts that match a pattern over a fact kind."""
        return self.domain(pattern.kind).box(pattern.tests, flipped)

    def fires(self, rule: Rule) -> Formula:
        """When a rule fires."""
        if rule.code not in self._known:
            self._known[rule.code] = self.formula(rule.when, rule.any, rule.unless)
        return self._known[rule.code]

    def formula(
        self, when: Sequence[Pattern], either: Sequence[Pattern], unless: Sequence[Pattern], flipped: Test | None = None
    ) -> Formula:
        """When conditions hold; `flipped` is the one test that counts turned round."""
        parts = [negated(self.present(pattern, flipped)) for pattern in unless if not pattern.joined]
        parts += [self.present(pattern, flipped) for pattern in when]
        if either:
            parts.append(Or(tuple(self.present(pattern, flipped) for pattern in either)))
        return And(tuple(parts))

    def present(self, pattern: Pattern, flipped: Test | None = None) -> Formula:
        """When a pattern matches something."""
        if pattern.kind not in DERIVED:
            return Some(pattern.kind, self.box(pattern, flipped))
        if pattern.kind == "class":
            names = frozenset[str | int](self.pack.settings.classes)
            return Choice("class", frozenset(n for n in names if _holds(pattern, {"name": n}, flipped)), names)
        if pattern.kind == "tally":
            return Or(tuple(self._tally(pattern, of, flipped) for of in ("missing", "omitted")))
        if pattern.kind == "finding":
            made = [self._made(name) for name in self._makers if _holds(pattern, {"name": name}, flipped)]
            return Or(tuple(made))
        return Or(tuple(self._slot(name, pattern, flipped) for name in self._slots))

    def world(self, *formulas: Formula) -> World | None:
        """A world in which all formulas hold; None if there is none, which is then proved."""
        for world in worlds(formulas):
            if self._counts(world):
                return world
        return None

    def implies(self, first: Formula, second: Formula) -> bool:
        """Whether the second holds in every fact set in which the first does."""
        return self.world(first, negated(second)) is None

    def _made(self, name: str) -> Formula:
        return Or(tuple(self.fires(rule) for rule in self._makers[name]))

    def _tally(self, pattern: Pattern, of: str, flipped: Test | None) -> Formula:
        most = self.most if of == "missing" else len(self._omissible())
        whole = frozenset[str | int](range(most + 1))
        values = frozenset(n for n in whole if _holds(pattern, {"of": of, "n": n}, flipped))
        return Choice("missing" if of == "missing" else "omitted", values, whole) if values else FALSE

    def _slot(self, name: str, pattern: Pattern, flipped: Test | None) -> Formula:
        wanted = [s for s in SLOT_STATUSES if _holds(pattern, {"name": name, "status": s}, flipped)]
        if len(wanted) == len(SLOT_STATUSES):
            return TRUE
        if wanted == ["STATED"]:
            return self.stated(name)
        if "STATED" in wanted:
            return negated(Or(tuple(self.status(name, s) for s in SLOT_STATUSES if s not in wanted)))
        if len(wanted) == len(SLOT_STATUSES) - 1:
            return negated(self.stated(name))
        return Or(tuple(self.status(name, status) for status in wanted))

    def stated(self, name: str) -> Formula:
        """When a slot is STATED."""
        return Or(tuple(Some(pattern.kind, self.box(pattern)) for pattern in self._slots[name][1].any))

    def status(self, name: str, status: str) -> Formula:
        """When a slot has a status (EVI-006): the first of the five that applies."""
        slot = self._slots[name][0]
        steps = {
            "STATED": self.stated(name),
            "DENIED": self._heard(_DENIAL, "what", slot.denied_by),
            "OMITTED": self._heard(_OMISSION, "slot", (name,)),
            "HEDGED": Free(f"hedged:{name}") if self._can_be_hedged(name) else FALSE,
            "NOT_MENTIONED": TRUE,
        }
        before = SLOT_STATUSES[: SLOT_STATUSES.index(status)]
        return And((*(negated(steps[earlier]) for earlier in before), steps[status]))

    def _can_be_hedged(self, name: str) -> bool:
        """Hedging hides facts that must hold already, and lowers rungs; it does nothing to others."""
        settings = self.pack.settings
        kinds = {pattern.kind for pattern in self._slots[name][1].any}
        return any(kind in settings.evidence.standing or kind in settings.ladders for kind in kinds)

    def _heard(self, kind: str, field: str, names: Sequence[str]) -> Formula:
        if kind not in self.pack.settings.kinds or not names or field not in self.pack.schema[kind]:
            return FALSE
        return Some(kind, self.domain(kind).box((Test(field, "one_of", tuple(names)),)))

    def _omissible(self) -> tuple[str, ...]:
        spec = self.pack.schema.get(_OMISSION, {}).get("slot")
        return spec.values if spec else ()

    def _counts(self, world: World) -> bool:
        """Whether the numbers of missing and omitted slots that the world asks for can be had."""
        omitted, missing = world.choice("omitted"), world.choice("missing")
        if omitted is not None and not self._omitted(world) & omitted:
            return False
        if missing is None:
            return True
        classes = world.choice("class") or frozenset(self.pack.settings.classes)
        return any(self._missing(world, self.pack.settings.classes[str(c)].expects, missing) for c in sorted(classes))

    def _missing(self, world: World, expected: Sequence[str], wanted: frozenset[str | int], count: int = 0) -> bool:
        if not expected:
            return count in wanted
        if not any(n in wanted for n in range(count, count + len(expected) + 1)):
            return False
        stated = self.stated(expected[0])
        for formula, more in ((negated(stated), 1), (stated, 0)):
            if any(self._missing(each, expected[1:], wanted, count + more) for each in worlds([formula], world)):
                return True
        return False

    def _omitted(self, world: World) -> frozenset[int]:
        """The numbers of omitted slots that are open: one at least if a fact says so, at most those not barred."""
        domain, names = self.domain(_OMISSION), self._omissible()
        bars = world.bars(_OMISSION)
        can = [n for n in names if _reaches(domain, n, bars)]
        needed = [box for kind, box in world.there if kind == _OMISSION]
        return frozenset(range(1 if needed else 0, len(can) + 1))

    @staticmethod
    def _told_by(pack: Pack) -> Mapping[tuple[str, str], Sequence[str]]:
        fields = ((_DENIAL, "what"), (_OMISSION, "slot"))
        return {(kind, name): () for kind, name in fields if name in pack.schema.get(kind, {})}


def _reaches(domain: Domain, slot: str, bars: list[Box]) -> bool:
    return outside(domain.box((Test("slot", "equals", slot),)), bars)


def _holds(pattern: Pattern, element: Mapping[str, str | int], flipped: Test | None) -> bool:
    return all(passes(test, element.get(test.field)) != (test is flipped) for test in pattern.tests)
