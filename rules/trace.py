"""What reasoning leaves behind: firings with their exact antecedents. Plain data; knows nothing of printing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rules.memory import Element


@dataclass(frozen=True, slots=True, order=True)
class Firing:
    """One way in which a rule fired: which of its alternatives, and the ids of the matched facts by pattern."""

    code: str
    alternative: int
    premises: tuple[str, ...]


class Session(Protocol):
    """One announcement's reasoning in one engine, stratum by stratum."""

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        """Add the elements, then every firing of the rules of that stratum, in any order."""

    def close(self) -> None:
        """Free what the session holds."""


class Engine(Protocol):
    """A pack compiled for reasoning."""

    def open(self) -> Session:
        """An empty session."""


def in_order(firings: Iterable[Firing], rules: Mapping[str, int], known: Mapping[str, int]) -> tuple[Firing, ...]:
    """Firings in pack order, then by alternative, then in the order in which the facts are known.

    `rules` gives the place of every code, `known` of every id. Engines report in orders of their own; a trace has one.
    """
    return tuple(
        sorted(set(firings), key=lambda f: (rules[f.code], f.alternative, [known[name] for name in f.premises]))
    )
