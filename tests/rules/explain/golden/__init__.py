"""The reviewed texts, and what they are made of."""

from pathlib import Path

from rules.explain.why import why
from rules.render.style import Style
from rules.render.why import why_text
from tests.rules.explain.known import case


def golden(number: int) -> str:
    """The proof of a case as prose."""
    return why_text(why(case(number)), Style())


def place(number: int) -> Path:
    """Where the reviewed text of a case stands."""
    return Path(__file__).parent / f"case-{number:02}.txt"
