"""The times of a sentence, and whether they lie ahead: as news tells its times, often without their year."""

import datetime as dt
import re
from dataclasses import replace

from facts.text.analysis import Analysis
from facts.text.date import When, times
from facts.text.interval import later
from facts.text.sentence import Sentence

#: Where to look for the word that makes a date a deadline, or a thing of the past.
_LOOK_BACK = 24
_IN_YEAR = re.compile(
    r"(?<!\w)(?:in|by|during|for|of|until|through|throughout|to|from|before|after|end|late|early|mid|begin)[ -]$"
)
_YEAR = re.compile(r"\d\d\d\d")
#: What is to come, told without a verb of its own ("a mill set to open in May", "ahead of an update due in June").
_AHEAD = re.compile(
    r"(?<!\w)(?:set|due|slated|scheduled|expected|planned|targeted|anticipated|poised|on track|on schedule|upcoming"
    r"|ahead|should|must|means to|by (?:early|late|mid|the end|year-end|q[1-4])|later this|next (?:year|quarter|month)"
    r"|to be|before the end|no(?:t)? later than|commits? to|undertakes? to|undertook to"
    r"|(?:months|weeks|years) (?:after|following|from) (?:the |a )?(?:fid|final|financial|clos|receipt|start|decision"
    r"|permit|grant|approval|signing|that)\w*)"
    r"(?!\w)"
)
TOLD_AS_PAST = re.compile(
    r"(?<!be )(?:published|released|announced|completed|dated|filed|reported|signed|acquired|founded|granted|received"
    r"|issued|held|began|commenced|started|said|told|from|since|of)(?: on| in| during)? (?:early |late )?$"
)
#: What happened cannot be due in a month that the text names without its year.
_PAST_VERB = re.compile(
    r"(?<!\w)(?:was|were|had|did|has|have|rose|fell|began|put|set out|gave|took|found|came|went|made|saw|won|led|met"
    r"|ran|held|sold|bought|built|grew|stood|(?<!be )\w{2,30}ed)(?!\w)"
)
#: "On 4 August it told the market": done on that day.
_DONE_THEN = re.compile(
    r",? (?:[\w'’-]{1,30} ){0,4}?(?<!be )(?:told|said|had|was|were|put|gave|found|took|announced|reported|signed"
    r"|received|approved|agreed|granted|issued|filed|released|published|closed|acquired|submitted|lodged|applied"
    r"|completed|launched|opened|drew|raised|sold|shipped|secured|appointed|entered|commissioned)(?!\w)"
)
#: "Opened in May", "was lodged last month": the same, with the verb before the time.
_DID = re.compile(
    r"(?<!be )(?:opened|inaugurated|launched|sailed|left|came out|was out|published|released|announced|completed|filed"
    r"|reported|signed|granted|received|issued|held|lodged|submitted|began|commenced|started)(?: on| in| during)? $"
)
_WAS_DONE = re.compile(
    r"(?:was|were|been|had) (?:\w{2,30}ed|sent|put|made|cut|set|held|sold|built|paid|lost) (?:on|in|during|last)? ?$"
)
#: A span that is counted from something to come ("20 months after the decision").
_COUNTED_FROM = re.compile(r" (?:after|following|from|later|thereafter)(?!\w)(?! the (?:date|day|signing|entry))")
#: "Issued the air permit for the complex in August": the same, with what was done between.
_DID_SO = re.compile(
    r"(?<!be )(?<!being )(?:issued|granted|received|approved|submitted|filed|lodged|signed|completed|announced|released"
    r"|published|won|awarded|closed|secured|acquired|sold|shipped|produced|raised|drew|dropped|withdrew|rejected|opened)"
    r"(?: (?!(?:to|will|expect\w*|plan\w*|aim\w*|intend\w*|target\w*|and|for|which|that) )[\w'’$%.-]{1,30}){1,9}"
    r" (?:for [\w'’ -]{1,40} )?(?:(?:on|in|during|last) ?)?$"
)
#: A date that something had and has no longer.
_GIVEN_UP = re.compile(
    r"(?<!\w)(?:had (?:previously |originally |initially |once )?been"
    r"|(?:was|were) (?:previously|originally|initially|once)"
    r"|(?:previously|originally|initially)) (?:\w+ )?(?:guided|expected|planned|scheduled|due|targeted|promised"
    r"|anticipated|envisaged|foreseen|slated|set)(?: \S+){0,4} $"
)
#: How far back, in characters, that verb may stand.
_DID_BACK = 120
#: How long ago, in days, a past event may be and still be the news.
_RECENT = 400
#: What makes the year behind it part of an act's number, and its length in characters at most.
_NUMBERED, _NUMBER = re.compile(r"(?<!\w)no\.? ?\d{1,4} of $"), 14
#: What is named by its years ("the Work Plan 2026-2028").
_NAMED = re.compile(r"(?<!\w)(?:plan|programme|program|strategy|roadmap|agenda) $")


