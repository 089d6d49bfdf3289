"""Steps that lie ahead without a date: the noun of a step, and a word of intent that governs it.

The nouns (`lexicons/milestone_steps.toml`) and the words of intent (`cues/stance.toml`) multiply, so that no wording of
"plans further surveys", "surveys are being planned" or "assays are pending" has to be listed.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from facts.cue import Hit
from facts.extractors import context
from facts.extractors.cued import READ
from facts.extractors.stanced import mention
from facts.fact import Modality
from facts.mention import Mention
from facts.stance import stance_of
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: What is only possible is no step yet.
_MEANT: frozenset[Modality] = frozenset({"planned", "proposed"})
#: What is to come, told without a verb of intent.
_COMING = re.compile(
    r"(?<!\w)(?:pending|awaited|awaiting|upcoming|forthcoming|shortly|next (?:phase|step|stage)s?|planning"
    r"|once|as soon as|in the works|should (?:be(?:gin)?|start|get|follow|come)|in preparation|is next|to come|will see"
    r"|being (?:prepared|planned|designed|updated|revised|brought up to date|finali[sz]ed|drafted)"
    r"|has (?:commissioned|hired|engaged|appointed)|to (?:begin|start|resume|commence)|preparing|putting together"
    r"|(?:with|at|in) the lab(?:oratory)?|pushing|heading (?:to|for|into|towards)|steering|yet to|waits? (?:on|for)"
    r"|hinges? on|(?:will )?depends? on|(?:is|are) being planned|in the coming (?:weeks|months))(?!\w)"
)
#: An item of a list of things to do.
_TO_DO = re.compile(
    r"(?:[-*•·–]|\(?[a-z\d]{1,3}[.)]) *(?:begin|start|commence|complete|deliver|finali[sz]e|drill|submit|file"
    r"|obtain|secure|appoint|advance|update|publish|release|resume|restart|conclude|sign|take|make|mobili[sz]e"
    r"|carry out|undertake)(?!\w)"
)
#: What is not done yet lies ahead.
_YET = re.compile(r"(?<!\w)yet to(?!\w)")
#: What follows a step that has its date.
_THEREAFTER = re.compile(
    r"(?<!\w)(?:thereafter|after that|afterwards?|to follow|later on|the (?:month|quarter|year) after)(?!\w)"
)
#: How far, in characters, such a word may stand from its step.
_REACH = 60
#: Parts that tell news; a company's standing description of itself plans all the time.
_TELLING = READ - {"about"}


def steps_ahead(analysis: Analysis, timed: Collection[int]) -> Iterator[Mention]:
    """Undated milestones in sentences that name no time; `timed` are the sentences that do, by index."""
    for sentence in analysis.sentences:
        if analysis.part(sentence) not in _TELLING:
            continue
        if sentence.index in timed:
            yield from _later(analysis, sentence)
            continue
        # Most sentences name no step: whether they look ahead, which takes longer to tell, is not asked then.
        steps = context.hits(analysis, "milestone_steps", sentence)
        if not steps:
            continue
        meant = any(hit.cue.sets.get("value") in _MEANT for hit in analysis.within("stance", sentence))
        listed = _TO_DO.match(analysis.folded, sentence.start, sentence.end) is not None
        if meant or listed or _COMING.search(analysis.folded, sentence.start, sentence.end):
            yield from (found for hit in steps if (found := _step(analysis, hit, listed)) is not None)


def _later(analysis: Analysis, sentence: Sentence) -> Iterator[Mention]:
    """In a sentence that names a time only what is to come after it ("and the study thereafter")."""
    for said in _THEREAFTER.finditer(analysis.folded, sentence.start, sentence.end):
        for hit in context.hits(analysis, "milestone_steps", sentence):
            if 0 <= said.start() - hit.end <= _REACH // 2:
                yield mention("milestone", hit, fields={**hit.cue.sets, "date_kind": "vague"}, modality="planned")


def _step(analysis: Analysis, hit: Hit, listed: bool) -> Mention | None:
    said = mention("milestone", hit, fields={**hit.cue.sets, "date_kind": "vague"}, modality="planned")
    stance = stance_of(analysis, mention("milestone", hit))
    left, right = max(hit.sentence.start, hit.start - _REACH), min(hit.sentence.end, hit.end + _REACH)
    coming = listed or stance.modality in _MEANT or _COMING.search(analysis.folded, left, right)
    if _YET.search(analysis.folded, left, hit.start):
        return replace(said, polarity="affirmed")
    return said if coming and stance.polarity == "affirmed" else None
