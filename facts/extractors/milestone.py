"""Mentions of kind milestone: an event that is due and, in the same sentence, when."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence

from facts.cue import Hit
from facts.extractors import context
from facts.extractors.ahead import steps_ahead
from facts.extractors.cued import READ
from facts.extractors.due import unclaimed
from facts.extractors.stanced import mention
from facts.extractors.times_ahead import (
    TOLD_AS_PAST,
    before,
    is_adjective,
    is_day,
    is_future,
    is_old,
    is_told,
    whens_of,
)
from facts.fact import Modality
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.date import When
from facts.text.reference import reference_day
from facts.text.sentence import Sentence

#: Past events that are news in themselves; that a licence was granted last year is told by other kinds.
_TOLD_WHEN_PAST = frozenset({"first_production", "commissioning", "delivery", "construction_start", "drilling"})
#: How far, in characters, a date may stand from its event.
_REACH = 140
#: What a comma between event and date, and the wrong order, count for in characters.
_COMMA, _FOLLOWS = 40, 10
#: An event that another one only follows ("following permitting"), and what that counts for in characters.
_ANCHOR = re.compile(
    r"(?<!\w)(?:following|after|upon|subject to|pending|once|since)(?: (?:the|its|a|all|receipt of|completion of))* $"
)
_FOLLOWED, _LOOK_BACK = 60, 40
#: What begins a clause that only says what must happen first.
_CONDITION = re.compile(r"(?<!\w)(?:provided|subject to|assuming|unless|as soon as|if)(?!\w)[^,;:]{0,120}$")
#: What says that a thing lasts until the date that follows.
_LASTING = re.compile(r"(?<!\w)(?:renewed|extended|valid|runs|running)(?: \S+){0,3} (?:to|until|through|for) $")
#: Words between two events that give the later one a sentence, and a date, of its own.
_OWN_VERB = re.compile(r"(?<!\w)(?:will|expects?|expected|plans?|intends?|aims?|that|is|are|has|have|was)(?!\w)")
_YEAR = re.compile(r"\d\d\d\d")
#: How far two events of one date may stand from each other.
_BESIDE = 60
#: A vague time ("later this month") belongs to a mere meeting only if it stands this close.
_VAGUE_REACH = 30
#: A date that something is put off to is a date all the same.
_NOT_BEFORE = re.compile(
    r"(?<!\w)(?:(?:not|no longer|never) (?:[\w'’-]{1,30} ){0,3}(?:before|until|earlier than)(?!\w)"
    r"|no (?:earlier|sooner) than|(?:until|till) (?:at least |the )?(?:early|late|mid|end|start|next|jan|feb|mar|apr"
    r"|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|fall|q[1-4]|first|second|third|fourth|\d))"
)
#: What can deny the event of its clause.
_DENIED = re.compile(
    r"(?<!\w)(?:not|no|never|nor|cannot|without|neither|nobody|none|unlikely|rul\w+ out|denie[sd])(?!\w)"
)
#: Of a sentence that names more times and events than this (a table run together) the rest is left.
_MOST_TIMES, _MOST_EVENTS = 30, 90
#: No month is longer.
_MONTH = dt.timedelta(days=31)
#: Parts that tell news; a company's standing description of itself names what it does all the time, but few decisions.
_TELLING = READ - {"about"}
#: A permit that is good until a day is not due on it.
_LASTS = ("until ", "to ", "through ", "expires ", "expiring ")
_BREAKS = (";", " but ", " while ", " whereas ")


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind milestone."""
    today = reference_day(analysis)
    dated: set[tuple[int, str]] = set()
    timed: set[int] = set()
    for sentence in _timely(analysis):
        whens = whens_of(analysis, sentence, today)
        if not whens:
            continue
        if any(when.kind != "vague" for when in whens):
            timed.add(sentence.index)
        events = context.hits(analysis, "milestones", sentence)
        pairs = list(_paired(analysis, events, whens))
        days = [one for one in whens if is_day(analysis, sentence, one)]
        due = list(unclaimed(analysis, sentence, days, today, pairs))
        if all(hit.cue.sets.get("what") == "review" for hit, _ in pairs):
            pairs = due or pairs
        else:
            pairs += due
        for hit, when in pairs:
            if not {"skip", "bare"} & hit.cue.sets.keys() and _counts(analysis, hit, when, today):
                dated.add((sentence.index, hit.cue.sets["what"]))
                yield _dated(analysis, hit, when, today)
    yield from _undated(analysis, dated, timed)


