"""The wording of robustness: what a level hangs on, and what it does not use."""

from facts.fact import Fact
from rules.explain.prose.change import named
from rules.explain.prose.phrase import listed, says, several
from rules.rule import Rule


def robust(level: int) -> str:
    """No single point of evidence."""
    return f"Level {level} hangs on no single sentence, cue or rule: without any one of them it stays {level}."


def alone(level: int, count: int) -> str:
    """Single points of evidence there are."""
    return f"Level {level} hangs on {several(count, 'single point')}:"


def sentence_line(quote: str, facts: list[str], after: int) -> str:
    """A sentence whose loss changes the level."""
    return f"without the sentence “{quote}” ({listed(facts)}) the level would be {after}"


def cue_line(cue: str, facts: list[str], after: int) -> str:
    """A cue whose loss changes the level."""
    return f"without the cue {cue} ({listed(facts)}) the level would be {after}"


def rule_alone(rule: Rule, after: int) -> str:
    """A rule whose loss changes the level."""
    return f"without the rule {rule.code} ({says(rule) or rule.title}) the level would be {after}"


def idle_line(fact: Fact) -> str:
    """A fact that no rule used."""
    return f"{named(fact)}: no rule that holds uses it"


def unused_line(quote: str) -> str:
    """A sentence that no rule used."""
    return f"“{quote}”"
