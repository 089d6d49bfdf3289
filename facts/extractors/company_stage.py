"""Which of the stages that a text speaks of is the company's own: all that it says of it is weighed."""

import re
from collections.abc import Sequence

from facts.cue import Hit
from facts.extractors.document import doc_type_of
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import Organisation, names_of

#: What a stage cue counts more by where it stands: it orders like evidence, but a word of the headline ("explorer")
#: does not outweigh how far the project has come.
_PART = {"headline": 0.05, "lead": 0.03, "about": 0.01}
#: Stages that one sentence alone does not prove against what the company calls itself, or says is still to come.
_RUNNING = frozenset({"commissioning", "producing"})
#: What each further sentence on a running mine adds.
_AGAIN, _MOST_AGAIN = 0.08, 3
#: What is taken off a running mine told of in one sentence only, by what speaks against it.
_AGAINST = {"explorer": 1.2, "yet_to_produce": 1.1, "earns_nothing": 0.9}
#: An explorer that is "fully permitted" has the permits to drill, and crews that it mobilises do no more.
_DRILLS_ONLY, _LESS_FOR_DRILLING = frozenset({"permitted", "construction"}), 0.5
#: Evidence weaker than this ("claims", "targets") counts in the company's own announcement only.
WEAK = 0.55
#: What ended long ago is none of these.
_OF_THE_DAY = frozenset({"construction", "commissioning", "producing", "resource"})
#: How far around a wording its neighbours and its years may stand, in characters.
_BEFORE, _AFTER = 130, 90
_BESIDE = re.compile(
    r"\b(?:beside|adjacent to|adjoin\w*|neighbou?r\w*|next (?:door )?to|contiguous (?:to|with)"
    r"|along strike (?:from|of)"
    r"|border(?:s|ing)|analog\w* (?:to|of)|similar to)\b[^.;]{0,110}$"
)
_OWN_GROUND = re.compile(r"\b(?:company|its own|our)\b")
_LONG_AGO = re.compile(
    r"\b(?:until (?:it |they |its |the )?(?:clos|shut|flood|operations)|(?:in|between|from|until|to|during)"
    r" (?:the )?(?:early |late |mid-)?1[89]\d\d|before (?:it|they|its) (?:clos|shut))"
)
#: Studies and resources that are awaited, paid for or a condition, told in front of the words or behind them; and what
#: says all the same that they are there.
_ON_PAPER = frozenset({"resource", "pea", "pfs", "dfs"})
_NEAR_BEFORE, _NEAR_AFTER, _SAID_AFTER = 70, 60, 20
_AWAITED = re.compile(
    r"\b(?:upon|until|conditional (?:up)?on|subject to|through to|through|prior to|before|ahead of|towards?"
    r"|pending|if|should|may"
    r"|to (?:complete|deliver|finish|publish|commence|begin|start|advance|fund|support|prepare|undertake"
    r"|progress|update)"
    r"|will|would|plans?|planned|intends?|aims?|expect\w*|target\w*|scheduled|anticipat\w+|due|under ?way|in progress"
    r"|commenc\w+|begun|began|start(?:ed|ing|s)?|ongoing|progressing|advancing|working on|not less than|at least|next"
    r"|concurrent(?:ly)? with|awaiting|upcoming|forthcoming|commission(?:ed|ing)|in parallel with|deliver(?:y|ing) of"
    r"|not|no|without|never|isn't|wasn't)\b"
    r"[^.;:\u2022\u25aa]{0,45}$"
)
_AWAITED_AFTER = re.compile(
    r"^[^.;\u2022]{0,30}?\b(?:expected|due|targeted|planned|scheduled|under ?way|in progress"
    r"|to be (?:completed|published|finished)"
    r"|ongoing|will|results? (?:in|by|due)|now \d+ ?%)"
)
_DONE = re.compile(
    r"\b(?:complet(?:ed|es)|publish\w+|announc\w+|deliver(?:ed|s)|releas\w+|filed|shows?|showed|put|puts"
    r"|estimat(?:es|ed)|dated|outlin\w+|demonstrat\w+|confirm\w+|indicated|according|based on|prepared|tabled"
    r"|finished|positive"
    r"|20(?:1\d|2[0-5]) )\b"
)
#: What a payment hangs on, and a line of a timetable.
_LEAST_SIZE = re.compile(r"\b(?:not|no) less than|\bat least|\b20\d\d (?:-|\u2013|\u2014) ")
_OUT_OF_DATE = re.compile(r"\bno longer (?:be )?(?:relied|current|valid)|\bout of date\b|\bsuperseded\b|\bwithdrawn\b")
_ROYALTIES = re.compile(r"\b(?:Royalt(?:y|ies)|Streaming)\b")
_AHEAD = re.compile(r"\b(?:will|would|intends?|plans?|expects?|aims?|is to|are to|hopes?|targets?)\b")
_SPAN = re.compile(r"\b(?:between|from) (?:19|20)\d\d (?:and|to|until) (?:19|20)\d\d\b[^.;]{0,30}$")
_SHORTEST = 4
#: How far behind the words whoever they are true of may be named, and what stands in front of him.
_FOR_REACH = 30
_FOR = re.compile(r" (?:for|of|by|at) (?:the )?$")


