"""Money that a later sentence calls conditional: "The bank approved a loan. The loan remains conditional on"."""

from dataclasses import replace

from facts.cue import compiled
from facts.mention import Mention
from facts.text.analysis import Analysis

#: What a sort of money is called when it is spoken of again, and how it is then said to hang on something.
_CALLED = {
    "debt": "loan|facility|financing|funding|approval|disbursement|drawdown|first drawing",
    "grant": "grant|funding|award|support|contribution|approval|payment",
    "guarantee": "guarantee|approval|support",
    "prepayment": "prepayment|advance|facility|stream|deposit",
    "convertible": "loan|notes?|facility|financing",
    "unspecified": "funding|financing|package|support|approval",
}
_HANGING = (
    r"(?:the|this|that|such|its|any|whose) (?:[a-z]+ ){{0,2}}(?:{})(?:,[^.;]{{0,60}},)? (?:(?:remains?|is|was|will be) "
    r"(?:[a-z]+ )?(?:conditional|contingent|dependent)|remains? subject|(?:is|remains) (?:still )?subject to"
    r"(?= (?:\S+ ){{0,4}}(?:due diligence|documentation|definitive|final|credit|approval|conditions|raising"
    r"|equity|permit)))"
)
#: How many sentences further.
_NEXT = 4


def lowered(analysis: Analysis, mention: Mention) -> Mention:
    """The same, as conditional if one of the next sentences says so of it: "The loan remains conditional on"."""
    words = _CALLED.get(str(mention.fields["instrument"]))
    if mention.fields["status"] != "committed" or words is None:
        return mention
    last = analysis.sentences[min(mention.sentence.index + _NEXT, len(analysis.sentences) - 1)]
    found = compiled(_HANGING.format(words)).search(analysis.folded, mention.sentence.start, last.end)
    if found is None:
        return mention
    fields = {**mention.fields, "status": "conditional"}
    return replace(mention, fields=fields, same=f"conditional {fields['instrument']}")
