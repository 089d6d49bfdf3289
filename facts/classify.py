"""Which announcement class the document belongs to (vocabulary section 9).

Words speak for classes (`cues/class.toml`); a headline counts more than the first sentence, that more than the rest.
Between classes that come close the one named first in the headline is the news, and failing that the earlier test of
section 9 wins, as the vocabulary asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facts.class_words import COMPANY_ONLY, GOVERNMENT_ONLY, Word, words_of
from facts.cue import compiled
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
    r"|to (?:advance|fund|support|accelerate|fuel|boost|finance|help|restart|reopen|complete))"
)
_TELLING, _BARE = 1.0, 1.0
#: What stands above a headline: the sort of text, its date, who speaks.
_LABEL = (
    r"(?:asx|market|media|press|news|stock exchange|regulatory|company|ad~hoc|corporate) (?:and media )?(?:announcement"
    r"|release|notice|statement|news|information)s?(?:[ :|-]{0,80}\d{1,2} [a-z]{3,9} 20\d\d)?[ .:|]{0,3}$"
    r"|for immediate release.*|(?:the )?hon(?:ou?rable|\.)? [^.;]{3,60}$|minister (?:for|of) [a-z, ]{3,80}$"
    r"|(?:\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2},?) 20\d\d$|[^.;:]{2,60} \([a-z]{2,6}: ?[a-z0-9.]{2,6}\)$"
)
#: A cue of this weight says by itself that somebody would not be named.
_UNNAMED = 4.0
#: What a paid text about a stock weighs as such: the stock is its news, unless the headline names another.
_PAID = 3.0
#: What a state lends or buys is its support to whoever is named as receiving it, and counts this much as such.
_SUPPORT, _SUPPORTED = frozenset({"financing_deal", "offtake_deal"}), 0.5
#: What it weighs that a government promises money to a company that it names, and how far such money has come.
_GIVEN = 4.0
_PROMISED = frozenset({"conditional", "committed", "closed", "drawn"})
_LETTERS = frozenset({"interest_letter"})
#: The runner-up makes the document borderline from this share of the best score.
_BORDERLINE = 0.75
_MOST_WORDS = 4


@dataclass(slots=True)
class _Score:
    weight: float = 0.0
    hits: list[Word] = field(default_factory=list)


def classify(analysis: Analysis, facts: Sequence[Fact]) -> Classification:
    """The class, the words that decided and the runner-up."""
    scores = _scores(analysis, facts)
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


def _scores(analysis: Analysis, facts: Sequence[Fact]) -> dict[str, _Score]:
    doc_type = doc_type_of(analysis)
    first = _first_sentence(analysis)
    speaker = "government" if doc_type == "gov_statement" and not _is_listed(analysis, first) else "company"
    said = words_of(analysis, first, facts)
    title = _title(analysis)
    telling = doc_type == "promo_material" or any(_is_telling(analysis, word) for word in said)
    scores: dict[str, _Score] = {}
    if doc_type == "promo_material":
        scores["corporate_news"] = _Score(_PAID)
    elif speaker == "government":
        scores["policy_action"] = _Score(_ALONE)
    by_place: dict[tuple[str, float], list[Word]] = {}
    supports = speaker == "government" and _names_recipient(facts)
    for word in said:
        if supports and word.name in _SUPPORT:
            word = word._replace(name="gov_funding", weight=word.weight * _SUPPORTED)
        factor = _factor(analysis, word, (first, title), _LEAD if telling else _BARE)
        if factor and word.by in (None, speaker):
            by_place.setdefault((word.name, factor), []).append(word)
    for (name, factor), words in by_place.items():
        words.sort(key=lambda word: -word.weight)
        score = scores.setdefault(name, _Score())
        for word in words[: 1 if factor >= _FIRST else _MOST]:
            score.weight += word.weight * factor * (1.0 if word.official else _fit(name, speaker))
            score.hits.append(word)
    _weigh_money(analysis, facts, scores, supports)
    if not analysis.anonymous and not any(word.weight >= _UNNAMED for word in said if word.name == "rumour"):
        scores.pop("rumour", None)
    return scores


def _weigh_money(analysis: Analysis, facts: Sequence[Fact], scores: dict[str, _Score], supports: bool) -> None:
    """Public money counts as given where it is promised, and as sought where there is but a letter of interest."""
    if supports and _gives_money(analysis, facts):
        scores.setdefault("gov_funding", _Score()).weight += _GIVEN
    elif not supports and _has_letter_only(analysis, facts) and "gov_funding" in scores:
        given = scores.pop("gov_funding")
        asked = scores.setdefault("financing_deal", _Score())
        asked.weight += given.weight
        asked.hits += given.hits


def _gives_money(analysis: Analysis, facts: Sequence[Fact]) -> bool:
    """Whether the head of a text tells of money that somebody is to have, not of a fund or a wish."""
    return _has_money(analysis, facts, _PROMISED)


def _has_letter_only(analysis: Analysis, facts: Sequence[Fact]) -> bool:
    """Whether the only money that the head of a text tells of stands in a letter of interest."""
    return _has_money(analysis, facts, _LETTERS) and not _has_money(analysis, facts, _PROMISED)


def _has_money(analysis: Analysis, facts: Sequence[Fact], statuses: frozenset[str]) -> bool:
    """Whether the head of a text tells of money that has come so far."""
    told = [fact for fact in facts if fact.fields.get("status") in statuses and "instrument" in fact.fields]
    spans = (fact.spans[0] for fact in told if fact.layer == "event" and fact.polarity == "affirmed" and fact.spans)
    head = [one for one, part in zip(analysis.sentences, analysis.parts, strict=True) if part in ("headline", "lead")]
    return any(one.start <= span.start < one.end for span in spans for one in head)


def _names_recipient(facts: Sequence[Fact]) -> bool:
    """Whether a company is named that a government's money or purchase is for."""
    return any(
        fact.fields.get("role") in ("project_company", "seller") and fact.fields.get("named") == "yes"
        for fact in facts
        if fact.layer == "event" and "ptype" in fact.fields
    )


