"""Markdown whose words from outside format nothing, and link nowhere."""

import pytest

from facts.errors import FactsError
from rules.assess import rate
from rules.render.md import escaped, markdown
from rules.render.row import Row
from tests.rules.explain.known import case
from tests.rules.render.hostile import hostile


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<b>", r"\<b\>"),
        ("[a](b)", r"\[a\](b)"),
        ("*a* _b_ `c` ~d~ | e", r"\*a\* \_b\_ \`c\` \~d\~ \| e"),
        ("- a", r"\- a"),
        ("12. a", r"12\. a"),
        ("# a", r"\# a"),
        ("https://a.example www.b.example c@d.example", r"https\://a.example www\.b.example c\@d.example"),
        ("a & b\nc", r"a \& b c"),
        ("well-known 1. fact", "well-known 1. fact"),
    ],
)
def test_words_stay_words(text: str, told: str) -> None:
    assert escaped(text) == told


def test_no_line_of_a_hostile_announcement_opens_html_or_a_link() -> None:
    report = markdown([hostile()])
    assert "<script" not in report.replace(r"\<script", "")
    assert "](http" not in report.replace(r"\](http", "")
    assert "\x1b" not in report


def test_the_report_holds_reasons_distance_questions_facts_and_terms() -> None:
    report = markdown([case(1)])
    for head in (
        "# Facts without a text", "## Why", "## What it leaves out", "## What would lower the rating",
        "## Open questions, most decisive first", "## The facts at the bottom", "## What the level hangs on",
        "## Terms",
    ):  # fmt: skip
        assert f"{head}\n" in report
    assert "- offtake: an agreement by which" in report
    assert report.rstrip().endswith("it is not investment advice, not a valuation and not a forecast.")
    assert "## Terms" not in markdown([case(1)], glossary=False)


def test_what_is_not_rated_or_not_read_is_a_report_too() -> None:
    rows: list[Row] = [
        rate("A poem about the sea.", engine="reference"),
        ("b.txt", FactsError("Not a text", "no text")),
    ]
    first, second = markdown(rows).split("\n---\n\n")
    assert "**Not rated.** It is not about the supply of minerals" in first
    assert second == "# b.txt\n\nNot a text: no text\n"
