"""Mentions of kind financing: which money, how far it has come, how much, and whose."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal, funding, money_hangs, money_said, moved, price_paid
from facts.mention import Mention
from facts.text import money
from facts.text.analysis import Analysis
from facts.text.money import Money

#: How far apart, in characters, a sort of money and its status may stand.
_NEAR = 130
_BEHIND = 80
#: How far a headline's round sum may lie from the exact one below it, as a share.
_ROUNDED = 0.02
#: Less than this, in any currency, is a price and no sum ("units priced at $0.40 each").
_LEAST = 1000
#: Status values, strongest evidence of form first, where two stand equally near.
_RANK = ("interest_letter", "conditional", "mentioned", "drawn", "closed", "committed", "pool")
#: What a future verb leaves of a status.
_LOWERED = {"closed": "mentioned", "committed": "mentioned", "drawn": "mentioned"}
_POOL = r"(?:funds?|support|tools|facility|envelope|package)"
_FROM = r"(?:through|under|from|via|by|with|of|pursuant to)(?: the| its| a| an)?(?: [a-z.'’-]+){0,3} ?$"
#: A paper by which nobody is held to the money that it speaks of.
_LETTER = r"(?:letters? of intent|loi|memorand(?:um|a) of understanding|mou|term ?sheet|non~binding [a-z ]{3,30}) ?$"
#: What has reached somebody.
_GIVEN = frozenset({"committed", "closed"})
#: A fund of which this is said has given.
_PAID_OUT = frozenset({"closed", "drawn"})
#: What is sold to whoever pays for it.
_SOLD = frozenset({"equity", "convertible", "warrants", "prepayment"})
#: What is agreed first and paid out later.
_SIGNED = frozenset({"debt", "grant"})
_FIELD_WORK = (
    r"(?:drill(?:ing)?|exploration|phase \w+|field)(?: \S+){0,2} (?:program(?:me)?|campaign|season|holes?)"
    r"|(?:m|metres?|meters?) drill|phase \w+ program(?:me)?"
)
#: The cue of an offering that is still to close.
_AHEAD = "financing.closing-ahead"
#: Who gives money for good; what a company has received from them was granted.
_STATE = frozenset({"government", "state_agency"})


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind financing; an unspecified sort gives way to a named one of the same status."""
    found = [mention for sentence_hits in _by_sentence(analysis) for mention in _told(analysis, sentence_hits)]
    found = [money_hangs.lowered(analysis, mention) for mention in found]
    named = [mention for mention in found if mention.fields["instrument"] != "unspecified"]
    told = {mention.fields["status"] for mention in named}
    sums = [amount for mention in named if isinstance(amount := mention.fields.get("amount"), (int, float))]
    closed = any(mention.fields["status"] == "closed" and mention.fields["instrument"] == "equity" for mention in found)
    given = {_sum_of(mention) for mention in found if _is_given(mention)}
    with_sums = {mention.fields["instrument"] for mention in found if "amount" in mention.fields}
    for mention in found:
        if _is_word_only(mention) and mention.fields["instrument"] in with_sums:
            continue  # the same money, spoken of again
        if mention.fields["status"] == "pool" and _sum_of(mention) in given:
            continue  # what somebody is given out of a fund is not the fund
        if closed and _AHEAD in mention.cues:
            continue  # what has closed waits for nothing but a formality
        amount = mention.fields.get("amount")
        if (
            mention.fields["instrument"] != "unspecified"
            or mention.fields["status"] not in told
            or _is_own(mention)
            or (isinstance(amount, (int, float)) and not any(abs(amount - known) <= _ROUNDED * known for known in sums))
        ):
            yield mention


def _is_word_only(mention: Mention) -> bool:
    """Whether a mention has no sum and no cue of its own."""
    return "amount" not in mention.fields and mention.cues[0].startswith("money_words")


def _is_given(mention: Mention) -> bool:
    sort = mention.fields["instrument"] in ("grant", "equity")
    return sort and mention.fields["status"] in _GIVEN and "amount" in mention.fields


def _sum_of(mention: Mention) -> tuple[int, Any]:
    """A sum, by its sentence."""
    return mention.sentence.index, mention.fields.get("amount")


def _told(analysis: Analysis, hits: Sequence[Hit]) -> list[Mention]:
    """What the sorts of money and their statuses say; where they say nothing, what a sum and a verb beside it say."""
    named = [hit for hit in hits if hit.cue.sets]
    found = list(_read(analysis, named, list(_sums(analysis, named[0])))) if named else []
    if not found:
        sums = list(_sums(analysis, hits[0]))
        found = money_said.told(analysis, hits[0].sentence, sums)
        if not found and moved.is_moved(analysis, hits[0].sentence):
            found = list(moved.told(analysis, hits[0], sums))
    return found


