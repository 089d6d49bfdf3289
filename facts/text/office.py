"""Governments in a text: named as such, by an office of state, or by the capital that stands for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from facts.text.place import Place, places
from facts.text.sentence import Sentence

_ADJECTIVES = (
    "federal|national|central|provincial|state|vice|deputy|prime|foreign|commerce|trade|mines?|energy|industry|interior"
)
_HEADS = (
    "government|ministry|ministers?|minister|administration|authorities|officials?|president|department|treasury"
    "|trade representative|side|undersecretary|secretary"
)
#: What makes a country's name or adjective its government: "Canada's minister", "the Chinese commerce ministry".
_AFTER = re.compile(rf"(?:'s|\u2019s)?,? (?:(?:{_ADJECTIVES}) ){{0,2}}(?:{_HEADS})\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:governments?|republic|commonwealth|kingdom|parliament|president|prime minister|minist(?:ry|er)[\w ,]{0,40}"
    r"|department[\w ,]{0,40}) of (?:the )?$",
    re.IGNORECASE,
)
_HAS_DONE = "offered|agreed|signed|proposed|imposed|banned|said|already|also"
_DOES = (
    "will|shall|have (?:agreed|signed|decided|reached|also)|agreed|commit|signed|sign|offered|offers|wants|are also"
    "|is (?:willing|ready|said|weighing|considering)|intends?|imposed|imposes|announced|declared|regards|was hoping"
    r"|hopes|promised|put new|and (?:the )?[A-Z][\w.]+ (?:commit|agree|sign|will|intend)"
    # Headlines are in the present tense.
    "|proposes|pledges|vows|signals|signs|bans|curbs|restricts|tightens|eases|lifts|approves|backs|orders|urges|seeks"
    "|unveils|launches|considers|weighs|threatens|floats|invites|plans|eyes|agrees|commits|halts|suspends|slaps|raises"
)
#: What a country or capital does when it stands for its government.
_ACTS = re.compile(rf"(?:(?: and| or) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?)? (?:has (?:{_HAS_DONE})|{_DOES})\b")
_TOWARDS = re.compile(r"\b(?:written to|offered|offering|between|with|talks with|and) (?:the )?$")
#: Offices that in these texts are those of one country.
_UNITED_STATES = re.compile(
    r"\b(?:President (?:Donald (?:J\. )?)?Trump|President (?:Joe )?Biden|DONALD J\. TRUMP|White House|Pentagon"
    r"|(?:Trump|Biden)(?:-Harris)? [Aa]dministration|President of the United States|vested in me as President"
    r"|[Ff]ederal [Gg]overnment|Secretary of (?:Commerce|Defense|War|Energy|the Interior)|American officials)"
)
#: Offices without a country: the speaker's own.
_OWN_OFFICE = re.compile(
    r"\b(?:(?:MINISTRY|Ministry|Department|Minister) (?:OF|of|for)(?:,? (?:and |the |of )?[A-Z][\w-]+){1,7}"
    r"|Prime Minister|THE MINISTER|The Minist(?:er|ry))"
)


@dataclass(frozen=True, slots=True)
class Office:
    """`text[start:end]` speaks of the government of `country`; None where the text leaves open whose office it is."""

    country: str | None
    start: int
    end: int
    plain: bool


def offices(text: str, sentence: Sentence) -> Iterator[Office]:
    """Every mention of a government in a sentence; `plain` if its words leave no doubt that a government is meant."""
    for match in _UNITED_STATES.finditer(text, sentence.start, sentence.end):
        yield Office("United States", match.start(), match.end(), True)
    for place in places(text, sentence.start, sentence.end):
        if place.sort != "place":
            yield from _as_government(text, sentence, place)
    for match in _OWN_OFFICE.finditer(text, sentence.start, sentence.end):
        yield Office(None, match.start(), match.end(), True)


def _as_government(text: str, sentence: Sentence, place: Place) -> Iterator[Office]:
    after = _AFTER.match(text, place.end, sentence.end)
    before = _BEFORE.search(text[max(sentence.start, place.start - 60) : place.start])
    if after or before:
        yield Office(place.country, place.start, after.end() if after else place.end, True)
    elif _ACTS.match(text, place.end, sentence.end) or (
        place.sort == "seat" and _TOWARDS.search(text[max(sentence.start, place.start - 16) : place.start])
    ):
        yield Office(place.country, place.start, place.end, False)
