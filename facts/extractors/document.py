"""What kind of text this is, how far it stands from the speaker, and whether its sources have names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from facts.cue import Hit, compiled
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: What a cue weighs by the part it stands in. Disclaimers tell who paid for a text, contact lines who sent it.
_WEIGHT: Mapping[str, float] = {
    "headline": 1.5, "lead": 1.5, "body": 1.0, "heading": 1.0, "about": 0.6, "boilerplate": 0.6, "contact": 0.6,
    "furniture": 0.5,
}  # fmt: skip
#: A cue marked `early` counts within the first lines only: their number, as paragraphs.
_EARLY_PARAGRAPHS = 6
#: The same cue counts this often at most.
_MOST = 3
#: Who speaks for himself.
_FIRST_HAND = frozenset({"gov_statement", "exchange_filing", "company_release", "social_post"})
#: What a text is that no cue speaks for, or not louder than a name of a firm would.
_UNMARKED, _FAINT = "news_report", 1.3
#: A brief of a stock brand ("MetalNewsBreaks - Corvane Metals ..."): how its headline begins, and what its first words
#: say if it passes on an announcement; and the words by which it owns up to be paid for.
_DIGEST = r"[a-z&]{3,20}(?:news)?(?:breaks|briefs|flash|alert)(?= ?[-\u2013\u2014:])"
_PASSED_ON = (
    r"(?<=\))(?:, [^;]{3,200}?,)? (?:today |recently |just )?(?:announced|reported|released|highlighted|launched|closed"
    r"|has (?:discovered|engaged|closed|launched|signed|received|completed|entered|acquired|reported))(?! ibn)"
)
_FOR_PAY = r"may include paid advertising|disseminated on behalf of"
_NEAR = 260
#: Before a line's first words stand a few characters at most, or a dateline.
_INDENT = 12
#: A release gives the year, after which "the" may stand; a reporter does not.
_DATELINE = re.compile(
    r"[^;]{3,70}\d[^;]{0,20}[-.:)] ?-? ?|[^;]{3,60}20\d\d ?[-.:,)\u2013\u2014/ ]{1,6}(?:the |today,? |today,? the )?"
)
#: From this weight on a cue shows how the text came about.
_TELLING = 2
_RELAYED_TWICE = frozenset({"analyst_note", "opinion_piece"})


@dataclass(slots=True)
class _Score:
    weight: float = 0.0
    hits: list[Hit] = field(default_factory=list)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Exactly one mention, at the words that say how the text came about, or else at its first sentence."""
    if "document" not in analysis.known:  # nearly every kind asks
        analysis.known["document"] = tuple(_find(analysis))
    yield from analysis.known["document"]


def _find(analysis: Analysis) -> Iterator[Mention]:
    if not analysis.sentences:
        return
    scores = _scores(analysis)
    doc_type = doc_type_of(analysis)
    hits = scores[doc_type].hits if doc_type in scores else []
    relay, relayed = _relay(analysis, doc_type)
    # Where nothing says it better than "Ltd", the headline stands for the text.
    told = [hit for hit in hits if hit.cue.sets["weight"] >= _TELLING]
    place = relayed or max(told, key=lambda hit: hit.cue.sets["weight"], default=None) or analysis.sentences[0]
    yield Mention(
        "document",
        place.sentence if isinstance(place, Hit) else place,
        place.start,
        place.end,
        {"doc_type": doc_type, "relay": relay, "sourcing": _sourcing(analysis, relay)},
        cues=tuple(dict.fromkeys(hit.cue.name for hit in [*hits, *([relayed] if relayed else [])])),
        date=analysis.published.isoformat() if analysis.published else None,
    )


def _sourcing(analysis: Analysis, relay: str) -> str:
    """Of named people alone, of unnamed alone, or of both; whoever speaks for himself has a name."""
    if analysis.anonymous:
        return "anonymous"
    unnamed = relay != "first_hand" and any(
        "unnamed" in hit.cue.sets and analysis.part(hit.sentence) in READ for hit in analysis.family("document")
    )
    return "mixed" if unnamed else "named"


