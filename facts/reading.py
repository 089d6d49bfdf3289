"""What a reading hands over to the rules: facts, what was looked for and not found, and what stayed unread."""

from dataclasses import dataclass
from typing import Literal

from facts.announcement import Announcement
from facts.fact import Fact, Span

NotRatedReason = Literal["off_topic", "language", "empty"]

CLASSES = (
    "gov_overture", "gov_framework", "trade_measure", "gov_funding", "offtake_deal", "financing_deal", "partnership",
    "project_milestone", "study_result", "ma_deal", "production_report", "policy_action", "corporate_news", "rumour",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether the document is about mineral supply at all (vocabulary section 12), and the words that decided."""

    in_scope: bool
    because: str
    reason: NotRatedReason | None = None
    words: tuple[Span, ...] = ()
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class Classification:
    """The announcement class (vocabulary section 9), why, and the class that came second."""

    name: str
    because: str
    words: tuple[Span, ...] = ()
    runner_up: str | None = None
    borderline: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A slot that was looked for: the cues tried, and whether any of them was found."""

    slot: str
    tried: tuple[str, ...]
    found: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An announcement, read. `classification` is None and `facts` empty when it is out of scope."""

    announcement: Announcement
    scope: Scope
    classification: Classification | None = None
    facts: tuple[Fact, ...] = ()
    searches: tuple[Search, ...] = ()
    unread: tuple[Span, ...] = ()
