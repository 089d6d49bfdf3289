"""WHAT IF as a tree: the facts and their fields, what has become of each, the values that a field may take. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from facts.codec import allowed_values
from facts.errors import FactsError
from facts.fact import COMMON_FIELDS, STANCE_FIELDS, Fact
from rules.errors import RulesError
from rules.explain.change import Add, Set
from rules.explain.prose import words
from rules.explain.prose.change import rules_changed
from rules.explain.prose.phrase import field_words
from rules.pack import Pack
from tui.evidence import stance_of
from tui.literal import one_line
from tui.node import Node, in_words, named
from tui.session import Session, State

#: A sign and a word for each state; the sign stands before the fact, the word behind it.
_SIGNS: dict[State, tuple[str, str]] = {
    "kept": ("✓", ""), "dropped": ("✗", "dropped"), "changed": ("≠", "changed"), "added": ("+", "added"),
}  # fmt: skip
_OPEN = ("unstated", "unknown")
_NOT_STATED = "not stated"
_MOST_HINTED = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field may take, and the level that it would give."""

    value: str
    label: str
    level: int | None


def root(session: Session) -> Node:
    """All facts, dropped ones too."""
    return Node("group", "facts", "Facts", "", opens=lambda: (_fact(session, fact) for fact in session.listed()))


def _fact(session: Session, fact: Fact) -> Node:
    state = session.state(fact.id)
    sign, word = _SIGNS[state]
    rated = session.current.rated
    rung = rated.memory.rungs.get(fact.id) if rated else None
    told = f"{in_words(fact, rung)} {word.capitalize()}.".removesuffix(" .")
    return Node(
        "fact", fact.id, f"{sign} {f'{word}: ' if word else ''}{named(fact)}", told, fact.spans, stance_of(fact),
        opens=lambda: _fields(fact), counts=state != "dropped",
    )  # fmt: skip


def _fields(fact: Fact) -> Iterator[Node]:
    for name in fields(type(fact)):
        value = getattr(fact, name)
        told = _NOT_STATED if value is None or value in _OPEN or value == "" else one_line(words(value))
        label = f"{field_words(name)}: {told}"
        means = f"Fact {fact.id}, {label}. Enter gives it another value."
        yield Node("field", f"{fact.id}.{name}", label, means, fact.spans, counts=told != _NOT_STATED)


def fields(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a kind that can be changed: the leading one first, its own, then how it is meant."""
    own = [name for name in kind.model_fields if name not in COMMON_FIELDS]
    return tuple(dict.fromkeys([kind.leading, *own, *STANCE_FIELDS, "subject", "date"]))


def field_of(session: Session, name: str) -> tuple[Fact, str]:
    """The fact and the field of a node of the tree."""
    fact, _, field = name.partition(".")
    while not any(each.id == fact for each in session.listed()):  # an id may hold a stop
        more, _, field = field.partition(".")
        fact = f"{fact}.{more}"
    return next(each for each in session.listed() if each.id == fact), field


def choices(session: Session, fact: Fact, field: str) -> tuple[Choice, ...]:
    """The values of an enumerated field with the level that each would give; none for numbers and free text."""
    values = allowed_values(type(fact), field)
    return tuple(Choice(value, words(value), effect_of_set(session, fact.id, field, value)) for value in values)


def effect_of_set(session: Session, fact: str, field: str, value: str) -> int | None:
    """The level that a value would give; None where it does not fit."""
    try:
        return session.level_with(Set(fact, field, value))
    except (RulesError, FactsError):
        return None


def hint(text: str, pack: Pack) -> str:
    """What may be typed next in `kind field=value …`: kinds, then fields, then values."""
    kind, *rest = text.split(" ") if text else [""]
    kinds = pack.settings.kinds
    if not rest:
        return _listed("kinds", (name for name in kinds if name.startswith(kind)))
    if kind not in kinds:
        return _listed(f"no kind {kind!r}; kinds", kinds)
    field, equals, value = rest[-1].partition("=")
    if equals:
        return _listed(field, (each for each in allowed_values(kinds[kind], field) if each.startswith(value)))
    return _listed("fields", (f"{name}=" for name in fields(kinds[kind]) if name.startswith(field)))


def completed(text: str, pack: Pack) -> str | None:
    """The text with its last word completed, where a word begins so."""
    kind, *rest = text.split(" ")
    kinds = pack.settings.kinds
    if not rest:
        words_, start = [f"{name} " for name in kinds], kind
    elif kind not in kinds:
        return None
    else:
        field, equals, value = rest[-1].partition("=")
        words_ = list(allowed_values(kinds[kind], field)) if equals else [f"{name}=" for name in fields(kinds[kind])]
        start = value if equals else field
    found = next((each for each in words_ if each.startswith(start) and each != start), None)
    return text[: len(text) - len(start)] + found if found and text else None


def effect_of_add(session: Session, text: str) -> str:
    """What adding a fact would do: the level, or why it does not fit; nothing while a word is only begun."""
    try:
        level = session.level_with(Add(text))
    except (RulesError, FactsError) as error:
        return "" if completed(text, session.original.pack) else unfit(error)
    now = session.current.level
    return f"the level stays {now}" if level == now else f"the level would be {level}, not {now}"


def unfit(error: RulesError | FactsError) -> str:
    """Why a fact does not fit, without the words of the command line."""
    return one_line(error.message.partition("': ")[2] or error.message)


def effect(session: Session) -> tuple[str, ...]:
    """What the changes do: the levels, the changes, and every rule that holds in one rating only."""
    told = session.told
    if not session.done:
        return ("Nothing is changed yet: drop, edit or add a fact, and see here what it does.",)
    moved = told.before.level != told.after.level
    level = f"Level {told.before.level} → {told.after.level}" if moved else f"The level stays {told.after.level}"
    rules = rules_changed(len(told.steps))
    head = f"{level}; {rules[:1].lower()}{rules[1:]}. Last step: {session.done[-1].says}"
    return (one_line(head), *(one_line(f"{step.rule} {step.because}") for step in told.steps))


def _listed(what: str, names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - _MOST_HINTED} more" if len(found) > _MOST_HINTED else ""
    return f"{what}: {', '.join(found[:_MOST_HINTED])}{more}" if found else ""
