"""The parts of a document: headline, lead, body, standing descriptions, legal boilerplate, contacts, furniture.

Cue data (`cues/layout.toml`) says which words open a part and how far it runs; a heading, or the opening of another
part, ends it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from facts.text.sentence import Sentence

if TYPE_CHECKING:
    from facts.cue import Hit
    from facts.text.analysis import Part

#: Longest line, in characters, that can be a heading; longest that can be a second headline.
_HEADING, _HEADLINE = 90, 260
#: A contact block ends with the first paragraph longer than this.
_CONTACT_LINE = 220
#: A warning that stands in the first part of a text does not mean that all the rest is boilerplate.
_EARLY = 0.35

Reach = Literal["sentence", "paragraph", "section", "rest", "contact", "short"]


@dataclass(slots=True)
class _Section:
    part: "Part"
    reach: Reach
    paragraph: int


def parts_of(text: str, sentences: Sequence[Sentence], hits: "Sequence[Hit]") -> "tuple[Part, ...]":
    """Where each sentence stands. `hits` are those of the cue family `layout`."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.sentence.index, []).append(hit)
    return tuple(_parts(text, sentences, by_sentence))


def is_heading(text: str, sentences: Sequence[Sentence], index: int) -> bool:
    """A short line of its own, not a list item, that does not end like a sentence."""
    sentence = sentences[index]
    return (
        sentence.end - sentence.start <= _HEADING
        and not sentence.bullet
        and text[sentence.end - 1] not in ".!,;…”\"'’"
        and _alone(sentences, index)
    )


def _alone(sentences: Sequence[Sentence], index: int) -> bool:
    paragraph = sentences[index].paragraph
    before = index > 0 and sentences[index - 1].paragraph == paragraph
    after = index + 1 < len(sentences) and sentences[index + 1].paragraph == paragraph
    return not before and not after


def _parts(text: str, sentences: Sequence[Sentence], hits: "Mapping[int, list[Hit]]") -> "Iterator[Part]":
    section: _Section | None = None
    opening: Part = "headline"
    lengths = _paragraph_lengths(sentences)
    for index, sentence in enumerate(sentences):
        heading = is_heading(text, sentences, index)
        section = _still_open(section, sentence, heading, lengths)
        opened = _opened(text, sentences, index, hits.get(index, ()))
        if opened and opened.reach == "sentence":
            yield opened.part
            continue
        section = opened or section
        if section:
            yield section.part
            continue
        opening, part = _plain(text, sentences, index, heading, opening)
        yield part


def _paragraph_lengths(sentences: Sequence[Sentence]) -> dict[int, int]:
    lengths: dict[int, int] = {}
    for sentence in sentences:
        lengths[sentence.paragraph] = lengths.get(sentence.paragraph, 0) + sentence.end - sentence.start
    return lengths


def _still_open(
    section: _Section | None, sentence: Sentence, heading: bool, lengths: Mapping[int, int]
) -> _Section | None:
    if section is None or section.reach == "rest" or sentence.paragraph == section.paragraph:
        return section
    if section.reach == "section" and not heading:
        return section
    if section.reach == "contact" and lengths[sentence.paragraph] <= _CONTACT_LINE:
        return section
    return None


def _opened(text: str, sentences: Sequence[Sentence], index: int, hits: "Sequence[Hit]") -> _Section | None:
    found: _Section | None = None
    for hit in hits:
        said = hit.cue.sets
        if not _in_place(text, sentences, index, hit):
            continue
        if said["part"] == "body":
            return _Section("body", "sentence", hit.sentence.paragraph)
        if found is None:
            found = _Section(said["part"], _reach(text, said["reach"], sentences, index), hit.sentence.paragraph)
    return found


def _in_place(text: str, sentences: Sequence[Sentence], index: int, hit: "Hit") -> bool:
    sentence, at = hit.sentence, hit.cue.sets["at"]
    offset = hit.start - sentence.start
    if hit.cue.name == "layout.about":
        return offset == 0 and _is_titled(text, hit.start)
    if hit.cue.sets["reach"] == "short":
        return sentence.end - sentence.start <= _CONTACT_LINE
    if at == "line":
        return offset <= 3 and sentence.end - hit.end <= 12 and _alone(sentences, index)
    return at == "any" or offset <= 3


def _is_titled(text: str, start: int) -> bool:
    """ "About Corvane Metals", "ABOUT THE PROJECT", not "About 300 tonnes"."""
    words = text[start : start + 60].split()[1:3]
    if words and words[0].lower() == "the":
        words = words[1:]
    return bool(words) and words[0][:1].isupper()


def _reach(text: str, reach: Reach, sentences: Sequence[Sentence], index: int) -> Reach:
    sentence = sentences[index]
    first = index == 0 or sentences[index - 1].paragraph != sentence.paragraph
    if reach == "short":
        return "sentence"
    if reach == "contact" and not first:
        return "sentence"
    if reach == "rest" and sentence.end < sentences[-1].end * _EARLY:
        return "section" if is_heading(text, sentences, index) else "paragraph"
    return reach


def _plain(text: str, sentences: Sequence[Sentence], index: int, heading: bool, opening: "Part") -> "tuple[Part, Part]":
    """The part of a sentence outside every section, and which opening part comes next."""
    sentence = sentences[index]
    if opening == "headline":
        short = sentence.end - sentence.start <= _HEADLINE and _alone(sentences, index)
        if short and (text[sentence.end - 1] not in ".:" or index == 0):
            return "headline", "headline"
        opening = "lead"
    if opening == "lead":
        last = index + 1 == len(sentences) or sentences[index + 1].paragraph != sentence.paragraph
        return "body" if last else "lead", "lead"
    return "body", "heading" if heading else "body"
