"""A pack as a table of bits: which condition each bit stands for, and the level that a set of bits gives.

Used by `rules.quick`, and checked against the full evaluator by tests over all cases and random fact sets.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from facts.fact import Fact
from rules.condition import Pattern, Test
from rules.memory import Element, remember
from rules.pack import Pack
from rules.reason import class_element
from rules.reference import matches
from rules.rule import Rule
from rules.schema import SLOT_STATUSES

_STATED, _HEDGED, _DENIED, _OMITTED, _SILENT = SLOT_STATUSES


class Bounds(NamedTuple):
    """The lowest and the highest level that can come out."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule: it fires when one of `ways` is there in full and nothing of `stop` is."""

    code: str
    stop: int
    ways: tuple[int, ...]
    theme: int
    change: int
    floor: int
    cap: int
    shows: int

    @property
    def counts(self) -> bool:
        """Whether anything follows from it."""
        return bool(self.change or self.shows or self.floor > 1 or self.cap < 5)

    @property
    def several(self) -> bool:
        """Whether some way to fire needs more than one thing."""
        return any(way.bit_count() > 1 for way in self.ways)

    def fires(self, have: int, against: int) -> bool:
        """Whether it fires if `have` is there and `against` is what may stand against it."""
        if against & self.stop:
            return False
        return any(have & way == way for way in self.ways)


@dataclass(frozen=True, slots=True)
class _SlotLine:
    """A slot: what states, denies, omits and hedges it, and what each status shows."""

    by: tuple[tuple[str, int], ...]
    shows: dict[str, int]
    expected: bool


@functools.lru_cache(maxsize=32)
def table(pack: Pack, announcement_class: str) -> "Table | None":
    """The table of a pack for one class; None if a rule of the pack joins facts, which bits cannot tell."""
    if any(pattern.joined for rule in (*pack.slots, *pack.live) for pattern in rule.patterns):
        return None
    return Table(pack, announcement_class)


