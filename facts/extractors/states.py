"""Whether a sentence tells of a paper between states, not between companies."""

import itertools

from facts.cue import compiled
from facts.text.analysis import Analysis
from facts.text.place import places
from facts.text.sentence import Sentence

#: Those who sign for states.
_STATES = (
    r"(?:governments|countries|nations|(?:two|both) sides|leaders|presidents|prime ministers|ministers|capitals"
    r"|heads of (?:state|government))"
)
#: Who is no state, and papers that states do not sign.
_COMPANIES = (
    r"(?:inc|corp|corporation|ltd|limited|plc|llc|gmbh|s\.?a|ag|ab|company|companies|firms?|group|subsidiary|bank"
    r"|shareholders?|purchase agreement|(?:supply|sales) (?:agreement|contract)|off~take|subscription"
    r"|licen[cs]e agreement|lease|joint venture)"
)
#: What counts as naming a state: not its people or its provinces.
_SORTS = frozenset({"country", "seat"})
#: What stands between the names of two states that act together.
_JOINED = frozenset({" and ", " and the ", " - ", "-", ", ", " with ", " with the "})


def between_states(analysis: Analysis, sentence: Sentence) -> bool:
    """Two countries that are named together, or "both governments", and no company in the sentence."""
    if compiled(_COMPANIES).search(analysis.folded, sentence.start, sentence.end):
        return False
    if compiled(_STATES).search(analysis.folded, sentence.start, sentence.end):
        return True
    named = [place for place in places(analysis.text, sentence.start, sentence.end) if place.sort in _SORTS]
    return any(
        one.country != other.country and analysis.folded[one.end : other.start] in _JOINED
        for one, other in itertools.pairwise(named)
    )
