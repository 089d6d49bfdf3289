"""The line that every text ends with: what a rating is, and what it is not."""

import textwrap

from rules.explain.prose import DISCLAIMER

_WIDTH = 100


def closed(text: str) -> str:
    """The text with that line under it."""
    return f"{text}\n{textwrap.fill(DISCLAIMER, _WIDTH)}\n"
