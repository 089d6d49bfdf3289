"""Working memory: facts as rules may see them, with rungs and computed fields (EVI-001 to 005, EVI-008, EVI-009).

The trees of a rating start here: an element is a flat table of one fact's kind, id and fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facts.fact import STANCE_FIELDS, Fact, name_of
from rules.settings import Settings

Element = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Memory:
    """`visible` elements may be matched by rules; `hedged` is what would be visible were nothing hedged (EVI-006).

    `rungs` gives the rung of every fact by id, also of those that no rule sees.
    """

    visible: tuple[Element, ...]
    hedged: tuple[Element, ...]
    rungs: Mapping[str, int]


def remember(facts: Iterable[Fact], settings: Settings) -> Memory:
    """The working memory of a fact list, in the order of the list."""
    visible: list[Element] = []
    hedged: list[Element] = []
    rungs: dict[str, int] = {}
    for fact in facts:
        kind = kind_of(fact)
        element = _element(fact, kind, settings)
        if kind in settings.ladders:
            rungs[fact.id] = rung(fact, settings)
            element["rung"] = rungs[fact.id]
        if is_visible(fact, settings):
            visible.append(element)
        if is_visible(fact, settings, hedges=False):
            if kind in settings.ladders:
                element = {**element, "rung": _ladder_rung(fact, settings)}
            hedged.append(element)
    return Memory(tuple(visible), tuple(hedged), rungs)


def kind_of(fact: Fact) -> str:
    """The kind of a fact, as rules name it."""
    return name_of(type(fact))


def is_visible(fact: Fact, settings: Settings, hedges: bool = True) -> bool:
    """Whether rules may see the fact; without `hedges`, as if nothing were only planned (EVI-001, 002, 009)."""
    evidence, kind = settings.evidence, kind_of(fact)
    if kind in evidence.always_heard:
        return True
    if fact.polarity != evidence.polarity:
        return False
    if kind in evidence.event_only:
        return fact.layer == "event"
    if hedges and kind in evidence.standing and fact.modality not in evidence.holds:
        return False
    return fact.layer in evidence.layers


def rung(fact: Fact, settings: Settings) -> int:
    """The rung of a fact on its kind's ladder: 0 unless affirmed as the event; capped by hedging and anonymity."""
    evidence, kind = settings.evidence, kind_of(fact)
    if fact.polarity != evidence.polarity or fact.layer != "event":
        return 0
    caps = {**evidence.modality_caps, **evidence.modality_caps_of.get(kind, {})}
    top = _ladder_rung(fact, settings)
    return min(top, caps.get(fact.modality, top), evidence.attribution_caps.get(fact.attribution, top))


def best_rungs(facts: Iterable[Fact], memory: Memory, settings: Settings) -> dict[str, int]:
    """The highest rung of each ladder over the facts that count towards it; 0 where there is none (EVI-008)."""
    best = dict.fromkeys(settings.ladders, 0)
    for fact in facts:
        kind = kind_of(fact)
        only = settings.ladder_only.get(kind, {})
        if kind in best and all(getattr(fact, field) == value for field, value in only.items()):
            best[kind] = max(best[kind], memory.rungs[fact.id])
    return best


def _ladder_rung(fact: Fact, settings: Settings) -> int:
    ladder = settings.ladders[kind_of(fact)]
    return ladder.rungs.get(str(getattr(fact, ladder.field)), 0)


def _element(fact: Fact, kind: str, settings: Settings) -> dict[str, str | int | float]:
    element: dict[str, str | int | float] = {"kind": kind, "id": fact.id, **fact.fields}
    element.update({name: getattr(fact, name) for name in STANCE_FIELDS})
    element["subject"] = fact.subject
    for rule in settings.computed:
        if rule.kind == kind:
            value = rule.values.get(str(element.get(rule.source)), rule.default)
            if value is not None:
                element[rule.field] = value
    return element
