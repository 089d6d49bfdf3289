"""Mentions of kind track_record."""

import re
from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import stanced
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.reference import reference_day

#: How many years a plant must have run before that is a record.
_RECORD = 5
#: What is not run for its product, and what has not run yet.
_TRIAL = re.compile(r"(?<!\w)(?:pilot|demo(?:nstration)?|test|trial|laboratory|lab|bench|is to|to|will)(?!\w)")
_SINCE = re.compile(r"(?<!\w)since (?:(?:early|late|mid)[ -])?(?:[a-z]{3,9} )?((?:18|19|20)\d\d)(?!\d)")
#: How far before the words the plant is named, in characters.
_REACH = 60


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind track_record; a pilot plant, or a plant that is a few years old, has no record yet."""
    for hit in analysis.family("track_record"):
        told = hit.cue.sets["event"] == "operating_record" and _is_young(analysis, hit)
        if analysis.part(hit.sentence) in READ and not told:
            yield stanced.mention("track_record", hit)


def _is_young(analysis: Analysis, hit: Hit) -> bool:
    left = max(hit.sentence.start, hit.start - _REACH)
    if _TRIAL.search(analysis.folded, left, hit.end):
        return True
    since = _SINCE.search(analysis.folded, hit.start, hit.sentence.end)
    today = reference_day(analysis)
    return since is not None and today is not None and int(since[1]) > today.year - _RECORD
