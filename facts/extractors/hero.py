"""Whoever a text is about, also where no full name, ticker or "the Company" says so."""

import re
from collections.abc import Iterator

from facts.extractors.cued import READ
from facts.extractors.document import doc_type_of
from facts.extractors.party_bare import RUN, firm_of
from facts.extractors.party_state import speaks_of_states
from facts.text.analysis import Analysis
from facts.text.lexicon import lexicon, sounds_like
from facts.text.name import Organisation, names_of
from facts.text.place import country_of
from facts.text.protagonist import protagonist_of
from facts.text.sentence import Sentence

#: A name, the organisation that bears it, and how much speaks for its being what the text is about.
Told = tuple[str, Organisation, float]
_ADVERBS = r"(?:, [^.;]{3,90},)? (?:(?:has|have|had|yesterday|today|also|now|is|on \w+day) ){0,2}"
#: What companies do in news, and what people do as well.
_DOES = re.compile(
    rf"{_ADVERBS}(?:announc|sign|rais|lift|cut|produc|ship|mine[ds]|bought|buys|sold|sells|beg[ai]n|start"
    r"|complet|clos|secur|won|wins|operat|own|hold|drill|struck|open|launch|tie[ds] up|post|turned out"
    r"|pleased to|book|report|intersect|hit|receiv|appoint|name[ds] |plans? to|spent|had a turnover|process|smelt|refin"
    r"|recycl|commission|poured|agreed|develop|explor)"
)
_SAYS = re.compile(_ADVERBS + r"(?:said|says|told|wants|expects|hopes|aims|intends|will|plans|believes)\b")
_NAME = re.compile(rf"(?<![\w.] )(?<!\w)(?P<name>{RUN})(?= |,)|(?<=[a-z] )(?P<later>{RUN})(?=,? )")
#: "Its owner, Corvane Copper", "a fifth of Corvane", "Corvane's shares": a company by what stands beside.
_OWNER = re.compile(
    r"\b(?:(?:owner|operator|developer|parent|miner|producer|explorer|builder|promoter|company|firm|group),?|stake in"
    r"|(?:management|shares|fifth|quarter|third|half|tenth|%|percent|per cent|board|owners|shareholders) (?:of|in)) $"
)
_OWNED = re.compile(r"(?:'s|\u2019s) (?:shares?|stock|mines?|board|owners|shareholders)\b")
_BRACKETED = re.compile(r" ?\((?:the|The|or the) (?:Company|Group|Issuer|company)\)")
#: What people are, not companies.
_OFFICES = (
    r"(?:director|minister|president|chairman|chairwoman|chief|executive|officer|governor|analyst|geologist|manager"
    r"|secretary|head|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|founder|economist|professor|spokes\w+|envoy|ambassador|senator"
    r"|chancellor),? "
)
#: How far behind a name its verb may end, and in front of it what it is called may begin, in characters.
_REACH, _CALLED = 140, 24
#: Wire copy in capitals: who speaks stands between the dateline and "SAID".
_SPEAKER = re.compile(
    r"^(?:[^-\n]{3,60}(?:-|--|\u2013|\u2014) ?)?(?:(?:[A-Z-]+ )?(?:MINER|PRODUCER|COMPANY|GROUP|SMELTER|REFINER) )?"
    r"(?P<name>[A-Z][A-Z&'.-]+(?: [A-Z&'.-]+){0,4}?)"
    r"(?: (?:INC|LTD|CORP|PLC|CO|PTY|AG|SA|NV|LIMITED|CORPORATION)\.?){0,2}(?: <[A-Z.]+>)? (?:SAID|REPORTED|ANNOUNCED) "
)
_NO_SPEAKER = re.compile(
    r"\b(?:MINIST\w+|OFFICIALS?|GOVERNMENT|PRESIDENT|SOURCES|DEALERS|TRADERS|ANALYSTS|IT|HE|SHE|THEY|THE COMPANY"
    r"|SPOKESMAN|DEPARTMENT|SECRETARY|COMMISSION|AGENCY|UNION|WORKERS|DEPT|CHAIRMAN)\b"
)
#: What a filing calls whoever files it.
_FILER = frozenset({"Registrant", "the Registrant", "The Registrant"})
#: A text is about whom its first sentences tell of.
_FIRST_SENTENCES = 7
#: What speaks for a name: the headline, what it does in the lead or below, a form that proves a company, more mentions.
_HEADED, _LEADS, _ACTS, _FULL, _AGAIN, _MOST_AGAIN = 2.0, 2.0, 1.0, 1.0, 0.5, 4
_LEAST = 2.5
#: A first word of fewer letters does not stand for the name.
_SHORT = 5
_TOLD = frozenset({"headline", "lead", "body"})
_BACKERS = frozenset({"state_agency", "government", "private_fund", "silent"})


def hero_of(analysis: Analysis) -> Organisation | None:
    """Whoever the text is about; None if it is about no company."""
    if "hero" not in analysis.known:
        analysis.known["hero"] = _filer(analysis) or protagonist_of(analysis) or _likeliest(analysis)
    found: Organisation | None = analysis.known["hero"]
    return found


