"""The wording of changes: what could be learnt, happen or be misread, and what it would do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facts.fact import Fact
from facts.text.visible import one_line
from rules.explain.prose.phrase import effect, kind_words, listed, omitted, says, sentence, several, words
from rules.memory import kind_of
from rules.rule import Rule

if TYPE_CHECKING:
    from rules.assessment import Assessment
    from rules.explain.candidates import Candidate
    from rules.explain.moves import Move

CHANGED, NOTHING, AS_IT_IS, AS_CHANGED = "Changed", "nothing", "as it is", "changed"
WITH_IT, WITHOUT_IT = "with the fact", "without it"
TRIED = "Changes tried"
ALSO_CHANGES = "Without the fact this changes, too"
#: What kind of change a change is.
SORTS = {
    "learnt": "could be learnt",
    "world": "the world would have to change",
    "reading": "the reading may be wrong",
}
_COUNTS = {1: "No single change", 2: "No one or two changes", 3: "No one, two or three changes"}


def named(fact: Fact) -> str:
    """A fact inside a sentence: "f3 (commitment: overture, “technical help”)"."""
    value = str(getattr(fact, type(fact).leading, "") or "")
    if kind_of(fact) == "omission":
        return f"{fact.id} ({omitted(value)})"
    told = [words(value)] if value not in ("", "unstated", "unknown", "yes", "no") else []
    told += [f"“{one_line(fact.subject)}”"] if fact.subject else []
    return f"{fact.id} ({kind_words(kind_of(fact))}{': ' if told else ''}{', '.join(told)})"


def misread(fact: Fact) -> str:
    """The doubt about one fact."""
    return f"{named(fact)} was misread"


def is_the_news(fact: Fact) -> str:
    """The doubt whether a fact is background only."""
    return f"{named(fact)} is the news, not background"


def asks(what: str) -> str:
    """A question made of something to watch for."""
    return f"Is this so: {what}?"


def move(move: "Move") -> str:
    """A change of the world or of what is known, as something to watch for."""
    return sentence(f"to {move.level}: {move}")


def no_move(assessment: "Assessment", direction: str) -> str:
    """What to print where no small change moves the level."""
    level = assessment.level
    if direction == "lower" and level == 1:
        return "Nothing: it is the lowest level."
    if direction == "raise" and level == 5:
        return "Nothing: it is the highest level."
    if direction == "lower" and level == 5:
        return "Only the red flag itself being lifted; no good news outweighs it."
    return "No one or two of the changes that this pack knows would do it."


def step(rule: Rule, fired: bool, ground: str = "") -> str:
    """A rule that changed between two ratings."""
    why = f"; {ground}" if ground else ""
    return f"{'now holds' if fired else 'no longer holds'}: {says(rule) or rule.title} [{effect(rule)}]{why}"


def ground(thing: str, names: Sequence[str], came: bool) -> str:
    """What came or went, and let a rule change."""
    return f"{'there is now' if came else 'there is no longer'} {thing} ({listed(names)})"


def way(parts: Sequence["Candidate"]) -> str:
    """A set of changes, as something to watch for."""
    return ", together with ".join(part.says for part in parts)


def way_line(level: int, sort: str, told: str) -> str:
    """One way to another level, with its likelihood in words."""
    return f"to {level}: {told} ({sort})"


def proved(size: int, verb: str, candidates: int) -> str:
    """What an exhaustive search proves."""
    return f"{_COUNTS[size]} of the {candidates} tried {verb} it; this is proved, for these changes and no others."


def derived_fate(name: str, falls: bool) -> str:
    """What becomes of a slot, tally or finding whose support uses the disputed fact."""
    return f"{name} {'changes without it' if falls else 'stays the same without it'}"


def by_analyst(who: str, day: str) -> str:
    """Who disputes a fact, and when."""
    return f"by {who}" + (f" on {day}" if day else "")


def challenged(fact: Fact, because: str) -> str:
    """The head of a challenge."""
    return f"{named(fact)} is disputed: {sentence(because)}"


def fate(rule: Rule, falls: bool) -> str:
    """What becomes of a rule whose proof uses the disputed fact."""
    what = "falls without it" if falls else "holds without it too, on other grounds"
    return f"{what}: {says(rule) or rule.title} [{effect(rule)}]"


def rules_changed(count: int) -> str:
    """How many rules hold in one rating only."""
    return f"{several(count, 'rule')} changed" if count else "No rule changed"


def disputed_too(count: int) -> str:
    """The head of what rests on a disputed fact."""
    return "Disputed with it" if count else "Nothing rests on it"
