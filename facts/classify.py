"""Which announcement class the document belongs to (vocabulary section 9).

Words speak for classes (`cues/class.toml`); a headline counts more than the first sentence, that more than the rest.
Between classes that come close the one named first in the headline is the news, and failing that the earlier test of
section 9 wins, as the vocabulary asks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from facts.cue import Hit, compiled
from facts.extractors.document import doc_type_of
from facts.fact import Fact, Span
from facts.reading import Classification
from facts.text.analysis import Analysis
from facts.text.name import names_of

#: The tests of section 9 in their order.
ORDER = (
    "rumour", "trade_measure", "policy_action", "gov_funding", "gov_framework", "gov_overture", "production_report",
    "offtake_deal", "financing_deal", "ma_deal", "partnership", "study_result", "project_milestone", "corporate_news",
)  # fmt: skip
#: What a government's own text weighs as its own act.
_ALONE = 0.8
#: What a cue's weight is multiplied by where it stands.
_HEADLINE, _SUBTITLE, _FIRST, _LEAD, _BODY = 3.0, 1.5, 1.5, 0.5, 0.2
#: A class takes this many hits from each place; in headline and first sentence one is enough.
_MOST = 3
#: Classes that reach this share of the best score are close.
_CLOSE = 0.85
#: A headline's afterthought ("following the closing of ...") is not its news, and counts this much; where the headline
#: says no more than that there is news, the rest of the lead counts like its first sentence.
_AFTERTHOUGHT = 0.4
_TAIL = (
    r"(?<=.{12}) (?:following|after|ahead of|amid|while|despite|on (?:the )?back of|as (?:it|costs?|part)"
    r"|in (?:collaboration|partnership|conjunction|cooperation) with|in (?:ramp~up|build~up) (?:to|of)"
    r"|to (?:advance|fund|support|accelerate|fuel|boost|finance|help))"
)
_TELLING, _BARE = 1.0, 1.0
#: What a paid text about a stock weighs as such: the stock is its news, unless the headline names another.
_PAID = 3.0
#: The runner-up makes the document borderline from this share of the best score.
_BORDERLINE = 0.75
_MOST_WORDS = 4
#: Where a text says what its news is.
_HEAD = frozenset({"headline", "lead"})
_GOVERNMENT_ONLY = frozenset({"trade_measure", "policy_action", "gov_framework", "gov_overture"})
_COMPANY_ONLY = frozenset(
    {
        "study_result", "project_milestone", "production_report", "corporate_news", "partnership", "ma_deal",
        "offtake_deal", "financing_deal",
    }
)  # fmt: skip


@dataclass(slots=True)
class _Score:
    weight: float = 0.0
    hits: list[Hit] = field(default_factory=list)


def classify(analysis: Analysis, facts: Sequence[Fact]) -> Classification:
    """The class, the words that decided and the runner-up."""
    scores = _scores(analysis) or _by_noun(analysis)
    if not scores:
        return Classification("corporate_news", "nothing in the text speaks for another class")
    ranked = sorted(scores, key=lambda name: (-scores[name].weight, ORDER.index(name)))
    best = scores[ranked[0]].weight
    near = [name for name in ranked if scores[name].weight >= best * _CLOSE]
    name = min(near, key=lambda name: (_place(analysis, scores[name]), ORDER.index(name)))
    runner_up = next((other for other in ranked if other != name), None)
    borderline = runner_up is not None and scores[runner_up].weight >= best * _BORDERLINE
    hits = sorted(scores[name].hits, key=lambda hit: hit.start)[:_MOST_WORDS]
    words = dict.fromkeys(analysis.text[hit.start : hit.end].strip() for hit in hits)
    because = "the text says " + ", ".join(f"“{word}”" for word in words)
    return Classification(name, because, tuple(Span(hit.start, hit.end) for hit in hits), runner_up, borderline)


def _place(analysis: Analysis, score: _Score) -> int:
    """Where the headline first speaks for the class; the length of the text where it does not."""
    places = (hit.start for hit in score.hits if analysis.part(hit.sentence) == "headline")
    return min(places, default=len(analysis.text))


def _scores(analysis: Analysis) -> dict[str, _Score]:
    doc_type = doc_type_of(analysis)
    speaker = "government" if doc_type == "gov_statement" else "company"
    first = _first_sentence(analysis)
    hits = list(_hits(analysis, first))
    telling = doc_type == "promo_material" or any(_is_telling(analysis, hit) for hit in hits)
    lead = _LEAD if telling else _BARE
    scores: dict[str, _Score] = {}
    seen: dict[tuple[str, float], int] = {}
    if doc_type == "promo_material":
        scores["corporate_news"] = _Score(_PAID)
    elif speaker == "government":
        scores["policy_action"] = _Score(_ALONE)
    for hit in hits:
        said = hit.cue.sets
        factor = _factor(analysis, hit, first, lead)
        if not factor or said.get("by", speaker) != speaker:
            continue
        count = seen[said["class"], factor] = seen.get((said["class"], factor), 0) + 1
        if count <= (1 if factor >= _FIRST else _MOST):
            score = scores.setdefault(said["class"], _Score())
            score.weight += said["weight"] * factor * _fit(said["class"], speaker)
            score.hits.append(hit)
    if not analysis.anonymous:
        scores.pop("rumour", None)
    return scores


def _by_noun(analysis: Analysis) -> dict[str, _Score]:
    """Where no wording speaks for a class, the nouns of the headline do, but for those of a name."""
    scores: dict[str, _Score] = {}
    nouns = (hit for hit in analysis.family("class") if "noun" in hit.cue.sets)
    for hit in nouns:
        named = names_of(analysis).around(hit.sentence, hit.start, hit.end)
        if analysis.part(hit.sentence) == "headline" and not named:
            score = scores.setdefault(hit.cue.sets["class"], _Score())
            score.weight += hit.cue.sets["weight"]
            score.hits.append(hit)
    return scores


def _hits(analysis: Analysis, first: int) -> Iterator[Hit]:
    """The hits at the head of the text; those below it only where the head is silent."""
    silent = True
    for sentence, part in zip(analysis.sentences, analysis.parts, strict=True):
        if part in _HEAD or sentence.index == first:
            for hit in analysis.within("class", sentence):
                if "noun" not in hit.cue.sets:
                    silent = False
                    yield hit
    if silent:
        yield from (hit for hit in analysis.family("class") if "noun" not in hit.cue.sets)


def _first_sentence(analysis: Analysis) -> int:
    below = (n for n, part in enumerate(analysis.parts) if part in ("lead", "body"))
    return next(below, -1)


def _is_telling(analysis: Analysis, hit: Hit) -> bool:
    weight: float = hit.cue.sets["weight"]
    return weight >= _TELLING and analysis.part(hit.sentence) == "headline"


def _factor(analysis: Analysis, hit: Hit, first: int, lead: float) -> float:
    if hit.sentence.index == first:
        return _FIRST
    part = analysis.part(hit.sentence)
    if part == "headline":
        tail = compiled(_TAIL).search(analysis.folded, hit.sentence.start, hit.start + 1)
        return (_SUBTITLE if hit.sentence.paragraph > 0 else _HEADLINE) * (_AFTERTHOUGHT if tail else 1.0)
    parts: Mapping[str, float] = {"lead": lead, "body": _BODY, "heading": _BODY}
    return parts.get(part, 0.0)


def _fit(name: str, speaker: str) -> float:
    """A government's own text is seldom about drilling, a company's seldom a treaty."""
    if speaker == "government":
        return 0.05 if name in _COMPANY_ONLY else 1.0
    return 0.6 if name in _GOVERNMENT_ONLY else 1.0
