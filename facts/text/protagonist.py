"""The company that an announcement is about, whether it speaks itself or is spoken of."""

from facts.text.analysis import Analysis
from facts.text.name import Names, Organisation, names_of

#: What speaks for an organisation by the part of the document that names it.
_PART = {"headline": 4.0, "lead": 2.0, "heading": 1.5}
_LISTED, _FIRM = 3.0, 0.5
#: Each mention counts, up to this many.
_MENTION, _MOST_MENTIONS = 0.4, 12
#: Below this an organisation is named in the text, but the text is not about it.
_LEAST = 4.5
#: Those who give money or permits are seldom the ones that a text is about.
_BACKERS = frozenset({"state_agency", "government", "private_fund"})
_BACKER = 0.3
#: What is bought and sold on an exchange is no company that a text is about.
_PAPER = ("ETF", "ETFs", "Trust", "Fund", "Funds", "Index")


def protagonist_of(analysis: Analysis) -> Organisation | None:
    """The organisation named most, earliest and in the best places; None if the text is about none."""
    if "protagonist" not in analysis.known:
        analysis.known["protagonist"] = _protagonist(analysis)
    found: Organisation | None = analysis.known["protagonist"]
    return found


def _protagonist(analysis: Analysis) -> Organisation | None:
    names = names_of(analysis)
    if names.company:
        return names.company
    scored = [(_score(analysis, names, one), one) for one in names.organisations if not one.label.endswith(_PAPER)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _LEAST else None


def _score(analysis: Analysis, names: Names, one: Organisation) -> float:
    parts = {analysis.parts[index] for index, _, _ in one.places}
    score = sum(weight for part, weight in _PART.items() if part in parts)
    score += min(len(one.places), _MOST_MENTIONS) * _MENTION
    score += _LISTED * one.listed + _FIRM * one.firm
    if one is names.organisations[0]:
        score += 1.0
    return score * (_BACKER if one.group in _BACKERS else 1.0)
