"""What the screen says: Assessment -> rows of the inbox, header, theme bars. Pure; knows nothing of Textual.

All texts are plain and literal: nothing in them is markup, and control characters of documents are visible symbols.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from facts.fact import Fact
from rules.assessment import Assessment, Rated
from rules.explain.prose import headline, says, sentence
from rules.explain.reasons import weightiest
from rules.memory import kind_of
from rules.rating import plain
from tui.literal import one_line

State = Literal["waiting", "rating", "rated", "not_rated", "error"]

#: The words for the status of a slot.
STATUSES: Mapping[str, str] = {
    "STATED": "stated",
    "HEDGED": "hedged",
    "DENIED": "denied",
    "OMITTED": "left out",
    "NOT_MENTIONED": "not mentioned",
}
_REASONS: Mapping[str, str] = {"off_topic": "off topic", "language": "not in English", "empty": "no text"}
_ENGINES = {True: "engines agree", False: "ENGINES DISAGREE: do not rely on this", None: "one engine ran"}
_MOST_REASONS = 3
_MOST_CODES = 3
_DIGEST = 7
_ROLES = ("announcer", "project_company", "seller", "funder", "buyer", "partner")


@dataclass(frozen=True, slots=True)
class Row:
    """One announcement in the inbox. `key` is its own for as long as the screen is open."""

    key: str
    name: str
    state: State = "waiting"
    level: int | None = None
    level_text: str = "· waiting"
    class_name: str = ""
    class_label: str = ""
    who: str = ""
    date: str = ""
    reason: str = ""
    rules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Header:
    """The head of an assessment, in phrases; `slots` counts the slots by status, in words."""

    level: int | None
    shape: str
    title: str
    name: str
    confidence: str
    standing: str
    slots: str
    engines: str
    pack: str
    engines_agree: bool | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A theme: score from 0 to 100, level from 1 to 5, weight in per cent of the overall score."""

    code: str
    name: str
    score: str
    level: int
    share: float
    weight: int


def waiting(key: str, name: str) -> Row:
    """The row of an announcement that has not been rated yet."""
    return Row(key, one_line(name), reason="waiting for its turn")


def in_progress(row: Row) -> Row:
    """The row of the announcement that is being rated."""
    return replace(row, state="rating", level_text="» rating", reason="being read and rated")


def failed(row: Row, title: str, message: str) -> Row:
    """The row of a source that could not be read or rated."""
    return replace(row, state="error", level_text="! error", reason=f"{one_line(title)}: {one_line(message)}")


def rated(row: Row, assessment: Assessment) -> Row:
    """The row of an assessment."""
    date = assessment.announcement.published if assessment.announcement else None
    row = replace(row, date=date.isoformat() if date else "")
    if assessment.rated is None:
        return replace(row, state="not_rated", level_text="– not rated", reason=not_rated(assessment))
    head = assessment.pack.settings.levels[assessment.rated.rating.level]
    name = assessment.rated.announcement_class
    return replace(
        row,
        state="rated",
        level=head.level,
        level_text=f"{head.shape} {head.level} {head.name}",
        class_name=name,
        class_label=assessment.pack.settings.classes[name].label,
        who=who(assessment.facts),
        reason=reasons(assessment),
        rules=frozenset(assessment.rated.trace.fired),
    )


def reasons(assessment: Assessment) -> str:
    """The reasons that weigh most, as one line."""
    if assessment.rated is None:
        return not_rated(assessment)
    rules = weightiest(assessment.pack, assessment.rated.rating, assessment.rated.trace)[:_MOST_REASONS]
    return one_line(sentence("; ".join(says(rule) for rule in rules))) if rules else "No rule fired"


def not_rated(assessment: Assessment) -> str:
    """Why an announcement has no level."""
    scope = assessment.scope
    if scope is None:
        return "Not rated"
    return one_line(f"{_REASONS.get(scope.reason or '', 'Not rated').capitalize()}: {scope.because}")


def who(facts: Sequence[Fact]) -> str:
    """Whose announcement it is: the announcer if named, else the party with the nearest role."""
    parties = [fact for fact in facts if kind_of(fact) == "party" and fact.subject and fact.polarity == "affirmed"]
    for role in _ROLES:
        if found := next((party for party in parties if party.fields.get("role") == role), None):
            return one_line(found.subject)
    return one_line(parties[0].subject) if parties else ""


