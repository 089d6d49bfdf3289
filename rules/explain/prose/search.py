"""The wording of searches: what was looked for where nothing was found."""

from collections.abc import Sequence

from rules.explain.prose.phrase import words


def given() -> str:
    """No text, so no search."""
    return "the facts were given, not read from a text"


def not_searched(kind: str) -> str:
    """Nothing in the text could have said it."""
    return f"no fact of the kind {words(kind)} was read" if kind else "nothing in the text speaks of it"


def looked_for(cues: Sequence[str], more: int) -> str:
    """The cues that were tried."""
    named = ", ".join(words(cue.partition(".")[2] or cue) for cue in cues)
    return f"looked for {named}" + (f" and {more} more cues" if more > 0 else "")
