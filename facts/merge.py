"""Mentions of the same thing in headline, lead and quotation become one fact with several spans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from facts.codec import parse_fact
from facts.fact import Fact, Layer, Modality, Span
from facts.kinds import KINDS
from facts.mention import Mention
from facts.stance import STRENGTH, Stance, stance_of, takes
from facts.text.analysis import Analysis

#: Values that give way to any other when mentions are joined.
_WEAK = frozenset({None, "", "unstated", "unknown", "unspecified"})
#: How many earlier facts of the same key a mention is compared with.
_COMPARED = 12
#: Spans kept for one fact; a claim repeated more often needs no further proof.
_MOST_SPANS = 8


@dataclass(slots=True)
class _Group:
    members: list[tuple[Mention, Stance]] = field(default_factory=list)
    fields: dict[str, str | int | float] = field(default_factory=dict)

    def takes(self, mention: Mention) -> bool:
        """Whether no field of the mention contradicts what is known."""
        return all(
            value in _WEAK or self.fields.get(name) in _WEAK or self.fields[name] == value
            for name, value in mention.fields.items()
        )

    def add(self, mention: Mention, stance: Stance) -> None:
        """Take the mention in: its fields fill what was unstated."""
        self.members.append((mention, stance))
        for name, value in mention.fields.items():
            if self.fields.get(name) in _WEAK:
                self.fields[name] = value


def merge(analysis: Analysis, mentions: Iterable[Mention]) -> Iterator[Fact]:
    """Facts in the order in which the text first states them, with ids f1, f2, ...

    Mentions are one fact when kind, key (`same`, or the leading field) and polarity agree and no field contradicts.
    """
    groups: dict[tuple[str, ...], list[_Group]] = {}
    order: list[_Group] = []
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.kind)):
        stance = stance_of(analysis, mention)
        if stance.polarity != "affirmed" and mention.polarity is None and takes(mention.kind, "told_by_denial"):
            continue
        peers = groups.setdefault(_key(mention, stance), [])
        group = next((peer for peer in peers[-_COMPARED:] if peer.takes(mention)), None)
        if group is None:
            group = _Group()
            peers.append(group)
            order.append(group)
        group.add(mention, stance)
    for number, group in enumerate(order, 1):
        yield _fact(analysis, group, f"f{number}")


def _key(mention: Mention, stance: Stance) -> tuple[str, ...]:
    same = mention.same or str(mention.fields.get(KINDS[mention.kind].leading, "unstated"))
    return (mention.kind, same, stance.polarity)


def _fact(analysis: Analysis, group: _Group, name: str) -> Fact:
    first, stance = group.members[0]
    spans = tuple(dict.fromkeys(trimmed(analysis.text, mention) for mention, _ in group.members))[:_MOST_SPANS]
    data: dict[str, object] = {
        "id": name,
        "kind": first.kind,
        "subject": next((mention.subject for mention, _ in group.members if mention.subject), ""),
        "polarity": stance.polarity,
        "modality": _modality(analysis, group),
        "layer": _layer(group),
        "attribution": stance.attribution,
        "date": next((mention.date for mention, _ in group.members if mention.date), None),
        "spans": spans,
        "quote": analysis.text[spans[0].start : spans[0].end],
        "cues": tuple(dict.fromkeys(cue for mention, _ in group.members for cue in mention.cues)),
    }
    data |= group.fields
    try:
        return KINDS[first.kind].model_validate(data)
    except ValidationError:
        return parse_fact(data, analysis.announcement.name)  # tells in plain words what is wrong


def trimmed(text: str, mention: Mention) -> Span:
    """A span begins and ends with a letter, not with a blank."""
    words = text[mention.start : mention.end]
    return Span(mention.end - len(words.lstrip()), mention.start + len(words.rstrip()))


def _modality(analysis: Analysis, group: _Group) -> Modality:
    """The strongest of the places, each judged by its weakest verb; a headline does not outrank the text below it."""
    decided = [(mention, stance.modality) for mention, stance in group.members if stance.decided]
    below = [value for mention, value in decided if analysis.part(mention.sentence) != "headline"]
    found = below or [value for _, value in decided]
    return max(found, key=STRENGTH.index) if found else "agreed"


def _layer(group: _Group) -> Layer:
    """News if any place tells it as news."""
    said = [stance.layer for _, stance in group.members]
    if "event" in said:
        return "event"
    return "backdrop" if "backdrop" in said else said[0]
