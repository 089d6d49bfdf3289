"""What kind of text this is, how far it stands from the speaker, and whether its sources have names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from facts.cue import Hit
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
#: From this weight on a cue shows how the text came about.
_TELLING = 2
_RELAYED_TWICE = frozenset({"analyst_note", "opinion_piece"})


@dataclass(slots=True)
class _Score:
    weight: float = 0.0
    hits: list[Hit] = field(default_factory=list)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Exactly one mention, at the words that say how the text came about, or else at its first sentence."""
    if not analysis.sentences:
        return
    scores = _scores(analysis)
    doc_type = _best(scores)
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
        {"doc_type": doc_type, "relay": relay, "sourcing": "anonymous" if analysis.anonymous else "named"},
        cues=tuple(dict.fromkeys(hit.cue.name for hit in [*hits, *([relayed] if relayed else [])])),
        date=analysis.published.isoformat() if analysis.published else None,
    )


def doc_type_of(analysis: Analysis) -> str:
    """The kind of text alone."""
    if "doc_type" not in analysis.known:
        analysis.known["doc_type"] = _best(_scores(analysis))
    known: str = analysis.known["doc_type"]
    return known


def _best(scores: Mapping[str, _Score]) -> str:
    best = max(scores, key=lambda name: scores[name].weight, default=_UNMARKED)
    return best if best in scores and scores[best].weight >= _FAINT else _UNMARKED


def _scores(analysis: Analysis) -> dict[str, _Score]:
    scores: dict[str, _Score] = {}
    seen: dict[str, int] = {}
    for hit in analysis.family("document"):
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


def _counts(analysis: Analysis, hit: Hit) -> bool:
    said = hit.cue.sets
    if said.get("line") and hit.start - hit.sentence.start > 12:
        return False
    return not said.get("early") or hit.sentence.paragraph < _EARLY_PARAGRAPHS


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
