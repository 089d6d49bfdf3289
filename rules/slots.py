"""Slots and tallies: what an announcement states, hedges, denies, omits or never mentions (EVI-006, EVI-007)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.memory import Element, Memory
from rules.pack import Pack
from rules.reference import matches
from rules.rule import Rule
from rules.settings import Slot
from rules.trace import Firing


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that the rules made: a slot, a tally or a finding. `by` are the ids of what it rests on."""

    id: str
    kind: str
    fields: Mapping[str, str | int]
    by: tuple[str, ...] = ()

    @property
    def element(self) -> Element:
        """The derived fact as later strata see it."""
        return {"kind": self.kind, "id": self.id, **self.fields}


def complete(pack: Pack, memory: Memory, firings: Sequence[Firing]) -> tuple[Derived, ...]:
    """Every slot with its status: STATED where a slot rule fired, else DENIED, OMITTED, HEDGED or NOT_MENTIONED."""
    support: dict[str, list[str]] = {}
    for firing in firings:
        support.setdefault(firing.code, []).extend(firing.premises)
    return tuple(_slot(slot, rule, memory, support.get(rule.code)) for slot, rule in _paired(pack))


def _slot(slot: Slot, rule: Rule, memory: Memory, support: Sequence[str] | None) -> Derived:
    def made(status: str, by: Sequence[str] = ()) -> Derived:
        return Derived(f"slot:{slot.name}", "slot", {"name": slot.name, "status": status}, tuple(dict.fromkeys(by)))

    if support is not None:
        return made("STATED", support)
    heard = [e for e in memory.visible if e["kind"] in ("denial", "omission")]
    if denials := [str(e["id"]) for e in heard if e["kind"] == "denial" and e.get("what") in slot.denied_by]:
        return made("DENIED", denials)
    if omissions := [str(e["id"]) for e in heard if e["kind"] == "omission" and e.get("slot") == slot.name]:
        return made("OMITTED", omissions)
    kinds = {pattern.kind for pattern in rule.any}
    hoped = [e for e in memory.hedged if e["kind"] in kinds]
    hedged = [str(e["id"]) for e in hoped if any(matches(pattern, e) for pattern in rule.any)]
    return made("HEDGED", hedged) if hedged else made("NOT_MENTIONED")


def _paired(pack: Pack) -> Iterable[tuple[Slot, Rule]]:
    """Each slot with its rule; both stand in the order of pack.toml."""
    return zip(pack.settings.slots, pack.slots, strict=True)


def tallies(pack: Pack, announcement_class: str, memory: Memory, slots: Sequence[Derived]) -> tuple[Derived, ...]:
    """How many expected slots are missing, and how many slots are said to be left out."""
    expected = pack.settings.classes[announcement_class].expects
    missing = [slot.id for slot in slots if slot.fields["name"] in expected and slot.fields["status"] != "STATED"]
    omissions = {e["slot"]: str(e["id"]) for e in reversed(memory.visible) if e["kind"] == "omission" and "slot" in e}
    return (
        Derived("tally:missing", "tally", {"of": "missing", "n": len(missing)}, tuple(missing)),
        Derived("tally:omitted", "tally", {"of": "omitted", "n": len(omissions)}, tuple(sorted(omissions.values()))),
    )
