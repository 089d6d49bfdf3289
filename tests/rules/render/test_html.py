"""The HTML report: one page, nothing from outside in it, everything linked, small."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

from facts.errors import FactsError
from rules.assess import rate
from rules.render.html.page import page
from tests.rules.explain.known import case, read_as
from tests.rules.render.hostile import TEXT, hostile

_EMPTY = ("meta", "br")


class _Seen(HTMLParser):
    """Tags in order, ids, links, attributes, and the text of the announcement's box."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.box = ""
        self._inside: int | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        told = dict(attrs)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.links += [told["href"] or ""] if "href" in told else []
        if tag not in _EMPTY:
            self.open.append(tag)
        if told.get("class") == "text":
            self._inside = len(self.open)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if self._inside is not None and len(self.open) < self._inside:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is not None and "sup" not in self.open:
            self.box += data


def test_every_element_is_closed_and_every_link_leads_somewhere() -> None:
    for assessment in (case(1), hostile()):
        seen = _Seen(page([assessment]))
        assert seen.open == []
        assert len(seen.ids) == len(set(seen.ids))
        assert {link.removeprefix("#") for link in seen.links} <= set(seen.ids)


def test_words_from_outside_stay_words() -> None:
    html = page([hostile()])
    seen = _Seen(html)
    assert seen.tags.count("script") == 1
    assert "img" not in seen.tags
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert "style" not in seen.attributes
    assert "\x1b" not in html
    assert seen.box.replace("\u241b", "\x1b") == TEXT


def test_nothing_is_fetched_and_only_what_is_ours_may_run() -> None:
    html = page([hostile()])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src &#x27;none&#x27;; style-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src &#x27;sha256-{digest}&#x27;" in policy[1]
    assert not re.search(r"<[^>]*(?:src|href)=\"(?!#)", html)


def test_a_mark_names_its_facts_and_a_fact_leads_back_to_its_mark() -> None:
    html = page([hostile()])
    assert '<mark class="raises" data-facts="f2">Doubts &lt;</mark>' in html
    assert '<mark class="raises" data-facts="f2 f4">img src=x' in html
    assert '<a href="#fact-f2" id="at-f2">f2</a>' in html
    assert '<a href="#at-f2">f2</a>' in html
    assert '<a href="#rule-EXE-006">EXE-006</a>' in html
    assert 'id="rule-EXE-006"' in html


def test_stance_is_told_by_words_and_not_by_colour_alone() -> None:
    html = page([hostile()])
    assert "used by a rule that raises caution" in html
    style = html[html.index("<style>") : html.index("</style>")]
    for stance, line in (("lowers", "double"), ("other", "dashed"), ("idle", "dotted")):
        assert re.search(rf"mark\.{stance} {{[^}}]*text-decoration-style: {line}", style)


def test_the_page_holds_all_that_a_report_must() -> None:
    html = page([case(1)])
    for words in (
        "Signal only: 4 of 5", "What would lower the rating", "What would raise it", "Open questions, most decisive",
        "What the level hangs on", "Absent: looked for and not found", "<svg", "offtake: an agreement by which",
        "it is not investment advice", case(1).pack.digest, "@media print", "prefers-color-scheme: dark",
    ):  # fmt: skip
        assert words in html


def test_the_terms_can_be_left_out() -> None:
    assert "offtake: an agreement by which" not in page([case(1)], glossary=False)


def test_the_real_note_makes_a_page_of_less_than_300_kilobytes(shared: Path) -> None:
    html = page([rate(shared / "announcements" / "000_b2eeebb3d128b3da.txt", engine="reference")])
    assert len(html.encode()) < 300_000


def test_several_announcements_are_articles_of_one_page_with_ids_of_their_own() -> None:
    other = read_as("Talks.", "gov_overture", [{"kind": "commitment", "form": "talks", "quote": "Talks"}])
    unrated = rate("A poem about the sea.", engine="reference")
    html = page([hostile(), other, unrated, ("broken<.txt", FactsError("Not a text", "the bytes are no text"))])
    seen = _Seen(html)
    assert seen.tags.count("article") == 4
    assert len(seen.ids) == len(set(seen.ids))
    assert {"a1-fact-f1", "a2-fact-f1"} <= set(seen.ids)
    assert "broken&lt;.txt" in html
    assert "Not rated" in html


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert page([hostile()]) == page([hostile()])
