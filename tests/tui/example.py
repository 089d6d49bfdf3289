"""Announcements of our own, with facts set by hand: what the screen shows must not hang on what is extracted."""

from typing import Any

from facts.announcement import Announcement
from facts.codec import number, parse_fact
from facts.fact import Fact, Span
from facts.reading import Classification, Reading, Scope
from rules.assess import assess
from rules.assessment import Assessment

TEXT = """\
Japan proposes joint rare earth projects with the United States. Nothing has been signed.
[red]Markup[/red] and an escape \x1b[31m stay as they are.

The note gives no amount of money. Tokyo said it has no such plan and refuted the report.
"""


def fact(text: str, words: str, **fields: Any) -> Fact:
    """A fact that rests on these words of the text."""
    start = text.index(words)
    return parse_fact({**fields, "spans": [Span(start, start + len(words))], "quote": words}, "example")


def overture(text: str = TEXT, name: str = "overture.txt") -> Assessment:
    """An offer of a government: level 4 by its score and by its floors."""
    return _assessed(
        text,
        name,
        fact(text, "proposes joint rare earth projects", kind="commitment", form="overture", modality="proposed"),
        fact(text, "Japan", kind="party", role="announcer", ptype="government", named="yes", subject="Japan"),
        fact(text, "gives no amount of money", kind="omission", slot="financial_scale"),
    )


def refuted() -> Assessment:
    """The same, refuted by the government that is said to have made it: level 5 by a floor."""
    whom = {"what": "commitment", "by": "government", "mode": "refuted"}
    more = fact(TEXT, "refuted the report", kind="denial", **whom)
    return _assessed(TEXT, "refuted.txt", *overture().facts, more.model_copy(update={"id": ""}))


def off_topic() -> Assessment:
    """A text that is not about minerals."""
    text = "The bakery on the corner sells bread and cakes."
    start = text.index("bread")
    scope = Scope(False, "the document speaks of baking", "off_topic", (Span(start, start + len("bread")),))
    return assess(Reading(Announcement.from_text(text, "bakery.txt"), scope))


def _assessed(text: str, name: str, *facts: Fact) -> Assessment:
    announcement = Announcement.from_text(text, name)
    classification = Classification("gov_overture", "a government offers")
    return assess(Reading(announcement, Scope(True, "minerals"), classification, number(facts)))
