"""The wording of the interview: why a question is asked, what each answer would do, why it ends."""

from rules.explain.prose.phrase import several

WHY_ASKED = "Why it is asked"
CHOICES = "yes, no, ? (not known), q (stop)"


def because_asked(level: int, alone: int | None, together: int, best: int) -> str:
    """Why a question is worth asking: it decides alone, or together with others."""
    if alone is not None:
        return f"this alone would decide between {min(level, alone)} and {max(level, alone)}"
    if together:
        return f"it is part of {several(together, 'set')} of answers that would give {best}"
    return "it can still matter together with other answers"


def would(level: int, after: int, answer: str) -> str:
    """What an answer does at once: "yes: the level would be 3"."""
    return f"{answer}: the level would be {after}" if after != level else f"{answer}: the level stays {level}"


def no_effect(level: int, ways: int) -> str:
    """What a "no" does: nothing at once, but it closes ways."""
    closes = f", and {several(ways, 'way')} to another level {'is' if ways == 1 else 'are'} closed" if ways else ""
    return f"no: the level stays {level}{closes}"


def question_line(number: int, asks: str) -> str:
    """A question with its number."""
    return f"{number}. {asks}"


def settled(level: int, left: int) -> str:
    """The interview ends because nothing can change the level."""
    if not left:
        return f"Every question is answered; the level is {level}."
    whichever = "whatever the answer" if left == 1 else "in whatever combination of answers"
    return f"None of the {several(left, 'question')} left can change the level, {whichever}: it is {level}."


def told_unknown(level: int, names: int, lowest: int, highest: int) -> str:
    """The interview ends with things unknown that could still matter."""
    return (
        f"No question is left, and {several(names, 'answer')} {'is' if names == 1 else 'are'} not known. "
        f"The level is {level}; with them it could be from {lowest} to {highest}."
    )


def may_still(lowest: int, highest: int) -> str:
    """Where the level can still end."""
    return f"The level can still end between {lowest} and {highest}."


def led(before: int, after: int) -> str:
    """Where the interview led."""
    return f"The level was {before} and is {after}." if before != after else f"The level is {after}, as before."


def stopped(lowest: int, highest: int) -> str:
    """The interview was stopped by hand."""
    return f"Stopped before the end. {may_still(lowest, highest)}"


def recorded(who: str, on: str) -> str:
    """The head of the facts that answers brought."""
    return f"Recorded as stated by {who} on {on}, not by the text:"
