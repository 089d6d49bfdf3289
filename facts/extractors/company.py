"""Mentions of kind company: stage and revenue of the company that the text is about, and of classes of companies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from facts.cue import Hit
from facts.extractors import context, document, study
from facts.extractors.cued import READ
from facts.extractors.hero import hero_of
from facts.mention import Mention
from facts.stance import stance_of
from facts.text.analysis import Analysis
from facts.text.lexicon import sounds_like
from facts.text.name import Organisation, names_of

#: What a stage cue counts more by where it stands: it orders like evidence, but a word of the headline ("explorer")
#: does not outweigh how far the project has come.
_PART = {"headline": 0.05, "lead": 0.03, "about": 0.01}
#: Stages that are told of others too, if the words stand right behind the name.
_SHOWN = frozenset({"permitted", "construction", "commissioning", "producing"})
_NEAR = 60
#: What is told of the present only; how far in front of a wording its clause may begin, in characters; where it begins.
_BUILT, _EARNED = _SHOWN - {"permitted"}, frozenset({"operating"})
_CLAUSE = 120
#: A stop is known by the word behind it, which may be the first of the wording.
_AFTER_STOP = 14
_STOP = re.compile(
    r"[;:] |[\"\u201d] |, (?=(?:and|but|which|while|with|it|its|the|who|where|they|we|up|down|from|in|at|compared"
    r"|of which|a)\b)| (?:but|while|which|although|whereas|after|since"
    r"|as(?= (?:commissioning|construction|production|prices|work|output|it)\b)"
    r"|and (?=(?:is|are|has|have|had|was|were|now|currently|it|they|we|the|sold|sells|shipped|ships|produced|produces"
    r"|mined|milled|treated|recovered|poured|exported|processed|turned|made|generated|reported|posted|earned|booked"
    r"|said|says)\b)) ?"
)
#: Levels of study as stages.
_STUDIED = {"scoping_pea": "pea", "pfs": "pfs", "dfs": "dfs"}
_PUBLIC = frozenset({"government", "state_agency"})
_BACKERS = _PUBLIC | {"private_fund"}
_LISTED = re.compile(
    r"shares (?:trade|rose|fell|closed)|common shares|stock exchange|listed|quoted|\b(?:nasdaq|tsx|asx|nyse|aim|otc)\b"
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """The protagonist, if the text tells its stage, revenue or listing; others that produce; classes of companies."""
    if "company" not in analysis.known:  # other kinds ask for the stage too
        analysis.known["company"] = tuple(_find(analysis))
    yield from analysis.known["company"]


def _find(analysis: Analysis) -> Iterator[Mention]:
    hero = hero_of(analysis)
    hits = [hit for hit in analysis.family("company") if _is_read(analysis, hit) and _is_now(analysis, hit)]
    yield from _classes(analysis, hits)
    yield from _others(analysis, hits, hero)
    if hero is None or (not hero.announcer and _is_a_government(analysis)):
        return
    own = [hit for hit in hits if "class" not in hit.cue.sets and _is_about(analysis, hit, hero)]
    stage = _stage(analysis, own)
    revenue = _revenue(own)
    if stage is None and (studied := _studied(analysis)):
        yield _of_study(analysis, hero, studied, revenue)
    elif stage or revenue or hero.listed:
        yield _mention(analysis, hero, stage, revenue)


def _is_read(analysis: Analysis, hit: Hit) -> bool:
    """Of the fine print, only what it says of revenue."""
    part = analysis.part(hit.sentence)
    return part in READ or (part == "boilerplate" and hit.cue.name == "company.no_revenue")


def _is_now(analysis: Analysis, hit: Hit) -> bool:
    """Whether the clause tells what is, not what is to come, was once or is somebody else's."""
    said = hit.cue.sets
    if "always" in said or (said.get("stage") not in _BUILT and said.get("revenue") not in _EARNED):
        return True
    left = max(hit.sentence.start, hit.start - _CLAUSE)
    for stop in _STOP.finditer(analysis.folded, left, min(hit.sentence.end, hit.start + _AFTER_STOP)):
        left = stop.end() if stop.end() <= hit.start else left
    clause = replace(hit.sentence, start=left, end=min(hit.end, hit.sentence.end))
    return not context.hits(analysis, "company_state", clause)


def _is_a_government(analysis: Analysis) -> bool:
    return any(mention.fields.get("doc_type") == "gov_statement" for mention in document.find(analysis))


