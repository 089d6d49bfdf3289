"""Mentions of kind financing: which money, how far it has come, how much, and whose."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal
from facts.extractors.condition import hangs
from facts.mention import Mention
from facts.text import money
from facts.text.analysis import Analysis
from facts.text.money import Money

#: How far apart, in characters, a sort of money and its status may stand.
_NEAR = 130
#: Less than this, in any currency, is a price and no sum ("units priced at $0.40 each").
_LEAST = 1000
#: Status values, strongest evidence of form first, where two stand equally near.
_RANK = ("interest_letter", "conditional", "mentioned", "drawn", "closed", "committed", "pool")
#: What a future verb leaves of a status.
_LOWERED = {"closed": "mentioned", "committed": "mentioned", "drawn": "mentioned"}
_POOL = r"(?:funds?|support|tools|facility|envelope|package)"
_IN_SHARES = r"(?:stock consideration|equity of|share consideration|value it at)"
#: Grants are awarded, not closed; shares are paid in, not drawn.
_FITTING = {("closed", "grant"): "committed", ("drawn", "equity"): "closed"}
#: Sentences around a consideration in which the deal may hang on conditions.
_CONDITIONS = 6

_NAMED = re.compile(
    r"(?:from|by|with|as|of|via|to) (?:the |its |a |an )?(?P<name>[A-Z][\w&.'\u2019-]+(?: [A-Z][\w&.'\u2019-]+)*)"
)
_NO_FUNDER = re.compile(
    r"(?:The|This|Private|Company|Offering|Placement|Agreement|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|US|C|A|Units?|Q[1-4]|TSX|CSE|ASX)$"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind financing; an unspecified sort gives way to a named one of the same status."""
    found = [mention for sentence_hits in _by_sentence(analysis) for mention in _read(analysis, sentence_hits)]
    named = [mention for mention in found if mention.fields["instrument"] != "unspecified"]
    told = {mention.fields["status"] for mention in named}
    sums = {mention.fields.get("amount") for mention in named}
    for mention in found:
        amount = mention.fields.get("amount")
        if (
            mention.fields["instrument"] != "unspecified"
            or mention.fields["status"] not in told
            or _is_own(mention)
            or (amount is not None and amount not in sums)
        ):
            yield mention


def _is_own(mention: Mention) -> bool:
    return mention.fields.get("funder_type") == "company" or "financing.consideration" in mention.cues


def _by_sentence(analysis: Analysis) -> Iterator[list[Hit]]:
    hits = deal.read(analysis, "financing")
    for _, group in groupby(hits, key=lambda hit: hit.sentence.index):
        yield list(group)


def _read(analysis: Analysis, hits: Sequence[Hit]) -> Iterator[Mention]:
    sums = list(_sums(analysis, hits[0]))
    statuses = [hit for hit in hits if "status" in hit.cue.sets and not {"own", "alone"} & hit.cue.sets.keys()]
    taken: set[int] = set()
    for hit in _apart([hit for hit in hits if "instrument" in hit.cue.sets and "whole" not in hit.cue.sets]):
        status = hit if "status" in hit.cue.sets else _nearest(hit, statuses)
        if mention := _mention(analysis, hit, status, sums):
            taken.add(status.start if status else -1)
            yield mention
    for hit in hits:
        if "whole" in hit.cue.sets and hit.start not in taken and not deal.negated(analysis, hit.sentence, hit.start):
            if mention := _mention(analysis, hit, hit, sums):
                yield mention
        elif "consideration" in hit.cue.sets and (mention := _consideration(analysis, hit, sums)):
            yield mention


def _sums(analysis: Analysis, hit: Hit) -> Iterator[Money]:
    found = money.find(analysis.text, analysis.folded, hit.sentence.start, hit.sentence.end)
    return (item for item in found if not item.rate and item.amount >= _LEAST)


