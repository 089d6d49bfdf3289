"""What the extractors of deals share: cue settings that are stance, and the words that govern a claim."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors.cued import READ
from facts.fact import Modality
from facts.mention import Mention
from facts.package import PACKAGE
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

_STANCE = ("polarity", "modality", "layer", "attribution")
#: How far before a claim the verb that governs it may stand.
_REACH = 60

#: How many sentences away a rebuttal may stand.
_REBUTTAL = 3
_CLAIMED = (
    r"(?:claim(?:s|ed)? (?:that|it|to)|said (?:that )?it had|says (?:that )?it has|state[sd] that|headed|headlined"
    r"|under the heading|posted|published on)"
)
_NEGATION = (
    r"(?:no|not|nor|never|without|neither|cannot|isn't|hasn't|haven't|didn't|wasn't|yet to|failed to|absence of|lack of"
    r"|until|unless|if|whether|before)(?: [^\s,;:]+){0,4} ?"
)
_POSSIBLE = r"(?:may|might|could|would|can|whether to|consider(?:s|ing)?|explor(?:es?|ing)|potential(?:ly)?|possible)"
_PLANNED = (
    r"(?:will|shall|(?:intend|plan|aim|seek|hope|expect|propose|target|look|want|need|agree|work|prepar|aspire)"
    r"(?:s|e|ed|ing)? (?:towards? )?(?:to|on)?|about to|ready to|going to|set to|due to|in order to|is to|are to|to be"
    r"|(?:future|proposed|planned)(?! (?:[a-z-]+ )?(?:output|production|capacity|concentrate))"
    r"|intention (?:to|of)|once|when|upon|towards?|in preparation for|subsequent|eventual)"
)


@functools.cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The word lists of a kind, from facts/lexicons/NAME.toml."""
    return tomllib.loads((PACKAGE / "lexicons" / f"{name}.toml").read_text("utf-8"))


def split(hit: Hit) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields and the stance that the hit's cue sets."""
    sets = hit.cue.sets
    return {k: v for k, v in sets.items() if k not in _STANCE}, {k: v for k, v in sets.items() if k in _STANCE}


def read(analysis: Analysis, kind: str, parts: frozenset[str] = READ) -> Iterator[Hit]:
    """The hits of a kind in the parts of the document that speak of the news."""
    for hit in analysis.family(kind):
        if analysis.part(hit.sentence) in parts:
            yield hit


def mention(hit: Hit, fields: Mapping[str, Any], stance: Mapping[str, Any], same: str | None = None) -> Mention:
    """The mention that a hit stands for."""
    return Mention(
        hit.cue.family, hit.sentence, hit.start, hit.end, dict(fields), cues=(hit.cue.name,), same=same, **stance
    )


def before(analysis: Analysis, sentence: Sentence, start: int, reach: int = _REACH) -> str:
    """The words right before an offset, inside its sentence."""
    return analysis.folded[max(sentence.start, start - reach) : start]


def negated(analysis: Analysis, sentence: Sentence, start: int) -> bool:
    """Whether "no", "not yet", "until", "if" and the like stand right before the claim."""
    return _ends(_NEGATION, before(analysis, sentence, start))


def governor(analysis: Analysis, sentence: Sentence, start: int) -> Modality | None:
    """The modality that the verb right before the claim gives it; None where none does."""
    words = before(analysis, sentence, start)
    if _ends(_POSSIBLE + r"(?: [^\s,;:]+){0,3} ?", words):
        return "possible"
    return "planned" if _ends(_PLANNED + r"(?: [^\s,;:]+){0,3} ?", words) else None


def refuted(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sentence only repeats a claim that the headline, the lead or a sentence close by calls untrue."""
    if not within(analysis, _CLAIMED, sentence):
        return False
    frames = (hit.sentence for hit in analysis.family("denial") if hit.cue.sets.get("mode") == "refuted")
    return any(
        abs(other.index - sentence.index) <= _REBUTTAL or analysis.part(other) in ("headline", "lead")
        for other in frames
    )


def within(analysis: Analysis, pattern: str, sentence: Sentence) -> re.Match[str] | None:
    """The first place where a cue pattern matches in a sentence."""
    return compiled(pattern).search(analysis.folded, sentence.start, sentence.end)


def _ends(pattern: str, words: str) -> bool:
    return compiled(pattern + "$").search(words) is not None
