"""Organisations that a text names without a wording that gives them a part: bystanders, and whoever publishes it."""

import re
from collections.abc import Iterator

from facts.extractors.party_type import credit_of, type_of
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.name import Organisation, names_of

_TOLD = frozenset({"headline", "lead", "body"})
#: Of these the lexicon knows what they are.
_KNOWN_FIRMS = frozenset({"major_industrial", "producer", "trading_house"})
#: A desk that is paid for a text names itself in its small print.
_PAID = re.compile(
    r"\b((?:[A-Z][\w&'-]+ ){0,3}[A-Z][\w&'-]+(?: (?:Inc|Ltd|LLC|Corp)\.?)?)"
    r"(?: was paid [^.]{0,40}?(?:production|publish)| is a trading name of)"
)
#: One of these stands in every text that has that; few have.
_PAID_WORDS = (" was paid ", " is a trading name of")


def mention_of(
    analysis: Analysis, one: Organisation, index: int, start: int, end: int, role: str, ptype: str, committed: str,
    cues: tuple[str, ...], layer: str | None = None, polarity: str | None = None,
) -> Mention:  # fmt: skip
    fields: dict[str, str | int | float] = {
        "named": "yes", "role": role, "ptype": ptype, "credit": credit_of(ptype), "committed": committed,
    }  # fmt: skip
    return Mention(
        "party",
        analysis.sentences[index],
        start,
        end,
        fields,
        one.label,
        cues,
        "omitted" if polarity == "omitted" else "affirmed",
        "agreed",
        "backdrop" if layer == "backdrop" else "event",
        same=one.label,
    )


def bystander(analysis: Analysis, hero: Organisation | None, taken: set[str]) -> Iterator[Mention]:
    """A well-known company without a part in the news: a neighbour, a peer, a former owner."""
    for one in names_of(analysis).organisations:
        place = next((place for place in one.places if analysis.parts[place[0]] in _TOLD), None)
        if place and one.group in _KNOWN_FIRMS and one is not hero and one.label not in taken:
            ptype = type_of(analysis, one, "possible_player", place[1:])
            yield mention_of(analysis, one, *place, "possible_player", ptype, "no", ("party.bystander",), "backdrop")
            return


def publisher(analysis: Analysis, hero: Organisation | None) -> Iterator[Mention]:
    """Whoever brings a paid text out: the desk that was paid, or the manager of the fund that it praises."""
    told = any(words in analysis.text for words in _PAID_WORDS)
    if told and (paid := _PAID.search(analysis.text)):
        yield _announcer(analysis, paid.start(1), paid.end(1), "unknown")
    elif hero is None:
        for one in names_of(analysis).organisations:
            index, start, end = one.places[0]
            if one.group == "private_fund" and analysis.parts[index] in _TOLD:
                yield _announcer(analysis, start, end, "private_fund")
                return


def _announcer(analysis: Analysis, start: int, end: int, ptype: str) -> Mention:
    one = Organisation(analysis.text[start:end])
    index = next(sentence.index for sentence in reversed(analysis.sentences) if sentence.start <= start)
    return mention_of(analysis, one, index, start, end, "announcer", ptype, "no", ("party.publisher",))