def _is_own(mention: Mention) -> bool:
    return mention.fields.get("funder_type") == "company" or "financing.consideration" in mention.cues


def _by_sentence(analysis: Analysis) -> Iterator[list[Hit]]:
    hits = deal.read(analysis, "financing")
    for _, group in groupby(hits, key=lambda hit: hit.sentence.index):
        named = list(group)
        statuses = analysis.within("financing_status", named[0].sentence) if _needs_status(named) else ()
        yield sorted([*named, *statuses], key=lambda hit: (hit.start, hit.end))


def _needs_status(hits: Sequence[Hit]) -> bool:
    return any("instrument" in hit.cue.sets for hit in hits)


def _read(analysis: Analysis, hits: Sequence[Hit], sums: Sequence[Money]) -> Iterator[Mention]:
    statuses = [hit for hit in hits if "status" in hit.cue.sets and not {"own", "alone"} & hit.cue.sets.keys()]
    taken: set[int] = set()
    for hit in _apart(analysis, [hit for hit in hits if "instrument" in hit.cue.sets and "whole" not in hit.cue.sets]):
        status = hit if "status" in hit.cue.sets else _nearest(hit, statuses)
        if mention := _mention(analysis, hit, status, sums):
            taken.add(status.start if status else -1)
            yield mention
    for hit in hits:
        if "whole" in hit.cue.sets and hit.start not in taken and not deal.negated(analysis, hit.sentence, hit.start):
            if mention := _mention(analysis, hit, hit, sums):
                yield mention
        elif "consideration" in hit.cue.sets and (mention := price_paid.mention(analysis, hit, sums)):
            yield mention


def _sums(analysis: Analysis, hit: Hit) -> Iterator[Money]:
    found = money.find(analysis.text, analysis.folded, hit.sentence.start, hit.sentence.end)
    return (item for item in found if not item.rate and item.amount >= _LEAST)


