"""Checks a finished assessment step by step, leaning on neither engine and on nothing outside the standard library.

In: the assessment as JSON, the bytes of the pack's files, and the text if it is at hand. The whole derivation is done
again from the facts alone, as plainly as possible: which facts rules may see and on what rung, slots, tallies, every
way in which every rule fires, findings, scores, floors and caps, the level. Every part of the assessment must be what
comes out. What the pack's files say is read by rules/proof_pack.py; the two are all that an auditor has to read.
"""

import contextlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from rules.proof_pack import (
    Proof,
    Table,
    can_fire,
    contribution,
    digest,
    fits,
    pack_place,
    plain,
    proofs,
    ready,
    resolve,
    sha256,
    slot_status,
    ways,
    worded,
)  # fmt: skip

SCHEMA = "caveat/assessment/1"
_SHAPE: dict[str, type] = {
    "facts": list, "fired": list, "derived": list, "findings": list, "themes": list, "floors": list, "caps": list,
    "slots": dict, "rungs": dict, "class": str, "engines": dict,
}  # fmt: skip
_STANCE = ("polarity", "modality", "layer", "attribution")
_EVIDENCE: dict[str, Any] = {
    "event_only": [], "standing": [], "always_heard": [], "layers": ["event", "backdrop"],
    "holds": ["agreed", "completed"], "polarity": "affirmed", "modality_caps": {}, "modality_caps_of": {},
    "attribution_caps": {},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked: what the derivation gives, what the assessment says, whether they are the same."""

    name: str
    expected: str
    found: str
    holds: bool


def check(assessment: Table, pack_files: Mapping[str, bytes], text: str | None = None) -> list[Step]:
    """Every step in order; the list ends at the first that fails, so only its last step can fail.

    `pack_files` are the bytes of the pack by path, an extended pack's below `extends/`. Raises ValueError for a pack
    that cannot be read.
    """
    checker = _Checker(assessment, pack_files, text)
    with contextlib.suppress(_FailedError):
        checker.run()
    return checker.steps


class _FailedError(Exception):
    """The step that was last added does not hold."""


class _Checker:
    def __init__(self, assessment: Table, files: Mapping[str, bytes], text: str | None) -> None:
        self.steps: list[Step] = []
        self._given, self._files, self._text = assessment, files, text
        try:
            self._pack, tables = resolve(files)
        except (KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ValueError(f"the pack cannot be read: {type(error).__name__}: {error}") from None
        self._themes = {theme["code"]: theme for theme in self._pack["theme"]}
        places = {code: place for place, code in enumerate(self._themes)}
        self._rules = {rule["code"]: rule for rule in sorted(tables, key=lambda rule: pack_place(rule, places))}
        self._evidence = {**_EVIDENCE, **self._pack["evidence"]}

    def same(self, name: str, expected: object, found: object) -> None:
        """One step. Strict about types: 1 is not true, and a number is not its words."""
        holds = _plainly(expected) == _plainly(found)
        self.steps.append(Step(name, str(expected), str(found), holds))
        if not holds:
            raise _FailedError

    def run(self) -> None:
        given, engines = self._given, self._given.get("engines")
        self.same("schema", SCHEMA, given.get("schema"))
        self._check_pack(given.get("pack"))
        if self._text is not None:
            self._check_text(self._text, given.get("source"))
        if given.get("in_scope") is False:
            self.same("not rated: no level", None, given.get("level"))
            self.same("not rated: nothing fired", [], given.get("fired", []))
            return
        self.same("in scope", True, given.get("in_scope"))
        for key, sort in _SHAPE.items():
            self.same(f"shape of {key}", sort.__name__, type(given.get(key)).__name__)
        self.same("engines agree", False, isinstance(engines, dict) and engines.get("agree") is False)
        facts = self._check_facts(given["facts"])
        world, hedged = self._remember(facts)
        classes = {item["name"]: item for item in self._pack["class"]}
        self.same("class is in the pack", True, given["class"] in classes)
        world.append({"kind": "class", "id": f"class:{given['class']}", "name": given["class"]})
        derived = self._check_slots(world, hedged)
        derived += self._check_tallies(world, derived, classes[given["class"]]["expects"])
        firings = self._check_rules(world, derived)
        self._check_rating(facts, world, derived, firings)

    # pack and text

    def _check_pack(self, given: object) -> None:
        self.same("shape of pack", "dict", type(given).__name__)
        assert isinstance(given, dict)
        self.same("pack digest", digest(self._files), given.get("digest"))
        self.same("pack name", self._pack["name"], given.get("name"))
        self.same("pack version", self._pack["version"], given.get("version"))

    def _check_text(self, text: str, source: object) -> None:
        given = source if isinstance(source, dict) else {}
        self.same("characters of the text", len(text), given.get("chars"))
        self.same("digest of the text", sha256(text.encode("utf-8", "surrogatepass")), given.get("text_sha256"))

    # facts and what rules may see of them

    def _check_facts(self, facts: Sequence[Any]) -> list[Table]:
        ids = [_id(fact) for fact in facts]
        self.same(
            "every fact has an id, without colon", True, all(isinstance(i, str) and i and ":" not in i for i in ids)
        )
        self.same("ids differ", len(ids), len(set(ids)))
        for fact in facts:
            name = f"fact {fact['id']}"
            self.same(f"{name}: shape", True, _is_fact(fact))
            self._check_quote(name, fact.get("spans", []), fact.get("quote"))
            ladder = fact["kind"] in self._pack.get("ladder", {})
            self.same(f"{name}: rung", self._rung(fact) if ladder else None, fact.get("rung"))
        return list(facts)

    def _check_quote(self, name: str, spans: object, quote: object) -> None:
        """The quote is the first span, to the letter; without the text, as long as the span."""
        ends = len(self._text) if self._text is not None else None
        self.same(f"{name}: spans", True, isinstance(spans, list) and all(_is_span(span, ends) for span in spans))
        if not isinstance(spans, list) or not spans:
            self.same(f"{name}: no span, no quote", None, quote)
            return
        start, end = spans[0]
        if self._text is not None:
            self.same(f"{name}: quote", self._text[start:end], quote)
        else:
            self.same(f"{name}: length of the quote", end - start, len(quote) if isinstance(quote, str) else None)

    def _remember(self, facts: Sequence[Table]) -> tuple[list[Table], list[Table]]:
        """What rules may see, and what they might were nothing hedged (EVI-001, 002, 008, 009; EVI-006)."""
        world: list[Table] = []
        hedged: list[Table] = []
        for fact in facts:
            element = self._element(fact)
            if self._visible(fact, hedges=True):
                world.append(element)
            if self._visible(fact, hedges=False):
                hedged.append({**element, "rung": self._top(fact)} if "rung" in element else element)
        return world, hedged

    def _element(self, fact: Table) -> dict[str, Any]:
        element = {"kind": fact["kind"], "id": fact["id"], **fact["fields"], **{name: fact[name] for name in _STANCE}}
        element["subject"] = fact["subject"]
        for rule in self._pack.get("computed", ()):
            value = rule["values"].get(str(element.get(rule["from"])), rule.get("default"))
            if rule["kind"] == fact["kind"] and value is not None:
                element[rule["field"]] = value
        if fact["kind"] in self._pack.get("ladder", {}):
            element["rung"] = self._rung(fact)
        return element

    def _visible(self, fact: Table, hedges: bool) -> bool:
        evidence, kind = self._evidence, fact["kind"]
        if kind in evidence["always_heard"]:
            return True
        if fact["polarity"] != evidence["polarity"]:
            return False
        if kind in evidence["event_only"]:
            return bool(fact["layer"] == "event")
        if hedges and kind in evidence["standing"] and fact["modality"] not in evidence["holds"]:
            return False
        return fact["layer"] in evidence["layers"]

    def _rung(self, fact: Table) -> int:
        """How firm the claim is: nothing unless affirmed as the event; hedging and anonymity cap it (EVI-003 to 5)."""
        if fact["polarity"] != self._evidence["polarity"] or fact["layer"] != "event":
            return 0
        caps = {**self._evidence["modality_caps"], **self._evidence["modality_caps_of"].get(fact["kind"], {})}
        top = self._top(fact)
        anonymous = self._evidence["attribution_caps"].get(fact["attribution"], top)
        return int(min(top, caps.get(fact["modality"], top), anonymous))

    def _top(self, fact: Table) -> int:
        ladder = self._pack["ladder"][fact["kind"]]
        return int(ladder["rungs"].get(str(fact["fields"].get(ladder["field"])), 0))

    # slots and tallies

    def _check_slots(self, world: list[Table], hedged: list[Table]) -> list[Table]:
        derived = []
        for slot in self._pack.get("slot", ()):
            status, by = slot_status(slot, world, hedged)
            self.same(f"slot {slot['name']}", status, self._given["slots"].get(slot["name"]))
            derived.append(self._derived(slot["name"], {"kind": "slot", "name": slot["name"], "status": status}, by))
        self.same("slots: no other", len(derived), len(self._given["slots"]))
        return derived

    def _check_tallies(self, world: list[Table], slots: list[Table], expects: Sequence[str]) -> list[Table]:
        """How many expected slots are not stated, and how many are said to be left out (EVI-007)."""
        missing = [slot["id"] for slot in slots if slot["name"] in expects and slot["status"] != "STATED"]
        omitted: dict[str, str] = {}
        for fact in world:
            if fact["kind"] == "omission" and "slot" in fact:
                omitted.setdefault(fact["slot"], fact["id"])
        return [
            self._derived(name, {"kind": "tally", "of": name, "n": len(by)}, by)
            for name, by in (("missing", missing), ("omitted", sorted(omitted.values())))
        ]

    def _derived(self, name: str, fields: Table, by: Sequence[str]) -> Table:
        """A derived fact: it must stand in the assessment, as it is here, with what it rests on."""
        key = f"{fields['kind']}:{name}"
        found = [item for item in self._given["derived"] if isinstance(item, dict) and item.get("id") == key]
        self.same(f"{key}", [{"id": key, **fields, "by": list(by)}], found)
        return {"id": key, **fields}

    # rules

    def _check_rules(self, world: list[Table], derived: list[Table]) -> dict[str, list[Proof]]:
        """Every rule fires as the assessment says, rules that make findings before those that read them."""
        claimed = self._claims(world, derived)
        live = {code: rule for code, rule in self._rules.items() if can_fire(rule)}
        world += derived
        firings: dict[str, list[Proof]] = {}
        waiting, support = dict(live), {}
        while waiting:
            fresh: dict[str, None] = {}
            for code in ready(waiting):
                rule = waiting.pop(code)
                if proofs := self._check_firings(code, rule, world, claimed.get(code, [])):
                    firings[code] = proofs
                    if rule["effect"] == "finding":
                        fresh[rule["concludes"]] = None
            for name in fresh:
                if name not in support:
                    support[name] = [rule["code"] for rule in live.values() if rule.get("concludes") == name]
                    world.append({"kind": "finding", "id": f"finding:{name}", "name": name})
        self.same("fired rules, in pack order", [code for code in self._rules if code in firings], list(claimed))
        for name, codes in support.items():
            proofs = [proof for code in codes for proof in firings.get(code, ())]
            by = dict.fromkeys(premise for _, premises in proofs for premise in premises)
            derived.append(self._derived(name, {"kind": "finding", "name": name}, list(by)))
        self.same("derived: no other", [item["id"] for item in derived], [_id(item) for item in self._given["derived"]])
        return firings

    def _claims(self, world: Sequence[Table], derived: Sequence[Table]) -> dict[str, list[Proof]]:
        """What the assessment says has fired: rules that exist, on facts that exist."""
        claimed: dict[str, list[Proof]] = {}
        known = {element["id"] for element in (*world, *derived)}
        known |= {f"finding:{name}" for name in self._given["findings"] if isinstance(name, str)}
        for firing in self._given["fired"]:
            named = firing.get("rule") if isinstance(firing, dict) else firing
            rule = self._rules.get(named) if isinstance(named, str) else None
            self.same(f"rule {named}: in the pack", True, bool(rule))
            assert rule is not None
            code = rule["code"]
            self.same(f"rule {code}: conclusion", rule["effect"], firing.get("conclusion"))
            self.same(f"rule {code}: contribution", plain(contribution(rule)), firing.get("contribution"))
            self.same(f"rule {code}: absences", list(map(worded, rule.get("unless", ()))), firing.get("absent"))
            proofs = firing.get("proofs")
            self.same(
                f"rule {code}: proofs", True, isinstance(proofs, list) and bool(proofs) and all(map(_is_proof, proofs))
            )
            for premise in (premise for proof in proofs for premise in proof["premises"]):
                self.same(f"rule {code}: premise {premise}", "present", "present" if premise in known else "not there")
            self.same(f"rule {code}: premises", proofs[0]["premises"], firing.get("premises"))
            self.same(f"rule {code}: fired once", False, code in claimed)
            claimed[code] = [(proof["alternative"], tuple(proof["premises"])) for proof in proofs]
        return claimed

    def _check_firings(self, code: str, rule: Table, world: Sequence[Table], claimed: Sequence[Proof]) -> list[Proof]:
        """Each claimed way holds, pattern by pattern and absence by absence; and there is no other way."""
        elements = {element["id"]: element for element in world}
        for alternative, premises in claimed:
            choices, name = ways(rule), f"rule {code} on {', '.join(premises) or 'absences'}"
            self.same(f"{name}: alternative", True, 0 <= alternative < len(choices))
            way = choices[alternative]
            self.same(f"{name}: one fact a pattern", len(way), len(premises))
            facts = [elements.get(premise, {"kind": None}) for premise in premises]
            bound = dict(zip((alias for alias, _ in way), facts, strict=True))
            for (_, table), fact in zip(way, facts, strict=True):
                says = f"{fact.get('id')} matches {worded(table)}"
                self.same(f"{name}: {says}", True, fits(table, fact, bound))
            for table in rule.get("unless", ()):
                against = [element["id"] for element in world if fits(table, element, bound)]
                self.same(f"{name}: absent: {worded(table)}", [], against)
        everything = proofs(rule, world)
        self.same(f"rule {code}: every way in which it fires, and no other", everything, list(claimed))
        return everything

    # the rating

    def _check_rating(
        self, facts: list[Table], world: list[Table], derived: list[Table], firings: Mapping[str, list[Proof]]
    ) -> None:
        given, pack = self._given, self._pack
        fired = [rule for code, rule in self._rules.items() if code in firings]
        themes = [self._theme(theme, fired) for theme in self._themes.values()]
        for place, theme in enumerate(themes):
            self.same(f"theme {theme['code']}", theme, given["themes"][place] if place < len(given["themes"]) else None)
        self.same("themes: no other", len(themes), len(given["themes"]))
        score = sum((theme["weight"] * Decimal(theme["score"]) for theme in themes), Decimal(0)) / 100
        self.same("score", str(score.quantize(Decimal("0.1"), ROUND_HALF_EVEN)), given.get("score"))
        base = 1 + sum(score >= point for point in pack["cut_points"])
        self.same("base level", base, given.get("base_level"))
        floors = [rule for rule in fired if rule["effect"] == "floor"]
        caps = [rule for rule in fired if rule["effect"] == "cap"]
        self.same("floors", [rule["code"] for rule in floors], given["floors"])
        self.same("caps", [rule["code"] for rule in caps], given["caps"])
        level = max([min([base, *(rule["level"] for rule in caps)]), *(rule["level"] for rule in floors)])
        self.same("level: floors over caps over base level", level, given.get("level"))
        named = next(item for item in pack["level"] if item["level"] == level)
        self.same("level name", named["name"], given.get("level_name"))
        self.same("caution", named["caution"], given.get("caution"))
        findings = [item["name"] for item in derived if item["kind"] == "finding"]
        self.same("findings", findings, given["findings"])
        self.same("rungs", self._best_rungs(facts), given["rungs"])
        missing = next(item["n"] for item in derived if item["id"] == "tally:missing")
        self.same("confidence", self._confidence(facts, world, missing), given.get("confidence"))
        self.same("upside", self._upside(facts, findings), given.get("upside"))

    def _theme(self, theme: Table, fired: Sequence[Table]) -> dict[str, Any]:
        added = sum((contribution(rule) for rule in fired if rule.get("theme") == theme["code"]), Decimal(0))
        score = min(Decimal(100), max(Decimal(0), theme["base"] + added))
        level = 1 + sum(score >= point for point in self._pack["theme_cut_points"])
        return {"code": theme["code"], "score": plain(score), "level": level, "weight": theme["weight"]}

    def _best_rungs(self, facts: Sequence[Table]) -> dict[str, int]:
        best = dict.fromkeys(self._pack.get("ladder", {}), 0)
        for fact in facts:
            only = self._pack.get("ladder_only", {}).get(fact["kind"], {})
            if fact["kind"] in best and all(fact["fields"].get(name) == value for name, value in only.items()):
                best[fact["kind"]] = max(best[fact["kind"]], self._rung(fact))
        return best

    def _confidence(self, facts: Sequence[Table], world: Sequence[Table], missing: int) -> str:
        rules = {"high_missing_at_most": 1, "low_missing_at_least": 5, **self._pack.get("confidence", {})}
        documents = [element for element in world if element["kind"] == "document"]
        if any(e.get("relay") == "first_hand" for e in documents) and missing <= rules["high_missing_at_most"]:
            return "high"
        if any(e.get("sourcing") == "anonymous" for e in documents) or any(
            f["attribution"] == "anonymous" for f in facts
        ):
            return "low"
        omitted = any(fact["kind"] == "omission" for fact in facts)
        return "low" if missing >= rules["low_missing_at_least"] and not omitted else "medium"

    def _upside(self, facts: Sequence[Table], findings: Sequence[str]) -> str:
        rules = self._pack.get("upside", {})
        hoped = (
            {"kind": fact["kind"], "id": fact["id"], **fact["fields"]}
            for fact in facts
            if fact["layer"] == "opinion" and fact["polarity"] == "affirmed"
        )
        seen = rules.get("finding") in findings or any(
            fits(table, element, {}) for element in hoped for table in rules.get("opinion", ())
        )
        return str(rules.get("says", "")) if seen else ""


def _plainly(value: Any) -> Any:
    """Tuples as lists, and every value with its type, so that True is not 1."""
    if isinstance(value, list | tuple):
        return [_plainly(item) for item in value]
    if isinstance(value, dict):
        return {key: _plainly(item) for key, item in value.items()}
    return type(value).__name__, value


def _id(item: object) -> object:
    return item.get("id") if isinstance(item, dict) else None


def _is_fact(fact: Table) -> bool:
    words = all(isinstance(fact.get(name), str) for name in ("kind", "subject", *_STANCE))
    return (
        words
        and isinstance(fact.get("fields"), dict)
        and all(
            isinstance(value, str | int | float) and not isinstance(value, bool) for value in fact["fields"].values()
        )
    )


def _is_span(span: object, ends: int | None) -> bool:
    if not isinstance(span, list) or len(span) != 2 or not all(type(offset) is int for offset in span):
        return False
    return 0 <= span[0] < span[1] and (ends is None or span[1] <= ends)


def _is_proof(proof: object) -> bool:
    if not isinstance(proof, dict) or type(proof.get("alternative")) is not int:
        return False
    premises = proof.get("premises")
    return isinstance(premises, list) and all(isinstance(premise, str) for premise in premises)
