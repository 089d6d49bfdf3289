"""Frames of absence: words that take back what stands in their scope ("makes no mention of", "has not been signed").

A cue with a `frame` has a direction and a reach; the cues of another family name what can stand in that scope. So the
wordings of absence and the things that can be absent multiply, and neither list repeats the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from facts.cue import Hit, compiled
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: How far a frame reaches, in characters, where its cue does not say.
_REACH = 240
#: What ends a frame's scope to the right: the text goes on to say what there is.
_STOP = r"(?:;|but|however|although|though|because|since|while|whereas|except|beyond|other than)"


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretch `start:end` of `sentence` that a frame takes back."""

    frame: Hit
    sentence: Sentence
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether something at `start:end` stands in the scope."""
        return self.start <= start and end <= self.end


def scopes(analysis: Analysis, family: str, sentence: Sentence) -> Iterator[Scope]:
    """The scopes of all frames of one family that stand in the sentence."""
    for hit in analysis.within(family, sentence):
        yield from _scopes(analysis, hit)


def _scopes(analysis: Analysis, hit: Hit) -> Iterator[Scope]:
    sentence, toward = hit.sentence, hit.cue.sets["frame"]
    reach = hit.cue.sets.get("reach", _REACH)
    if toward in ("after", "around"):
        end = min(sentence.end, hit.end + reach)
        stop = compiled(_STOP).search(analysis.folded, hit.end, end)
        yield Scope(hit, sentence, hit.start, stop.start() if stop else end)
    if toward in ("before", "around"):
        yield Scope(hit, sentence, max(sentence.start, hit.start - reach), hit.end)
    if toward == "previous" and sentence.index > 0:
        earlier = analysis.sentences[sentence.index - 1]
        yield Scope(hit, earlier, earlier.start, earlier.end)


def objects(analysis: Analysis, family: str, scope: Scope) -> Sequence[Hit]:
    """What stands in the scope, of the cues of a family."""
    return [hit for hit in analysis.within(family, scope.sentence) if scope.holds(hit.start, hit.end)]
