"""Denials: a frame that says no, its mode, and in its scope what is denied; by whom where the sentence says it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from facts.cue import Hit, compiled
from facts.extractors.document import doc_type_of
from facts.frame import Scope, objects, scopes
from facts.mention import Mention
from facts.text.analysis import Analysis
from facts.text.sentence import Sentence

#: Denials in legal boilerplate deny nothing that was claimed.
_READ = frozenset({"headline", "lead", "body", "heading"})
#: How many sentences back the object of "that is not correct" is looked for.
_BACK = 3
#: Where the objects of several kinds stand in one scope, the first of these is meant.
_FIRST = ("readiness", "offtake", "financing", "talks", "commitment")
_LONGEST = 120
#: How far behind a decision stands what it is about.
_ABOUT = 30
#: A verb that tells what became of the thing before it.
_PASSIVE = r"(?:(?:was|were|been|is|are) [a-z]+|lapsed?|expired|collapsed|fell through|nothing|unwound)"
_SPEAKERS = (
    (
        "government",
        re.compile(r"(?<!\w)(?:ministry|ministers?|government|cabinet|office|department|undersecretary)(?!\w)"),
    ),
    ("regulator", re.compile(r"(?<!\w)(?:regulator|commission|exchange|authority)(?!\w)")),
    ("company", re.compile(r"(?<!\w)(?:the company|we|our|inc|ltd|corp|plc|board|spokes\w+ for)(?!\w)")),
)


def find(analysis: Analysis) -> Iterator[Mention]:
    """Every denial, one a frame."""
    hits = analysis.family("denial")
    for index in dict.fromkeys(hit.sentence.index for hit in hits):
        sentence = analysis.sentences[index]
        if analysis.part(sentence) in _READ:
            yield from _in_sentence(analysis, sentence)


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[Mention]:
    frames: dict[tuple[int, int], list[Scope]] = {}
    for scope in scopes(analysis, "denial", sentence):
        frames.setdefault((scope.frame.start, scope.frame.end), []).append(scope)
    seen: set[tuple[str, str]] = set()
    for where in _widest(frames):
        frame = frames[where][0].frame
        witness = frame.cue.sets.get("reported") and doc_type_of(analysis) == "company_release"
        mention = None if witness else _mention(analysis, frame, frames[where])
        if mention and (frame.cue.name, str(mention.fields["what"])) not in seen:
            seen.add((frame.cue.name, str(mention.fields["what"])))
            yield mention


def _widest(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of frames that share words the longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= left or right <= start for left, right in kept):
            kept.append((start, end))
    return sorted(kept)


def _mention(analysis: Analysis, frame: Hit, stretches: Sequence[Scope]) -> Mention | None:
    said = frame.cue.sets
    found = [hit for scope in stretches for hit in objects(analysis, "denied", scope)]
    what, thing = said.get("what"), None
    if what is None:
        thing = _nearest(analysis, frame, found) or (_earlier(analysis, frame) if said.get("back") else None)
        what = thing.cue.sets["what"] if thing else ("commitment" if said.get("back") else None)
    if what is None:
        return None
    start, end = frame.start, frame.end
    if thing and thing.sentence is frame.sentence:
        left, right = min(start, thing.start), max(end, thing.end)
        start, end = (left, right) if right - left <= _LONGEST else (start, end)
    cues = (frame.cue.name, thing.cue.name) if thing else (frame.cue.name,)
    mode = "refuted" if said["mode"] == "not_yet" and said.get("bare") and _is_refuting(analysis) else said["mode"]
    fields = {"what": what, "mode": mode, "by": _by(analysis, frame)}
    return Mention("denial", frame.sentence, start, end, fields, cues=cues, same=f"{what} {mode}")


def _is_refuting(analysis: Analysis) -> bool:
    """The news is that someone says a claim is untrue: then "there is no agreement" is part of that answer."""
    return doc_type_of(analysis) == "news_report" and any(
        hit.cue.sets.get("mode") == "refuted" and analysis.part(hit.sentence) in ("headline", "lead")
        for hit in analysis.family("denial")
    )


def _nearest(analysis: Analysis, frame: Hit, found: Sequence[Hit]) -> Hit | None:
    """Inside the frame's own words the most telling object; else the closest, behind the verb before ahead of it.

    What "was terminated" stands before the verb. Of a decision, what it is about counts.
    """
    told = [hit for hit in found if not hit.cue.sets.get("weak")]
    inside = [hit for hit in told if frame.start <= hit.start and hit.end <= frame.end]
    if inside:
        return min(inside, key=lambda hit: _FIRST.index(hit.cue.sets["what"]))
    if len(told) < len(found):
        found = [hit for hit in told if frame.end <= hit.start <= frame.end + _ABOUT] or found
    if frame.cue.sets["mode"] == "terminated":
        passive = compiled(_PASSIVE).search(analysis.folded, frame.start, frame.end) is not None
        found = [hit for hit in found if (hit.end <= frame.start if passive else hit.start >= frame.end)] or found
        if passive and found:
            return min(found, key=lambda hit: _FIRST.index(hit.cue.sets["what"]))
    return min(
        found,
        key=lambda hit: (max(frame.start - hit.end, hit.start - frame.end), _FIRST.index(hit.cue.sets["what"])),
        default=None,
    )


def _earlier(analysis: Analysis, frame: Hit) -> Hit | None:
    index = frame.sentence.index
    for earlier in reversed(analysis.sentences[max(0, index - _BACK) : index]):
        if found := analysis.within("denied", earlier):
            return min(found, key=lambda hit: _FIRST.index(hit.cue.sets["what"]))
    return None


def _by(analysis: Analysis, frame: Hit) -> str:
    sentence = analysis.folded[frame.sentence.start : frame.sentence.end]
    return next((who for who, pattern in _SPEAKERS if pattern.search(sentence)), "company")
