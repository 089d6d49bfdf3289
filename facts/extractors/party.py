"""Mentions of kind party: who speaks, signs, pays, buys or permits, who is only named, and who ought to be."""

from bisect import bisect_left
from collections.abc import Iterator

from facts.cue import Hit
from facts.extractors import document, party_bare
from facts.extractors.cued import READ
from facts.extractors.hero import hero_of
from facts.extractors.party_named import bystander, mention_of, publisher
from facts.extractors.party_state import speaks_of_states, state_parties
from facts.extractors.party_type import type_of
from facts.extractors.party_unnamed import unnamed
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import Organisation, names_of
from facts.text.office import Office, offices

#: Widest gap between a wording and the name it speaks of, in characters, where the cue does not say.
_REACH = 30
#: Names joined to one that has a part share it ("with Corvane and Halvorsen").
_JOINED = 7
#: Two names joined by "and" stand no farther apart, in characters.
_PAIRED = 40
_PUBLIC = frozenset({"government", "state_agency"})
#: Texts that may be about a government although they are not its own.
_ON_STATES = frozenset({"news_report", "analyst_note", "opinion_piece"})
#: How far around a wording other words bear on it, in characters, at most.
_WINDOW = 250
#: Partners of whom standing descriptions tell too: as background.
_STANDING = frozenset({"party.partner_with", "party.venture_with", "party.jointly_with"})
#: What a sentence tells of years longer ago than this is history.
_HISTORY = 2
#: Parts that are news and not a standing description.
_NEWS = READ - {"about"}
_EARLY = frozenset({"headline", "lead"})
#: A paid text that names a company so often tells its story; one that names it so seldom, and not in its headline,
#: names it as an example.
_OWN_STORY, _ASIDE = 8, 4
Target = tuple[int, int, Organisation]


def find(analysis: Analysis) -> Iterator[Mention]:
    """One party for whoever announces, one for each organisation with a part in the news."""
    hero = hero_of(analysis)
    doc_type, relay = _document(analysis)
    official = doc_type == "gov_statement" and not (hero and hero.announcer)
    if hero is not None and not official:
        yield from _hero(analysis, hero, doc_type, relay)
    state = official or (
        doc_type in _ON_STATES
        and speaks_of_states(analysis, hero.first if hero and _is_early(analysis, hero) else None, hero is None)
    )
    parts: dict[str, Mention] = {}
    for mention in _parts(analysis, hero):
        key = mention.same or ""
        if key not in parts or _rank(mention) < _rank(parts[key]):
            parts[key] = mention
    if state:
        for mention in state_parties(analysis):
            told = parts.pop(mention.same or "", mention)
            # An agency that the text names to do something has not done it, unless another sentence says so.
            if mention.fields["committed"] == "no" and told.fields["committed"] == "yes":
                mention = told
            yield mention
    yield from parts.values()
    if not state:
        yield from bystander(analysis, hero, set(parts))
    if doc_type == "promo_material":
        yield from publisher(analysis, hero)
    yield from unnamed(analysis, state)


def _document(analysis: Analysis) -> tuple[str, str]:
    fields = next((mention.fields for mention in document.find(analysis)), {})
    return str(fields.get("doc_type", "")), str(fields.get("relay", ""))


def _is_early(analysis: Analysis, one: Organisation) -> bool:
    return one.announcer or any(analysis.parts[index] in _EARLY for index, _, _ in one.places)


def _rank(mention: Mention) -> tuple[bool, int]:
    """Of several parts the first that the text gives; to be named only is none."""
    return mention.fields["role"] == "possible_player", mention.start


def _said(analysis: Analysis, key: str, parts: frozenset[str]) -> list[str]:
    """What the cues with this key say in these parts of the text, in order."""
    return [
        hit.cue.sets[key]
        for hit in analysis.family("party")
        if key in hit.cue.sets and analysis.part(hit.sentence) in parts
    ]


def _hero(analysis: Analysis, hero: Organisation, doc_type: str, relay: str) -> Iterator[Mention]:
    """Whoever the text is about: it announces, or others tell of its project."""
    promoted = doc_type == "promo_material"
    comments = bool(_said(analysis, "comment", _EARLY)) and not promoted
    told = sum(analysis.parts[index] == "body" for index, _, _ in hero.places)
    relayed = bool(_said(analysis, "relayed", frozenset({"lead"}))) or _heads(analysis, hero) or told >= _OWN_STORY
    posted = doc_type == "social_post"
    unbound = comments or posted or analysis.anonymous or (promoted and not relayed)
    index, start, end = hero.places[0]
    ptype = type_of(analysis, hero, "announcer", (start, end))
    if ptype == "unknown" or ptype in _PUBLIC:
        ptype = "junior"
    speaks = comments or (relay == "first_hand" and not promoted and not posted)
    role = "announcer" if speaks else "project_company"
    if promoted and not relayed and told <= _ASIDE:
        role = "possible_player"
    elif not comments:
        role = next(iter(_said(analysis, "hero", frozenset({"headline"}))), role)
    yield mention_of(analysis, hero, index, start, end, role, ptype, "no" if unbound else "yes", ("party.protagonist",))
    if comments:
        yield from _commented(analysis)


def _heads(analysis: Analysis, hero: Organisation) -> bool:
    """Whether the headline names the company: the text is about what it does, not about its trade."""
    return any(analysis.parts[index] == "headline" for index, _, _ in hero.places)