def stage_of(analysis: Analysis, hits: Sequence[Hit], hero: Organisation) -> Hit | None:
    """The cue hit that tells how far the company is; None if nothing does, or if it lives on other people's mines."""
    said = _said(hits)
    if is_no_miner(hits, hero):
        return None
    if any(hit.cue.sets.get("revenue") == "zero" for hit in hits):
        said.add("earns_nothing")
    own = hero.announcer or doc_type_of(analysis) in ("company_release", "exchange_filing")
    staged = [hit for hit in hits if "stage" in hit.cue.sets and (own or strength_of(hit) >= WEAK)]
    against = max((_AGAINST.get(one, 0.0) for one in said), default=0.0)
    told_in = {stage: _sentences(staged, stage) for stage in _RUNNING}

    def weight(hit: Hit) -> float:
        told, stage = strength_of(hit) + _PART.get(analysis.part(hit.sentence), 0.0), hit.cue.sets["stage"]
        if stage in _DRILLS_ONLY and "explorer" in said:
            told -= _LESS_FOR_DRILLING
        times = told_in.get(stage, 0)
        return told - against if times == 1 else told + _AGAIN * min(max(times - 1, 0), _MOST_AGAIN)

    return max(staged, key=lambda hit: (weight(hit), -hit.start), default=None)


def is_awaited(analysis: Analysis, hit: Hit | Mention) -> bool:
    """Whether the study or the resource is still to come, denied, or only what a payment hangs on."""
    before = analysis.folded[max(hit.sentence.start, hit.start - _NEAR_BEFORE) : hit.start]
    after = analysis.folded[hit.end : min(hit.sentence.end, hit.end + _NEAR_AFTER)]
    if _LEAST_SIZE.search(analysis.folded, max(hit.sentence.start, hit.start - _NEAR_AFTER), hit.end + _NEAR_AFTER):
        return True
    if _OUT_OF_DATE.search(analysis.folded, hit.sentence.start, hit.sentence.end):
        return True
    if "completion of" in analysis.folded[hit.start - _NEAR_AFTER : hit.end] and _AHEAD.search(
        analysis.folded, max(hit.sentence.start, hit.start - _BEFORE), hit.start
    ):
        return True
    if _DONE.search(analysis.folded, hit.start, min(hit.sentence.end, hit.end + _SAID_AFTER)):
        return False
    return (_AWAITED.search(before) is not None and not _DONE.search(before)) or _AWAITED_AFTER.search(
        after
    ) is not None


def is_no_miner(hits: Sequence[Hit], hero: Organisation) -> bool:
    """Whether it is called what no mine makes: a royalty company, a fund, a maker of cars."""
    if _ROYALTIES.search(hero.label):
        return True
    said = _said(hits)
    return "no_miner" in said and "explorer" not in said


def is_elsewhere(analysis: Analysis, hit: Hit, hero: Organisation) -> bool:
    """Whether the words tell of the ground next door, of long ago, or of what somebody else owns."""
    before = analysis.folded[max(hit.sentence.start, hit.start - _BEFORE) : hit.start]
    after = analysis.folded[hit.end : min(hit.sentence.end, hit.end + _AFTER)]
    stage = hit.cue.sets.get("stage")
    beside = stage is not None and _BESIDE.search(before) is not None and not _OWN_GROUND.search(before)
    if (
        beside
        or (stage in _OF_THE_DAY and (_LONG_AGO.search(after) or _SPAN.search(before)))
        or (stage in _ON_PAPER and is_awaited(analysis, hit))
    ):
        return True
    return _is_anothers(analysis, hit, hero) or _is_for_another(analysis, hit, hero)


def _said(hits: Sequence[Hit]) -> set[str]:
    return {hit.cue.sets["says"] for hit in hits if "says" in hit.cue.sets}


def strength_of(hit: Hit) -> float:
    """How much a cue counts when several stages are spoken of."""
    strength: float = hit.cue.sets.get("strength", 1)
    return strength


def _sentences(staged: Sequence[Hit], stage: str) -> int:
    """How many sentences tell of a stage."""
    return len({hit.sentence.index for hit in staged if hit.cue.sets["stage"] == stage})


def _is_anothers(analysis: Analysis, hit: Hit, hero: Organisation) -> bool:
    """Whether the first word of somebody else's name is the last name in front of the words ("at Taedong's plant")."""
    before = analysis.text[max(hit.sentence.start, hit.start - _BEFORE) : hit.start]
    last, owner = -1, hero
    for one in names_of(analysis).organisations:
        head = one.label.split()[0]
        if len(head) >= _SHORTEST and (place := before.rfind(f"{head}'s")) > last:
            last, owner = place, one
    own = max((before.rfind(short) for short in hero.shorts), default=-1)
    return owner is not hero and last > own and owner.label.split()[0] != hero.label.split()[0]


def _is_for_another(analysis: Analysis, hit: Hit, hero: Organisation) -> bool:
    """Whether somebody else's name stands behind the words as the one who has it ("a permit for Corvane's mine")."""
    for start, _, one in names_of(analysis).within(hit.sentence):
        if hit.end <= start <= hit.end + _FOR_REACH:
            return one is not hero and _FOR.search(analysis.folded, hit.start, start) is not None
    return False
