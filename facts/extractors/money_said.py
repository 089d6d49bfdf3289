"""Money told by a sort of money and a verb of any class, where no cue reads it: "hopes to finance it with loans".

Sorts of money and classes of verbs are in `lexicons/money_words.toml` and multiply. Of all verbs beside a sort of money
the weakest governs it: what is only sought or planned is a mention, what hangs on something is conditional.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import context, deal, funding
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.money import Money
from facts.text.sentence import Sentence

#: How far, in characters, a verb may stand before its money and behind it.
_BEFORE, _BEHIND = 110, 90
#: How near what a sum is instead takes a word of money with it.
_OTHER = 45
#: Firm statuses, the furthest first.
_FIRM = ("drawn", "closed", "committed")
#: What tells nothing unless a sum stands in the sentence: "the financing is in place" does.
_VAGUE = frozenset({"unspecified", "programme"})
#: What makes one loan of loans in general.
_ONE = r"(?:an?|the|its|this|that|our|their|first|second|final|new|proposed|whose|[a-z]+'s)(?: [^\s,;]+){0,3}$"
#: What denies the money or the verb behind it, or makes it a case that may not come.
_NO = (
    r"(?:no|not|nor|never|nothing|none|without|neither|cannot|yet to|failed to|lack of|absence of|until|unless|if"
    r"|before|were .{3,30} to)(?: [^\s,;:]+){0,4} ?$"
)


def told(analysis: Analysis, sentence: Sentence, sums: Sequence[Money]) -> list[Mention]:
    """What a sentence says about money, as one mention at most."""
    words = _longest(context.hits(analysis, "money_words", sentence))
    others = [word for word in words if "other" in word.cue.sets]
    words = [word for word in words if not any(_gap(word, other) <= _OTHER for other in others)]
    return list(_mentions(analysis, sentence, words, sums))[:1]


def _gap(word: Hit, other: Hit) -> int:
    return max(word.start - other.end, other.start - word.end, 0)


def _longest(words: Sequence[Hit]) -> list[Hit]:
    """Of words that lie inside others of their sort the longest."""
    kept: list[Hit] = []
    for word in sorted(words, key=lambda item: (item.start, -item.end)):
        if not any(word.end <= other.end and _part(word) == _part(other) for other in kept):
            kept.append(word)
    return kept


def _part(word: Hit) -> str:
    """What a word does in its sentence: it names money, moves it, or says something else of it."""
    return next((part for part in ("sort", "status") if part in word.cue.sets), word.cue.name)


def _mentions(analysis: Analysis, sentence: Sentence, words: Sequence[Hit], sums: Sequence[Money]) -> Iterator[Mention]:
    letter = _first(words, "letter")
    if letter is not None:
        yield _mention(analysis, letter, letter, "interest_letter", sums)
    nouns = [word for word in words if "sort" in word.cue.sets]
    for noun in sorted(nouns, key=lambda word: word.cue.sets["sort"] in _VAGUE):
        if _is_denied(analysis, noun):
            continue
        beside = [word for word in words if "sort" not in word.cue.sets and _is_beside(noun, word)]
        status, verb = _status(analysis, noun, beside, bool(sums))
        fits = noun.cue.sets.get("only", status) == status
        if verb is not None and fits and (sums or not _needs_sum(analysis, noun, status)):
            yield _mention(analysis, noun, verb, status, sums)


def _needs_sum(analysis: Analysis, noun: Hit, status: str) -> bool:
    """Whether such a claim means nothing without a sum ("provides loans", "subject to what the ministry grants")."""
    if status == "mentioned":
        return False
    sort, before = noun.cue.sets["sort"], deal.before(analysis, noun.sentence, noun.start)
    if sort in _VAGUE or (sort == "grant" and status == "conditional"):
        return True
    one = compiled(_ONE).search(before + analysis.folded[noun.start : noun.end])
    return status in _FIRM and one is None


def _is_denied(analysis: Analysis, word: Hit) -> bool:
    return compiled(_NO).search(deal.before(analysis, word.sentence, word.start)) is not None


def _is_beside(noun: Hit, word: Hit) -> bool:
    if word.start < noun.end and noun.start < word.end and "hangs" not in word.cue.sets:
        return False  # "secured loan" is a sort of loan
    return noun.start - word.end <= _BEFORE and word.start - noun.end <= _BEHIND


def _status(analysis: Analysis, noun: Hit, words: Sequence[Hit], has_sum: bool) -> tuple[str, Hit | None]:
    """How far the money has come, and the verb that says so; no verb where nothing does."""
    pool = _first(words, "pool")
    if noun.cue.sets["sort"] == "programme" and pool is not None and has_sum:
        return "pool", pool
    words = [word for word in words if not deal.only_condition(analysis, word)]
    ahead = [word for word in words if word.cue.sets.get("status") == "mentioned"]
    ahead = [word for word in ahead if "before" not in word.cue.sets or word.start < noun.start]
    firm = [word for word in words if word.cue.sets.get("status") in _FIRM and not _is_denied(analysis, word)]
    hangs = _first(words, "hangs")
    governing = [word for word in ahead if word.start < min([noun.start, *(one.start for one in firm)])]
    if governing or (ahead and not firm and (hangs is None or ahead[0].start < hangs.start)):
        return "mentioned", (governing or ahead)[-1 if governing else 0]
    if hangs is not None:
        return "conditional", hangs
    if not firm:
        return "", None
    best = min(firm, key=lambda word: (_FIRM.index(word.cue.sets["status"]), abs(word.start - noun.start)))
    return best.cue.sets["status"], best


def _first(words: Sequence[Hit], mark: str) -> Hit | None:
    return next((word for word in words if mark in word.cue.sets), None)


def _mention(analysis: Analysis, noun: Hit, verb: Hit, status: str, sums: Sequence[Money]) -> Mention:
    sort = noun.cue.sets.get("sort", "")
    status = funding.fitting(analysis, noun.sentence, status, sort)
    sort = {"interest_letter": "agency_letter", "pool": "programme"}.get(status, sort)
    stance: dict[str, Any] = {"polarity": "affirmed"}
    if modality := verb.cue.sets.get("modality"):
        stance["modality"] = modality
    fields: dict[str, Any] = {"instrument": sort, "status": status}
    fields |= funding.funder(analysis, noun, sort) | funding.covers(analysis, noun) | funding.amount(noun, sums)
    start, end = min(noun.start, verb.start), max(noun.end, verb.end)
    cues = (noun.cue.name, verb.cue.name)
    return Mention("financing", noun.sentence, start, end, fields, cues=cues, same=f"{status} {sort}", **stance)
