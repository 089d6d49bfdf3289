"""A step of a proof as plain data, and the words for conditions and facts in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from facts.fact import Fact, Span
from rules.condition import COMPARISONS, Pattern, Test
from rules.memory import kind_of
from rules.pack import Pack
from rules.settings import Ladder
from rules.slots import Derived
from tui.evidence import STANCES, Stance, stance_of
from tui.literal import one_line
from tui.view import STATUSES

Kind = Literal[
    "rating", "group", "floor", "cap", "theme", "rule", "fact", "absence", "slot", "tally", "finding", "class",
    "sentence", "note",
]  # fmt: skip

_FIRMNESS = {
    "at_least": "at least as firm as",
    "at_most": "at most as firm as",
    "below": "less firm than",
    "above": "firmer than",
    "equals": "just as firm as",
}
_MOST_NAMES = 3
_UNKNOWN = ("unstated", "unknown")
_LAYERS = {"event": "about the event itself", "backdrop": "as background", "opinion": "as an opinion"}


@dataclass(frozen=True, slots=True)
class Node:
    """One step of the proof. `label` is short, `means` says it in words, `spans` are the words it rests on.

    `opens` makes the children; None for a leaf. `counts` is False for steps that are shown but decide nothing.
    """

    kind: Kind
    id: str
    label: str
    means: str
    spans: tuple[Span, ...] = ()
    stance: Stance | None = None
    opens: Callable[[], Iterable["Node"]] | None = None
    counts: bool = True

    @property
    def children(self) -> tuple["Node", ...]:
        """The steps it rests on, heaviest first."""
        return tuple(self.opens()) if self.opens else ()


def looked_for(pattern: Pattern, pack: Pack) -> str:
    """A condition in words: "offtake with rung at least 4"."""
    named = {test.field: str(test.operand) for test in pattern.tests if test.operator == "equals"}
    if pattern.kind == "slot" and "name" in named:
        label = next((slot.label for slot in pack.settings.slots if slot.name == named["name"]), named["name"])
        return f"{label}, {STATUSES.get(named.get('status', ''), 'in that state')}"
    if pattern.kind == "finding" and "name" in named:
        return f"finding {words(named['name'].lower())}"
    tests = " and ".join(_test(test, pattern.kind, pack) for test in pattern.tests)
    if pattern.kind == "class":
        return f"class {tests}"
    return words(pattern.kind) + (f" with {tests}" if tests else "")


def _test(test: Test, kind: str, pack: Pack) -> str:
    if test.field == "rung" and kind in pack.settings.ladders:
        return _firmness(test, pack.settings.ladders[kind])
    field = words(test.field)
    if test.operator == "one_of" and isinstance(test.operand, tuple):
        return f"{field} {_either([words(str(value)) for value in test.operand])}"
    if test.operator == "same_as" and isinstance(test.operand, tuple):
        return f"the same {field}"
    if test.operator in COMPARISONS:
        return f"{field} {words(test.operator)} {test.operand}"
    return f"{field} {words(str(test.operand))}"


def _firmness(test: Test, ladder: Ladder) -> str:
    """A test of the rung in the words of the ladder: rungs mean little to a reader, "term sheet" much."""
    rung = int(str(test.operand))
    at = min((step for step in ladder.rungs.values() if step >= rung), default=rung)
    names = [words(name) for name, step in ladder.rungs.items() if step == at][:_MOST_NAMES]
    how = _FIRMNESS.get(test.operator, f"{words(test.operator)} as firm as")
    return f"{words(ladder.field)} {how} {_either(names)}"


def _either(names: list[str]) -> str:
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def same_name(pattern: Pattern, item: Derived) -> bool:
    named = {test.operand for test in pattern.tests if test.field in ("name", "of") and test.operator == "equals"}
    return item.kind == pattern.kind and (item.fields.get("name", item.fields.get("of")) in named)


def in_words(fact: Fact) -> str:
    """A fact in a sentence or two: what it is, what is known of it, and how it is meant."""
    known = [f"{words(key)} {words(str(value))}" for key, value in fact.fields.items() if value not in _UNKNOWN]
    subject = f" ({one_line(fact.subject)})" if fact.subject else ""
    how = [words(fact.modality), _LAYERS[fact.layer], words(fact.attribution)]
    if fact.polarity != "affirmed":
        how.insert(0, fact.polarity)
    about = f"{words(kind_of(fact))}{subject}: {', '.join(known) or 'no details'}"
    return f"Fact {fact.id}, {about}. Taken as {STANCES[stance_of(fact)]}: {', '.join(how)}."


def brief(fact: Fact) -> str:
    leading = fact.fields.get(type(fact).leading)
    subject = one_line(fact.subject)
    value = words(str(leading)) if leading not in (None, "yes", "no", *_UNKNOWN) else ""
    return ", ".join(part for part in (value, subject) if part) or "no details"


def words(name: str) -> str:
    return one_line(name.replace("_", " "))
