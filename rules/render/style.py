"""Colour for a terminal, or none: colour is never the only sign."""

from dataclasses import dataclass

_LEVELS = {1: "32", 2: "36", 3: "33", 4: "35", 5: "31"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints when `colour` is on, else leaves text as it is."""

    colour: bool = False

    def strong(self, text: str) -> str:
        """Headings."""
        return self._painted(text, "1")

    def dim(self, text: str) -> str:
        """What may be read later."""
        return self._painted(text, "2")

    def level(self, text: str, level: int) -> str:
        """The level line; the word and the shape say it too."""
        return self._painted(text, f"1;{_LEVELS[level]}")

    def _painted(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text