def _apart(analysis: Analysis, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Of overlapping hits the longest; of "funding" beside "grant" only the grant, not the programme it comes from."""
    letters = [hit for hit in hits if hit.cue.sets["instrument"] == "agency_letter"]
    named = letters or [hit for hit in hits if hit.cue.sets["instrument"] != "unspecified"]
    others = [hit for hit in named if hit.cue.sets["instrument"] != "programme"]
    if others:
        named = [hit for hit in named if hit in others or not _is_source(analysis, hit)]
    end = -1
    for hit in sorted(named or hits, key=lambda item: (item.start, -item.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _is_source(analysis: Analysis, hit: Hit) -> bool:
    """Whether a programme is only where the grant or the loan of its sentence comes from."""
    return compiled(_FROM).search(deal.before(analysis, hit.sentence, hit.start)) is not None


def _nearest(hit: Hit, statuses: Sequence[Hit]) -> Hit | None:
    """The status that stands nearest, before rather than after."""
    close = [item for item in statuses if item is not hit and _is_close(hit, item)]
    near = [(_gap(hit, other), _RANK.index(other.cue.sets["status"]), other) for other in close]
    if hit.cue.sets["instrument"] in _SIGNED:  # "worth" tells how much, not how far
        near = [item for item in near if item[2].cue.sets["status"] != "pool"] or near
    if hit.cue.sets["instrument"] in _SOLD:  # securities are not put aside for somebody
        near = [item for item in near if item[2].cue.sets["status"] != "pool"]
    near = [item for item in near if item[2].cue.name == "financing.term-sheet"] or near
    if hit.cue.sets["instrument"] in _SIGNED:  # a loan of which some is drawn is drawn, whatever was signed before
        near = [item for item in near if item[2].cue.sets["status"] == "drawn"] or near
    return min(near, key=lambda item: (item[0], item[1]))[2] if near else None


def _is_close(hit: Hit, other: Hit) -> bool:
    """Whether a status stands near enough: before the money it may be further away than behind it."""
    return hit.start - other.end <= _NEAR and other.start - hit.end <= _BEHIND


def _gap(hit: Hit, other: Hit) -> int:
    if other.end <= hit.start:
        return hit.start - other.end
    return 2 * max(0, other.start - hit.end)


def _mention(analysis: Analysis, hit: Hit, status: Hit | None, sums: Sequence[Money]) -> Mention | None:
    if _is_denied(analysis, hit, status):
        return None
    instrument = hit.cue.sets.get("instrument", "unspecified")
    value = status.cue.sets["status"] if status else None
    stance = deal.split(status)[1] if status else {}
    if instrument == "programme":
        instrument = _out_of_fund(analysis, hit, value, sums)
    if instrument == "programme":
        value = _programme(analysis, hit, value, sums)
        instrument = "grant" if value == "mentioned" and _asked(analysis, hit) else instrument
        stance = {name: value for name, value in stance.items() if value == "planned"}
    elif status is None:
        return None
    governor = deal.governor(analysis, hit.sentence, status.start) if status else None
    if value == "committed" and hit is status and _in_letter(analysis, hit):
        governor = governor or "proposed"
    if value in _LOWERED and governor:
        value, stance = _LOWERED[value], {"modality": governor}
    bare = instrument == "unspecified" and value in ("closed", "committed", "pool") and not sums and hit is not status
    if value is None or bare:
        return None
    if analysis.anonymous and value == "mentioned":
        stance["modality"] = "rumoured"
    if deal.refuted(analysis, hit.sentence):
        stance["polarity"] = "denied"
    fields = _fields(analysis, hit, value, instrument) | funding.amount(hit, sums)
    first, last = _span(hit, status, sums)
    cues = tuple(dict.fromkeys(item.cue.name for item in (hit, status) if item))
    same = f"{fields['status']} {fields['instrument']}"
    return Mention("financing", hit.sentence, first, last, fields, cues=cues, same=same, **stance)


def _out_of_fund(analysis: Analysis, hit: Hit, value: str | None, sums: Sequence[Money]) -> str:
    """The sort of money that somebody has out of a fund: a grant if it is paid, a loan if it is said on conditions."""
    if value in _PAID_OUT and sums and _is_source(analysis, hit):
        return "grant"
    return "conditional_loan" if value == "conditional" else "programme"


def _in_letter(analysis: Analysis, hit: Hit) -> bool:
    return compiled(_LETTER).search(deal.before(analysis, hit.sentence, hit.start)) is not None


def _is_denied(analysis: Analysis, hit: Hit, status: Hit | None) -> bool:
    """Whether the money or its status is denied, or money called paid is only to be paid if something happens."""
    places = [hit, status] if status else [hit]
    if any(deal.negated(analysis, hit.sentence, item.start) or deal.only_condition(analysis, item) for item in places):
        return True
    if status is None or status.cue.sets["status"] not in _PAID_OUT:
        return False
    governed = deal.governor(analysis, hit.sentence, status.start)
    return governed is None and deal.not_yet(analysis, hit.sentence, status.start, status.end)


def _fields(analysis: Analysis, hit: Hit, value: str, instrument: str) -> dict[str, Any]:
    """Status and sort of money as they fit each other, and whose money it is."""
    if value == "pool" and instrument == "unspecified":
        instrument = "programme"
    if value == "committed" and "of" in hit.cue.sets and deal.within(analysis, _FIELD_WORK, hit.sentence):
        value = "mentioned"  # a season's drilling is paid for; the mine is not
    value = funding.fitting(analysis, hit.sentence, value, instrument)
    fields: dict[str, Any] = {"instrument": instrument, "status": value}
    fields |= funding.funder(analysis, hit, instrument) | funding.covers(analysis, hit)
    if (value, instrument) == ("closed", "unspecified") and fields.get("funder_type") in _STATE:
        fields |= {"status": "committed", "instrument": "grant"}
    if hit.cue.sets.get("own"):
        fields |= {"funder_named": "yes", "funder_type": "company"}
    return fields


def _programme(analysis: Analysis, hit: Hit, value: str | None, sums: Sequence[Money]) -> str | None:
    """A fund or an envelope is a pool, whoever it is open to; programmes that a company means to tap are a mention."""
    if value == "mentioned" and _asked(analysis, hit):
        return "mentioned"
    if value == "mentioned" and not sums and not compiled(_POOL).search(analysis.folded, hit.start, hit.end):
        return "mentioned"
    return "pool" if sums or value else None


def _asked(analysis: Analysis, hit: Hit) -> bool:
    """Whether somebody has applied to the programme, which makes no pool of it."""
    return any(other.cue.name == "financing.applied" for other in analysis.within("financing_status", hit.sentence))


def _span(hit: Hit, status: Hit | None, sums: Sequence[Money]) -> tuple[int, int]:
    """From the status to the sort of money, with a sum that stands between or right beside them."""
    first = min(hit.start, status.start) if status else hit.start
    last = max(hit.end, status.end) if status else hit.end
    for item in sums:
        if last <= item.start <= last + 30 or first - 30 <= item.end <= first:
            first, last = min(first, item.start), max(last, item.end)
    return first, last