class Table:
    """One pack and one announcement class."""

    def __init__(self, pack: Pack, announcement_class: str) -> None:
        self._pack = pack
        self._next = 0
        self._places: dict[tuple[str, tuple[Test, ...]], int] = {}
        self._patterns: dict[str, list[tuple[int, Pattern]]] = {}
        rules = sorted((rule for rule in pack.live), key=lambda rule: pack.strata[rule.code])
        for rule in (*pack.slots, *rules):
            for pattern in rule.patterns:
                self._place(pattern)
        self._omitted: dict[str, int] = {}
        self._hedged = [self._bit() for _ in pack.slots]
        self._denied = [self._bit() for _ in pack.slots]
        self._all_omitted = 0
        expected = pack.settings.classes[announcement_class].expects
        self._slots = [self._slot(number, rule, str(rule.concludes) in expected) for number, rule in
                       enumerate(pack.slots)]  # fmt: skip
        self._given = self._shown(class_element(announcement_class))
        self._tallies: dict[tuple[str, int], int] = {}
        themes = {code: number for number, code in enumerate(pack.settings.themes)}
        self._scale = _scale([*(rule.weight for rule in pack.live), *pack.settings.cut_points])
        self._lines = [self._line(rule, themes) for rule in rules]
        # What must not be there, and what some of must; a bit that is always there serves a rule that wants nothing.
        self._always = self._bit()
        self._given |= self._always
        self._quick = [
            (line, line.stop, self._always if 0 in line.ways else _union(line.ways), line.several)
            for line in self._lines
            if line.counts
        ]
        self._themes = [(theme.weight, theme.base * self._scale) for theme in pack.settings.themes.values()]
        self._cuts = [int(point * self._scale * 100) for point in pack.settings.cut_points]

    def mark(self, fact: Fact) -> int:
        """The bits that one fact sets."""
        memory = remember([fact], self._pack.settings)
        found = 0
        for element in memory.visible:
            found |= self._shown(element) | self._heard(element)
        for element in memory.hedged:
            for bit, rule in zip(self._hedged, self._pack.slots, strict=True):
                if any(matches(pattern, element) for pattern in rule.any):
                    found |= bit
        return found

    def level(self, marks: int, without: str = "") -> int:
        """The level of a set with these marks, with every rule of the pack but one."""
        have, missing = marks | self._given, 0
        for slot in self._slots:
            for status, by in slot.by:
                if have & by:
                    have |= slot.shows[status]
                    missing += slot.expected and status != _STATED
                    break
            else:
                have |= slot.shows[_SILENT]
                missing += slot.expected
        have |= self._tally("missing", missing) | self._tally("omitted", (marks & self._all_omitted).bit_count())
        added, floor, cap = [0] * len(self._themes), 1, 5
        for line, stop, one_of, several in self._quick:  # the inner loop of every search: most rules end here
            if have & stop or not have & one_of or (several and not line.fires(have, have)) or line.code == without:
                continue
            have |= line.shows
            added[line.theme] += line.change
            floor, cap = max(floor, line.floor), min(cap, line.cap)
        return max(floor, min(cap, self._base(added)))

    def bounds(self, certain: int, possible: int) -> Bounds:
        """The bounds of the level over all sets between the two; sound, and not always tight."""
        sure, may = self._between(certain | self._given, possible | self._given)
        low, high = [0] * len(self._themes), [0] * len(self._themes)
        floors, caps = Bounds(1, 1), Bounds(5, 5)
        for line in self._lines:
            if not line.fires(may, sure):
                continue
            always = line.fires(sure, may)
            may |= line.shows
            sure |= line.shows if always else 0
            if line.change < 0 or always:
                low[line.theme] += line.change
            if line.change > 0 or always:
                high[line.theme] += line.change
            floors = Bounds(max(floors.lowest, line.floor if always else 1), max(floors.highest, line.floor))
            caps = Bounds(min(caps.lowest, line.cap), min(caps.highest, line.cap if always else 5))
        lowest = max(floors.lowest, min(caps.lowest, self._base(low)))
        return Bounds(lowest, max(floors.highest, min(caps.highest, self._base(high))))

    def _between(self, sure: int, may: int) -> tuple[int, int]:
        """What slots and tallies show for certain, and what they may show."""
        fewest = most = 0
        for slot in self._slots:
            statuses = list(_possible(slot, sure, may))
            fewest += slot.expected and _STATED not in statuses
            most += slot.expected and statuses != [_STATED]
            sure, may = _laid_over((slot.shows[status] for status in statuses), sure, may)
        sure, may = _laid_over((self._tally("missing", n) for n in range(fewest, most + 1)), sure, may)
        said = range((sure & self._all_omitted).bit_count(), (may & self._all_omitted).bit_count() + 1)
        return _laid_over((self._tally("omitted", n) for n in said), sure, may)

    def _base(self, added: Sequence[int]) -> int:
        most = 100 * self._scale
        score = sum(weight * min(most, max(0, base + more)) for (weight, base), more in
                    zip(self._themes, added, strict=True))  # fmt: skip
        return 1 + sum(score >= cut for cut in self._cuts)

    def _bit(self) -> int:
        self._next += 1
        return 1 << (self._next - 1)

    def _place(self, pattern: Pattern) -> int:
        """The bit of a pattern; equal ones share it."""
        key = (pattern.kind, pattern.tests)
        if key not in self._places:
            self._places[key] = self._bit()
            self._patterns.setdefault(pattern.kind, []).append((self._places[key], pattern))
        return self._places[key]

    def _shown(self, element: Element) -> int:
        return sum(bit for bit, pattern in self._patterns.get(str(element["kind"]), ()) if matches(pattern, element))

    def _heard(self, element: Element) -> int:
        """What a denial or an omission says about slots (EVI-006)."""
        if element["kind"] == "denial":
            slots = zip(self._denied, self._pack.settings.slots, strict=True)
            return sum(bit for bit, slot in slots if element.get("what") in slot.denied_by)
        return self._omission(str(element["slot"])) if element["kind"] == "omission" and "slot" in element else 0

    def _omission(self, slot: str) -> int:
        if slot not in self._omitted:
            self._omitted[slot] = self._bit()
            self._all_omitted |= self._omitted[slot]
        return self._omitted[slot]

    def _slot(self, number: int, rule: Rule, expected: bool) -> _SlotLine:
        name = str(rule.concludes)
        stated = _union(self._place(pattern) for pattern in rule.any)
        by = ((_STATED, stated), (_DENIED, self._denied[number]), (_OMITTED, self._omission(name)),
              (_HEDGED, self._hedged[number]))  # fmt: skip
        shows = {
            status: self._shown({"kind": "slot", "id": rule.code, "name": name, "status": status})
            for status in SLOT_STATUSES
        }
        return _SlotLine(by, shows, expected)

    def _tally(self, of: str, count: int) -> int:
        key = (of, count)
        if key not in self._tallies:
            self._tallies[key] = self._shown({"kind": "tally", "id": f"tally:{of}", "of": of, "n": count})
        return self._tallies[key]

    def _line(self, rule: Rule, themes: dict[str, int]) -> _Line:
        ways = tuple(_union(self._place(pattern) for pattern in way) for way in rule.alternatives)
        level = rule.level or 1
        return _Line(
            code=rule.code,
            stop=_union(self._place(pattern) for pattern in rule.unless),
            ways=ways,
            theme=themes.get(rule.theme or "", 0),
            change=int(rule.contribution * self._scale),
            floor=level if rule.effect == "floor" else 1,
            cap=level if rule.effect == "cap" else 5,
            shows=self._shown({"kind": "finding", "id": "", "name": str(rule.concludes)})
            if rule.effect == "finding" else 0,
        )  # fmt: skip


def _possible(slot: _SlotLine, sure: int, may: int) -> Iterable[str]:
    """The statuses that a slot may have, in the order in which they are decided."""
    for status, by in slot.by:
        if may & by:
            yield status
        if sure & by:
            return
    yield _SILENT


def _laid_over(shown: Iterable[int], sure: int, may: int) -> tuple[int, int]:
    """What one of several, whichever it is, adds to what is certain and to what is possible."""
    always, ever = -1, 0
    for bits in shown:
        always &= bits
        ever |= bits
    return sure | (always & ever), may | ever


def _union(bits: Iterable[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found


def _scale(numbers: Iterable[Decimal]) -> int:
    """The power of ten that makes whole numbers of them all, so that sums stay exact and quick."""
    return int(10 ** max(max(0, -int(number.as_tuple().exponent)) for number in numbers))
