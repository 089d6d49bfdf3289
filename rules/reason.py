"""One announcement through one engine, stratum by stratum: facts, slots, tallies, findings, verdict rules."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.errors import RulesError
from rules.memory import Element, Memory
from rules.pack import Pack
from rules.slots import Derived, complete, tallies
from rules.strata import SLOT_STRATUM
from rules.trace import Engine, Firing, in_order


@dataclass(frozen=True, slots=True)
class Trace:
    """All firings in pack order, slot rules first, and the facts that rules made (slots, tallies, findings)."""

    firings: tuple[Firing, ...]
    derived: tuple[Derived, ...]

    def of(self, code: str) -> tuple[Firing, ...]:
        """Every way in which one rule fired."""
        return tuple(firing for firing in self.firings if firing.code == code)

    def by_code(self) -> dict[str, list[Firing]]:
        """Every way in which every rule fired, in pack order."""
        found: dict[str, list[Firing]] = {}
        for firing in self.firings:
            found.setdefault(firing.code, []).append(firing)
        return found

    @property
    def fired(self) -> tuple[str, ...]:
        """The codes of the rules that fired, each once, in pack order; slot rules left out."""
        return tuple(dict.fromkeys(firing.code for firing in self.firings if not firing.code.startswith("slot:")))


def class_element(name: str) -> Element:
    """The announcement class as a fact that rules can read."""
    return {"kind": "class", "id": f"class:{name}", "name": name}


def reason(pack: Pack, memory: Memory, announcement_class: str, engine: Engine) -> Trace:
    """Run one engine to the end. Raises RulesError if the engine refuses the facts."""
    order, concludes, top = _plan(pack)
    known = _places([*memory.visible, class_element(announcement_class)])
    session = engine.open()
    try:
        firings = session.fire(SLOT_STRATUM, [*memory.visible, class_element(announcement_class)])
        slots = complete(pack, memory, in_order(firings, order, known))
        derived = [*slots, *tallies(pack, announcement_class, memory, slots)]
        fresh = [item.element for item in derived]
        found: dict[str, list[Firing]] = {}
        for stratum in range(SLOT_STRATUM + 1, top + 1):
            for element in fresh:
                known[str(element["id"])] = len(known)
            fired = session.fire(stratum, fresh)
            firings += fired
            fresh = _findings(in_order(fired, order, known), concludes, found)
    finally:
        session.close()
    derived += [_finding(name, in_order(support, order, known)) for name, support in found.items()]
    return Trace(in_order(firings, order, known), tuple(derived))


def _findings(fired: Iterable[Firing], concludes: Mapping[str, str], found: dict[str, list[Firing]]) -> list[Element]:
    """The findings that are new; the support of all of them grows, for several rules may conclude one finding."""
    fresh: list[Element] = []
    for firing in fired:
        if name := concludes.get(firing.code):
            if name not in found:
                found[name] = []
                fresh.append(_finding(name, ()).element)
            found[name].append(firing)
    return fresh


def _finding(name: str, support: Sequence[Firing]) -> Derived:
    by = dict.fromkeys(premise for firing in support for premise in firing.premises)
    return Derived(f"finding:{name}", "finding", {"name": name}, tuple(by))


def _places(elements: Iterable[Element]) -> dict[str, int]:
    """The place of every element by id. Raises RulesError if two share one: their firings could not be told apart."""
    known: dict[str, int] = {}
    for element in elements:
        name = str(element["id"])
        if name in known:
            raise RulesError("Doubled fact", f"two facts have the id {name!r}; give each its own")
        known[name] = len(known)
    return known


@functools.lru_cache(maxsize=8)
def _plan(pack: Pack) -> tuple[Mapping[str, int], Mapping[str, str], int]:
    """The place of every rule in pack order, what finding a rule concludes, and the highest stratum."""
    rules = (*pack.slots, *pack.live)
    order = {rule.code: place for place, rule in enumerate(rules)}
    concludes = {rule.code: str(rule.concludes) for rule in rules if rule.effect == "finding"}
    return order, concludes, max(pack.strata.values(), default=SLOT_STRATUM)
