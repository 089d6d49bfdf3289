"""What in a text speaks for a class: cues, what noun and verb make together, and facts where both are silent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from facts.cue import Hit
from facts.fact import Fact
from facts.news import Named, Sense, senses
from facts.text.analysis import Analysis
from facts.text.name import names_of
from facts.text.sentence import Sentence

#: A sentence in which a cue weighs as much is not read by noun and verb.
_PLAIN = 2.0
#: What a state does is the news, more than what it does it about.
_ABOUT = 0.5
#: What a fact weighs that the head of a silent text gives.
_FACT = 1.5
#: Groups of names that are states and their bodies.
_STATES = frozenset({"government", "state_agency"})
#: Where a text says what its news is.
_HEAD = frozenset({"headline", "lead"})
GOVERNMENT_ONLY = frozenset({"trade_measure", "policy_action", "gov_framework", "gov_overture"})
COMPANY_ONLY = frozenset(
    {
        "study_result", "project_milestone", "production_report", "corporate_news", "partnership", "ma_deal",
        "offtake_deal", "financing_deal",
    }
)  # fmt: skip
_OFFICIAL = GOVERNMENT_ONLY | {"gov_funding"}
#: What news a fact is, by kind, and for some by kind and leading value.
_NEWS: Mapping[str, str] = {
    "trade_measure": "trade_measure", "offtake": "offtake_deal", "financing": "financing_deal",
    "study": "study_result", "permit": "project_milestone", "legal": "corporate_news", "market": "corporate_news",
    "dilution": "financing_deal", "milestone drilling": "project_milestone",
    "milestone construction_start": "project_milestone", "milestone commissioning": "project_milestone",
    "milestone first_production": "project_milestone", "milestone permit": "project_milestone",
    "milestone fid": "project_milestone", "milestone listing": "corporate_news", "milestone study": "study_result",
    "milestone resource_estimate": "study_result", "milestone ramp_up": "production_report",
    "milestone delivery": "production_report", "commitment order": "policy_action",
}  # fmt: skip


class Word(NamedTuple):
    """Words at `start:end` of the text that speak for the class `name`: `by` whom alone, if the text must be his;
    `official` if they say of themselves that a state acts."""

    name: str
    weight: float
    sentence: Sentence
    start: int
    end: int
    by: str | None = None
    official: bool = False


def words_of(analysis: Analysis, first: int, facts: Sequence[Fact]) -> Sequence[Word]:
    """What the head of the text says; where it says little, what stands below it; failing that the facts of the head,
    or the nouns of the headline by themselves. `first` is the index of the first sentence below the headline."""
    said: list[Word] = []
    made: list[Word] = []
    alone: list[Word] = []
    head = [one for one in analysis.sentences if analysis.part(one) in _HEAD or one.index == first]
    for sentence in head:
        cued = [_cued(hit) for hit in analysis.within("class", sentence) if not _is_named(analysis, hit)]
        told = analysis.part(sentence) == "headline" or sentence.index == first or not (said or cued or made)
        pairs, nouns = _read(analysis, sentence, cued) if told else ([], [])
        if any(word.official for word in pairs):
            cued = [_about(word) for word in cued]
        said += cued
        made += pairs
        alone += nouns if analysis.part(sentence) == "headline" else ()
    if said or any(word.weight >= _PLAIN for word in made):
        return said + made
    below = [_cued(hit) for hit in analysis.family("class")]
    return [*made, *below] or list(_of_facts(head, facts)) or alone


def _read(analysis: Analysis, sentence: Sentence, cued: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """What nouns and verbs of a sentence say beyond its cues: together, and the nouns alone."""
    plain = any(word.weight >= _PLAIN for word in cued)
    official = {word.name for word in cued} & _OFFICIAL
    pairs, nouns = [], []
    for sense in _senses(analysis, sentence):
        word = Word(sense.name, sense.weight, sentence, sense.start, sense.end, official=sense.official)
        if sense.paired and (not official or sense.name in official if sense.official else not plain):
            pairs.append(word)
        elif not plain and not sense.paired:
            nouns.append(word)
    return pairs, nouns


def _senses(analysis: Analysis, sentence: Sentence) -> Iterator[Sense]:
    names = [Named(start, end, one.group in _STATES) for start, end, one in names_of(analysis).within(sentence)]
    return senses(analysis.folded, sentence.start, sentence.end, names)


def _about(word: Word) -> Word:
    return word._replace(weight=word.weight * _ABOUT) if word.name in COMPANY_ONLY else word


def _is_named(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words are only part of a name ("Brierly Prospecting Partnership", "Framework Ventures")."""
    return any(start <= hit.start and hit.end <= end for start, end, _ in names_of(analysis).within(hit.sentence))


def _cued(hit: Hit) -> Word:
    said = hit.cue.sets
    return Word(said["class"], said["weight"], hit.sentence, hit.start, hit.end, said.get("by"))


def _of_facts(head: Sequence[Sentence], facts: Sequence[Fact]) -> Iterator[Word]:
    for fact in facts:
        kind = type(fact).model_fields["kind"].default
        name = _NEWS.get(kind) or _NEWS.get(f"{kind} {fact.fields.get(type(fact).leading)}")
        if name and fact.layer == "event" and fact.polarity == "affirmed":
            for span in fact.spans:
                for sentence in head:
                    if sentence.start <= span.start < sentence.end:
                        yield Word(name, _FACT, sentence, span.start, span.end)
