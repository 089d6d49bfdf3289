"""Restrictions of trade by a government: which, how far it has come, and by whom."""

from collections.abc import Iterator, Mapping

from facts.cue import Hit, compiled
from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.fact import Layer
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.place import places

#: How far from the measure, in characters, the words for its status may stand.
_REACH = 110
#: The part that says what the news is.
_HEAD = "headline"
#: What stands right before a measure that follows another, and how far before it, in characters, at most.
_IN_PLACE, _CLOSE = r"(?:replaced (?:by|with)|in favou?r of|give way to|gives way to)(?: [a-z-]+){0,4} ?$", 60
#: What stands right before a measure that a state promises not to take.
_RENOUNCED = (
    r"(?:not to|refrain\w* from) (?:ban|impos|restrict|limit|introduc|levy|apply|us)\w*(?: [a-z]+){0,4} ?$"
    r"|not to ?$"
)
#: Of several statuses in reach the first of these is meant: what ends or hedges a measure outweighs what began it.
_ORDER = ("repealed", "suspended", "contested", "threatened", "investigated", "in_force", "announced")
#: Bodies that stand for a state and are not places.
_BODIES: Mapping[str, str] = {
    "president trump": "United States", "president biden": "United States", "white house": "United States",
    "the president": "United States", "brussels": "European Union", "european commission": "European Union",
    "european union": "European Union",
}  # fmt: skip


def find(analysis: Analysis) -> Iterator[Mention]:
    """One mention for each measure named; it is the news only where a headline, a lead or a government names it."""
    hits = [hit for hit in analysis.family("trade_measure") if "mtype" in hit.cue.sets and _counts(analysis, hit)]
    is_news = _is_news(analysis, hits)
    headed = {_imposer(analysis, hit) for hit in hits if analysis.part(hit.sentence) == _HEAD}
    statuses = [_status(analysis, hit) for hit in hits]
    known = {hit.cue.sets["mtype"] for hit, status in zip(hits, statuses, strict=True) if status}
    for hit, status in zip(hits, statuses, strict=True):
        fields: dict[str, str | int | float] = {"mtype": hit.cue.sets["mtype"]}
        if status or hit.cue.sets["mtype"] not in known:
            fields["status"] = status or "in_force"
        if imposer := _imposer(analysis, hit):
            fields["imposer"] = imposer
        told_before = status in (None, "in_force") and bool(headed) and bool(imposer) and imposer not in headed
        layer: Layer | None = None
        if not is_news or (analysis.part(hit.sentence) != _HEAD and (told_before or _is_history(analysis, hit))):
            layer = "backdrop"
        # Goods that are exempt from a tariff leave it in force.
        yield Mention(
            "trade_measure",
            hit.sentence,
            hit.start,
            hit.end,
            fields,
            imposer,
            cues=(hit.cue.name,),
            polarity="affirmed" if hit.cue.sets["mtype"] == "tariff" else None,
            layer=layer,
        )


def _counts(analysis: Analysis, hit: Hit) -> bool:
    if analysis.part(hit.sentence) not in READ:
        return False
    if compiled(_RENOUNCED).search(analysis.folded, max(hit.sentence.start, hit.start - _CLOSE), hit.start):
        return False
    near = analysis.within("trade_measure", hit.sentence)
    return not hit.cue.sets.get("weak") or any(other.cue.sets.get("goods") for other in near)


def _is_news(analysis: Analysis, hits: list[Hit]) -> bool:
    if any(analysis.part(hit.sentence) == "headline" for hit in hits):
        return True
    return bool(hits) and doc_type_of(analysis) in ("gov_statement", "opinion_piece")


def _is_history(analysis: Analysis, hit: Hit) -> bool:
    """Whether the sentence of a measure dates it, and no date of it is of this year or later."""
    if analysis.published is None:
        return False
    years = list(analysis.years(hit.sentence.start, hit.sentence.end))
    return bool(years) and max(years) < analysis.published.year


def _status(analysis: Analysis, hit: Hit) -> str | None:
    """How far a measure has come; one that takes the place of another has only been announced."""
    if compiled(_IN_PLACE).search(analysis.folded, max(hit.sentence.start, hit.start - _CLOSE), hit.start):
        return "announced"
    near = {
        other.cue.sets["status"]
        for other in analysis.within("trade_measure", hit.sentence)
        if "status" in other.cue.sets and hit.start - _REACH <= other.start and other.end <= hit.end + _REACH
    }
    return next((status for status in _ORDER if status in near), None)


def _imposer(analysis: Analysis, hit: Hit) -> str:
    """The state that stands last before the measure, or else first after it, in the sentence."""
    start, end = hit.sentence.start, hit.sentence.end
    found = [(place.start, place.country) for place in places(analysis.text, start, end)]
    for word, state in _BODIES.items():
        at = analysis.folded.find(word, start, end)
        found += [(at, state)] if at >= 0 else []
    before = [place for place in found if place[0] < hit.end]
    return max(before)[1] if before else min(found)[1] if found else ""
