"""An announcement made ready for extractors: folded, cut into sentences, its parts known, its cues found."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from facts.announcement import Announcement
from facts.cue import Hit
from facts.scanner import Found, shipped
from facts.text.fold import fold
from facts.text.layout import parts_of
from facts.text.published import published_in
from facts.text.sentence import Sentence, split

#: Where in the document a sentence stands. Boilerplate is read for solvency and dilution only; contact lines and
#: furniture (menus, share buttons, captions) for nothing; about is a company's standing description of itself.
Part = Literal["headline", "lead", "body", "heading", "about", "boilerplate", "contact", "furniture"]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What every extractor works on. `parts[i]` belongs to `sentences[i]`; `hits` are found by cue family."""

    announcement: Announcement
    folded: str
    sentences: tuple[Sentence, ...]
    parts: tuple[Part, ...]
    published: dt.date | None
    hits: Found
    #: Whether the text as a whole rests on people who are not named.
    anonymous: bool = False
    #: What extractors have worked out about the whole text and ask for again, by name.
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The announcement's text, as read."""
        return self.announcement.text

    def of(self, sentence: Sentence) -> str:
        """A sentence as it stands."""
        return self.text[sentence.start : sentence.end]

    def part(self, sentence: Sentence) -> Part:
        """Where the sentence stands."""
        return self.parts[sentence.index]

    def family(self, name: str) -> Sequence[Hit]:
        """The hits of one cue family, in text order."""
        return self.hits.of(name)

    def within(self, name: str, sentence: Sentence) -> Sequence[Hit]:
        """The hits of one cue family in one sentence, in text order."""
        return self.hits.within(name, sentence)

    def years(self, start: int, end: int) -> Iterator[int]:
        """The years that stand within some words of `start:end`, but not beyond its clause."""
        left = max(0, start - _NEAR)
        for match in _YEAR.finditer(self.folded, left, end + _NEAR):
            between = self.folded[match.end() : start] if match.start() < start else self.folded[end : match.start()]
            if not _CLAUSE_END.search(between):
                yield int(match.group())


#: What is not read as news, and the cue families that say something there all the same.
_SMALL_PRINT = frozenset({"boilerplate", "contact", "furniture"})
_READ_IN_SMALL_PRINT = frozenset(
    {"layout", "solvency", "dilution", "cost", "company", "promotion", "document", "stance", "when"}
)
#: How far, in characters, a year may stand from what it dates.
_NEAR = 60
_YEAR = re.compile(r"(?<![\w$€£.,-])(?:19|20)\d\d(?![\w%]|[.,]\d)")
_CLAUSE_END = re.compile(r"[;.!?] |\n|, (?:and|but|which|while)\b")


def analyse(announcement: Announcement) -> Analysis:
    """Fold, cut, lay out and scan one announcement; linear in its length."""
    folded = fold(announcement.text)
    sentences = split(announcement.text)
    hits = shipped().find(folded, sentences)
    parts = parts_of(announcement.text, sentences, hits.of("layout"))
    hits.drop((index for index, part in enumerate(parts) if part in _SMALL_PRINT), _READ_IN_SMALL_PRINT)
    return Analysis(
        announcement=announcement,
        folded=folded,
        sentences=sentences,
        parts=parts,
        published=announcement.published or published_in(folded, sentences),
        hits=hits,
        anonymous=_is_anonymous(hits.of("attribution"), parts),
    )


def _is_anonymous(stances: Sequence[Hit], parts: Sequence[Part]) -> bool:
    """Unnamed people in the headline or the lead, or more than once."""
    said = [hit for hit in stances if hit.cue.name == "attribution.anonymous"]
    return len(said) > 1 or any(parts[hit.sentence.index] in ("headline", "lead") for hit in said)
