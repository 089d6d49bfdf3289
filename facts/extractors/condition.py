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
_DENIALS = (" not ", " no ", " no longer ", " nor ", "n't ")
_CLOSING = r"(?:closing|completion|complete|transaction|obligations|into (?:force|effect)|parties)"
#: What a condition of whatever sort has to be about, to be one of the whole deal.
_DELIVERIES = r"(?:deliver(?:y|ies)|suppl(?:y|ies)|obligations|the (?:agreement|contract|sale|purchase)|drawdown)"
#: What every contract with a state says of next year's money.
_BUDGET = r"availability of (?:appropriat\w+|funds)|cost~share"
#: Sentences after a deal in which any condition is one of the deal.
_BESIDE, _NEARBY = 1, 12
#: What stands in a condition of a deal, further away.
_DEAL = (
    r"(?:closing|completion|complete|transaction|(?<!definitive )agreement|contract|acquisition|merger|offer"
    r"|arrangement|sale|purchase|issuance|placement|facility|loan|drawdown|draw|utilisation|obligations|deal"
    r"|into (?:force|effect)|parties|scheme|binding|investment)"
)
#: How far into a sentence a trigger may stand that introduces it, and the clause that follows then.
_FIRST = 6
_MAIN = (
    r"(?:the (?:company|parties|board|purchaser|unit|project|transaction)|it|we|they)"
    r" (?:will|would|shall|intends?|expects?|plans?|may|can)"
)
#: What adds a condition to another.
_FURTHER = r"and|or|nor|if|unless|as well as|plus"


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind condition; one trigger may bring several."""
    named: set[int] = set()
    loose: list[Mention] = []
    for mention in _mentions(analysis):
        if mention.fields["ctype"] == "unspecified":
            loose.append(mention)
        else:
            named.add(mention.sentence.index)
            yield mention
    # "And other customary conditions" names nothing where the sentence names another.
    yield from (mention for mention in loose if mention.sentence.index not in named)


def _mentions(analysis: Analysis) -> Iterator[Mention]:
    for hit in deal.read(analysis, "condition"):
        fields, stance = deal.split(hit)
        if fields.pop("trigger", None):
            yield from _listed(analysis, hit)
        elif not deal.before(analysis, hit.sentence, hit.start, _DENIED).endswith(("no ", "not a ")):
            yield deal.mention(hit, fields, stance, same=fields["ctype"])


def hangs(analysis: Analysis, sentence: Sentence, reach: int) -> bool:
    """Whether something said within so many sentences of this one is subject to conditions.

    Further away than a few sentences it has to be the deal that hangs, not a budget or a permit; still further, its
    closing.
    """
    later = analysis.sentences[sentence.index : sentence.index + reach + 1]
    return any(_triggered(analysis, other) and _is_of_deal(analysis, other, at) for at, other in enumerate(later))


def _is_of_deal(analysis: Analysis, sentence: Sentence, away: int) -> bool:
    words = _DEAL if away <= _NEARBY else _CLOSING
    return away <= _BESIDE or deal.within(analysis, words, sentence) is not None


def _triggered(analysis: Analysis, sentence: Sentence) -> bool:
    return analysis.part(sentence) in READ and any(
        hit.cue.sets.get("trigger")
        and ("part" not in hit.cue.sets or deal.within(analysis, _DELIVERIES, sentence))
        and _types_after(analysis, hit)
        and not deal.within(analysis, _BUDGET, sentence)
        for hit in analysis.within("condition", sentence)
    )


def _listed(analysis: Analysis, hit: Hit) -> Iterator[Mention]:
    for ctype, weight, start, end in _types_after(analysis, hit):
        fields = {"ctype": ctype, "weight": weight}
        yield Mention("condition", hit.sentence, start, end, fields, cues=(hit.cue.name,), same=ctype)


def _types_after(analysis: Analysis, hit: Hit) -> list[tuple[str, str, int, int]]:
    """Condition type, weight and place for everything named after a trigger in its sentence."""
    folded, stop, table = analysis.folded, _stop(analysis, hit), deal.lexicon("condition")
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
    found = [kind for kind in found if kind[0] != "unspecified"] or found
    if not found and asks:
        found = list(_askers(analysis, hit, table["asker"], hit.start, stop))
    if not found and asks == "either":
        found = list(_askers(analysis, hit, _people(), hit.sentence.start, hit.start))
    if not found and (match := compiled(table["unnamed"]).search(folded, hit.start, stop)):
        found.append(("unspecified", "standard", hit.start, max(hit.end, match.end())))
    if not found and "otherwise" in hit.cue.sets:
        found.append((hit.cue.sets["otherwise"], "standard", hit.start, hit.end))
    return found


def _stop(analysis: Analysis, hit: Hit) -> int:
    """Where what a trigger names ends: with the sentence, or where the clause begins that it introduces."""
    if hit.start - hit.sentence.start > _FIRST:
        return hit.sentence.end
    main = compiled(_MAIN).search(analysis.folded, hit.end, hit.sentence.end)
    return main.start() if main else hit.sentence.end


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
