"""The announcement with its evidence marked: every sign that a fact was read from, and what became of it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from facts.fact import Fact
from rules.explain.prose import report as wording
from rules.pack import Pack
from rules.render.html.element import Markup, element
from rules.render.report import Report


def announcement(report: Report, prefix: str) -> Iterator[Markup]:
    """The key and the text. Underlines differ by stance, and every mark names its facts: colour is an extra."""
    source = report.assessment.announcement
    if source is None:
        return
    stances = {fact.id: stance(report.assessment.pack, report.used[fact.id]) for fact in report.assessment.facts}
    here = [name for name in wording.STANCES if name in stances.values()]
    yield element(
        "ul", [element("li", element("mark", wording.KEY, class_=name), f" {wording.STANCES[name]}") for name in here],
        class_="key",
    )  # fmt: skip
    pieces = _pieces(report, source.text, stances, prefix)
    yield element("div", pieces, class_="text")


def stance(pack: Pack, codes: Sequence[str]) -> str:
    """What the rules that use a fact do: raise caution, lower it, neither, or none uses it."""
    if not codes:
        return "idle"
    effects = {pack.rule(code).effect for code in codes}
    if effects & {"concern", "floor"}:
        return "raises"
    return "lowers" if effects & {"mitigant", "cap"} else "other"


def _pieces(report: Report, text: str, stances: dict[str, str], prefix: str) -> Iterator[Markup | str]:
    """The text cut where a span begins or ends; the last piece of each span carries the ids of its facts."""
    facts = [fact for fact in report.assessment.facts if fact.spans]
    cuts = sorted({0, len(text), *(edge for fact in facts for span in fact.spans for edge in span)})
    placed: set[str] = set()
    for start, end in pairwise(cuts):
        over = [fact for fact in facts if any(span.start < end and start < span.end for span in fact.spans)]
        if not over:
            yield text[start:end]
            continue
        ending = [fact for fact in over if any(span.end == end for span in fact.spans)]
        yield _mark(text[start:end], over, ending, stances, prefix, placed)


def _mark(
    words: str, over: Sequence[Fact], ending: Sequence[Fact], stances: dict[str, str], prefix: str, placed: set[str]
) -> Markup:
    strongest = next(name for name in wording.STANCES if any(stances[fact.id] == name for fact in over))
    anchors = []
    for fact in ending:
        own = None if fact.id in placed else f"{prefix}at-{fact.id}"
        placed.add(fact.id)
        anchors.append(element("sup", element("a", fact.id, href=f"#{prefix}fact-{fact.id}", id=own)))
    names = " ".join(prefix + fact.id for fact in over)
    return element("mark", words, anchors, class_=strongest, data_facts=names)
