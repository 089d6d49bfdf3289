"""Cue data that matters only beside other cues, read in the sentences where those were found.

Words such as "existing", "will" or "completed" stand in every second sentence; scanning whole texts for them would cost
more than all kinds of facts together. They live in `lexicons/`, in the form of cues.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from facts.cue import Hit, read_cues
from facts.package import PACKAGE
from facts.scanner import Scanner
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence


def hits(analysis: Analysis, name: str, sentence: Sentence) -> Sequence[Hit]:
    """The hits of one lexicon in one sentence, in text order."""
    return _scanner(name).scan(analysis.folded, (sentence,)).get(name, ())


def near(analysis: Analysis, name: str, hit: Hit, reach: int) -> list[tuple[int, Hit]]:
    """The hits of one lexicon in the same sentence within `reach` characters, each with its distance, nearest first."""
    start, end = max(hit.sentence.start, hit.start - 2 * reach), min(hit.sentence.end, hit.end + 2 * reach)
    words = hits(analysis, name, replace(hit.sentence, start=start, end=end))
    gaps = ((max(word.start - hit.end, hit.start - word.end, 0), word) for word in words)
    return sorted((pair for pair in gaps if pair[0] <= reach), key=lambda pair: (pair[0], pair[1].start))


@cache
def _scanner(name: str) -> Scanner:
    return Scanner(read_cues((PACKAGE / "lexicons" / f"{name}.toml").read_text("utf-8"), name))
