"""Mentions of kind china_link: from cues that say it at once, and from a name in China beside words for its part."""

import re
from collections.abc import Iterator
from dataclasses import replace

from facts.cue import Hit
from facts.extractors import context, stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

_LEXICON = "china_role"
#: How far from the name, in characters, the words on its part may stand, how far a denial, what ends a clause before.
_REACH = 120
_SHARE = re.compile(r"\d ?(?:%|per ?cent)")
_DENYING = 45
_STOP = re.compile(r";|,? (?:but|while|whereas|although|however|unlike)(?!\w)")
#: What a name may be, the surest first: a form counts with a hit of each of its parts.
_PARTS: dict[str, tuple[str, ...]] = {
    "shareholder_major": ("noun", "verb"),
    "embedded_partner": ("noun",),
    "equipment": ("noun", "verb"),
    "technology": ("noun", "verb"),
    "offtaker": ("noun",),
    "processing_outside_only": ("noun", "verb"),
    "feedstock": ("noun", "verb"),
}
#: A country's ore may be smelted there; the world's is no link of anybody.
_NONE = "none_claimed"
_SENT = "processing_outside_only"
_DENIED = re.compile(r"(?<!\w)(?:no|not|nothing|none|never|without|neither|nor|free (?:of|from)|independent)(?!\w)")


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind china_link; a name alone is weighed in a sentence in which no cue says more."""
    hits = [hit for hit in analysis.family("china_link") if analysis.part(hit.sentence) in READ]
    told = {hit.sentence.index for hit in hits if hit.cue.sets}
    for hit in hits:
        if hit.cue.sets:
            if hit.cue.sets["form"] == _NONE or not _is_general(analysis, hit):
                yield stanced.mention("china_link", hit)
        elif hit.sentence.index not in told and (form := _part(analysis, hit)):
            yield stanced.mention("china_link", hit, fields={"form": form}, polarity="affirmed")


def _is_general(analysis: Analysis, hit: Hit) -> bool:
    """Whether the clause denies it, is of the world's supply or of a measure, or gives a region's share."""
    start, end = _clause(analysis, hit)
    if _DENIED.search(analysis.folded, max(start, hit.start - _DENYING), hit.start):
        return True
    words = context.hits(analysis, _LEXICON, replace(hit.sentence, start=start, end=end))
    roles = {word.cue.sets["role"] for word in words if word.cue.sets["part"] == "general"}
    return bool(roles - {"market"}) or ("market" in roles and _SHARE.search(analysis.folded, start, end) is not None)


def _part(analysis: Analysis, hit: Hit) -> str | None:
    """What the clause around a name makes of it."""
    start, end = _clause(analysis, hit)
    if _DENIED.search(analysis.folded, max(start, hit.start - _DENYING), hit.start):
        return None
    words = context.hits(analysis, _LEXICON, replace(hit.sentence, start=start, end=end))
    found = {(word.cue.sets["role"], word.cue.sets["part"]) for word in words}
    general = {role for role, part in found if part == "general"}
    for form, parts in _PARTS.items():
        if all((form, part) in found for part in parts):
            return None if general - ({"market"} if form == _SENT else set()) else form
    return None


def _clause(analysis: Analysis, hit: Hit) -> tuple[int, int]:
    start, end = max(hit.sentence.start, hit.start - _REACH), min(hit.sentence.end, hit.end + _REACH)
    before = [stop.end() for stop in _STOP.finditer(analysis.folded, start, hit.start)]
    after = _STOP.search(analysis.folded, hit.end, end)
    return max([start, *before]), after.start() if after else end
