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

#: How long a list of conditions can be before the one at hand.
_LIST = 220

#: How many sentences away a rebuttal may stand.
_REBUTTAL = 3
_CLAIMED = (
    r"(?:claim(?:s|ed)? (?:that|it|to)|said (?:that )?it had|says (?:that )?it has|state[sd] that|headed|headlined"
    r"|under the heading|posted|published on)"
)
_NEGATION = (
    r"(?:no|not|nor|never|nothing|none|without|neither|cannot|(?:is|has|have|did|was|wo|do|does|ca)n't|yet to|failed to"
    r"|absence of|lack of|until|unless|if|whether|before(?! (?:expenses|costs|tax))|cancel(?:s|l?ed)|terminat(?:es|ed)"
    r"|has ended|have ended|ended|scrapped|walked away from|pulled out of|withdrew from)(?: [^\s,;:]+){0,4} ?"
)
_POSSIBLE = r"(?:may|might|could|would|can|whether to|consider(?:s|ing)?|explor(?:es?|ing)|potential(?:ly)?|possible)"
_PLANNED = (
    r"(?:will|shall|(?:intend|plan|aim|seek|hope|expect|propose|target|look|want|need|agree|work|prepar|aspire"
    r"|authori[sz]e|empower|allow|entitl)"
    r"(?:s|e|d|ed|ing)? (?:towards? )?(?:to|on)?|about to|ready to|going to|set to|due to|in order to|is to|are to"
    r"|to be|(?:future|proposed|planned)(?! (?:[a-z-]+ )?(?:output|production|capacity|concentrate))"
    r"|intention (?:to|of)|once|when|upon|towards?|in preparation for|subsequent|eventual)"
)

#: A verb of intention right before a claim.
_MEANT = (
    r"(?:(?:will|shall|would|may|could)|(?:intend|plan|expect|aim|hope|prepar|look|need|want)(?:s|ing)? to|is to"
    r"|are to)(?: [a-z]+)? ?"
)

#: Whose deals are not the news: "its neighbour, Clayton North, has sold its output".
_OTHERS = (
    r"(?:its|the|an?|one|another) (?:[a-z]+ )?(?:neighbou?r|rival|competitor|peer)s?(?! (?:bid|offer|propos)[a-z]*)"
)
#: Where one clause ends and another begins.
_BOUNDARY = re.compile(
    r"[;:,](?= )|(?<= )(?:which|who|where|while|whereas|although|though|but|after|following"
    r"|and (?=(?:it|the company|they|will|has|have|is|are|was|were|expects?|plans?|intends?)\b))\b"
)
#: What makes a claim in its clause a hope, a plan, a denial or a condition.
_NOT_YET = (
    r"will|would|could|may|might|shall|can|expect(?:s|ed|ing)?|plan(?:s|ned|ning)?|intend(?:s|ed)?|aim(?:s|ed|ing)"
    r"|aim to|target(?:s|ed|ing)?|scheduled|due to|prepar(?:es?|ed|ing|ation)|anticipated|to be|ready to|until|once"
    r"|when|if|unless|upon|as soon as|not|never|no longer|yet to|before(?! (?:expenses|costs|tax|commissions?|fees))"
    r"|to (?:bring|return|put|get)|prior to|ahead of|defer\w*|postpon\w*|delay\w*"
)

#: A step named only as what something else waits for: "subject to the closing of", "until completion of".
_STEP = (
    r"(?:the )?(?:successful )?(?:clos(?:e|ing)|complet(?:ion|ing)|secur(?:e|ing)|obtaining|receipt|receiving|raising"
    r"|arranging|execution|executing|conclu(?:sion|ding)|signing|entry into|negotiati(?:on|ng)|finali[sz](?:ing|ation)"
    r"|financial close|drawdown|conditional|(?:final )?credit (?:committee )?approvals?)"
)
_WAITING = (
    r"(?:subject to|conditional (?:up)?on|contingent (?:up)?on|dependent (?:up)?on|depends? (?:up)?on|condition of"
    r"|conditions? (?:include|are|precedent)|pending|assuming|requires?|prior to|before)"
)
#: What stands behind a paper that is only awaited: "term sheets are expected".
_AWAITED = (
    r"(?<=.)(?: [^\s,;]+){0,6} (?:is|are|will be|remains?) (?:now |currently |still )?(?:expected|anticipated|planned"
    r"|targeted|due|to be|sought|scheduled|being (?:negotiated|drafted|prepared|finali[sz]ed|discussed)"
    r"|under negotiation)"
)

#: What stands behind a paper that is no more: "a memorandum with the port was allowed to lapse".
_ENDED = (
    r"(?<=.)(?: [^\s;]+){0,16}? (?:lapsed|expired|fell through|came to nothing"
    r"|(?:was|were|has been|have been|is) (?:allowed to lapse|terminated|cancel+ed|abandoned|withdrawn|not renewed"
    r"|rescinded)|(?:has|have) (?:lapsed|expired|ended))"
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


def meant(analysis: Analysis, sentence: Sentence, start: int) -> bool:
    """Whether the verb right before the claim is one of intention: "will submit", "intends to file"."""
    return _ends(_MEANT, before(analysis, sentence, start))


def not_yet(analysis: Analysis, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause of a claim tells it as a plan, a hope, a condition or a denial; the rest is not asked."""
    left = sentence.start
    for found in _BOUNDARY.finditer(analysis.folded, sentence.start, start):
        left = found.end()
    return compiled(_NOT_YET).search(analysis.folded, left, end) is not None


def awaited(analysis: Analysis, sentence: Sentence, end: int) -> bool:
    """Whether the words right behind a paper say that it is only expected."""
    return compiled(_AWAITED).match(analysis.folded, end, sentence.end) is not None


def ended(analysis: Analysis, sentence: Sentence, end: int) -> bool:
    """Whether the words right behind a paper say that it is no more."""
    return compiled(_ENDED).match(analysis.folded, end, sentence.end) is not None


def refuted(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sentence only repeats a claim that the headline, the lead or a sentence close by calls untrue."""
    if not within(analysis, _CLAIMED, sentence):
        return False
    frames = (hit.sentence for hit in analysis.family("denial") if hit.cue.sets.get("mode") == "refuted")
    return any(
        abs(other.index - sentence.index) <= _REBUTTAL or analysis.part(other) in ("headline", "lead")
        for other in frames
    )


def only_condition(analysis: Analysis, hit: Hit) -> bool:
    """Whether a claim is only a step that something else in its sentence hangs on ("subject to the closing of")."""
    left = max(hit.sentence.start, hit.start - _LIST)
    having = analysis.folded.find(" having ", hit.start - 10, hit.end) >= 0
    if not having and not compiled(_STEP).match(analysis.folded, hit.start, hit.end):
        return False
    return compiled(_WAITING).search(analysis.folded, left, hit.start) is not None


def of_others(analysis: Analysis, hit: Hit) -> bool:
    """Whether the sentence has spoken of a rival or a neighbour before the claim begins."""
    return compiled(_OTHERS).search(analysis.folded, hit.sentence.start, hit.start) is not None


def within(analysis: Analysis, pattern: str, sentence: Sentence) -> re.Match[str] | None:
    """The first place where a cue pattern matches in a sentence."""
    return compiled(pattern).search(analysis.folded, sentence.start, sentence.end)


def _ends(pattern: str, words: str) -> bool:
    return compiled(pattern + "$").search(words) is not None
