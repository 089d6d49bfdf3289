"""Mentions of kind material: what the document is about, not every mineral that it names."""

from collections.abc import Iterator, Sequence
from typing import Literal

from facts.cue import Hit
from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.extractors.hero import hero_of
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import names_of

Group = Literal["light", "heavy", "mixed", "non_ree"]

#: How much a mention counts by where it stands; one inside a company's name counts little.
_WEIGHT = {"headline": 3.0, "lead": 1.5, "heading": 1.5, "about": 0.3}
_IN_A_NAME = 0.2
#: Minerals of which none has this share of the mentions are examples of the critical minerals spoken of.
_DOMINANT = 0.4
#: "Critical minerals" said so many times as often as any mineral by name are the subject themselves.
_MANY_TIMES = 4
#: Examples stand beside the words "critical minerals" said this often against all of them together, at least.
_SAID_AS_SUCH = 0.3
#: Rare earths are one of at least so many minerals if they are named so often against the one named most.
_SEVERAL, _AMONG = 2, 0.5
#: "Critical minerals" said so often, and rare earths named: a text on all of them.
_AS_SUCH = 3
#: Rare earths of one group among so much of other minerals are one of many.
_BESIDE = 0.6
#: Elements named with an element fact: at least this share of the mentions of the most frequent one.
_MINOR_ELEMENT = 0.25
_MOST_ELEMENTS = 4
#: The two groups of rare earths; how much more one must be named than the other, and than rare earths in general.
_EITHER: tuple[tuple[Group, Group], ...] = (("light", "heavy"), ("heavy", "light"))
_NEARLY_ALL, _NOT_LOST = 3.0, 0.5


def find(analysis: Analysis) -> Iterator[Mention]:
    """One mention for the group of materials that the document is about, at its weightiest place."""
    weighed = [
        (hit, _weight(analysis, hit)) for hit in analysis.family("material") if analysis.part(hit.sentence) in READ
    ]
    rare = [(hit, weight) for hit, weight in weighed if hit.cue.sets["group"] != "non_ree"]
    other = [(hit, weight) for hit, weight in weighed if hit.cue.sets["group"] == "non_ree"]
    if _outweigh(rare, other) or (_is_of_states(analysis) and (_are_examples(rare, other) or _are_among(rare, other))):
        yield _mention(analysis, rare, _rare_group(analysis, rare, other))
    elif other:
        yield _mention(analysis, other, "non_ree")


def _outweigh(rare: Sequence[tuple[Hit, float]], other: Sequence[tuple[Hit, float]]) -> bool:
    """Rare earths are named at least as often as any other mineral, or critical minerals and no mineral by name."""
    named = sum(weight for _, weight in rare)
    return (named > 0 and named >= max(_totals(other).values(), default=0.0)) or (bool(rare) and not other)


def _is_of_states(analysis: Analysis) -> bool:
    """A text of or on governments: the minerals that it names stand for all that are critical, not for a project."""
    return doc_type_of(analysis) == "gov_statement" or hero_of(analysis) is None


def _are_examples(rare: Sequence[tuple[Hit, float]], other: Sequence[tuple[Hit, float]]) -> bool:
    """The document speaks of critical minerals as such, and the minerals that it names are only some of them."""
    unspecified = sum(not hit.cue.sets.get("weight", 1) for hit, _ in rare)
    total = _totals(other)
    named = sum(total.values())
    few = max(total.values(), default=0.0) < _DOMINANT * named and unspecified > _SAID_AS_SUCH * named
    return unspecified > 0 and (few or unspecified > _MANY_TIMES * named)


def _are_among(rare: Sequence[tuple[Hit, float]], other: Sequence[tuple[Hit, float]]) -> bool:
    """Rare earths are one of several critical minerals of which none stands out, or of those spoken of at large."""
    total = _totals(other)
    named = sum(weight for _, weight in rare)
    unspecified = sum(not hit.cue.sets.get("weight", 1) for hit, _ in rare)
    if unspecified and len(total) >= _SEVERAL and named >= _AMONG * max(total.values()):
        return True
    return named > 0 and unspecified >= _AS_SUCH


def _weight(analysis: Analysis, hit: Hit) -> float:
    weight: float = _WEIGHT.get(analysis.part(hit.sentence), 1.0) * hit.cue.sets.get("weight", 1.0)
    named = names_of(analysis).around(hit.sentence, hit.start, hit.end)
    return weight * _IN_A_NAME if named else weight


def _rare_group(analysis: Analysis, rare: Sequence[tuple[Hit, float]], other: Sequence[tuple[Hit, float]]) -> Group:
    """Light or heavy where nearly all that is named is one of them, and it is not lost among rare earths in general,
    or the headline names it alone; beside other minerals of weight, all of them."""
    if sum(weight for _, weight in other) > _BESIDE * sum(weight for _, weight in rare):
        return "mixed"
    total = {"light": 0.0, "heavy": 0.0, "mixed": 0.0}
    told = {hit.end for hit, _ in rare if hit.cue.sets["group"] != "mixed"}
    for hit, weight in rare:
        # "Heavy rare earths" are not rare earths in general, too.
        if hit.cue.sets["group"] != "mixed" or told.isdisjoint(range(hit.end - 1, hit.end + 2)):
            total[hit.cue.sets["group"]] += weight
    headed = {hit.cue.sets["group"] for hit, weight in rare if weight and analysis.part(hit.sentence) == "headline"}
    for one, rest in _EITHER:
        if headed == {one} and total[one] > total[rest]:
            return one
        if total[one] > _NEARLY_ALL * total[rest] and total[one] > _NOT_LOST * total["mixed"]:
            return one
    return "mixed"


def _mention(analysis: Analysis, weighed: Sequence[tuple[Hit, float]], group: Group) -> Mention:
    best, _ = max(weighed, key=lambda pair: (pair[1], -pair[0].start))
    fields: dict[str, str | int | float] = {"group": group}
    if elements := _elements(weighed):
        fields["elements"] = elements
    if product := best.cue.sets.get("product"):
        fields["product"] = product
    cues = tuple(dict.fromkeys(hit.cue.name for hit, _ in weighed))
    subject = analysis.text[best.start : best.end]
    return Mention(
        "material",
        best.sentence,
        best.start,
        best.end,
        fields,
        subject,
        cues,
        "affirmed",
        "agreed",
        "event",
        same=group,
    )


def _elements(weighed: Sequence[tuple[Hit, float]]) -> str:
    most = sorted(_totals(weighed).items(), key=lambda pair: -pair[1])[:_MOST_ELEMENTS]
    return ",".join(element for element, weight in most if weight >= _MINOR_ELEMENT * most[0][1])


def _totals(weighed: Sequence[tuple[Hit, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for hit, weight in weighed:
        for element in filter(None, hit.cue.sets.get("element", "").split(",")):
            total[element] = total.get(element, 0.0) + weight
    return total