def _apart(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Of overlapping hits the longest; of "funding" beside "grant" only the grant."""
    letters = [hit for hit in hits if hit.cue.sets["instrument"] == "agency_letter"]
    named = letters or [hit for hit in hits if hit.cue.sets["instrument"] != "unspecified"]
    end = -1
    for hit in sorted(named or hits, key=lambda item: (item.start, -item.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _nearest(hit: Hit, statuses: Sequence[Hit]) -> Hit | None:
    """The status that stands nearest, before rather than after."""
    near = [(_gap(hit, other), _RANK.index(other.cue.sets["status"]), other) for other in statuses if other is not hit]
    near = [item for item in near if item[0] <= _NEAR]
    if hit.cue.sets["instrument"] == "debt":  # a loan of which some is drawn is drawn, whatever was signed before
        near = [item for item in near if item[2].cue.sets["status"] == "drawn"] or near
    return min(near, key=lambda item: (item[0], item[1]))[2] if near else None


def _gap(hit: Hit, other: Hit) -> int:
    if other.end <= hit.start:
        return hit.start - other.end
    return 2 * max(0, other.start - hit.end)


def _mention(analysis: Analysis, hit: Hit, status: Hit | None, sums: Sequence[Money]) -> Mention | None:
    if deal.negated(analysis, hit.sentence, hit.start) or (
        status and deal.negated(analysis, hit.sentence, status.start)
    ):
        return None
    instrument = hit.cue.sets.get("instrument", "unspecified")
    value = status.cue.sets["status"] if status else None
    stance = deal.split(status)[1] if status else {}
    if instrument == "programme":
        value = _programme(analysis, hit, value, sums)
        stance = {name: value for name, value in stance.items() if value == "planned"}
    if value is None or (status is None and instrument != "programme"):
        return None
    if value in _LOWERED and status is not None and deal.governor(analysis, hit.sentence, status.start):
        value = _LOWERED[value]
        stance = {"modality": deal.governor(analysis, hit.sentence, status.start)}
    if instrument == "unspecified" and value in ("closed", "committed", "pool") and not sums and hit is not status:
        return None
    if value == "pool" and instrument == "unspecified":
        instrument = "programme"
    value = _FITTING.get((value, instrument), value)
    fields: dict[str, Any] = {"instrument": instrument, "status": value}
    fields |= _amount(hit, sums) | _funder(analysis, hit) | _covers(analysis, hit)
    if hit.cue.sets.get("own"):
        fields |= {"funder_named": "yes", "funder_type": "company"}
    if analysis.anonymous and value == "mentioned":
        stance["modality"] = "rumoured"
    if deal.refuted(analysis, hit.sentence):
        stance["polarity"] = "denied"
    first, last = _span(hit, status, sums)
    cues = tuple(dict.fromkeys(item.cue.name for item in (hit, status) if item))
    return Mention("financing", hit.sentence, first, last, fields, cues=cues, same=f"{value} {instrument}", **stance)


def _programme(analysis: Analysis, hit: Hit, value: str | None, sums: Sequence[Money]) -> str | None:
    """A fund or an envelope is a pool, whoever it is open to; programmes that a company means to tap are a mention."""
    if value == "mentioned" and not sums and not compiled(_POOL).search(analysis.folded, hit.start, hit.end):
        return "mentioned"
    return "pool" if sums or value else None


def _consideration(analysis: Analysis, hit: Hit, sums: Sequence[Money]) -> Mention | None:
    """What a buyer pays: as firm as the deal it belongs to."""
    after = [item for item in sums if 0 <= item.start - hit.end <= _NEAR]
    if not after:
        return None
    hoped = deal.governor(analysis, hit.sentence, hit.start) is not None
    status = _price_status(analysis, hit, hoped)
    instrument = "equity" if deal.within(analysis, _IN_SHARES, hit.sentence) else "unspecified"
    fields = {"instrument": instrument, "status": status, "funder_named": "yes", "funder_type": "acquirer"}
    fields |= _amount(hit, after)
    modality: dict[str, Any] = {} if hoped else {"modality": "proposed" if status == "mentioned" else "agreed"}
    end = max(hit.end, after[0].end)
    cues = (hit.cue.name,)
    return Mention("financing", hit.sentence, hit.start, end, fields, cues=cues, same=f"{status} price", **modality)


def _price_status(analysis: Analysis, hit: Hit, hoped: bool) -> str:
    """Paid, promised on conditions, or only part of a letter."""
    if analysis.folded[hit.start : hit.end].startswith(("paid", "pays")):
        return "closed"
    forms = {other.cue.sets.get("form") for other in deal.read(analysis, "commitment")}
    promised = analysis.folded[hit.start : hit.end].startswith(("will", "agreed"))
    if (hoped and not promised) or forms & {"loi", "mou", "term_sheet"}:
        return "mentioned"
    if hangs(analysis, hit.sentence, _CONDITIONS):
        return "conditional"
    return "closed" if "closed" in forms and not promised else "committed"


def _amount(hit: Hit, sums: Sequence[Money]) -> dict[str, Any]:
    if not sums:
        return {}
    nearest = min(sums, key=lambda item: max(item.start - hit.end, hit.start - item.end))
    found: dict[str, Any] = {"amount_stated": "yes", "amount": nearest.number}
    if nearest.currency:
        found["currency"] = nearest.currency
    return found


def _funder(analysis: Analysis, hit: Hit) -> dict[str, Any]:
    folded, start, end = analysis.folded, hit.sentence.start, hit.sentence.end
    for kind in deal.lexicon("financing")["funder"]:
        if compiled(kind["pattern"]).search(folded, start, end):
            return {"funder_named": "yes", "funder_type": kind["funder_type"]}
    for match in _NAMED.finditer(analysis.text, start, end):
        if not _NO_FUNDER.match(match["name"].split()[0]):
            return {"funder_named": "yes"}
    return {}


def _covers(analysis: Analysis, hit: Hit) -> dict[str, Any]:
    """How much of what the plant costs the money of this sentence pays, where the text says so."""
    for share in deal.lexicon("financing")["covers"]:
        if deal.within(analysis, share["pattern"], hit.sentence):
            return {"covers_capex": share["share"]}
    return {}


def _span(hit: Hit, status: Hit | None, sums: Sequence[Money]) -> tuple[int, int]:
    """From the status to the sort of money, with a sum that stands between or right beside them."""
    first = min(hit.start, status.start) if status else hit.start
    last = max(hit.end, status.end) if status else hit.end
    for item in sums:
        if last <= item.start <= last + 30 or first - 30 <= item.end <= first:
            first, last = min(first, item.start), max(last, item.end)
    return first, last
