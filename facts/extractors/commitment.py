"""Mentions of kind commitment: how far the parties have bound themselves, after the weakest verb that governs."""

import bisect
import dataclasses
from collections.abc import Iterator
from typing import Any

from facts.cue import Hit, compiled
from facts.extractors import deal, paper
from facts.extractors.condition import hangs
from facts.extractors.states import between_states
from facts.fact import Modality
from facts.mention import Mention
from facts.text.analysis import Analysis

#: Paper that is signed or filed, or is not: a future verb before it leaves an intention.
_SIGNED = frozenset({"framework", "mou", "loi", "term_sheet", "definitive", "joint_declaration", "application"})
#: Paper that leads to a contract.
_LETTERS = frozenset({"mou", "loi", "term_sheet"})
#: What a headline may call an acquisition.
_WEAKER = _LETTERS | {"definitive", "option"}
#: News that is all the contract there is.
_YIELDING = _LETTERS | {"option"}
#: What has happened, or is no commitment at all.
_HAPPENED = frozenset({"fid", "closed", "construction", "operating"})
_DONE = _HAPPENED | {"definitive_conditional"}
#: Paper that exists once it is spoken of, whatever it proposes.
_PAPER = _LETTERS | {"framework", "joint_declaration"}
#: What goes on while the text is written.
_STATE = frozenset({"fid", "construction", "operating"})
_STRUCK = r"(?:signed|signs|exercised?|exercises|granted|grants|entered into|enters into|announces|announced|options)"
_SOLD = r"(?:was|were|has been|have been) sold"
#: How a plant runs, told in passing: news only where headline or lead tell it.
_RUNS = frozenset(
    f"commitment.{name}"
    for name in ("at-work", "operates", "output-news", "runs-since", "works-running", "worked-quantity")
)
#: What governments do among themselves, told in passing.
_OF_OTHERS = frozenset({"commitment.nations-pledge", "commitment.state-deal", "commitment.bill"})
#: What states say they will buy of each other is no contract.
_BUYING = "commitment.agreed-to-buy"
#: Contracts that are named as ones that exist.
_HELD = frozenset({"commitment.existing-contract"})
#: Parts of a deal, and money, that are done, whatever the other parts still hang on.
_PARTS = frozenset(
    f"commitment.{name}"
    for name in (
        "part-closed",
        "financing-closed",
        "award-news",
        "ordered-goods",
        "retained-for-study",
        "hires",
        "engaged",
    )
)
#: What a seller keeps: no contract of its own where the ground is only optioned.
_ROYALTY = "royalty"
#: Sentences after an agreement, or a closing, in which its conditions are looked for.
_CONDITIONS = {"definitive": 40, "closed": 3}
#: Sentences after a contract named as one that exists.
_AROUND = 1
#: Deals older than so many years are history.
_HISTORY = 9
#: Works that go on were begun whenever it was.
_SINCE = r"since (?:[a-z]+ )?(?:19|20)\d\d"
_YEAR = r"(?:19|20)\d\d"
#: Sentences around a paper in which it may say that it does not bind.
_FORCE = 3


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every mention of kind commitment; a paper that only an intention names is a statement of intent."""
    hits = list(deal.read(analysis, "commitment"))
    force = [hit for hit in hits if hit.cue.sets.keys() == {"binding"}]
    soft = any(_is_soft(analysis, hit) for hit in hits)
    news = {hit.cue.sets.get("form") for hit in hits if _is_news(analysis, hit)}
    for hit in _told(analysis, hits, soft, "operating" in news):
        mention = _mention(analysis, hit, force)
        if mention is not None and not (soft and _is_foreseen(hit, mention)):
            yield dataclasses.replace(mention, **_layer(analysis, mention, hit.cue.sets["form"] in news))
    for noun, state in paper.composed(analysis, hits):
        if "held" in state.cue.sets and _is_of_sales(analysis, noun):
            continue
        if not _is_past(analysis, noun) and _stands(analysis, noun, noun.cue.sets.get("where")):
            yield _of_noun(analysis, noun, state, force)


def _told(analysis: Analysis, hits: list[Hit], soft: bool, runs: bool) -> Iterator[Hit]:
    """The hits that speak of a deal of the text, not of history, of others, or of what another hit says better.

    `soft` as `_is_soft` says, `runs` where the news is that a plant runs.
    """
    headed = _only_headed(analysis, hits)
    optioned = any(hit.cue.sets.get("form") == "option" for hit in hits)
    for hit in hits:
        name, named, form = hit.cue.name, hit.cue.sets.get("named"), hit.cue.sets.get("form")
        doubled = (
            (headed and form == "closed" and analysis.part(hit.sentence) == "headline")
            or (name in _RUNS and not runs)
            or (name == _BUYING and any(_closes(hit, other) for other in hits))
        )
        if form is None or doubled or (named and soft) or (named == _ROYALTY and optioned):
            continue
        if not (_is_of_sales(analysis, hit) or _is_void(analysis, hit)):
            yield hit


def _is_void(analysis: Analysis, hit: Hit) -> bool:
    return deal.negated(analysis, hit.sentence, hit.start) or deal.of_others(analysis, hit) or _is_old(analysis, hit)


def _mention(analysis: Analysis, hit: Hit, force: list[Hit]) -> Mention | None:
    fields, stance = deal.split(hit)
    if not _proper(analysis, hit, fields.pop("title", None)) or not _stands(analysis, hit, fields.pop("where", None)):
        return None
    if fields.pop("hangs", None) and not hangs(analysis, hit.sentence, _FORCE):
        return None
    form = _form(analysis, hit, _governor(analysis, hit))
    if form is None:
        return None
    if form == "statement_of_intent" and fields["form"] != form:
        stance["modality"] = "planned"
    for setting in ("of", "named", "held"):
        fields.pop(setting, None)
    fields["form"] = form
    if form in _PAPER or form == "order":
        stance.setdefault("modality", "agreed")
    if form == "talks" and analysis.anonymous:
        stance["modality"] = "rumoured"
    if deal.refuted(analysis, hit.sentence):
        stance["polarity"] = "denied"
    fields.setdefault("binding", _binding(hit, force))
    return deal.mention(hit, fields, stance, same=form)


def _governor(analysis: Analysis, hit: Hit) -> Modality | None:
    """What the verb around the claim makes of it; an application is one unless somebody only means to file it."""
    form = hit.cue.sets["form"]
    if form == "application":
        return "planned" if deal.meant(analysis, hit.sentence, hit.start) else None
    if form in _PAPER and deal.awaited(analysis, hit.sentence, hit.end):
        return "planned"
    return deal.governor(analysis, hit.sentence, hit.start)


def _form(analysis: Analysis, hit: Hit, modality: Modality | None) -> str | None:
    """How far the claim goes after the verb that governs it and the conditions it hangs on; None where it is none."""
    form: str = hit.cue.sets["form"]
    held = "held" in hit.cue.sets
    if form in _PAPER and deal.ended(analysis, hit.sentence, hit.end):
        return None
    if form in _HAPPENED and deal.not_yet(analysis, hit.sentence, hit.start, hit.end):
        return None
    if modality and (held or form in _DONE or (modality == "possible" and form in _SIGNED)):
        return None
    if modality and form in _SIGNED:
        return "statement_of_intent"
    return _settled(analysis, hit, form, _AROUND if held else _CONDITIONS.get(form, 0))


def _settled(analysis: Analysis, hit: Hit, form: str, reach: int) -> str | None:
    """What is signed or closed, by who signed it and by what it hangs on within so many sentences."""
    if form == "definitive" and between_states(analysis, hit.sentence) and not hangs(analysis, hit.sentence, 0):
        return None if hit.cue.name == _BUYING else "framework"
    if form in _CONDITIONS and hit.cue.name not in _PARTS and hangs(analysis, hit.sentence, reach):
        return "definitive_conditional"
    return form


def _closes(hit: Hit, other: Hit) -> bool:
    """Whether the sentence goes on to say that the deal has been done."""
    return other.sentence is hit.sentence and other.start > hit.end and other.cue.sets.get("form") == "closed"


def _is_soft(analysis: Analysis, hit: Hit) -> bool:
    """Whether the news itself is a letter, a memorandum or an option: the contract it speaks of is no other one."""
    return hit.cue.sets.get("form") in _YIELDING and _is_news(analysis, hit)


def _is_foreseen(hit: Hit, mention: Mention) -> bool:
    """Whether the mention is only the contract that a letter or an option is to lead to."""
    return hit.cue.sets["form"] == "definitive" and mention.fields["form"] == "statement_of_intent"


def _only_headed(analysis: Analysis, hits: list[Hit]) -> bool:
    """Whether only the headline calls closed what the text has just signed: the weaker of the two holds."""
    below = [hit for hit in hits if analysis.part(hit.sentence) != "headline"]
    signed = any(_is_news(analysis, hit) and hit.cue.sets.get("form") in _WEAKER for hit in below)
    return signed and not any(hit.cue.sets.get("form") == "closed" for hit in below)


def _of_noun(analysis: Analysis, noun: Hit, state: Hit, force: list[Hit]) -> Mention:
    """A paper found by its noun, with what stands beside it."""
    fields: dict[str, Any] = {"form": state.cue.sets["form"], "binding": _binding(noun, force)}
    if fields["form"] == "definitive" and between_states(analysis, noun.sentence):
        fields["form"] = "framework"
    if fields["form"] == "definitive" and hangs(analysis, noun.sentence, _CONDITIONS["definitive"]):
        fields["form"] = "definitive_conditional"
    start, end = min(noun.start, state.start), max(noun.end, state.end)
    cues = (noun.cue.name, state.cue.name)
    return Mention("commitment", noun.sentence, start, end, fields, cues=cues, same=fields["form"])


def _is_old(analysis: Analysis, hit: Hit) -> bool:
    """The history of a property, and what a standing description aims at, commit nobody."""
    if hit.cue.sets["form"] == "statement_of_intent" and analysis.part(hit.sentence) == "about":
        return True
    if hit.cue.sets["form"] == "operating" and deal.within(analysis, _SINCE, hit.sentence):
        return False
    return _is_past(analysis, hit)


def _is_past(analysis: Analysis, hit: Hit) -> bool:
    """Whether the sentence tells of years long gone."""
    years = (
        int(found.group()) for found in compiled(_YEAR).finditer(analysis.folded, hit.sentence.start, hit.sentence.end)
    )
    return analysis.published is not None and any(year < analysis.published.year - _HISTORY for year in years)


def _is_of_sales(analysis: Analysis, hit: Hit) -> bool:
    """Talks about tonnes, a promise to buy them, and contracts of sale told in passing, are told by the offtake."""
    if "held" in hit.cue.sets or "noun" in hit.cue.sets:
        sold = any("form" in other.cue.sets for other in analysis.within("offtake", hit.sentence))
        return sold and not _is_news(analysis, hit)
    told = hit.cue.sets.get("form") == "talks" or hit.cue.name == "commitment.agreed-to-buy"
    return told and any(
        "form" in other.cue.sets and other.start < hit.end and hit.start < other.end
        for other in analysis.within("offtake", hit.sentence)
    )


def _is_news(analysis: Analysis, hit: Hit) -> bool:
    return analysis.part(hit.sentence) in ("headline", "lead")


def _layer(analysis: Analysis, mention: Mention, news: bool) -> dict[str, Any]:
    """Rights and sales that headline and lead are silent about are background; works that go on are news."""
    form = mention.fields["form"]
    if mention.layer or news:
        return {}
    if analysis.part(mention.sentence) == "about":
        return {"layer": "backdrop"} if form in _STATE else {}
    if form in _STATE:
        return {"layer": "event"}
    if mention.cues[0] in _OF_OTHERS:
        return {"layer": "backdrop"}
    if mention.cues[0] in _HELD:
        return {"layer": "backdrop"}
    held = form == "option" and not deal.within(analysis, _STRUCK, mention.sentence)
    sold = form == "closed" and compiled(_SOLD).search(analysis.folded, mention.start, mention.end) is not None
    return {"layer": "backdrop"} if held or sold or "commitment.planned-deal" in mention.cues else {}


def _proper(analysis: Analysis, hit: Hit, title: str | None) -> bool:
    """Whether the paper's name is written as a name ("the Framework", not "a framework")."""
    if title is None or analysis.part(hit.sentence) == "headline":
        return True
    words = analysis.text[hit.start : hit.end]
    return any(word.capitalize() in words for word in title.split("|"))


def _stands(analysis: Analysis, hit: Hit, where: str | None) -> bool:
    """Whether the hit stands where its cue is worth something: a purchase in headline or lead is the news, a
    contract that only the headline "secures" may be less."""
    if where == "below":
        return analysis.part(hit.sentence) != "headline"
    return where is None or _is_news(analysis, hit)


def _binding(hit: Hit, force: list[Hit]) -> Any:
    """What the text says of a paper's force, in its own sentence or the next few."""
    first = bisect.bisect_left(force, hit.sentence.index, key=lambda other: other.sentence.index)
    if first == len(force) or force[first].sentence.index - hit.sentence.index > _FORCE:
        return "unstated"
    return force[first].cue.sets["binding"]