def _is_about(analysis: Analysis, hit: Hit, hero: Organisation) -> bool:
    """No other organisation stands nearer to the words than the one that the text is about.

    Work in the field by itself tells of a miner only: whoever lives on royalties pays others for it."""
    if hit.cue.name == "company.field_work" and (not sounds_like(hero.label, "miner") or "Royalt" in hero.label):
        return False
    before = names_of(analysis).before(hit.sentence, hit.start + 1)
    return before is None or before[2] is hero or before[2].group in _PUBLIC


def _stage(analysis: Analysis, hits: Sequence[Hit]) -> Hit | None:
    staged = [hit for hit in hits if "stage" in hit.cue.sets]
    return max(staged, key=lambda hit: (_weight(analysis, hit), -hit.start), default=None)


def _weight(analysis: Analysis, hit: Hit) -> float:
    weight: float = hit.cue.sets.get("strength", 1) + _PART.get(analysis.part(hit.sentence), 0.0)
    return weight


def _revenue(hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if "revenue" in hit.cue.sets), None)


def _studied(analysis: Analysis) -> Mention | None:
    """The study that tells how far a company is, of which the text says no more."""
    made = (said for said in study.find(analysis) if said.fields.get("level") in _STUDIED)
    return next((said for said in made if stance_of(analysis, said).modality in ("agreed", "completed")), None)


def _of_study(analysis: Analysis, hero: Organisation, studied: Mention, revenue: Hit | None) -> Mention:
    fields: dict[str, str | int | float] = {
        "stage": _STUDIED[str(studied.fields["level"])],
        "revenue": revenue.cue.sets["revenue"] if revenue else "unstated",
        "listed": "yes" if hero.listed or _LISTED.search(analysis.folded) else "unstated",
    }
    return replace(
        studied,
        kind="company",
        fields=fields,
        subject=hero.label,
        same=hero.label,
        polarity="affirmed",
        modality="agreed",
        layer="event",
    )


def _mention(analysis: Analysis, hero: Organisation, stage: Hit | None, revenue: Hit | None) -> Mention:
    fields: dict[str, str | int | float] = {
        "stage": stage.cue.sets["stage"] if stage else "unstated",
        "revenue": revenue.cue.sets["revenue"] if revenue else "unstated",
        "listed": "yes" if hero.listed or _LISTED.search(analysis.folded) else "unstated",
    }
    hit = stage or revenue
    cues = tuple(found.cue.name for found in (stage, revenue) if found) or ("company.listed",)
    index, start, end = hero.places[0]
    sentence = hit.sentence if hit else analysis.sentences[index]
    start, end = (hit.start, hit.end) if hit else (start, end)
    return Mention(
        "company", sentence, start, end, fields, hero.label, cues, "affirmed", "agreed", "event", same=hero.label
    )


def _is_a_backer(one: Organisation) -> bool:
    return one.group in _BACKERS or one.label.endswith("Fund")


def _others(analysis: Analysis, hits: Sequence[Hit], hero: Organisation | None) -> Iterator[Mention]:
    """Companies beside the protagonist that the text says are building or producing."""
    for hit in hits:
        said = hit.cue.sets
        if said.get("stage") not in _SHOWN or said.get("strength", 1) < 1 or analysis.part(hit.sentence) == "about":
            continue
        near = names_of(analysis).before(hit.sentence, hit.start)
        if near and near[2] is not hero and not _is_a_backer(near[2]) and 0 <= hit.start - near[1] <= _NEAR:
            one = near[2]
            fields: dict[str, str | int | float] = {
                "stage": hit.cue.sets["stage"],
                "listed": "yes" if one.listed else "unstated",
            }
            yield Mention(
                "company",
                hit.sentence,
                hit.start,
                hit.end,
                fields,
                one.label,
                (hit.cue.name,),
                "affirmed",
                "agreed",
                "backdrop",
                same=one.label,
            )


def _classes(analysis: Analysis, hits: Sequence[Hit]) -> Iterator[Mention]:
    for hit in hits:
        if "class" in hit.cue.sets:
            fields: dict[str, str | int | float] = {"stage": "unstated", "revenue": hit.cue.sets["revenue"]}
            subject = analysis.text[hit.start : hit.end]
            yield Mention(
                "company",
                hit.sentence,
                hit.start,
                hit.end,
                fields,
                subject,
                (hit.cue.name,),
                "affirmed",
                "agreed",
                "backdrop",
                same="class",
            )
