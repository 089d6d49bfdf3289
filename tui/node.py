"""A step of an explanation as plain data, and how facts are told in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from facts.fact import Fact, Span
from rules.condition import Pattern
from rules.explain import prose
from rules.slots import Derived
from tui.evidence import STANCES, Stance, stance_of
from tui.literal import one_line

Kind = Literal[
    "rating", "group", "floor", "cap", "theme", "rule", "fact", "absence", "search", "slot", "tally", "finding",
    "class", "sentence", "note", "condition", "field",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `label` is short, `means` says it in words, `spans` are the words of the announcement it rests on.

    `opens` makes the children; None for a leaf. `counts` is False for steps that are shown but decide nothing. `rule`
    is the code of the rule that it tells of, where it tells of one.
    """

    kind: Kind
    id: str
    label: str
    means: str
    spans: tuple[Span, ...] = ()
    stance: Stance | None = None
    opens: Callable[[], Iterable["Node"]] | None = None
    counts: bool = True
    rule: str = ""

    @property
    def children(self) -> tuple["Node", ...]:
        """The steps it rests on, heaviest first."""
        return tuple(self.opens()) if self.opens else ()


def same_name(pattern: Pattern, item: Derived) -> bool:
    """Whether a slot, tally or finding is the one that a pattern names."""
    named = {test.operand for test in pattern.tests if test.field in ("name", "of") and test.operator == "equals"}
    return item.kind == pattern.kind and (item.fields.get("name", item.fields.get("of")) in named)


def named(fact: Fact) -> str:
    """A fact on the line of a tree: "f3 (commitment: overture, “technical help”) “words of the text”"."""
    told = one_line(prose.named(fact))
    return f"{told} “{one_line(fact.quote)}”" if fact.quote else told


def in_words(fact: Fact, rung: int | None) -> str:
    """A fact in a sentence, and the stance in which it is drawn."""
    return f"Fact {one_line(prose.fact_short(fact, rung))}. Taken as {STANCES[stance_of(fact)]}."
