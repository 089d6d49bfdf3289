"""The small change of wording: clauses, lists, names of values, facts and rules on one line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from facts.fact import Fact
from facts.text.visible import one_line
from rules.memory import kind_of
from rules.rule import Rule

_BAR = 10
_PLAIN = {"polarity": "affirmed", "modality": "agreed", "layer": "event", "attribution": "first_hand"}
#: Kinds, fields and values whose name in the vocabulary is no plain English.
_KINDS = {
    "legal": "legal event", "solvency": "word on solvency", "tech_risk": "technical risk", "market": "market move",
    "china_link": "link to China", "promotion": "promotional wording", "cost": "word on cost", "party": "party",
    "track_record": "track record", "omission": "omission", "capability": "plant or process", "denial": "denial",
    "dilution": "issue of new shares", "financing": "financing", "material": "material",
}  # fmt: skip
_FIELDS = {
    "ptype": "type", "mtype": "measure", "ltype": "linkage", "ctype": "condition", "doc_type": "document",
    "date_kind": "date given as", "covers_capex": "share of the capital cost", "horizon_months": "distance in months",
    "on_spec": "on specification", "capacity_tpa": "tonnes a year", "share_pct": "per cent of output", "what": "matter",
    "n": "number",
}  # fmt: skip
#: Fields whose value says all; pairs of field and value that read better as a phrase; values that say nothing.
BARE = ("relay", "binding", "mode")
_PHRASES = {
    ("covers_capex", "full"): "covering the whole capital cost",
    ("covers_capex", "majority"): "covering most of the capital cost",
    ("covers_capex", "minority"): "covering a minor part of the capital cost",
}
_SILENT = ("unstated", "unknown")
_VALUES = {
    "gov_statement": "government statement", "mostly": "mostly granted", "in_ground_value": "in-ground value",
    "named_corporate": "named company",
    "mou": "memorandum of understanding", "loi": "letter of intent", "fid": "final investment decision",
    "definitive": "definitive agreement", "definitive_conditional": "definitive agreement with conditions",
    "pea": "scoping study", "scoping_pea": "scoping study", "pfs": "pre-feasibility study", "dfs": "feasibility study",
    "feed": "front-end engineering study", "ex_china": "outside China", "china": "in China",
    "atm": "at-the-market sale", "agency_letter": "agency's letter of interest", "non_binding": "non-binding",
    "binding_conditional": "binding, with conditions", "first_hand": "first-hand", "second_hand": "second-hand",
    "third_hand": "third-hand", "funded_12m": "funded for twelve months", "statement_of_intent": "statement of intent",
}  # fmt: skip


def kind_words(kind: str) -> str:
    """A fact kind in English."""
    return _KINDS.get(kind, kind.replace("_", " "))


def field_words(field: str) -> str:
    """A field of a fact in English."""
    return _FIELDS.get(field, field.replace("_", " "))


def words(value: object) -> str:
    """A value of the vocabulary in English; numbers in full."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}" if abs(value) >= 10_000 else f"{value}"
    text = str(value)
    return _VALUES.get(text, one_line(text.replace("_", " ")))


def sentence(text: str) -> str:
    """A clause as a sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items in a row: "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def several(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 rule", "3 rules"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def because(reasons: Sequence[Rule]) -> str:
    """Reasons in one sentence; empty where there are none."""
    return sentence("; ".join(map(says, reasons))) if reasons else ""


def says(rule: Rule, evidence: str = "") -> str:
    """The line of a rule, with the words of the announcement where it has a place for them."""
    return rule.says.replace("{evidence}", f" (“{evidence}”)" if evidence else "")


def effect(rule: Rule) -> str:
    """What a rule does when it fires."""
    if rule.effect in ("concern", "mitigant"):
        return f"{rule.contribution:+} to {rule.theme}"
    limits = {"floor": f"level at least {rule.level}", "cap": f"level at most {rule.level}, unless a floor holds it up"}
    return limits.get(rule.effect, f"finding {rule.concludes}")


def fact(fact: Fact, rung: int | None) -> str:
    """A fact on one line: kind, subject, fields, and how it is meant where that is not plain."""
    leading = type(fact).leading
    fields = [
        _field(name, value, name == leading)
        for name, value in fact.fields.items()
        if value not in _SILENT and (name == leading or value != "unspecified")
    ]
    plain = _PLAIN | {"polarity": type(fact).model_fields["polarity"].default}
    meant = [words(getattr(fact, name)) for name, usual in plain.items() if getattr(fact, name) != usual]
    if kind_of(fact) == "omission":
        return "; ".join([omitted(str(fact.fields[leading])), *meant, *([analyst(fact)] if analyst(fact) else [])])
    subject = f" “{one_line(fact.subject)}”" if fact.subject else ""
    parts = [", ".join(fields), ", ".join(meant), f"rung {rung}" if rung is not None else "", analyst(fact)]
    return f"{kind_words(kind_of(fact))}{subject}: {'; '.join(part for part in parts if part)}".removesuffix(": ")


def omitted(slot: str) -> str:
    """A slot that the text says it does not give."""
    return f"the text says that “{words(slot)}” is not stated"


def analyst(fact: Fact) -> str:
    """Who stated a fact that is not from the text; empty for facts that were read."""
    marks = [cue.split(":") for cue in fact.cues if cue.startswith("analyst:")]
    return "; ".join(f"stated by {one_line(mark[1])} on {mark[2]}, not by the text" for mark in marks if len(mark) > 2)


def bar(score: Decimal) -> str:
    """A score from 0 to 100 as a bar of ten."""
    full = int(score * _BAR / 100 + Decimal("0.5"))
    return "█" * full + "░" * (_BAR - full)


def codes(names: Iterable[str]) -> str:
    """Rule codes in a row, each once."""
    return ", ".join(dict.fromkeys(names))


def negated(field: str) -> str:
    """A yes-or-no field that is "no": "amount not stated", "not committed"."""
    told = field_words(field)
    return next(
        (f"{told.removesuffix(end)}not {end}" for end in ("stated", "named") if told.endswith(end)), f"not {told}"
    )


def _field(name: str, value: object, leading: bool) -> str:
    if value in ("yes", "no"):
        return field_words(name) if value == "yes" else negated(name)
    if (name, value) in _PHRASES:
        return _PHRASES[name, str(value)]
    return words(value) if leading or name in BARE else f"{field_words(name)} {words(value)}"