def whens_of(analysis: Analysis, sentence: Sentence, today: dt.date | None) -> list[When]:
    """The times of a sentence, unless all of them are long past."""
    found = times(analysis.folded, sentence.start, sentence.end, today)
    whens = [_next_year(analysis, sentence, _counted(analysis, when), today) for when in found]
    whens = [when for when in whens if not _is_since(analysis, when)]
    return whens if any(not is_old(when, today) for when in whens) else []


def is_day(analysis: Analysis, sentence: Sentence, when: When) -> bool:
    """Whether the date is one to come by itself: it names its year, or the sentence looks ahead."""
    if when.kind == "vague" or is_adjective(analysis, when) or is_told(analysis, sentence, when):
        return False
    if _YEAR.search(analysis.folded, when.start, when.end) or is_future(analysis, sentence):
        return True
    return _PAST_VERB.search(analysis.folded, sentence.start, sentence.end) is None


def is_told(analysis: Analysis, sentence: Sentence, when: When) -> bool:
    """Whether the words around a time tell what was done, or had been planned, then: of a time without its year."""
    if is_given_up(analysis, sentence, when):
        return True
    if _YEAR.search(analysis.folded, when.start, when.end):
        return False
    if analysis.folded.startswith("last ", when.start):
        return True
    words = before(analysis, when)
    done = _DID.search(words) or _WAS_DONE.search(words) or _DONE_THEN.match(analysis.folded, when.end, sentence.end)
    done = done or _DID_SO.search(analysis.folded[max(sentence.start, when.start - _DID_BACK) : when.start])
    left = max(sentence.start, when.start - _LOOK_BACK)
    return done is not None and not _AHEAD.search(analysis.folded, left, when.end)


def is_given_up(analysis: Analysis, sentence: Sentence, when: When) -> bool:
    """Whether the date is one that something had before ("had been guided for the first half")."""
    return _GIVEN_UP.search(analysis.folded[max(sentence.start, when.start - _DID_BACK) : when.start]) is not None


def is_future(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sentence speaks of what is to come."""
    ahead = ("planned", "proposed", "possible")
    if _AHEAD.search(analysis.folded, sentence.start, sentence.end):
        return True
    return any(said.cue.sets.get("value") in ahead for said in analysis.within("stance", sentence))


def is_adjective(analysis: Analysis, when: When) -> bool:
    """ "Its 2026 drill programme" says which programme it is, not when it ends."""
    after = analysis.folded[when.end : when.end + 2]
    bare = when.end - when.start == len("2026")
    return bare and after[:1] == " " and after[1:].isalpha() and not _IN_YEAR.search(before(analysis, when))


def is_old(when: When, today: dt.date | None) -> bool:
    """Whether the time is too long past to be news."""
    return when.last is not None and today is not None and today - when.last > dt.timedelta(days=_RECENT)


def before(analysis: Analysis, when: When) -> str:
    """The words right before a time: what makes it a deadline, or a thing of the past."""
    return analysis.folded[max(0, when.start - _LOOK_BACK) : when.start]


def _counted(analysis: Analysis, when: When) -> When:
    """A span of time that does not start with publication has no last day."""
    if when.kind not in ("range", "year") or not _COUNTED_FROM.match(analysis.folded, when.end):
        return when
    if _YEAR.search(analysis.folded, when.start, when.end):
        return when
    return replace(when, kind="range", first=None, last=None)


def _is_since(analysis: Analysis, when: When) -> bool:
    """ "Since February" has begun, whatever year a bare month might be taken for; "No. 41 of 2025" is no time."""
    left = max(0, when.start - _NUMBER)
    if _NUMBERED.search(analysis.folded, left, when.start):
        return True
    if analysis.folded[when.start].isdigit() and _NAMED.search(analysis.folded, left, when.start):
        return True
    return "since" in analysis.folded[max(0, when.start - len("since ")) : when.end]


def _next_year(analysis: Analysis, sentence: Sentence, when: When, today: dt.date | None) -> When:
    """ "On December 1", said in February of what is to come, is not last December."""
    if when.kind not in ("exact", "quarter") or not when.is_past(today) or when.last is None or when.first is None:
        return when
    if _YEAR.search(analysis.folded, when.start, when.end) or not is_future(analysis, sentence):
        return when
    if is_told(analysis, sentence, when):
        return when
    if analysis.folded.startswith(("last", "earlier", "this", "current"), when.start):
        return when
    return replace(when, first=later(when.first, 12, "month"), last=later(when.last, 12, "month"))
