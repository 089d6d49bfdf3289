"""The rules of a pack as rows: filtered, sorted, and with how each stands in one announcement. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.assessment import Assessment
from rules.explain.prose import says, sentence
from rules.pack import Pack
from rules.render.rule import rule_json, weight
from rules.rule import Rule
from tui.columns import Column
from tui.literal import one_line

Here = Literal["holds", "silent", ""]
#: How a rule stands in the announcement, with a sign that needs no colour.
HERE: dict[Here, str] = {"holds": "✓ holds", "silent": "· silent", "": ""}

COLUMNS = (
    Column("code", "Rule", 7),
    Column("effect", "Effect", 12),
    Column("here", "Here", 8, rank=2),
    Column("title", "Title", share=2, least=24),
    Column("theme", "Theme", 5, rank=3),
    Column("facts", "Looks at", share=1, least=18, rank=4),
)
#: The words of the filter that ask for one thing, and what they ask for.
KEYS = {
    "code": "a code or its beginning",
    "theme": "a theme, such as COM",
    "effect": "finding, concern, mitigant, floor, cap or definition",
    "level": "the level of a floor or cap",
    "fact": "a kind of fact that the rule looks at",
    "status": "stable, draft or retired",
    "here": "holds or silent in the announcement that is looked at",
}
FILTER_HINT = "filter: words, theme:COM effect:floor level:4 fact:offtake here:holds"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of the browser."""

    rule: Rule
    here: Here

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of facts that the rule looks at, each once."""
        return tuple(dict.fromkeys(pattern.kind for pattern in self.rule.patterns))

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells, in the order of COLUMNS."""
        rule = self.rule
        kinds = ", ".join(kind.replace("_", " ") for kind in self.kinds)
        return rule.code, weight(rule), HERE[self.here], rule.title, rule.theme or "", kinds


def rows(pack: Pack, assessment: Assessment | None = None) -> list[RuleRow]:
    """Every rule of the pack in pack order. How it stands is told where the announcement was rated under this pack."""
    fired: frozenset[str] | None = None
    if assessment is not None and assessment.rated is not None and assessment.pack.digest == pack.digest:
        fired = frozenset(assessment.rated.trace.fired)
    return [RuleRow(rule, _here(rule, fired)) for rule in pack.rules]


def _here(rule: Rule, fired: frozenset[str] | None) -> Here:
    if fired is None or rule.effect == "definition":
        return ""
    return "holds" if rule.code in fired else "silent"


def unknown_key(query: str) -> str:
    """What is wrong with a filter, in words; empty for one that can be understood."""
    for word in query.split():
        key, colon, _ = word.partition(":")
        if colon and key.isalpha() and key.casefold() not in KEYS:
            return f"There is no {key}: here. Filter by {', '.join(f'{name}:' for name in KEYS)} or by words."
    return ""


def fits(row: RuleRow, query: str) -> bool:
    """Whether a rule passes the filter; every word of it must fit."""
    return all(_fits(row, word.casefold()) for word in query.split())


def _fits(row: RuleRow, word: str) -> bool:
    rule = row.rule
    key, colon, value = word.partition(":")
    if not colon or key not in KEYS:
        told = (rule.code, rule.title, rule.because, rule.says, rule.effect, rule.theme or "", *row.kinds)
        return any(word in part.casefold() for part in told)
    if key == "level":
        return str(rule.level or "") == value
    if key == "fact":
        return any(kind.startswith(value) for kind in row.kinds)
    whole = {
        "code": rule.code, "theme": rule.theme or "", "effect": rule.effect, "status": rule.status, "here": row.here,
    }  # fmt: skip
    return whole[key].casefold().startswith(value)


def in_order(found: Iterable[RuleRow], column: str | None, reverse: bool) -> list[RuleRow]:
    """The rows sorted by a column; None is pack order. Rows that are equal stay in pack order."""
    kept = list(found)
    if column is None:
        return kept[::-1] if reverse else kept
    place = next(at for at, each in enumerate(COLUMNS) if each.name == column)
    if column == "effect":
        return sorted(kept, key=lambda row: (row.rule.effect, row.rule.level or 0, row.rule.weight), reverse=reverse)
    return sorted(kept, key=lambda row: row.cells[place], reverse=reverse)


def in_words(row: RuleRow) -> str:
    """A rule in a few lines."""
    rule = row.rule
    told = sentence(says(rule)) if rule.says else ""
    state = {"holds": " It holds in this announcement.", "silent": " It is silent in this announcement.", "": ""}
    return "\n".join(
        part for part in (f"{rule.code} {rule.title}.{state[row.here]}", told, one_line(rule.because)) if part
    )


def as_text(found: Sequence[RuleRow], title: str) -> str:
    """The rows as plain text."""
    lines = [f"{row.rule.code}  {weight(row.rule):<14} {HERE[row.here]:<9} {row.rule.title}" for row in found]
    return "\n".join([title, *lines]) + "\n"


def as_data(found: Sequence[RuleRow]) -> list[dict[str, object]]:
    """The rows for JSON: what `caveat rules list` gives, and how each stands here."""
    return [rule_json(row.rule) | {"here": row.here or None} for row in found]
