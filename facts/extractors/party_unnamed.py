"""Parties without a name: "a major European magnet maker", "two existing shareholders", "the private sector"."""

import re
from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis

#: "Corvane, a German magnet maker" has a name; so has "the trading house Corvane".
_EXPLAINS = re.compile(
    r"(?:[A-Z][\w.)]*,|\b(?:is|was|are|be|been|become|becomes|became|becoming|as|like|being)"
    r"(?: (?:now|also|already|not))?) $"
)
_NAME_FOLLOWS = re.compile(r",? (?:called |named )?[A-Z][a-z]")
#: Too much lies between article and noun.
_RUNS_ON = re.compile(r" (?:to|of|for|in|from|by|on|at|with|that|which|subsidiary|said|single|second|third|any|or) ")
#: "A buyer" without any further word may be anybody.
_ADORNED = 2
#: How far around the words it is told what the party does, in characters.
_REACH = 160
#: What a counterparty does that has bound itself, and what leaves that open.
_FIRM = re.compile(
    r"\b(?:sign|agreed|agrees|agreement|contract|sold|sells?|ship|deliver|suppl|bought|buys|purchas|took|taken|takes|invested"
    r"|subscrib|lent|lends|provid|closed|complet|plac|order|acquir|won|granted|paid|pays|exercis|register)"
)
_OPEN = re.compile(
    r"\b(?:talks|discuss|negotiat|interest (?:from|by)|non-binding|not binding|letters?|memorand|mou|heads of|samples?"
    r"|tests?|qualif|potential|prospective|approach|expect|should|after|hopes?|may|might|could|would|seek|wants?|plans?|propos"
    r"|consider|evaluat|trial|if|no|not|subject to|conditions?|conditional|rumou?r|reports that)\b"
)
#: What it does with the product, the money or the project.
_TRADES = re.compile(
    r"\b(?:off-?take|sell|sold|sale|ship|deliver|suppl|buy|bought|purchase|concentrate|tonnes|output|order|customer)"
)
_PAYS = re.compile(r"\b(?:stake|invest|subscri|lend|lent|loan|prepay|equity|shares|placement|financ|fund)")
_PARTNERS = re.compile(r"\b(?:partner|joint|alliance|collaborat|together|co-?develop)")


def unnamed(analysis: Analysis, state: bool) -> Iterator[Mention]:
    """One party for each wording; `state` says that the text is about governments, of whom some speak only then."""
    for hit in analysis.family("party"):
        said = hit.cue.sets
        if said.get("named") != "no" or analysis.part(hit.sentence) not in READ or ("state_only" in said and not state):
            continue
        if "dealt" in said and _is_none(analysis, hit):
            continue
        role, committed = _part(analysis, hit) if "dealt" in said else (said["role"], said.get("committed", "no"))
        fields: dict[str, str | int | float] = {
            "named": "no", "role": role, "ptype": said.get("ptype", "unknown"), "credit": "unknown",
            "committed": committed,
        }  # fmt: skip
        subject = analysis.text[hit.start : hit.end]
        yield Mention(
            "party",
            hit.sentence,
            hit.start,
            hit.end,
            fields,
            subject,
            (hit.cue.name,),
            "affirmed",
            "agreed",
            said.get("layer", "event"),
            same=hit.cue.name,
        )


def _is_none(analysis: Analysis, hit: Hit) -> bool:
    """Whether the words are no party without a name: they explain a name, or are no phrase at all."""
    words = analysis.folded[hit.start : hit.end]
    if _RUNS_ON.search(words) or (words.count(" ") < _ADORNED and not _FIRM.search(_clause(analysis, hit))):
        return True
    before = analysis.text[max(hit.sentence.start, hit.start - 30) : hit.start]
    return _EXPLAINS.search(before) is not None or _NAME_FOLLOWS.match(analysis.text, hit.end) is not None


def _clause(analysis: Analysis, hit: Hit) -> str:
    return analysis.folded[max(hit.sentence.start, hit.start - _REACH) : min(hit.sentence.end, hit.end + _REACH)]


def _part(analysis: Analysis, hit: Hit) -> tuple[str, str]:
    """What the clause says that the party does, and whether it has bound itself."""
    clause = _clause(analysis, hit)
    role = hit.cue.sets["role"]
    if role == "buyer" and not _TRADES.search(clause):
        role = "funder" if _PAYS.search(clause) else "partner" if _PARTNERS.search(clause) else role
    return role, "yes" if _FIRM.search(clause) and not _OPEN.search(clause) else "no"