def _commented(analysis: Analysis) -> Iterator[Mention]:
    """The government on whose decision a company comments."""
    for sentence in analysis.sentences:
        if analysis.part(sentence) in _NEWS:
            for office in offices(analysis.text, sentence):
                one = _government(office)
                yield mention_of(
                    analysis,
                    one,
                    sentence.index,
                    office.start,
                    office.end,
                    "host",
                    "government",
                    "yes",
                    ("party.comments",),
                )
                return


def _government(office: Office) -> Organisation:
    return Organisation(f"Government of {office.country}" if office.country else "Government", "government")


def _parts(analysis: Analysis, hero: Organisation | None) -> Iterator[Mention]:
    """Organisations beside a wording that gives them a part."""
    offices_in: dict[int, tuple[Target, ...]] = {}
    for hit in analysis.family("party"):
        index = hit.sentence.index
        if "role" not in hit.cue.sets or "named" in hit.cue.sets or not _tells(analysis, hit):
            continue
        if index not in offices_in:
            offices_in[index] = _targets(analysis, hit)
        for start, end, one in list(_chosen(hit, offices_in[index])) or party_bare.beside(analysis, hit):
            if hero is None or not one.label.endswith(hero.label):
                yield from _part(analysis, hit, start, end, one)


def _tells(analysis: Analysis, hit: Hit) -> bool:
    """Standing descriptions tell of neighbours; their deals, like those of years ago, are history."""
    standing = hit.cue.sets.get("layer") == "backdrop" or hit.cue.name in _STANDING
    if analysis.part(hit.sentence) not in (READ if standing else _NEWS):
        return False
    if standing and (analysis.part(hit.sentence) == "about" or hit.cue.name not in _STANDING):
        return True
    if hit.cue.sets.get("early") and analysis.part(hit.sentence) not in _EARLY:
        return False
    if analysis.published is None:
        return True
    left, right = max(hit.sentence.start, hit.start - _WINDOW), min(hit.sentence.end, hit.end + _WINDOW)
    return not any(year < analysis.published.year - _HISTORY for year in analysis.years(left, right))


def _targets(analysis: Analysis, hit: Hit) -> tuple[Target, ...]:
    """Organisations and governments named in the sentence of a hit, in text order."""
    names = names_of(analysis)
    named = [
        (office.start, office.end, _government(office))
        for office in offices(analysis.text, hit.sentence)
        if office.plain and not names.around(hit.sentence, office.start, office.end)
    ]
    named += names.within(hit.sentence)
    return tuple(sorted(named, key=lambda target: target[:2]))


def _chosen(hit: Hit, targets: tuple[Target, ...]) -> Iterator[Target]:
    said = hit.cue.sets
    reach = said.get("reach", _REACH)
    first = bisect_left(targets, hit.start - _WINDOW, key=lambda target: target[0])
    targets = targets[first : bisect_left(targets, hit.end + _WINDOW, lo=first, key=lambda target: target[0])]
    if said.get("polarity") == "omitted":
        yield from targets
        return
    if said["side"] == "before":
        near = [target for target in targets if 0 <= hit.start - target[1] <= reach]
        yield from near[-1:]
        if said.get("pair") and near:
            yield from [target for target in targets if 0 < near[-1][0] - target[1] <= _PAIRED][-1:]
        return
    at = hit.end
    for start, end, one in targets:
        if hit.start < start and at <= end and start - at <= (reach if at == hit.end else _JOINED):
            yield start, end, one
            at = end
            if said["role"] not in ("partner", "possible_player", "funder"):
                return


def _part(analysis: Analysis, hit: Hit, start: int, end: int, one: Organisation) -> Iterator[Mention]:
    said = hit.cue.sets
    public = one.group in _PUBLIC
    if said.get("lends") and not public and type_of(analysis, one, role="partner", at=(start, end)) != "state_agency":
        return
    if (said.get("public") or said.get("agency")) and not public and not one.label.endswith(("Nation", "Nations")):
        return
    if public and said["role"] in ("buyer", "seller", "project_company"):
        return
    role = said["role"]
    ptype = type_of(analysis, one, role, (start, end), bool(said.get("service")))
    if ptype == "unknown" or role == "announcer":
        ptype = said.get("ptype", ptype)
    if role == "partner" and (ptype == "private_fund" or (said.get("stake") and public)):
        role = "funder"
    if public and said.get("service"):
        role = "host"
    tentative = role in ("funder", "partner") and _is_tentative(analysis, hit)
    committed = "no" if tentative or (public and said.get("service")) else said.get("committed", "no")
    yield mention_of(
        analysis,
        one,
        hit.sentence.index,
        start,
        end,
        role,
        ptype,
        committed,
        (hit.cue.name,),
        "backdrop" if analysis.part(hit.sentence) == "about" else said.get("layer"),
        said.get("polarity"),
    )


def _is_tentative(analysis: Analysis, hit: Hit) -> bool:
    hits = analysis.within("party", hit.sentence)
    first = bisect_left(hits, hit.start - _WINDOW, key=lambda other: other.start)
    last = bisect_left(hits, hit.end + _WINDOW, lo=first, key=lambda other: other.start)
    return any("tentative" in other.cue.sets for other in hits[first:last])