def _filer(analysis: Analysis) -> Organisation | None:
    for one in names_of(analysis).organisations:
        index, _, end = one.places[0]
        if not _FILER.isdisjoint(one.shorts) or (
            analysis.parts[index] in _TOLD and _BRACKETED.match(analysis.text, end)
        ):
            return one
    return None


def _likeliest(analysis: Analysis) -> Organisation | None:
    """The company that the first sentences tell of by a name of any form."""
    if doc_type_of(analysis) == "gov_statement":
        return None
    scores: dict[str, float] = {}
    ones: dict[str, Organisation] = {}
    heads = ""
    for sentence, part in list(zip(analysis.sentences, analysis.parts, strict=True))[:_FIRST_SENTENCES]:
        text = analysis.of(sentence)
        if part == "headline":
            heads += f" {text.lower()} "
        elif text.upper() == text:
            if speaker := _speaker(analysis, text):
                return speaker
        elif part in ("lead", "body"):
            for name, one, score in _acting(analysis, sentence, part, heads):
                ones.setdefault(name, one)
                scores[name] = max(scores.get(name, 0.0), score)
    totals = {name: score + _again(analysis, ones[name]) for name, score in scores.items()}
    best = max(totals, key=lambda name: totals[name], default=None)
    # Whoever is named once, and not in the headline, is an example.
    if best is None or totals[best] < _LEAST or (totals[best] == scores[best] and best.lower() not in heads):
        return _only_one(analysis)
    return _located(analysis, ones[best])


def _only_one(analysis: Analysis) -> Organisation | None:
    """The only miner that a text names, if no government stands before it: an article on its claims, say."""
    told = [one for one in names_of(analysis).organisations if analysis.parts[one.places[0][0]] in _TOLD]
    miners = [one for one in told if one.group is None and sounds_like(one.label, "miner")]
    if len(miners) != 1 or miners[0] is not told[0] or speaks_of_states(analysis, miners[0].first):
        return None
    return miners[0]


def _speaker(analysis: Analysis, text: str) -> Organisation | None:
    said = _SPEAKER.match(text)
    if said is None or _NO_SPEAKER.search(said["name"]) or country_of(said["name"].title()):
        return None
    return _located(analysis, Organisation(said["name"]))


def _again(analysis: Analysis, one: Organisation) -> float:
    """What further mentions add, in full or by the first word."""
    head = one.label.split()[0]
    count = analysis.text.count(head if len(head) >= _SHORT else one.label)
    return _AGAIN * min(max(count - 1, 0), _MOST_AGAIN)


def _acting(analysis: Analysis, sentence: Sentence, part: str, heads: str) -> Iterator[Told]:
    """Names in a sentence with what speaks for them."""
    weight = _LEADS if part == "lead" else _ACTS
    for start, end, one in names_of(analysis).within(sentence):
        if one.group not in _BACKERS and not one.label.endswith("Company"):
            acts = _acts(analysis.text, start, end) or _SAYS.match(analysis.text, end, end + _REACH)
            yield one.label, one, _FULL + (weight if acts else 0.0) + (_HEADED if one.label.lower() in heads else 0.0)
    yield from _bare(analysis, sentence, weight, heads)


def _bare(analysis: Analysis, sentence: Sentence, weight: float, heads: str) -> Iterator[Told]:
    """Names of no known form, if the headline has them too, or if people do not do what they do."""
    text, bodies = analysis.text, lexicon().bodies
    for match in _NAME.finditer(text, sentence.start, sentence.end):
        acts = _acts(text, match.start(), match.end())
        if not acts and not _SAYS.match(text, match.end(), match.end() + _REACH):
            continue
        name = firm_of(analysis, sentence, match, "name" if match["name"] else "later")
        if name is None or name.split()[-1] in bodies:
            continue
        headed = name.lower() in heads
        # People are introduced by two names at least.
        if headed or ((acts or " " not in name) and not _is_a_person(text, name)):
            yield name, Organisation(name), weight + (_HEADED if headed else 0.0)


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a name does what companies do, or stands behind what they are called."""
    return (
        _DOES.match(text, end, end + _REACH) is not None
        or _OWNED.match(text, end, end + _REACH) is not None
        or _OWNER.search(text, max(0, start - _CALLED), start) is not None
    )


def _is_a_person(text: str, name: str) -> bool:
    """A surname that stands behind a first name elsewhere, or a name behind an office."""
    behind = rf"{_OFFICES}(?:[A-Z][\w.-]+ ){{0,2}}{re.escape(name)}\b"
    surname = rf"(?<=[a-z,] )[A-Z][\w-]+ {re.escape(name)}\b"
    return re.search(behind, text) is not None or (" " not in name and re.search(surname, text) is not None)


def _located(analysis: Analysis, one: Organisation) -> Organisation:
    """The organisation with all places where the text names it."""
    if one.places:
        return one
    pattern = re.compile(rf"(?<![\w-]){re.escape(one.label)}(?!\w)", re.IGNORECASE if " " in one.label else 0)
    for sentence, part in zip(analysis.sentences, analysis.parts, strict=True):
        if part in READ:
            found = pattern.finditer(analysis.text, sentence.start, sentence.end)
            one.places += [(sentence.index, match.start(), match.end()) for match in found]
    return one