def _undated(analysis: Analysis, dated: Collection[tuple[int, str]], timed: Collection[int]) -> Iterator[Mention]:
    """What is due without a date, unless its date stands elsewhere; of drilling a text has many rounds."""
    known = {what for _, what in dated} - {"drilling"}
    for hit in analysis.family("milestone"):
        said = hit.cue.sets
        told = (hit.sentence.index, said["what"]) in dated or said["what"] in known or _is_history(analysis, hit)
        parts = READ if said["what"] == "fid" else _TELLING
        if analysis.part(hit.sentence) in parts and not told:
            yield mention("milestone", hit, modality=said.get("modality", "planned"))
    for step in steps_ahead(analysis, timed):
        if step.fields["what"] not in known and (step.sentence.index, step.fields["what"]) not in dated:
            yield step


def _is_history(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words name a year well before that of publication ("the 2019 drill campaign")."""
    today = reference_day(analysis)
    years = (int(found.group()) for found in _YEAR.finditer(analysis.folded, hit.start, hit.end))
    return today is not None and any(year < today.year - 1 for year in years)


def _timely(analysis: Analysis) -> Iterator[Sentence]:
    """The sentences that name a time and speak of the news."""
    named = {hit.sentence.index: hit.sentence for hit in analysis.family("when")}
    yield from (sentence for sentence in named.values() if analysis.part(sentence) in READ)


def _is_term(analysis: Analysis, when: When) -> bool:
    """Whether a permit is good until the day; to have until then to rule on it is another matter."""
    return before(analysis, when).endswith(_LASTS) and not analysis.folded.startswith(" to ", when.end)


def _paired(analysis: Analysis, hits: Sequence[Hit], whens: Sequence[When]) -> Iterator[tuple[Hit, When]]:
    """Each date with its event: the nearest one still free, a named step before a mere meeting or report."""
    pairs = [
        (hit.cue.sets.get("what") == "review", _distance(analysis, hit, when), hit, when)
        for when in whens[:_MOST_TIMES]
        for hit in hits[:_MOST_EVENTS]
        if _gap(hit, when) <= _REACH and _joined(analysis, hit, when)
    ]
    taken: set[int] = set()
    for _, _, hit, when in sorted(pairs, key=lambda pair: pair[:2]):
        if id(hit) not in taken and id(when) not in taken:
            taken |= {id(when), *(id(one) for one in hits if _is_same(one, hit))}
            yield hit, when
            yield from ((other, when) for other in hits if _is_beside(analysis, other, hit, when, taken))


def _is_same(one: Hit, other: Hit) -> bool:
    """Whether two hits are the same words for the same event."""
    overlap = one.start < other.end and other.start < one.end
    return one is other or (overlap and one.cue.sets.get("what") == other.cue.sets.get("what"))


def _is_beside(analysis: Analysis, other: Hit, hit: Hit, when: When, taken: set[int]) -> bool:
    """ "Update the study, and drill the northern target in May": both are due in May."""
    if id(other) in taken or not other.end <= hit.start < when.start or other.cue.sets.get("what") == "review":
        return False
    between = analysis.folded[other.end : hit.start]
    joined = len(between) <= _BESIDE and " and " in between and not any(sign in between for sign in _BREAKS)
    return joined and not _OWN_VERB.search(between)


def _gap(hit: Hit, when: When) -> int:
    return max(hit.start - when.end, when.start - hit.end, 0)


def _distance(analysis: Analysis, hit: Hit, when: When) -> int:
    """The gap, longer across a comma, to an event that follows its date, and to one that another event follows."""
    between = analysis.folded[min(hit.end, when.end) : max(hit.start, when.start)]
    left = max(hit.sentence.start, hit.start - _LOOK_BACK)
    anchor = bool(
        _ANCHOR.search(analysis.folded, left, hit.start) or _CONDITION.search(analysis.folded, left, hit.start)
    )
    return _gap(hit, when) + _COMMA * ("," in between) + _FOLLOWS * (hit.start > when.start) + _FOLLOWED * anchor


def _joined(analysis: Analysis, hit: Hit, when: When) -> bool:
    between = analysis.folded[min(hit.end, when.end) : max(hit.start, when.start)]
    breaks = _BREAKS if hit.start < when.start else (*_BREAKS, ", and ")
    return not any(sign in between for sign in breaks)


def _counts(analysis: Analysis, hit: Hit, when: When, today: dt.date | None) -> bool:
    """Whether the date is due: ahead of publication, or just behind it for what is news when it has happened."""
    if _is_besides(analysis, hit, when):
        return False
    if when.kind == "vague":
        return hit.cue.sets["what"] != "review" or _gap(hit, when) <= _VAGUE_REACH
    if is_adjective(analysis, when):
        return "adjective" in hit.cue.sets and not is_old(when, today)
    if when.last is None or today is None:
        if hit.cue.sets["what"] in _TOLD_WHEN_PAST or "anytime" in hit.cue.sets:
            return True
        told = TOLD_AS_PAST.search(before(analysis, when)) or is_told(analysis, hit.sentence, when)
        return is_future(analysis, hit.sentence) and not told
    if hit.cue.sets["what"] == "permit" and _is_term(analysis, when):
        return False
    if when.last > today and is_told(analysis, hit.sentence, when):
        return False
    if when.last > today:
        return "future" not in hit.cue.sets or is_future(analysis, hit.sentence)
    if hit.cue.sets["what"] not in _TOLD_WHEN_PAST or when.kind not in ("exact", "quarter"):
        return False
    return not is_old(when, today) and not before(analysis, when).endswith(("by ", "before ", "until "))


def _is_besides(analysis: Analysis, hit: Hit, when: When) -> bool:
    """Whether a meeting is only named in a condition, or a thing only lasts until the date."""
    if hit.cue.sets["what"] == "review" and _CONDITION.search(analysis.folded, hit.sentence.start, hit.start):
        return True
    return hit.cue.sets["what"] != "effective_date" and _LASTING.search(before(analysis, when)) is not None


def _kind(analysis: Analysis, when: When) -> str:
    """A month that is named is as good as a day, unless it names a quarter ("the March 2027 quarter")."""
    if when.kind == "quarter" and when.first is not None and when.last is not None:
        named = analysis.folded.startswith((" quarter", " half"), when.end)
        named = named or analysis.folded.endswith("quarter", when.start, when.end)
        month = when.last - when.first < _MONTH and not named
        return "exact" if month else "quarter"
    return when.kind


def _is_affirmed(analysis: Analysis, hit: Hit, when: When) -> bool:
    """Whether the clause of the event has no word of denial, or one that only puts it off."""
    if _NOT_BEFORE.search(analysis.folded, hit.sentence.start, when.end):
        return True
    left = max(analysis.folded.rfind(sign, hit.sentence.start, hit.start) for sign in (",", ";", ":"))
    return _DENIED.search(analysis.folded, max(left, hit.sentence.start), max(hit.end, when.end)) is None


def _dated(analysis: Analysis, hit: Hit, when: When, today: dt.date | None) -> Mention:
    fields: dict[str, str | int] = {"what": hit.cue.sets["what"], "date_kind": _kind(analysis, when)}
    horizon = when.horizon(today)
    if horizon is not None:
        fields["horizon_months"] = horizon
    modality: Modality = "completed" if when.is_past(today) else "planned"
    return mention(
        "milestone",
        hit,
        fields=fields,
        start=min(hit.start, when.start),
        end=max(hit.end, when.end),
        modality=modality,
        date=when.iso(),
        polarity="affirmed" if _is_affirmed(analysis, hit, when) else None,
    )
