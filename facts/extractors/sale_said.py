"""Sales told by a noun or a verb of sale, a product and a paper of any sort, where no cue reads the sentence.

The words are in `lexicons/sale_words.toml` and multiply: "For its oxides it has a letter of intent with" names a
product, a paper and a holder, and no cue has to list that.
"""

from collections.abc import Sequence

from facts.cue import Hit, compiled
from facts.extractors import context, deal
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: Papers that bind nobody.
_SOFT = frozenset({"mou", "loi", "term_sheet"})
#: What denies what follows it.
_NO = (
    r"(?:no|not|won't|don't|didn't|hasn't|haven't|isn't|doesn't"
    r"|nor|never|none|without|neither|yet to|until|unless|if)(?: [^\s,;:]+){0,4} ?$"
)


def paper(analysis: Analysis, sentence: Sentence, place: int) -> str | None:
    """The form of the unbinding paper that a sentence names nearest to a place; None where it names none."""
    words = context.hits(analysis, "sale_words", sentence)
    found = [word for word in words if word.cue.sets.get("form") in _SOFT]
    nearest = min(found, key=lambda word: abs(word.start - place), default=None)
    return nearest.cue.sets["form"] if nearest else None


def told(analysis: Analysis, sentence: Sentence) -> tuple[str, str | None, Hit] | None:
    """The form of the sale that a sentence tells, its modality if it has one, and the words; None if it tells none."""
    words = context.hits(analysis, "sale_words", sentence)
    if any("other" in word.cue.sets for word in words):
        return None
    words = [word for word in words if not _is_denied(analysis, word)]
    sale, moves, product, who = (_part(words, part) for part in ("sale", "moves", "product", "who"))
    soft = [word for word in words if word.cue.sets.get("form") in _SOFT]
    open_still = any("stance" in word.cue.sets for word in words)
    if not sale and not (product and (moves or soft or (who and open_still))):
        return None
    about = next(iter([*sale, *moves, *soft, *who]))
    if deal.refuted(analysis, sentence):
        return None
    if soft:
        return paper(analysis, sentence, about.start) or "mou", None, about
    if not (product or who or "off" in analysis.folded[about.start : about.end]):
        return None
    if open_still:
        return "interest", "proposed", about
    forms = [word for word in words if word.cue.sets.get("form") in ("binding", "delivering")]
    delivered = [word for word in forms if word.cue.sets["form"] == "delivering"]
    if delivered and product and not deal.not_yet(analysis, sentence, delivered[0].start, delivered[0].end):
        return "delivering", "completed", delivered[0]
    if sale and forms:
        return "unspecified", None, about
    return ("unspecified", None, about) if forms and moves and product else None


def _part(words: Sequence[Hit], part: str) -> list[Hit]:
    return [word for word in words if word.cue.sets.get("part") == part]


def _is_denied(analysis: Analysis, word: Hit) -> bool:
    return compiled(_NO).search(deal.before(analysis, word.sentence, word.start)) is not None
