"""Mentions of kind condition: what a deal, a loan or a permit still hangs on."""

from collections.abc import Iterator, Mapping, Sequence

from facts.cue import Hit, compiled
from facts.extractors import deal
from facts.extractors.cued import READ
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: How far after "subject to" the words stand that make it no condition.
_NEAR = 60
#: How much may stand before a condition named by its own words, to see that it is not denied.
_DENIED = 12
#: What makes a thing named after "subject to" no condition: "but not to financing".
_EXCEPTED = r"not(?: (?:to|on|upon|for))? $"
#: Words before "subject to" that take it back.
_DENIALS = (" not ", " no longer ", " nor ", "n't ")
#: What adds a condition to another.
_FURTHER = r"and|or|nor|if|unless|as well as|plus"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind condition; one trigger may bring several."""
    for hit in deal.read(analysis, "condition"):
        fields, stance = deal.split(hit)
        if fields.pop("trigger", None):
            yield from _listed(analysis, hit)
        elif not deal.before(analysis, hit.sentence, hit.start, _DENIED).endswith(("no ", "not a ")):
            yield deal.mention(hit, fields, stance, same=fields["ctype"])


def hangs(analysis: Analysis, sentence: Sentence, reach: int) -> bool:
    """Whether something said within so many sentences of this one is subject to conditions."""
    return any(_triggered(analysis, other) for other in analysis.sentences[sentence.index : sentence.index + reach + 1])


def _triggered(analysis: Analysis, sentence: Sentence) -> bool:
    return analysis.part(sentence) in READ and any(
        hit.cue.sets.get("trigger") and _types_after(analysis, hit) for hit in analysis.within("condition", sentence)
    )


def _listed(analysis: Analysis, hit: Hit) -> Iterator[Mention]:
    for ctype, weight, start, end in _types_after(analysis, hit):
        fields = {"ctype": ctype, "weight": weight}
        yield Mention("condition", hit.sentence, start, end, fields, cues=(hit.cue.name,), same=ctype)


def _types_after(analysis: Analysis, hit: Hit) -> list[tuple[str, str, int, int]]:
    """Condition type, weight and place for everything named after a trigger in its sentence."""
    folded, stop, table = analysis.folded, hit.sentence.end, deal.lexicon("condition")
    denied = deal.before(analysis, hit.sentence, hit.start, _DENIED).endswith(_DENIALS)
    if denied or compiled(table["never"]).search(folded, hit.start, min(stop, hit.end + _NEAR)):
        return []
    asks = hit.cue.sets.get("asks")
    if asks == "who" and (first := list(_askers(analysis, hit, _people(), hit.sentence.start, hit.start))):
        return first
    found = []
    for kind in table["type"]:
        match = compiled(kind["pattern"]).search(folded, hit.start, stop)
        if match and not compiled(_EXCEPTED).search(folded[max(hit.start, match.start() - _DENIED) : match.start()]):
            found.append((kind["ctype"], kind.get("weight", "material"), hit.start, max(hit.end, match.end())))
    if not found and asks:
        found = list(_askers(analysis, hit, table["asker"], hit.start, stop))
    if not found and asks == "either":
        found = list(_askers(analysis, hit, _people(), hit.sentence.start, hit.start))
    if not found and (match := compiled(table["unnamed"]).search(folded, hit.start, stop)):
        found.append(("unspecified", "standard", hit.start, max(hit.end, match.end())))
    if not found and "otherwise" in hit.cue.sets:
        found.append((hit.cue.sets["otherwise"], "standard", hit.start, hit.end))
    return found


def _people() -> list[Mapping[str, str]]:
    """Who may have to consent, of what the lexicon asks for."""
    return [kind for kind in deal.lexicon("condition")["asker"] if "who" in kind]


def _askers(
    analysis: Analysis, hit: Hit, table: Sequence[Mapping[str, str]], start: int, stop: int
) -> Iterator[tuple[str, str, int, int]]:
    """Whose consent is asked for, where no approval is named as one: "once Kabul agrees", "to be cleared by CFIUS".

    The first counts, and whatever another "if", "and" or "or" adds behind it.
    """
    until = stop
    for kind in table:
        match = compiled(kind["pattern"]).search(analysis.folded, start, stop)
        if match and (until == stop or _adds(analysis, until, match.start())):
            first, last = min(hit.start, match.start()), max(hit.end, match.end())
            yield kind["ctype"], kind.get("weight", "material"), first, last
            until = match.end()


def _adds(analysis: Analysis, end: int, start: int) -> bool:
    """Whether a further condition begins between the end of one and the start of another."""
    return end < start and compiled(_FURTHER).search(analysis.folded, end, start) is not None
