"""Governments and their agencies as parties of a government's own announcement, or of a report on one."""

from collections.abc import Iterator
from dataclasses import dataclass

from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import names_of
from facts.text.office import Office, offices
from facts.text.place import places
from facts.text.sentence import Sentence

_PART = {"headline": 3.0, "lead": 2.0}
#: A government that is named less is background.
_LEAST = 1.0
_MOST_GOVERNMENTS = 2
#: China is behind most news of the trade; it is a party only where it is named far more often than that.
_CHINA = 0.6
#: How far in front of a province its "Government of" may begin, in characters.
_NAMED = 20
#: How the names of countries begin that take an article.
_PLURAL = ("United ", "Netherlands", "Philippines", "Democratic Republic", "European Union", "Central African")
#: Words in the names of agencies that lend or invest; the others permit and administer.
_LENDS = (
    "Bank", "Finance", "Capital", "Fund", "EXIM", "DFC", "Loan", "Credit", "Export", "Invest", "KfW", "EDC", "JOGMEC",
    "JBIC", "NEXI", "KEXIM",
)  # fmt: skip


@dataclass(slots=True)
class _Government:
    total: float
    sentence: Sentence
    office: Office


def governments(analysis: Analysis) -> list[tuple[str | None, _Government]]:
    """Governments by how much the text speaks of them, most first; None is one that the text does not name."""
    found: dict[str | None, _Government] = {}
    for sentence in analysis.sentences:
        part = analysis.part(sentence)
        if part not in READ:
            continue
        for office in offices(analysis.text, sentence):
            weight = (
                _PART.get(part, 1.0) * (1.0 if office.plain else 0.6) * (_CHINA if office.country == "China" else 1.0)
            )
            known = found.get(office.country)
            if known is None:
                found[office.country] = _Government(weight, sentence, office)
            else:
                known.total += weight
                if office.plain and not known.office.plain:
                    known.sentence, known.office = sentence, office
    own = found.pop(None, None)
    ranked: list[tuple[str | None, _Government]] = sorted(found.items(), key=lambda pair: -pair[1].total)
    home = bool(ranked) and ranked[0][0] == "United States" and ranked[0][1].office.plain
    if own and (not ranked or (analysis.part(own.sentence) == "headline" and not home)):
        ranked.insert(0, (None, own))
    return ranked


def speaks_of_states(analysis: Analysis, before: int | None, anywhere: bool = False) -> bool:
    """Whether headline or lead names a government, in front of the offset `before` if that is given.

    `anywhere` looks at the body, too: for texts that tell of no company.
    """
    parts = READ if anywhere else frozenset(_PART)
    for sentence in analysis.sentences:
        if analysis.part(sentence) in parts:
            for office in offices(analysis.text, sentence):
                if before is None or office.start < before:
                    return True
    return False


def state_parties(analysis: Analysis) -> Iterator[Mention]:
    """The announcing government, those that it deals with, and the agencies that it puts to work."""
    told = {
        hit.cue.sets["state"]
        for hit in analysis.family("party")
        if "state" in hit.cue.sets and analysis.part(hit.sentence) in _PART
    }
    ranked = [pair for pair in governments(analysis) if pair[1].total >= _LEAST][:_MOST_GOVERNMENTS]
    for place, (country, government) in enumerate(ranked):
        joint = "joint" in told and len(ranked) > 1
        role = "partner" if place or joint else "announcer"
        committed = "no" if "offers" in told and not told & {"signs", "joint"} else "yes"
        yield _mention(country, government, role, committed)
    agencies = tuple(_agencies(analysis))
    if not ranked and not agencies and doc_type_of(analysis) == "gov_statement":
        yield from _speaker(analysis)
    yield from agencies


def _mention(country: str | None, government: _Government, role: str, committed: str) -> Mention:
    office = government.office
    fields: dict[str, str | int | float] = {
        "named": "yes", "role": role, "ptype": "government", "credit": "strong", "committed": committed,
    }  # fmt: skip
    label = f"Government of {_with_article(country)}" if country else "Government"
    return Mention(
        "party",
        government.sentence,
        office.start,
        office.end,
        fields,
        label,
        ("party.office",),
        "affirmed",
        "agreed",
        "event",
        same=label,
    )


def _speaker(analysis: Analysis) -> Iterator[Mention]:
    """The government that speaks, where the text names its country or its department only."""
    for sentence in analysis.sentences:
        if analysis.part(sentence) in _PART:
            for place in places(analysis.text, sentence.start, sentence.end):
                before = analysis.text[max(sentence.start, place.start - _NAMED) : place.start]
                if place.sort in ("country", "seat") or before.endswith("Government of "):
                    office = Office(place.country, place.start, place.end, True)
                    yield _mention(place.country, _Government(_LEAST, sentence, office), "announcer", "yes")
                    return


def _with_article(country: str) -> str:
    return f"the {country}" if country.startswith(_PLURAL) else country


def _agencies(analysis: Analysis) -> Iterator[Mention]:
    """An agency that a government names is to carry out its will: it has not yet committed anything."""
    for one in names_of(analysis).organisations:
        if one.group == "state_agency":
            index, start, end = one.places[0]
            role = "funder" if any(word in one.label for word in _LENDS) else "host"
            fields: dict[str, str | int | float] = {
                "named": "yes", "role": role, "ptype": "state_agency", "credit": "strong", "committed": "no",
            }  # fmt: skip
            yield Mention(
                "party",
                analysis.sentences[index],
                start,
                end,
                fields,
                one.label,
                ("party.agency",),
                "affirmed",
                "agreed",
                "event",
                same=one.label,
            )
