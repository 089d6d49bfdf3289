"""Cue data: read with plain errors, unique, and safe on hostile text."""

import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from facts.announcement import Announcement
from facts.cue import INSIDE, compiled, families, family, plain_tables, read_cues
from facts.errors import FactsError
from facts.pattern import sought
from facts.scanner import Scanner
from facts.text.analysis import analyse
from facts.text.sentence import split

_HOSTILE = (
    "a ", " ", "no ", "1,", "1 ", "x", "the company ", "- ", '"', "export ", "of the ", "not ", "$1 million ", "will ",
    "10,000 tonnes of ", "rare earth ", "permit ", "(a) ",
)  # fmt: skip
#: Length of the hostile text, in characters (no sentence is longer), and the seconds that a pattern may take on it:
#: a text of a million characters is 333 of them, and a pattern must be through with it in a second.
_LENGTH, _SECONDS = 3_000, 0.003
#: A pattern that runs away does so every time; a busy machine holds one up now and then.
_TIMES = 10
#: What another pattern takes on that length, in seconds, where the limit was set: a slower machine may take longer.
_KNOWN, _KNOWN_SECONDS = re.compile(r"(?:\w+ ){30}x"), 0.001


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("[[cue]]\nname = 'x'", "a name and at least one word"),
        ("[[cue]]\nname = 'x'\nwords = ['a']\nwrods = 1", "unknown key 'wrods'"),
        ("[[cue]\n", "cues/mine.toml"),
    ],
)
def test_a_broken_cue_file_says_where_and_what(source: str, said: str) -> None:
    with pytest.raises(FactsError, match="Broken cue file") as caught:
        read_cues(source, "mine")
    assert said in caught.value.message


def test_a_broken_pattern_is_a_plain_error() -> None:
    with pytest.raises(FactsError, match="Broken cue pattern"):
        compiled("(off")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("off~take", "an off-take here", True),
        ("off~take", "an offtake here", True),
        ("off~take", "handofftake", False),
        ("no binding", "no   binding", True),
        ("letter ?of", "letterof", True),
        ("[a b]{3}", "xx a b xx", True),
        ("(?<!not )signed", "not signed", False),
    ],
)
def test_blanks_and_hyphens_in_patterns(pattern: str, text: str, matches: bool) -> None:
    assert (compiled(pattern).search(text) is not None) == matches


def test_needs_and_unless_look_at_the_whole_sentence() -> None:
    source = "[[cue]]\nname = 'x.a'\nwords = ['offtake']\nneeds = 'sign(?:ed)?'\nunless = 'non~binding'"
    scanner = Scanner(read_cues(source, "x"))
    texts = ("signed an offtake", "an offtake", "signed a non-binding offtake")
    assert [len(scanner.scan(text, split(text)).get("x", ())) for text in texts] == [1, 0, 0]


def test_a_word_begins_where_a_word_begins_and_after_a_star_anywhere() -> None:
    source = "[[cue]]\nname = 'x.a'\nwords = ['tin', '*wire']\npattern = 'found'"
    scanner = Scanner(read_cues(source, "x"))
    texts = ("found testing", "found tinplate", "found 5tin", "found (tin)", "found newswire", "found wires")
    assert [len(scanner.scan(text, split(text)).get("x", ())) for text in texts] == [0, 1, 1, 1, 1, 1]


def test_once_stops_at_the_first_match() -> None:
    scanner = Scanner(read_cues("[[cue]]\nname = 'x.a'\nwords = ['tin']\nonce = true", "x"))
    text = "tin and tin and tin"
    assert len(scanner.scan(text, split(text))["x"]) == 1


@pytest.mark.parametrize("blank", [" ", "  "])
@pytest.mark.parametrize("letter", ["e", "é", "…"])
@pytest.mark.parametrize("before", ["", "said so.\n"])
def test_a_pattern_finds_every_place_whatever_stands_around_it(before: str, letter: str, blank: str) -> None:
    cues = read_cues("[[cue]]\nname = 'x.a'\nwords = ['tin']\npattern = 'tin ore|ore|\\(tin\\)|é tin'", "x")
    text = f"{before}tin{blank}ore, (ore)/ore more {letter} (tin)(tin) orex é tin"
    hits = Scanner(cues).scan(text, split(text))["x"]
    assert [text[hit.start : hit.end] for hit in hits] == [f"tin{blank}ore", "ore", "ore", "(tin)", "(tin)", "é tin"]
    assert [hit.start for hit in hits] == [match.start() for match in compiled(cues[0].pattern or "").finditer(text)]