def doc_type_of(analysis: Analysis) -> str:
    """The kind of text alone."""
    if "doc_type" not in analysis.known:
        best = _best(_scores(analysis))
        analysis.known["doc_type"] = "news_report" if best == "promo_material" and _is_digest(analysis) else best
    known: str = analysis.known["doc_type"]
    return known


def _is_digest(analysis: Analysis) -> bool:
    """A stock brand's brief that does no more than pass on what a company announced, and does not say it was paid."""
    if not compiled(_DIGEST).match(analysis.folded):
        return False
    lead = next((one for one, part in zip(analysis.sentences, analysis.parts, strict=True) if part == "lead"), None)
    if lead is None or not compiled(_PASSED_ON).search(analysis.folded, lead.start, min(lead.end, lead.start + _NEAR)):
        return False
    return not compiled(_FOR_PAY).search(analysis.folded)


def _best(scores: Mapping[str, _Score]) -> str:
    best = max(scores, key=lambda name: scores[name].weight, default=_UNMARKED)
    return best if best in scores and scores[best].weight >= _FAINT else _UNMARKED


def _scores(analysis: Analysis) -> dict[str, _Score]:
    scores: dict[str, _Score] = {}
    seen: dict[str, int] = {}
    for hit in (*analysis.family("document"), *_head(analysis)):
        said = hit.cue.sets
        if "doc_type" not in said or not _counts(analysis, hit):
            continue
        seen[hit.cue.name] = seen.get(hit.cue.name, 0) + 1
        if seen[hit.cue.name] > _MOST:
            continue
        score = scores.setdefault(said["doc_type"], _Score())
        again = 1.0 if seen[hit.cue.name] == 1 else 0.25
        score.weight += said["weight"] * _WEIGHT[analysis.part(hit.sentence)] * again
        score.hits.append(hit)
    return scores


def _head(analysis: Analysis) -> Iterator[Hit]:
    """Cues that say something in the first lines only, and stand in every second sentence further down."""
    for sentence in analysis.sentences:
        if sentence.paragraph >= _early(analysis):
            return
        yield from analysis.within("document_head", sentence)


def _early(analysis: Analysis) -> int:
    """How many paragraphs are the first lines: down to the one that the text begins with below headline and bullets."""
    if "early lines" not in analysis.known:
        leads = (one.paragraph for one, part in zip(analysis.sentences, analysis.parts, strict=True) if part == "lead")
        analysis.known["early lines"] = max(_EARLY_PARAGRAPHS, next(leads, 0) + 1)
    lines: int = analysis.known["early lines"]
    return lines


def _counts(analysis: Analysis, hit: Hit) -> bool:
    said = hit.cue.sets
    if said.get("line") and not _opens(analysis, hit):
        return False
    return not said.get("early") or hit.sentence.paragraph < _early(analysis)


def _opens(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words stand at the beginning of their sentence, but for a dateline."""
    before = analysis.folded[hit.sentence.start : hit.start]
    return len(before) <= _INDENT or _DATELINE.fullmatch(before) is not None


def _relay(analysis: Analysis, doc_type: str) -> tuple[str, Hit | None]:
    """How many hops, and the words that say so."""
    said: dict[str, Hit] = {}
    for hit in analysis.family("document"):
        if "relay" in hit.cue.sets and _counts(analysis, hit):
            said.setdefault(hit.cue.sets["relay"], hit)
    if doc_type in _FIRST_HAND:
        comment = said.get("second_hand")
        headed = comment and analysis.part(comment.sentence) == "headline" and doc_type == "company_release"
        return ("second_hand", comment) if headed else ("first_hand", None)
    if doc_type in _RELAYED_TWICE and "third_hand" in said:
        return "third_hand", said["third_hand"]
    return "second_hand", None
