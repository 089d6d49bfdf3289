"""Is the document about the supply of minerals or metals at all (vocabulary section 12)?

Evidence is counted by sentence: one that names a mineral and an activity of supply speaks for us, one with the words
of another business against us; headline and lead count more. The balance decides, and says how close it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facts.cue import Hit, compiled
from facts.extractors.document import doc_type_of
from facts.fact import Span
from facts.reading import Scope
from facts.text.analysis import Analysis, Part
from facts.text.language import is_english
from facts.text.sentence import Sentence

#: What a sentence weighs, by the part it stands in. Standing descriptions tell what a company's business is.
_WEIGHT: Mapping[Part, float] = {"headline": 3.0, "lead": 2.0, "body": 1.0, "heading": 1.0, "about": 1.5}
#: What kinds of evidence weigh in a sentence, strongest first: a clause of policy, a mineral with an activity of
#: supply, mining without the mineral, a mineral without any activity.
_POLICY, _BOTH, _MINING, _MINERAL = 2.0, 1.0, 0.55, 0.25
#: Least evidence in favour, and how many times as much the other side needs where policy on minerals is one clause
#: of a package on many goods; a government's own package is about all that it names.
_LEAST, _PACKAGE, _OWN_PACKAGE = 1.05, 3.0, 100.0
#: A government's text that tells of the supply of minerals in as many sentences speaks of them, whatever else it names.
_NAMED_IN_PACKAGE = 2
#: What a headline weighs that names a mineral which is hardly ever meant otherwise.
_HEADED = 1.2
_PLAIN = frozenset({"scope.mineral", "scope.guarded"})
#: What is never one part of such a package.
_NO_PACKAGE = frozenset({"scope.crypto", "scope.fund"})
#: With so much evidence, and less than half of it for any other business, the rest of the text is not asked.
_SURE = 12.0
#: Within this factor of a threshold the document is borderline.
_CLOSE = 1.6
_MOST_WORDS = 6
#: What a company says of itself counts for more than words that happen to fall, and says it where it speaks of itself;
#: elsewhere such words are about others.
_DECLARED = 1.5
_SELF: frozenset[Part] = frozenset({"headline", "lead", "about"})
#: The rest of the name of a meeting that begins with what it is about, and how long that can be.
_TITLE = 60
_MEETING = r"(?<=.)(?:,? (?:and|&|[a-z]+)){0,4}? (?:conference|summit|forum|symposium|expo|webinar|investor day)"


@dataclass(slots=True)
class _Evidence:
    weight: float = 0.0
    words: list[Hit] = field(default_factory=list)
    #: Sentences that name a mineral and how it is supplied.
    told: int = 0

    def add(self, weight: float, hits: Sequence[Hit]) -> None:
        self.weight += weight
        self.words += hits[: max(0, _MOST_WORDS - len(self.words))]


def scope_of(analysis: Analysis) -> Scope:
    """In scope, or not rated for one of the reasons off_topic, language, empty."""
    if not analysis.sentences:
        return Scope(False, "the document has no text", "empty")
    if not is_english(analysis.folded):
        return Scope(False, "the document is not in English", "language")
    ours, other = _weighed(analysis)
    close = ours.weight < _LEAST * _CLOSE or other.weight * _CLOSE > ours.weight
    if ours.weight < _LEAST:
        said = f"speaks of {_named(other)}" if other.words else "names no mineral and how it is supplied"
        return Scope(False, f"the document {said}", "off_topic", _spans(other), ours.weight * _CLOSE >= _LEAST)
    if other.weight > ours.weight * _needed(analysis, ours, other):
        near = ours.weight * _CLOSE >= other.weight
        return Scope(False, f"the document speaks of {_named(other)}", "off_topic", _spans(other), near)
    return Scope(True, f"the document speaks of {_quoted(analysis, ours)}", None, _spans(ours), close)


def _needed(analysis: Analysis, ours: _Evidence, other: _Evidence) -> float:
    if any(hit.cue.name in _NO_PACKAGE for hit in other.words):
        return 1.0
    named = ours.told >= _NAMED_IN_PACKAGE or any(hit.cue.sets["side"] in ("policy", "both") for hit in ours.words)
    if named and _is_official(analysis):
        return _OWN_PACKAGE
    return _PACKAGE if any(hit.cue.sets["side"] == "policy" for hit in ours.words) else 1.0


def _is_official(analysis: Analysis) -> bool:
    return doc_type_of(analysis) == "gov_statement"


def _weighed(analysis: Analysis) -> tuple[_Evidence, _Evidence]:
    """The evidence for us, and that for the one other business which has most; as far into the text as it takes."""
    ours = _Evidence()
    others: dict[str, _Evidence] = {}
    policy = "both" if _is_official(analysis) else "policy"
    for sentence, part in zip(analysis.sentences, analysis.parts, strict=True):
        hits = _in_sentence(analysis, sentence) if part in _WEIGHT else ()
        if hits:
            _weigh(hits, part, policy, ours, others)
            if ours.weight >= _SURE and all(other.weight * 2 < ours.weight for other in others.values()):
                break
    return ours, max(others.values(), key=lambda evidence: evidence.weight, default=_Evidence())


def _weigh(hits: Sequence[Hit], part: Part, policy: str, ours: _Evidence, others: dict[str, _Evidence]) -> None:
    weight = _strength({hit.cue.sets["side"] for hit in hits}, policy) * _WEIGHT[part]
    if part == "headline" and any(hit.cue.name in _PLAIN for hit in hits):
        weight = max(weight, _HEADED)
    ours.told += weight >= _BOTH * _WEIGHT[part]
    if weight:
        ours.add(weight, [hit for hit in hits if hit.cue.sets["side"] not in ("off", "supply")])
    # In text order: of two businesses with as much evidence the first counts.
    off = [hit for hit in hits if hit.cue.sets["side"] == "off" and ("at" not in hit.cue.sets or part in _SELF)]
    for what in dict.fromkeys(hit.cue.sets["what"] for hit in off):
        said = [hit for hit in off if hit.cue.sets["what"] == what]
        strength = max(hit.cue.sets.get("weight", _DECLARED if "at" in hit.cue.sets else 1.0) for hit in said)
        others.setdefault(what, _Evidence()).add(_WEIGHT[part] * strength, said)


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Sequence[Hit]:
    hits = analysis.within("scope", sentence)
    return [hit for hit in hits if hit.cue.sets["side"] == "off" or not _in_a_title(analysis, hit)]


def _in_a_title(analysis: Analysis, hit: Hit) -> bool:
    """Metals in the name of a meeting say what it is about, not what the document is about."""
    end = min(hit.sentence.end, hit.end + _TITLE)
    return compiled(_MEETING).match(analysis.folded, hit.end, end) is not None


def _strength(sides: set[str], policy: str) -> float:
    if "policy" in sides or policy in sides:
        return _POLICY
    if "both" in sides or {"mineral", "supply"} <= sides:
        return _BOTH
    return _MINING if "mining" in sides else _MINERAL if "mineral" in sides else 0.0


def _spans(evidence: _Evidence) -> tuple[Span, ...]:
    return tuple(Span(hit.start, hit.end) for hit in evidence.words)


def _named(evidence: _Evidence) -> str:
    return ", ".join(dict.fromkeys(hit.cue.sets["what"] for hit in evidence.words))


def _quoted(analysis: Analysis, evidence: _Evidence) -> str:
    words = dict.fromkeys(analysis.folded[hit.start : hit.end] for hit in evidence.words)
    return ", ".join(words)
