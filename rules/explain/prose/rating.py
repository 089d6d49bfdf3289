"""The wording of a rating: the level, its reasons, what is missing, how sure the reading is."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from facts.fact import Fact
from facts.reading import Scope
from rules.explain.prose.phrase import because, says, sentence
from rules.explain.prose.proof import status
from rules.memory import kind_of
from rules.pack import Pack
from rules.rating import Rating
from rules.rule import Rule

if TYPE_CHECKING:
    from rules.assessment import Assessment, Rated

#: What every report ends with.
DISCLAIMER = (
    "A rating says how careful to be in taking this announcement as a near-term sign of money or metal moving; "
    "it is not investment advice, not a valuation and not a forecast."
)
_NOT_RATED = {
    "off_topic": "It is not about the supply of minerals or metals",
    "language": "It is not in English, and only English announcements are rated",
    "empty": "There is no text in it",
}


def headline(pack: Pack, rating: Rating) -> str:
    """The level in words and number: "Caution 4 of 5, signal only (high caution)"."""
    level = pack.settings.levels[rating.level]
    return f"Caution {level.level} of 5, {level.name.lower()} ({level.caution.lower()} caution)"


def summary(head: str, reasons: Sequence[Rule]) -> str:
    """The level and the reasons that weigh most, in two sentences."""
    return f"{head}. {because(reasons)}".rstrip()


def told(rule: Rule, quote: str, nearest: str) -> str:
    """The sentence of a rule with the announcement's words: those it rests on, or the nearest that are there."""
    if quote and "{evidence}" not in rule.says:
        return f"{sentence(rule.says)[:-1]} (“{quote}”). [{rule.code}]"
    line = sentence(says(rule, quote))
    return f"{line} The nearest is “{nearest}”. [{rule.code}]" if nearest and not quote else f"{line} [{rule.code}]"


def missing(pack: Pack, rated: "Rated", facts: Sequence[Fact]) -> Iterator[str]:
    """The slots that announcements of this class are expected to state and this one does not, with how it stands."""
    expected = pack.settings.classes[rated.announcement_class].expects
    labels = {slot.name: slot for slot in pack.settings.slots}
    for item in rated.trace.derived:
        name, how = str(item.fields.get("name")), str(item.fields.get("status"))
        if item.kind == "slot" and name in expected and how != "STATED":
            yield sentence(f"{labels[name].label}: {status(how)}")


def not_rated(scope: Scope | None) -> str:
    """Why there is no rating."""
    if scope is None or scope.reason is None:
        return "There is nothing to rate."
    return f"{_NOT_RATED[scope.reason]}: {scope.because}."


def provenance(assessment: "Assessment") -> str:
    """Which rules, and whether both engines agree."""
    pack, agree = assessment.pack, assessment.engines.agree
    agreement = {True: "both engines agree", False: "THE ENGINES DISAGREE", None: "one engine ran"}[agree]
    return f"Rules: {pack.title}, {pack.digest[:19]}; {agreement}.{but_for(assessment)}"


def but_for(assessment: "Assessment") -> str:
    """The level without the floors that bind, as in: Would be 3 but for FLR-401."""
    if assessment.rated is None:
        return ""
    rating, pack = assessment.rated.rating, assessment.pack
    binding = [code for code in rating.floors if pack.rule(code).level == rating.level]
    lower = [pack.rule(code).level or 1 for code in rating.floors if code not in binding]
    without = max([min([rating.base_level, *(pack.rule(code).level or 5 for code in rating.caps)]), *lower])
    return f" Would be {without} but for {', '.join(binding)}." if without < rating.level else ""


def confidence(assessment: "Assessment") -> str:
    """How sure the reading is, and why (OVR-004)."""
    rated = assessment.rated
    if rated is None:
        return ""
    count = next(int(item.fields["n"]) for item in rated.trace.derived if item.id == "tally:missing")
    expected = len(assessment.pack.settings.classes[rated.announcement_class].expects)
    first = any(getattr(fact, "relay", None) == "first_hand" for fact in assessment.facts)
    unnamed = any(
        getattr(fact, "sourcing", None) == "anonymous" or fact.attribution == "anonymous" for fact in assessment.facts
    )
    reasons = [
        "it is the first-hand text" if first else "it is not known to be the first-hand text",
        _stated(expected - count, expected),
    ]
    if unnamed:
        reasons.append("some of it rests on unnamed sources")
    elif any(kind_of(fact) == "omission" for fact in assessment.facts):
        reasons.append("the text itself says what it leaves out")
    sure = rated.rating.confidence
    return f"Confidence in the reading is {sure}: {'; '.join(reasons)}. It does not enter the level."


def bar_title(assessment: "Assessment", rated: "Rated") -> str:
    """The theme bars in words, for readers who do not see them."""
    themes = assessment.pack.settings.themes
    told = ", ".join(f"{themes[theme.code].name} {theme.score}" for theme in rated.rating.themes)
    return f"Theme scores from 0, no caution, to 100, most caution: {told}"


def how_sure(pack: Pack, rating: Rating) -> str:
    """The second line of a report: "High caution, medium confidence in the reading."."""
    return f"{pack.settings.levels[rating.level].caution} caution, {rating.confidence} confidence in the reading."


def _stated(count: int, of: int) -> str:
    ought = "that such an announcement ought to state"
    if of == 1:
        return f"the one thing {ought} is {'stated' if count else 'not stated'}"
    if count in (0, of):
        return f"{'all' if count else 'none'} of the {of} things {ought} {'are' if count else 'is'} stated"
    return f"{of - count} of the {of} things {ought} {'is' if of - count == 1 else 'are'} not stated"
