"""Terms of the trade, explained where a report first uses them. The terms are data of the pack."""

import functools
import re
from collections.abc import Iterable, Iterator

from rules.settings import Settings, Term


class Glossary:
    """Watches the lines of one report pass by and remembers which terms they used, in order of first use."""

    def __init__(self, settings: Settings | None) -> None:
        self._terms = settings.glossary if settings else ()
        self._used: dict[str, Term] = {}

    def watch(self, lines: Iterable[str]) -> Iterator[str]:
        """The same lines."""
        for line in lines:
            self.note(line)
            yield line

    def note(self, text: str) -> None:
        """Remember the terms of a text."""
        found = [(match.start(), term) for term in self._terms if (match := pattern(term).search(text))]
        for _, term in sorted(found, key=lambda each: each[0]):
            self._used.setdefault(term.term, term)

    def lines(self) -> tuple[str, ...]:
        """One line for each term that was used: "offtake: an agreement by which ..."."""
        return tuple(f"{term.term}: {term.means}" for term in self._used.values())


@functools.lru_cache(maxsize=512)
def pattern(term: Term) -> re.Pattern[str]:
    """The ways to write a term, as whole words; capitals count only in abbreviations."""
    ways = sorted((term.term, *term.also), key=len, reverse=True)
    either = "|".join(re.escape(way) if way.isupper() else f"(?i:{re.escape(way)})" for way in ways)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