def fits(row: Row, query: str) -> bool:
    """Whether a row passes the filter: words, and `level:4`, `class:offtake_deal`, `rule:FIN-006`; all must fit."""
    return all(_fits(row, word.casefold()) for word in query.split())


def _fits(row: Row, word: str) -> bool:
    key, colon, value = word.partition(":")
    if colon and key == "level":
        return str(row.level or "") == value or row.state == value
    if colon and key == "class":
        return row.class_name.startswith(value)
    if colon and key == "rule":
        return any(code.casefold().startswith(value) for code in row.rules)
    shown = (row.name, row.level_text, row.class_name, row.class_label, row.who, row.date, row.reason)
    return any(word in part.casefold() for part in shown)


def header(assessment: Assessment) -> Header:
    """The head of an assessment."""
    announcement, pack = assessment.announcement, assessment.pack
    name = one_line(announcement.name) if announcement else "facts given by hand"
    agree = assessment.engines.agree
    tail = {
        "name": name,
        "engines": _ENGINES[agree],
        "pack": f"{pack.name} {pack.version} ({pack.digest.removeprefix('sha256:')[:_DIGEST]})",
    }
    if assessment.rated is None:
        tail["engines"] = "no engine ran"
        return Header(
            None, "–", "Not rated", confidence="", standing=not_rated(assessment), slots="", engines_agree=agree, **tail
        )
    rating = assessment.rated.rating
    return Header(
        rating.level,
        pack.settings.levels[rating.level].shape,
        headline(pack, rating),
        confidence=f"confidence {rating.confidence}",
        standing=standing(assessment),
        slots=slot_counts(assessment.rated),
        engines_agree=agree,
        **tail,
    )


def standing(assessment: Assessment) -> str:
    """What the level would be without the floors or caps that bind, or that none does."""
    if assessment.rated is None:
        return ""
    rating = assessment.rated.rating
    if codes := binding_floors(assessment):
        return f"would be {_without(assessment, codes)} but for {_listed(codes)}"
    if codes := binding_caps(assessment):
        return f"would be {rating.base_level} but for {_listed(codes)}"
    return f"the score alone gives {rating.base_level}"


def binding_floors(assessment: Assessment) -> tuple[str, ...]:
    """The floors that lift the level above what score and caps give."""
    if assessment.rated is None:
        return ()
    rating = assessment.rated.rating
    if rating.level <= _capped(assessment):
        return ()
    return tuple(code for code in rating.floors if assessment.pack.rule(code).level == rating.level)


def binding_caps(assessment: Assessment) -> tuple[str, ...]:
    """The caps that hold the level below what the score gives."""
    if assessment.rated is None or binding_floors(assessment):
        return ()
    rating, capped = assessment.rated.rating, _capped(assessment)
    if capped == rating.base_level:
        return ()
    return tuple(code for code in rating.caps if assessment.pack.rule(code).level == capped)


def _capped(assessment: Assessment) -> int:
    assert assessment.rated is not None
    rating = assessment.rated.rating
    return min([rating.base_level, *(assessment.pack.rule(code).level or 5 for code in rating.caps)])


def _without(assessment: Assessment, codes: Sequence[str]) -> int:
    assert assessment.rated is not None
    rest = [assessment.pack.rule(code).level or 1 for code in assessment.rated.rating.floors if code not in codes]
    return max([_capped(assessment), *rest])


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_MOST_CODES])
    return f"{shown} and {len(codes) - _MOST_CODES} more" if len(codes) > _MOST_CODES else shown


def slot_counts(rated_part: Rated) -> str:
    """How many of the things an announcement ought to say are stated, hedged, denied, left out or not mentioned."""
    found = [str(item.fields["status"]) for item in rated_part.trace.derived if item.kind == "slot"]
    return ", ".join(f"{found.count(status)} {word}" for status, word in STATUSES.items() if status in found)


def bars(assessment: Assessment) -> tuple[Bar, ...]:
    """The themes in pack order."""
    if assessment.rated is None:
        return ()
    themes = assessment.pack.settings.themes
    return tuple(
        Bar(item.code, themes[item.code].name, plain(item.score), item.level, float(item.score) / 100, item.weight)
        for item in assessment.rated.rating.themes
    )