@pytest.mark.parametrize("blank", [" ", "  "])
def test_all_conditions_of_a_cue_hold_with_any_run_of_blanks(blank: str) -> None:
    source = (
        '[[cue]]\nname = "x.a"\nwords = ["off take"]\npattern = "(?P<sort>firm|new) off take"\nneeds = "was signed"\n'
        'unless = "not binding"\nonce = true'
    )
    scanner = Scanner(read_cues(source, "x"))
    texts = ("A new off take and a firm off take was signed", "A new off take", "A new off take was signed not binding")
    folded = [text.lower().replace(" ", blank) for text in texts]
    hits = [scanner.scan(text, split(text)).get("x", []) for text in folded]
    assert [[hit.groups["sort"] for hit in of_text] for of_text in hits] == [["new"], [], []]


def test_hits_asked_for_by_sentence_are_those_of_the_family() -> None:
    analysis = analyse(Announcement.from_text("Corvane may sign.\n\nIt will build. It has not paid."))
    by_sentence = [hit for sentence in analysis.sentences for hit in analysis.within("stance", sentence)]
    assert by_sentence == list(analysis.family("stance"))
    assert by_sentence


def test_cue_names_are_unique() -> None:
    names = Counter(cue.name for name in families() for cue in family(name))
    assert [name for name, count in names.items() if count > 1] == []


def test_words_are_folded_as_the_text_is() -> None:
    for name in families():
        for cue in family(name):
            assert all(word == word.lower() for word in cue.words), cue.name


@pytest.mark.parametrize("name", families())
def test_the_short_way_to_read_a_cue_file_reads_what_toml_reads(name: str) -> None:
    source = (files("facts") / "cues" / f"{name}.toml").read_text("utf-8")
    assert plain_tables(source) in (None, tomllib.loads(source)["cue"])


@pytest.mark.parametrize("source", ["[[cue]]\nname = 'x'", "[[cue]]\nwords = [\n'a']", "[other]\nx = 1", "[[cue]]\nx"])
def test_what_is_not_one_line_a_key_is_left_to_toml(source: str) -> None:
    assert plain_tables(source) is None


def test_no_two_cues_of_a_family_say_the_same() -> None:
    for name in families():
        cues = [cue for cue in family(name) if cue.pattern]
        same = Counter((cue.pattern, cue.needs, cue.unless, cue.words) for cue in cues)
        assert [words for words, count in same.items() if count > 1] == [], name


def _slow(pattern: str, pieces: tuple[str, ...]) -> list[str]:
    """The hostile pieces, repeated to a sentence, on which the pattern takes too long each of several times."""
    ways = (compiled(pattern), sought(pattern, plain=True), sought(pattern, plain=False))
    return [piece for piece in pieces for one in ways if all(_is_slow(one, piece) for _ in range(_TIMES))]


def _is_slow(expression: re.Pattern[str], piece: str) -> bool:
    taken = _seconds(expression, piece)
    return taken > _SECONDS and taken > _SECONDS * _seconds(_KNOWN, "a ") / _KNOWN_SECONDS


def _seconds(expression: re.Pattern[str], piece: str) -> float:
    text = piece * (_LENGTH // len(piece))
    start = time.process_time()
    for _ in expression.finditer(text):
        pass
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", families())
def test_no_pattern_runs_away_on_hostile_repetition(name: str) -> None:
    for cue in family(name):
        for pattern in filter(None, (cue.pattern, cue.needs, cue.unless)):
            assert _slow(pattern, (*_HOSTILE, cue.words[0].removeprefix(INSIDE) + " ")) == [], cue.name


def _patterns(value: object) -> Iterator[str]:
    """Every text under a key of a lexicon that is written as a pattern."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _patterns(item)
    elif isinstance(value, str) and "(?:" in value:
        yield value


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[2] / "facts" / "lexicons").iterdir()), ids=lambda p: p.stem
)
def test_no_pattern_of_a_lexicon_runs_away(path: Path) -> None:
    for pattern in _patterns(tomllib.loads(path.read_text("utf-8"))):
        assert _slow(pattern, _HOSTILE) == [], pattern
