"""Mentions of kind feedstock: from cues that say whose feed it is, and from feed and its plant beside words that do."""

from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import context, document, stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: How far, in characters, the words on whose feed it is may stand from it.
_REACH = 90
#: From the least to the most certain word; a paper that binds nobody takes its contract with it.
_ORDER = ("own_resource", "own_reserve", "contracted", "unspecified", "mou")
_PAPERS = ("contracted", "mou")
#: What a cue sets that finds no more than a word for feed.
_LOOSE = "open"
#: What feed is whose source is left open.
_OPEN = "unspecified"
#: A reserve is the part of a resource that is mined: who tells of one speaks of the same ground.
_LESSER, _GREATER = "own_resource", "own_reserve"
#: Parts in which feed and plant alone are worth a look.
_TELLING = READ - {"heading"}


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind feedstock, without the resource that a text tells beside its reserve."""
    found = list(_found(analysis)) or list(_loose(analysis))
    reserved = any(said.fields["status"] == _GREATER for said in found)
    yield from (said for said in found if not (reserved and said.fields["status"] == _LESSER))


def _found(analysis: Analysis) -> Iterator[Mention]:
    """Feed and plant alone count in a sentence in which no cue says more."""
    hits = analysis.family("feedstock")
    told = {hit.sentence.index for hit in hits if hit.cue.sets.get("status", _OPEN) != _OPEN}
    beside = {hit.sentence.index for hit in hits if not hit.cue.sets} - told
    for hit in hits:
        if _LOOSE in hit.cue.sets:
            continue
        if hit.cue.sets:
            if analysis.part(hit.sentence) in READ and hit.sentence.index not in beside:
                yield _signed(analysis, hit)
        elif hit.sentence.index in beside and analysis.part(hit.sentence) in _TELLING:
            yield _composed(analysis, hit)


def _signed(analysis: Analysis, hit: Hit) -> Mention:
    """What a cue says, but feed whose source it leaves open is what the paper beside it makes of it."""
    if hit.cue.sets["status"] == _OPEN and (said := _composed(analysis, hit)).fields["status"] in _PAPERS:
        return said
    return stanced.mention("feedstock", hit)


def _loose(analysis: Analysis) -> Iterator[Mention]:
    """A word for feed with the words around it that tell of a supply, where the text has nothing surer."""
    if any(said.fields.get("doc_type") == "gov_statement" for said in document.find(analysis)):
        return
    for hit in analysis.family("feedstock"):
        if _LOOSE not in hit.cue.sets or analysis.part(hit.sentence) not in _TELLING:
            continue
        roles = {word.cue.sets["role"] for _, word in context.near(analysis, "feed_role", hit, _REACH)}
        told = hit.cue.sets[_LOOSE] == "told"
        if "else" in roles or not (told or "paper" in roles or {"bring", "place"} <= roles):
            continue
        said = _composed(analysis, hit)
        if told or said.fields["status"] != _OPEN or "place" in roles:
            yield said


def _composed(analysis: Analysis, hit: Hit) -> Mention:
    """Feed and plant, and the words on whose feed it is."""
    words = (word for _, word in context.near(analysis, "feedstock_status", hit, _REACH))
    near = [word for word in words if not _apart(analysis, word, hit)]
    best = max(near, key=lambda word: _ORDER.index(word.cue.sets["status"]), default=None)
    return stanced.mention(
        "feedstock",
        hit,
        fields={"status": best.cue.sets["status"] if best else _OPEN},
        cues=(hit.cue.name, best.cue.name) if best else (hit.cue.name,),
    )


def _apart(analysis: Analysis, word: Hit, hit: Hit) -> bool:
    """Whether a semicolon parts the two."""
    return ";" in analysis.folded[min(word.end, hit.end) : max(word.start, hit.start)]
