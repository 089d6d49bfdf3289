"""Is the document about the supply of minerals or metals at all (vocabulary section 12)?

Evidence is counted by sentence: one that names a mineral and an activity of supply speaks for us, one with the words
of another business against us; headline and lead count more. The balance decides, and says how close it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from facts.cue import Hit, compiled
from facts.fact import Span
from facts.reading import Scope
from facts.text.analysis import Analysis
from facts.text.language import is_english

#: What a sentence weighs, by the part it stands in. Standing descriptions tell what a company's business is.
_WEIGHT: Mapping[str, float] = {"headline": 3.0, "lead": 2.0, "body": 1.0, "heading": 1.0, "about": 1.5}
#: What kinds of evidence weigh in a sentence, strongest first: a clause of policy, a mineral with an activity of
#: supply, mining without the mineral, a mineral without any activity.
_POLICY, _BOTH, _MINING, _MINERAL = 2.0, 1.0, 0.5, 0.25
#: Least evidence in favour, and how many times as much the other side needs where policy on minerals is one clause
#: of a package on many goods.
_LEAST, _PACKAGE = 1.9, 3.0
#: What is never one part of such a package.
_NO_PACKAGE = frozenset({"scope.crypto", "scope.meeting", "scope.fund"})
#: Within this factor of a threshold the document is borderline.
_CLOSE = 1.6
_MOST_WORDS = 6
#: The rest of the name of a meeting that begins with what it is about, and how long that can be.
_TITLE = 60
_MEETING = r"(?<=.)(?:,? (?:and|&|[a-z]+)){0,4}? (?:conference|summit|forum|symposium|expo|webinar|investor day)"


@dataclass(slots=True)
class _Evidence:
    weight: float = 0.0
    words: list[Hit] = field(default_factory=list)

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
    if other.weight > ours.weight * _needed(ours, other):
        near = ours.weight * _CLOSE >= other.weight
        return Scope(False, f"the document speaks of {_named(other)}", "off_topic", _spans(other), near)
    return Scope(True, f"the document speaks of {_quoted(analysis, ours)}", None, _spans(ours), close)


def _needed(ours: _Evidence, other: _Evidence) -> float:
    package = any(hit.cue.sets["side"] == "policy" for hit in ours.words)
    return _PACKAGE if package and not any(hit.cue.name in _NO_PACKAGE for hit in other.words) else 1.0


def _weighed(analysis: Analysis) -> tuple[_Evidence, _Evidence]:
    """The evidence for us, and that for the one other business which has most."""
    ours = _Evidence()
    others: dict[str, _Evidence] = {}
    for index, hits in _by_sentence(analysis).items():
        part = _WEIGHT.get(analysis.parts[index], 0.0)
        sides = {hit.cue.sets["side"] for hit in hits}
        if weight := _strength(sides) * part:
            ours.add(weight, [hit for hit in hits if hit.cue.sets["side"] not in ("off", "supply")])
        for what in {hit.cue.sets["what"] for hit in hits if hit.cue.sets["side"] == "off"}:
            said = [hit for hit in hits if hit.cue.sets.get("what") == what]
            others.setdefault(what, _Evidence()).add(part, said)
    return ours, max(others.values(), key=lambda evidence: evidence.weight, default=_Evidence())


def _by_sentence(analysis: Analysis) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in analysis.family("scope"):
        if hit.cue.sets["side"] == "off" or not _in_a_title(analysis, hit):
            found.setdefault(hit.sentence.index, []).append(hit)
    return found


def _in_a_title(analysis: Analysis, hit: Hit) -> bool:
    """Metals in the name of a meeting say what it is about, not what the document is about."""
    end = min(hit.sentence.end, hit.end + _TITLE)
    return compiled(_MEETING).match(analysis.folded, hit.end, end) is not None


def _strength(sides: set[str]) -> float:
    if "policy" in sides:
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
