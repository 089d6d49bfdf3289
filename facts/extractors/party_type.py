"""What sort of party an organisation is, from the lexicon, its name and the words around it."""

import re

from facts.extractors.party_bare import called_of
from facts.text.analysis import Analysis
from facts.text.lexicon import sounds_like
from facts.text.name import Organisation

_STATE_OWNED = re.compile(
    r"\b(?:state-owned|government-owned|state-backed|state-run|public lender|sovereign)\b[^.;]{0,30}$"
)
_PRODUCER = re.compile(r"\b(?:producers?|producing|manufacturer|operates|turned out|smelter of)\b")
#: How far around a name words about it are looked for, in characters.
_AROUND = 60
_STRONG = frozenset({"government", "state_agency", "major_industrial", "trading_house"})


def type_of(analysis: Analysis, one: Organisation, role: str, at: tuple[int, int], service: bool = False) -> str:
    """The party's type. `at` is where it is named, `service` whether it is there to do work for another."""
    if one.group:
        return one.group
    if called := called_of(analysis, *at):
        return called
    before = analysis.folded[max(0, at[0] - _AROUND) : at[0]]
    if sounds_like(one.label, "state") or _STATE_OWNED.search(before):
        return "state_agency"
    if service or one.label.endswith(("Nation", "Nations")) or sounds_like(one.label, "bank"):
        return "unknown"
    miner = sounds_like(one.label, "miner")
    if role == "funder" or (not miner and sounds_like(one.label, "fund")):
        return "private_fund"
    produces = _PRODUCER.search(analysis.folded[at[1] : at[1] + _AROUND]) is not None
    if miner:
        return "producer" if produces else "junior"
    if role in ("buyer", "project_company"):
        return "major_industrial" if role == "buyer" else "junior"
    if sounds_like(one.label, "startup"):
        return "startup"
    return "producer" if produces else "unknown"


def credit_of(ptype: str) -> str:
    """Strong for public bodies, large industrials and trading houses; otherwise the text would have to say."""
    return "strong" if ptype in _STRONG else "unknown"
