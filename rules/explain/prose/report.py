"""The headings and connectives of reports."""

from collections.abc import Sequence

from rules.explain.prose.phrase import codes, sentence

ABSENT = "Absent: looked for and not found"
DECIDES = "What decides the level"
THEMES = "What the score is made of, theme by theme"
BESIDES = "What the facts show besides, without weight"
FACTS = "The facts at the bottom"
THEME_TABLE, ALL_FIRED = "Themes (0 no caution, 100 most)", "Every rule that fired"
TERMS = "Terms"
WHY, LACKS, SPEAKS_FOR = "Why", "What it leaves out", "What speaks for it"
LOWER, RAISE, UPSIDE = "What would lower the rating", "What would raise it", "Upside kept in view (no weight)"
HANGS_ON, IDLE, UNUSED = "What the level hangs on", "Facts that no rule used", "Sentences that no rule used"
NOTHING_FIRED = "no rule of this theme holds"
ANNOUNCEMENT, PROOF, OPEN = "The announcement", "The proof", "Open questions, most decisive first"
NOT_RATED, FACTS_GIVEN, NO_RULE, SCORE = "Not rated", "Facts without a text", "no rule", "Overall score"
FACT_COLUMNS = ("Fact", "What was read", "Words", "Used by")
KEY = "words"
HOW_TO_READ = "Each rule opens to what it rests on. A fact leads to its words, and the mark in the text leads back."
SOURCE = "What this report is made from"
#: What the marks in the announcement mean, by stance; each has a word and a line style, not only a colour.
STANCES = {
    "raises": "used by a rule that raises caution",
    "lowers": "used by a rule that lowers caution",
    "other": "used by a rule without weight of its own",
    "idle": "read, and used by no rule",
}


def nothing_of(things: Sequence[tuple[str, Sequence[str]]], search: str) -> str:
    """An absence for people: the things, the rules that rest on each, the search."""
    told = "; ".join(f"no {_bare(thing)} [{codes(rules)}]" for thing, rules in things)
    return f"{sentence(told)} {sentence(search)}" if search else sentence(told)


def again(told: str) -> str:
    """A step that was told in full further up."""
    return f"{sentence(told)[:-1]} (as above)."


def several_reports(count: int) -> str:
    """The title of a page of several reports."""
    return f"{count} announcements"


def kind_of_news(label: str) -> str:
    """The class of the announcement."""
    return f"Kind of announcement: {label[:1].lower()}{label[1:]}."


def rests_on(absences: Sequence[str]) -> str:
    """What a rule takes to be absent."""
    return f"because this is absent: {'; '.join(absences)}"


def more(count: int, how: str) -> str:
    """What is not printed, and how to see it."""
    return f"… and {count} more ({how})"


def _bare(thing: str) -> str:
    """A noun without its article."""
    article, _, noun = thing.partition(" ")
    return noun if article in ("a", "an", "some", "the") else thing