def _is_listed(analysis: Analysis, first: int) -> bool:
    """Whether the text begins with a company and its ticker: then it is no government's, whatever it tells of one."""
    return any(one.listed and one.places[0][0] <= first for one in names_of(analysis).organisations)


def _first_sentence(analysis: Analysis) -> int:
    below = (n for n, part in enumerate(analysis.parts) if part in ("lead", "body"))
    return next(below, -1)


def _title(analysis: Analysis) -> int:
    """The paragraph that is the headline proper, behind what only says what sort of text it is."""
    for sentence in analysis.sentences:
        if analysis.part(sentence) != "headline":
            break
        if not compiled(_LABEL).match(analysis.folded, sentence.start, sentence.end):
            return sentence.paragraph
    return 0


def _is_telling(analysis: Analysis, word: Word) -> bool:
    return word.weight >= _TELLING and analysis.part(word.sentence) == "headline"


def _factor(analysis: Analysis, word: Word, places: tuple[int, int], lead: float) -> float:
    """What a word weighs by its place; `places` are the first sentence and the paragraph of the headline."""
    first, title = places
    if word.sentence.index == first:
        return _FIRST
    part = analysis.part(word.sentence)
    if part == "headline":
        tail = compiled(_TAIL).search(analysis.folded, word.sentence.start, word.start + 1)
        return (_SUBTITLE if word.sentence.paragraph > title else _HEADLINE) * (_AFTERTHOUGHT if tail else 1.0)
    parts: Mapping[str, float] = {"lead": lead, "body": _BODY, "heading": _BODY}
    return parts.get(part, 0.0)


def _fit(name: str, speaker: str) -> float:
    """A government's own text is seldom about drilling, a company's seldom a treaty."""
    if speaker == "government":
        return 0.05 if name in COMPANY_ONLY else 1.0
    return 0.6 if name in GOVERNMENT_ONLY else 1.0
