"""Money told by a sum and a verb that moves it, with no sort of money named: "half of the EUR 8 million was met by".

The verbs are in `lexicons/money_moves.toml`; what a sum stands for otherwise (revenue, cost, price) is named there too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from facts.cue import Hit
from facts.extractors import context, deal, funding
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.money import Money
from facts.text.sentence import Sentence

#: How far, in characters, the verb may stand from the sum.
_REACH = 70
#: What makes a promise of money hang on something.
_HANGS = r"(?:conditional|contingent|subject to|provided (?:that|the)|if (?:the|it|they|certain)|in principle)"
#: Who has to be named for verbs of giving to be about funding at all.
_GIVERS = frozenset({"state_agency", "government", "development_bank", "private_fund", "bank"})


def is_moved(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence has a verb that moves money, and nothing that makes its sums something else."""
    words = context.hits(analysis, "money_moves", sentence)
    return bool(words) and not any("other" in word.cue.sets for word in words)


def told(analysis: Analysis, hit: Hit, sums: Sequence[Money]) -> Iterator[Mention]:
    """The mention that the sums of the hit's sentence make, if a verb beside one of them says that it is given."""
    words = context.hits(analysis, "money_moves", hit.sentence)
    pairs = [(_gap(word, item), word, item) for word in words for item in sums]
    near = sorted((pair for pair in pairs if pair[0] <= _REACH), key=lambda pair: (pair[0], pair[1].start))
    for _, verb, item in near:
        if deal.negated(analysis, hit.sentence, verb.start):
            return
        said = funding.funder(analysis, verb, verb.cue.sets.get("instrument", "unspecified"))
        if verb.cue.sets.get("by") != "giver" or said.get("funder_type") in _GIVERS:
            yield _mention(analysis, verb, item, said)
            return


def _gap(word: Hit, item: Money) -> int:
    return max(item.start - word.end, word.start - item.end, 0)


def _mention(analysis: Analysis, verb: Hit, item: Money, said: dict[str, Any]) -> Mention:
    status, instrument = verb.cue.sets["status"], verb.cue.sets.get("instrument", "unspecified")
    stance: dict[str, Any] = {"modality": "completed"} if status == "closed" else {}
    governor = deal.governor(analysis, verb.sentence, verb.start)
    if governor and status != "pool":
        status, stance = "mentioned", {"modality": governor}
    elif "modality" in verb.cue.sets:
        stance = {"modality": verb.cue.sets["modality"]}
    elif status == "committed" and deal.within(analysis, _HANGS, verb.sentence):
        status = "conditional"
    fields = {"instrument": instrument, "status": status, **said, **funding.covers(analysis, verb)}
    fields |= funding.amount(verb, [item])
    start, end = min(verb.start, item.start), max(verb.end, item.end)
    cues = (verb.cue.name,)
    return Mention("financing", verb.sentence, start, end, fields, cues=cues, same=f"{status} {instrument}", **stance)
