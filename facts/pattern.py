"""Patterns of cues made into regular expressions: blanks, hyphens, runs of letters, word boundaries."""

import functools
import re

from facts.errors import FactsError

#: What stands for itself in a pattern (a look-behind, which must have one width, an escape, a character class), or is a
#: blank or `~` to be spelt out.
_BLANK = re.compile(r"\(\?<[=!][^()]*\)|(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\])[+*]?| +\??|~")
#: No run of one character class is longer: else a line of nothing but figures would cost the square of its length.
_LONGEST_RUN = 60
#: No figure is longer, and patterns that begin with one are tried at each of its digits.
_LONGEST_FIGURE = 20
_FIGURE = re.compile(r"\\d|\[\\d[.,]*\]")
#: What a blank of a pattern becomes, and a blank that may be missing.
_SOME_BLANKS, _ANY_BLANKS = "[ ]{1,12}", "[ ]{0,12}"
_NO_WORD_BEFORE, _NO_WORD_AFTER = r"(?<!\w)", r"(?!\w)"
#: A plain number: `re` takes half as long again with a flag that is an enumeration's.
_ASCII = re.ASCII.value
#: How far before a sentence its characters count: no look-behind at its start sees more.
_BEHIND = 40


def is_plain(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of folded text is ASCII without two blanks together, as nearly all sentences are."""
    return "  " not in folded[start:end] and folded[max(0, start - _BEHIND) : end].isascii()


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a cue's pattern, over any folded text. Raises FactsError."""
    left, body = _spelt(pattern, runs=True)
    return _compiled(left + body, pattern)


@functools.cache
def sought(pattern: str, plain: bool) -> re.Pattern[str]:
    """The same, with the character before the match as the first of what it matches. Raises FactsError.

    A search for it runs from one end of a word to the next and asks for the rest only there, where a look-behind would
    be asked at every letter. `plain` is for stretches that `is_plain` accepts: there a blank is one blank, and ASCII
    tells faster what is a letter. All that takes two thirds of the time.
    """
    left, body = _spelt(pattern, not plain)
    return _compiled((r"\W" if left else r"[\s\S]") + body, pattern, _ASCII if plain else 0)


def _spelt(pattern: str, runs: bool) -> tuple[str, str]:
    """The word boundary that the pattern begins with, if any, and the rest of the expression."""
    spaced = _BLANK.sub(_spaced, pattern)
    if not runs:
        spaced = spaced.replace(_SOME_BLANKS, " ").replace(_ANY_BLANKS, " ?")
    left = "" if spaced.startswith((".*", "(?<", "^")) else _NO_WORD_BEFORE
    right = "" if spaced.endswith((".*", "$")) else _NO_WORD_AFTER
    return left, f"(?:{spaced}){right}"


def _spaced(match: re.Match[str]) -> str:
    """A blank is a run of blanks, `~` an optional blank or hyphen; a run of some character class has an end."""
    piece = match.group()
    if piece[0] in "\\[" and len(piece) > 2 and piece[-1] in "+*":
        longest = _LONGEST_FIGURE if _FIGURE.fullmatch(piece[:-1]) else _LONGEST_RUN
        return f"{piece[:-1]}{{{int(piece[-1] == '+')},{longest}}}"
    if piece[0] in "(\\[":
        return piece
    if piece == "~":
        return "[ -]?"
    return _ANY_BLANKS if piece.endswith("?") else _SOME_BLANKS


def _compiled(expression: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(expression, flags)
    except re.error as error:
        raise FactsError("Broken cue pattern", f"{pattern!r}: {error}; mend the cue that holds it") from None
