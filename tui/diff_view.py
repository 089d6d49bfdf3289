"""Two ratings on record side by side: rows with what each has, and why the level moved. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from rules.explain.prose import several
from rules.ledger.compare import Difference
from rules.ledger.entry import Entry
from rules.settings import Level
from tui.columns import Column
from tui.ledger_view import level_text
from tui.literal import one_line

_SAME, _OTHER = "=", "≠"
#: What is shown of both whether it differs or not.
_ALWAYS = ("class", "score", "base_level", "confidence")
_LABELS = {"base_level": "by the score", "in_scope": "rated at all"}
_NOTHING = "–"
#: Steps that tell of a rule which is neither floor nor cap; so many are told at the top where nothing else moved.
_RULE, _MOST_RULES = "rule ", 4


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One thing of both ratings."""

    label: str
    left: str
    right: str

    @property
    def sign(self) -> str:
        """Whether both have the same."""
        return _SAME if self.left == self.right else _OTHER

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The cells, in the order of the columns."""
        return self.label, self.sign, self.left, self.right


@dataclass(frozen=True, slots=True)
class Sides:
    """Two ratings, what differs, and the titles of rules by code."""

    left: Entry
    right: Entry
    difference: Difference
    titles: Mapping[str, str]
    levels: Mapping[int, Level]


def columns(left: str, right: str) -> tuple[Column, ...]:
    """The columns: what, whether it differs, one rating, the other, by their ids as they were asked for."""
    return (
        Column("label", "", 13),
        Column("sign", "", 1),
        Column("left", f"entry {left}", least=16),
        Column("right", f"entry {right}", least=16),
    )


def heading(sides: Sides) -> str:
    """Both levels in words, and the steps that moved the level: floors, caps and score; rules are told below."""
    ends = [level_text(each, sides.levels) for each in (sides.left, sides.right)]
    if not sides.difference.moved:
        return f"{ends[0]} in both"
    steps = list(sides.difference.steps())
    rules = [step for step in steps if step.startswith(_RULE)]
    decisive = [step for step in steps if not step.startswith(_RULE)] or rules[:_MOST_RULES]
    told = [_titled(step, sides.titles) for step in decisive]
    if rest := [step for step in rules if step not in decisive]:
        told.append(several(len(rest), "other rule differs", "other rules differ"))
    return f"{ends[0]}  →  {ends[1]}\n{'; '.join(told)}"


def rows(sides: Sides) -> list[DiffRow]:
    """All that is compared: the head, themes, facts, rules."""
    return [*_head(sides), *_themes(sides), *_only("fact", *_facts(sides)), *_only("rule", *_rules(sides))]


def _head(sides: Sides) -> Iterator[DiffRow]:
    left, right = sides.left, sides.right
    yield DiffRow("level", level_text(left, sides.levels), level_text(right, sides.levels))
    yield DiffRow("announcement", one_line(left.name or _NOTHING), one_line(right.name or _NOTHING))
    yield DiffRow("who", _who(left), _who(right))
    yield DiffRow("recorded", left.time[:16].replace("T", " "), right.time[:16].replace("T", " "))
    yield DiffRow("pack", _pack(left), _pack(right))
    before, after = sides.difference.before, sides.difference.after
    differing = [name for name, _, _ in sides.difference.fields if name != "level"]
    for name in dict.fromkeys([*_ALWAYS, *differing]):
        yield DiffRow(_LABELS.get(name, name), _value(before.get(name)), _value(after.get(name)))


def _themes(sides: Sides) -> Iterator[DiffRow]:
    for code, was, now in sides.difference.themes:
        yield DiffRow(f"theme {code}", was, now)


def _facts(sides: Sides) -> tuple[Sequence[str], Sequence[str]]:
    return sides.difference.facts_gone, sides.difference.facts_new


def _rules(sides: Sides) -> tuple[Sequence[str], Sequence[str]]:
    titles, found = sides.titles, sides.difference
    return [_titled(each, titles) for each in found.silent], [_titled(each, titles) for each in found.firing]


def _only(what: str, left: Sequence[str], right: Sequence[str]) -> Iterator[DiffRow]:
    """What only one of them has; the pairs stand beside each other by chance."""
    for was, now in zip_longest(left, right, fillvalue=_NOTHING):
        yield DiffRow(f"only {what}", one_line(was), one_line(now))


def _titled(told: str, titles: Mapping[str, str]) -> str:
    """A text with the title of the rule that it names first."""
    code = next((word for word in told.split() if word in titles), "")
    return f"{told} ({titles[code]})" if code else told


def _who(entry: Entry) -> str:
    return one_line(str(entry.data.get("announcer") or entry.data.get("issuer") or _NOTHING))


def _pack(entry: Entry) -> str:
    pack = entry.data.get("pack", {})
    return one_line(f"{pack.get('name')} {pack.get('version')} {str(pack.get('digest'))[7:19]}")


def _value(value: Any) -> str:
    if value is None or value == []:
        return _NOTHING
    if isinstance(value, list):
        return " ".join(map(str, value))
    return one_line(str(value).replace("_", " ") if isinstance(value, str) else str(value))


def in_words(row: DiffRow, sides: Sides) -> str:
    """A row whole."""
    if row.sign == _SAME:
        return f"{row.label}: {row.left}, in both"
    return f"{row.label}\nentry {sides.left.seq}: {row.left}\nentry {sides.right.seq}: {row.right}"


def as_text(sides: Sides) -> str:
    """Both as plain text, one beside the other."""
    found = rows(sides)
    width = max(len(row.left) for row in found)
    head = f"{'':<15}{f'entry {sides.left.seq}':<{width}}  entry {sides.right.seq}"
    lines = [f"{row.label:<13}{row.sign} {row.left:<{width}}  {row.right}" for row in found]
    return "\n".join([heading(sides), "", head, *lines]) + "\n"
