"""The head of an assessment: level, what it hangs on, what is stated and what is not, the themes. Pure.

The words are those of the reports (`rules.explain.prose`): holds, absent, not stated, denied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.assessment import Assessment, Rated
from rules.explain.prose import not_rated as told_not_rated
from rules.explain.prose import several
from rules.pack import DEFAULT
from rules.rating import Rating, plain
from tui.literal import one_line

_ENGINES = {True: "engines agree", False: "ENGINES DISAGREE: do not rely on this", None: "one engine ran"}
#: The words for slots by status, in the order in which they are counted. What the text says to be not stated is not
#: stated, too.
_COUNTED: Mapping[str, str] = {
    "STATED": "stated", "HEDGED": "hedged", "DENIED": "denied", "NOT_MENTIONED": "not stated",
}  # fmt: skip
_MOST_CODES = 3
_A_WHAT_IF, _A_PLACE = " what if: 4 → 3 with 10 steps ", "ledger 10000"
_DIGEST = 7


@dataclass(frozen=True, slots=True)
class Header:
    """The head of an assessment, in phrases; `slots` counts by status, `moved` tells what a what-if did to the level.

    `place` is where it stands in the ledger; empty until that is known.
    """

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
    moved: str = ""
    place: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What follows the title, in order."""
        sure = "" if self.moved else self.confidence  # a what-if says nothing of how well the text was read
        every = (self.moved, self.standing, sure, self.slots, self.pack, self.engines, self.place)
        return tuple(phrase for phrase in every if phrase)

    @property
    def longest(self) -> "Header":
        """About as long as it becomes once the ledger was looked into and changes are tried."""
        if self.level is None:
            return self
        return replace(self, moved=self.moved or _A_WHAT_IF, place=self.place or _A_PLACE)


@dataclass(frozen=True, slots=True)
class Bar:
    """A theme: score from 0 to 100, level from 1 to 5, weight in per cent; `was` is the score before a what-if."""

    code: str
    name: str
    score: str
    level: int
    share: float
    weight: int
    was: str = ""


def header(assessment: Assessment) -> Header:
    """The head of an assessment."""
    announcement, pack = assessment.announcement, assessment.pack
    name = one_line(announcement.name) if announcement else "facts given by hand"
    agree = assessment.engines.agree
    named = "rules" if pack.name == DEFAULT else f"rules {pack.name}"
    tail = {
        "name": name,
        "engines": _ENGINES[agree],
        "pack": f"{named} {pack.version} ({pack.digest.removeprefix('sha256:')[:_DIGEST]})",
    }
    if assessment.rated is None:
        tail["engines"] = "no engine ran"
        return Header(
            None, "–", "Not rated", confidence="", standing=not_rated(assessment), slots="", engines_agree=agree, **tail
        )
    rating = assessment.rated.rating
    level = pack.settings.levels[rating.level]
    return Header(
        rating.level,
        level.shape,
        f"Caution {level.level} of 5, {level.name.lower()}",
        confidence=f"{rating.confidence} confidence",
        standing=standing(assessment),
        slots=slot_counts(assessment.rated),
        engines_agree=agree,
        **tail,
    )


def moved(before: Assessment, after: Assessment, changes: int) -> Header:
    """The head of a rating with changes, beside the one without: "what if: 4 → 3 with 2 steps"."""
    level = f"{before.level} → {after.level}" if before.level != after.level else f"still {after.level}"
    arrow = f" what if: {level} with {several(changes, 'step')} "
    return replace(header(after), moved=arrow if changes else "")


def not_rated(assessment: Assessment) -> str:
    """Why an announcement has no level."""
    return one_line(told_not_rated(assessment.scope)).removesuffix(".")


def standing(assessment: Assessment) -> str:
    """What the level would be without the floors or caps that bind, or that none does."""
    if assessment.rated is None:
        return ""
    rating = assessment.rated.rating
    if codes := binding_floors(assessment):
        return f"would be {_without(assessment, rating, codes)} but for {_listed(codes)}"
    if codes := binding_caps(assessment):
        return f"would be {rating.base_level} but for {_listed(codes)}"
    return f"score alone gives {rating.base_level}"


def binding_floors(assessment: Assessment) -> tuple[str, ...]:
    """The floors that lift the level above what score and caps give."""
    if assessment.rated is None:
        return ()
    rating = assessment.rated.rating
    if rating.level <= _capped(assessment, rating):
        return ()
    return tuple(code for code in rating.floors if assessment.pack.rule(code).level == rating.level)


def binding_caps(assessment: Assessment) -> tuple[str, ...]:
    """The caps that hold the level below what the score gives."""
    if assessment.rated is None or binding_floors(assessment):
        return ()
    rating = assessment.rated.rating
    capped = _capped(assessment, rating)
    if capped == rating.base_level:
        return ()
    return tuple(code for code in rating.caps if assessment.pack.rule(code).level == capped)


def slot_counts(rated: Rated) -> str:
    """How many things are stated, hedged, denied and not stated: "1 stated, 12 not stated (1 said so)"."""
    found = [str(item.fields["status"]) for item in rated.trace.derived if item.kind == "slot"]
    said_so = found.count("OMITTED")
    counts = {status: found.count(status) + (said_so if status == "NOT_MENTIONED" else 0) for status in _COUNTED}
    told = ", ".join(f"{count} {_COUNTED[status]}" for status, count in counts.items() if count)
    return f"{told} ({said_so} said so)" if said_so else told


def bars(assessment: Assessment, before: Assessment | None = None) -> tuple[Bar, ...]:
    """The themes in pack order; with `before`, each whose score differs says what it was."""
    if assessment.rated is None:
        return ()
    themes = assessment.pack.settings.themes
    was = {item.code: plain(item.score) for item in before.rated.rating.themes} if before and before.rated else {}
    return tuple(
        Bar(
            item.code, themes[item.code].name, plain(item.score), item.level, float(item.score) / 100, item.weight,
            was[item.code] if was.get(item.code, plain(item.score)) != plain(item.score) else "",
        )
        for item in assessment.rated.rating.themes
    )  # fmt: skip


def _capped(assessment: Assessment, rating: Rating) -> int:
    return min([rating.base_level, *(assessment.pack.rule(code).level or 5 for code in rating.caps)])


def _without(assessment: Assessment, rating: Rating, codes: Sequence[str]) -> int:
    rest = [assessment.pack.rule(code).level or 1 for code in rating.floors if code not in codes]
    return max([_capped(assessment, rating), *rest])


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_MOST_CODES])
    return f"{shown} and {len(codes) - _MOST_CODES} more" if len(codes) > _MOST_CODES else shown
