"""Pages: the article and nothing around it, with its title first."""

import datetime as dt

import pytest

from tests.facts.readers.making import BODY, page, read_one


def test_a_page_gives_its_article_under_its_title_and_nothing_around_it() -> None:
    found = read_one(page(), "page.html")
    assert found.text.split("\n\n") == ["Acme signs offtake", BODY, BODY, BODY]
    assert (found.title, found.publisher, found.media_type) == ("Acme signs offtake", "Example News", "text/html")
    assert (found.published, found.url, found.pages) == (None, None, ())


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-05-04T23:30:00-07:00">',
        '<meta name="date" content="2026-05-04">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-04"}</script>',
    ],
)
def test_the_day_of_publication_is_the_one_that_the_page_states(head: str) -> None:
    assert read_one(page(head=head), "page.html").published == dt.date(2026, 5, 4)


def test_a_small_page_still_gives_its_text_without_scripts_and_styles() -> None:
    found = read_one(b"<title>Small</title><style>p {}</style><p>One <b>line</b>.<p>Two<script>three</script>", "a.htm")
    assert found.text == "Small\n\nOne line.\n\nTwo"


def test_a_title_that_stands_in_the_text_is_not_repeated_even_when_the_site_is_named_behind_it() -> None:
    found = read_one(b"<title>Acme signs | Mining News</title><h1>Acme signs</h1><p>Body.</p>", "a.html")
    assert found.text == "Acme signs\n\nBody."


def test_a_page_of_menus_alone_gives_these_rather_than_nothing() -> None:
    assert read_one(b"<html><nav>Offtake signed</nav></html>", "a.html").text == "Offtake signed"


def test_a_page_without_text_is_an_empty_announcement() -> None:
    assert read_one(b"<html><body><script>1</script></body></html>", "a.html").text == ""


@pytest.mark.parametrize("depth", [150, 300, 5_000, 100_000])
def test_no_depth_of_nesting_loses_text(depth: int) -> None:
    data = b"<html><body><p>First.</p>" + b"<div>" * depth + f"<p>{BODY}</p>".encode() + b"</div>" * depth
    assert BODY in read_one(data, "deep.html").text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('<meta charset="windows-1251"><p>Литий</p>'.encode("cp1251"), "Литий"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html><p>Złoże</p></html>'.encode("iso8859-2"), "Złoże"),
        ('<meta charset="iso-8859-1"><p>“Café”</p>'.encode("cp1252"), "“Café”"),
        ('<meta charset="windows-1251"><p>Café</p>'.encode(), "Café"),
        ('<meta charset="punycode"><p>Café</p>'.encode("cp1252"), "Café"),
        ("<html><p>Café</p></html>".encode("utf-16"), "Café"),
    ],
)
def test_the_encoding_that_a_page_declares_counts_unless_its_bytes_say_otherwise(data: bytes, text: str) -> None:
    assert read_one(data, "page.html").text == text


def test_entities_and_table_rows_are_read() -> None:
    data = b"<table><tr><td>Price</td><td>US&#36;5&nbsp;m</td></tr><tr><td>Term</td><td>5 &amp; 3</td></tr></table>"
    text = read_one(data, "page.html").text
    assert "US$5\u00a0m" in text or "US$5 m" in text
    assert "5 & 3" in text


def test_the_same_page_gives_the_same_announcement_twice() -> None:
    assert read_one(page(), "page.html") == read_one(page(), "page.html")
