"""Every span shows exactly the words it was read from, whatever stands between them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.announcement import Announcement
from facts.extract import read, read_in_scope
from facts.reading import Reading

_NEWS = (
    "Corvane Metals Signs Supply Agreement",
    "PORT ALDER, June 3, 2026 - Corvane Metals Inc. (TSXV: CVN) plans to sign a binding offtake agreement for tin.",
    "No financing has been secured. The note gives no details on the amount.",
    "China's export controls on gallium remain in force; tin is a bargaining chip in tariff talks.",
    "- The permit is pending\n- Commissioning is planned for Q3 2027",
    "About Corvane Metals Inc.",
    "Corvane Metals Inc. is an exploration company in Québec, Canada.",
    "This release contains forward-looking statements. There is substantial doubt about its ability to continue.",
)
#: Blanks and marks that stand in real announcements and move offsets where a reader is careless.
_MARKS = (
    "\r\n",
    "\t",
    "\u00a0",
    "\u2009",
    "\u200f",
    "\u202b",
    "e\u0301",
    "\u0130",
    "ﬁ",
    "\ufeff",
    "\U0001f4c8",
    "\u2028",
    "—",
)


def _check(reading: Reading, text: str) -> None:
    spans = [span for fact in reading.facts for span in fact.spans]
    spans += [*reading.scope.words, *reading.unread]
    spans += reading.classification.words if reading.classification else ()
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    for fact in reading.facts:
        assert fact.spans
        assert fact.quote == text[fact.spans[0].start : fact.spans[0].end]
        assert fact.quote.strip() == fact.quote


@st.composite
def _texts(draw: st.DrawFn) -> str:
    paragraphs = draw(st.permutations(_NEWS))
    text = draw(st.sampled_from(["\n\n", "\r\n\r\n", "\r\n", "\n", "\n \n"])).join(paragraphs)
    for mark in draw(st.lists(st.sampled_from(_MARKS), max_size=12)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + mark + text[place:]
    return text


@settings(max_examples=60, deadline=None)
@given(_texts())
def test_every_span_of_a_mangled_announcement_is_exact(text: str) -> None:
    _check(read_in_scope(Announcement.from_text(text)), text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_can_be_read(text: str) -> None:
    _check(read_in_scope(Announcement.from_text(text)), text)
    read(Announcement.from_text(text))


@pytest.mark.parametrize("blank", ["\u00a0", "\t", "\r\n", "\u2009", "  "])
def test_a_wording_is_found_across_any_kind_of_blank(blank: str) -> None:
    text = f"Corvane Metals{blank}reports.\n\nNo{blank}binding{blank}offtake{blank}agreement has been signed."
    wanted = f"No{blank}binding{blank}offtake{blank}agreement has been signed"
    quotes = [fact.quote for fact in read_in_scope(Announcement.from_text(text)).facts]
    if "\n" not in blank:
        assert wanted in quotes


def test_the_same_text_gives_the_same_reading() -> None:
    text = "\n\n".join(_NEWS)
    assert read(Announcement.from_text(text)) == read(Announcement.from_text(text))


def test_line_ends_change_no_fact() -> None:
    unix, windows = "\n\n".join(_NEWS), "\r\n\r\n".join(_NEWS).replace("\n-", "\r\n-")
    one, other = read(Announcement.from_text(unix)), read(Announcement.from_text(windows))
    assert [(type(fact), fact.fields) for fact in one.facts] == [(type(fact), fact.fields) for fact in other.facts]
