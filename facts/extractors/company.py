"""Mentions of kind company: stage and revenue of the company that the text is about, and of classes of companies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from facts.cue import Hit
from facts.extractors import context, document, study
from facts.extractors.company_stage import WEAK, is_awaited, is_elsewhere, is_no_miner, stage_of, strength_of
from facts.extractors.cued import READ
from facts.extractors.hero import hero_of
from facts.mention import Mention
from facts.stance import stance_of
from facts.text.analysis import Analysis
from facts.text.lexicon import sounds_like
from facts.text.name import Organisation, names_of

#: Stages that are told of others too, if the words stand right behind the name.
_SHOWN = frozenset({"permitted", "construction", "commissioning", "producing"})
_NEAR = 60
#: What is told of the present only; how far in front of a wording its clause may begin, in characters; where it begins.
_BUILT, _EARNED = _SHOWN - {"permitted"}, frozenset({"operating"})
_CLAUSE = 120
#: A stop is known by the word behind it, which may be the first of the wording.
_AFTER_STOP = 14
_STOP = re.compile(
    r"[;:] |[\"\u201d] |(?<= )that (?=[a-z]+(?: [a-z]+)? (?:has|have|is|are|already|currently) )|, (?=(?:and"
    r"|but|which|while|with|it|its|the|who|where|they|we|up|down|from|in|at|compared"
    r"|of which|a)\b)| (?:but|while|which|although|whereas|after|since"
    r"|as(?= (?:commissioning|construction|production|prices|work|output|it)\b)"
    r"|and (?=(?:is|are|has|have|had|was|were|now|currently|it|they|we|the (?:company|group|firm|mine|mill"
    r"|plant) (?:is|has|was|had|sold|produced)|sold|sells|shipped|ships|produced|produces"
    r"|mined|milled|treated|recovered|poured|exported|processed|turned|made|generated|reported|posted|earned|booked"
    r"|said|says)\b)) ?"
)
#: Wordings that count what a mine made.
_COUNTED = frozenset({"company.producing", "company.turns_out", "company.ships_yearly", "company.yearly_rate"})
#: Wordings that only call a company by what it does.
_CALLED = frozenset({"company.known_as_maker", "company.biggest_maker", "company.called_producer"})
#: What a government's text must say at least of a company for its stage to be told.
_PLAIN = 1.5
#: Levels of study as stages.
_STUDIED = {"scoping_pea": "pea", "pfs": "pfs", "dfs": "dfs"}
_PUBLIC = frozenset({"government", "state_agency"})
_BACKERS = _PUBLIC | {"private_fund"}
_LISTED = re.compile(
    r"shares (?:trade|rose|fell|closed)|common shares|stock exchange|listed|quoted|\b(?:nasdaq|tsx|asx|nyse"
    r"|aim|otc)\b"
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
    if hero is None or (_is_a_government(analysis) and not _is_a_firm(hero)):
        yield from _recipient(analysis, hits)
        return
    own = [hit for hit in hits if "class" not in hit.cue.sets and _is_about(analysis, hit, hero)]
    stage = stage_of(analysis, own, hero)
    if not hero.announcer and _is_a_government(analysis) and not _is_plain(stage):
        return
    if is_no_miner(own, hero):
        yield from _mine_of_another(own)
    if stage is not None and strength_of(stage) < WEAK and _studied(analysis):
        stage = None
    revenue = _revenue(own)
    if stage is None and not is_no_miner(own, hero) and (studied := _studied(analysis)):
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
    near = before is None or before[2] is hero or before[2].group in _PUBLIC or _is_kin(before[2], hero)
    return near and not is_elsewhere(analysis, hit, hero)


def _revenue(hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if "revenue" in hit.cue.sets), None)


def _studied(analysis: Analysis) -> Mention | None:
    """The study that tells how far a company is, of which the text says no more."""
    told = (said for said in study.find(analysis) if said.fields.get("level") in _STUDIED)
    made = (said for said in told if not is_awaited(analysis, said))
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


def _is_kin(one: Organisation, hero: Organisation) -> bool:
    """A subsidiary that goes by the same short name."""
    return not hero.shorts.isdisjoint(one.shorts)


def _is_a_firm(one: Organisation) -> bool:
    return one.firm or one.listed


def _is_plain(stage: Hit | None) -> bool:
    return stage is not None and strength_of(stage) >= _PLAIN


def _recipient(analysis: Analysis, hits: Sequence[Hit]) -> Iterator[Mention]:
    """The company that a government's text is about, if it says how far it is: whoever is named in front."""
    if not _is_a_government(analysis):
        return
    last: Organisation | None = None
    told: list[tuple[Hit, Organisation]] = []
    for sentence in analysis.sentences:
        for hit in (hit for hit in hits if hit.sentence is sentence and "stage" in hit.cue.sets and _is_plain(hit)):
            near = names_of(analysis).before(sentence, hit.start)
            one = near[2] if near else last
            if one is not None and one.firm and one.group not in _PUBLIC and not is_elsewhere(analysis, hit, one):
                told.append((hit, one))
        firms = [one for _, _, one in names_of(analysis).within(sentence) if one.firm and one.group not in _PUBLIC]
        last = firms[-1] if firms else last
    best = max(told, key=lambda pair: (strength_of(pair[0]), -pair[0].start), default=None)
    if best is not None:
        yield _mention(analysis, best[1], best[0], None)


def _mine_of_another(hits: Sequence[Hit]) -> Iterator[Mention]:
    """The mine whose output a royalty company tells of, with figures."""
    hit = next((hit for hit in hits if hit.cue.name in _COUNTED), None)
    if hit:
        fields: dict[str, str | int | float] = {"stage": "producing", "listed": "unstated"}
        yield Mention(
            "company",
            hit.sentence,
            hit.start,
            hit.end,
            fields,
            "",
            (hit.cue.name,),
            "affirmed",
            "agreed",
            "backdrop",
            same="mine of another",
        )


def _is_a_backer(one: Organisation) -> bool:
    return one.group in _BACKERS or one.label.endswith("Fund")


def _others(analysis: Analysis, hits: Sequence[Hit], hero: Organisation | None) -> Iterator[Mention]:
    """Companies beside the protagonist that the text says are building or producing."""
    for hit in hits:
        said = hit.cue.sets
        if said.get("stage") not in _SHOWN or said.get("strength", 1) < 1 or analysis.part(hit.sentence) == "about":
            continue
        if hit.cue.name in _CALLED or "producer of" in analysis.folded[hit.start : hit.end]:  # no more than who it is
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
