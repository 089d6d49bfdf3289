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
    r"|ahead|should|must|means to|by (?:early|late|mid|the end|year-end|q[1-4])|later this|next (?:year|quarter|month))"
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
    r"|received|approved|agreed|granted|issued|filed|released|published|closed|acquired)(?!\w)"
)
#: "Opened in May", "was lodged last month": the same, with the verb before the time.
_DID = re.compile(
    r"(?<!be )(?:opened|inaugurated|launched|sailed|left|published|released|announced|completed|filed|reported|signed"
    r"|granted|received|issued|held|lodged|submitted|began|commenced|started)(?: on| in| during)? $"
)
_WAS_DONE = re.compile(
    r"(?:was|were|been|had) (?:\w{2,30}ed|sent|put|made|cut|set|held|sold|built|paid|lost) (?:on|in|during|last)? ?$"
)
#: How long ago, in days, a past event may be and still be the news.
_RECENT = 400
#: What makes the year behind it part of an act's number, and its length in characters at most.
_NUMBERED, _NUMBER = re.compile(r"(?<!\w)no\.? ?\d{1,4} of $"), 14


def whens_of(analysis: Analysis, sentence: Sentence, today: dt.date | None) -> list[When]:
    """The times of a sentence, unless all of them are long past."""
    found = times(analysis.folded, sentence.start, sentence.end, today)
    whens = [_next_year(analysis, sentence, when, today) for when in found if not _is_since(analysis, when)]
    return whens if any(not is_old(when, today) for when in whens) else []


def is_day(analysis: Analysis, sentence: Sentence, when: When) -> bool:
    """Whether the date is one to come by itself: it names its year, or the sentence looks ahead."""
    if when.kind == "vague" or is_adjective(analysis, when) or is_told(analysis, sentence, when):
        return False
    if _YEAR.search(analysis.folded, when.start, when.end) or is_future(analysis, sentence):
        return True
    return _PAST_VERB.search(analysis.folded, sentence.start, sentence.end) is None


def is_told(analysis: Analysis, sentence: Sentence, when: When) -> bool:
    """Whether the words around a time without its year tell what was done then."""
    if _YEAR.search(analysis.folded, when.start, when.end):
        return False
    words = before(analysis, when)
    done = _DID.search(words) or _WAS_DONE.search(words) or _DONE_THEN.match(analysis.folded, when.end, sentence.end)
    left = max(sentence.start, when.start - _LOOK_BACK)
    return done is not None and not _AHEAD.search(analysis.folded, left, when.end)


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


def _is_since(analysis: Analysis, when: When) -> bool:
    """ "Since February" has begun, whatever year a bare month might be taken for; "No. 41 of 2025" is no time."""
    if _NUMBERED.search(analysis.folded, max(0, when.start - _NUMBER), when.start):
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
