"""RSS and Atom: each entry an announcement; bombs and look-alikes do nothing."""

import datetime as dt
from pathlib import Path

import pytest

from facts.errors import FactsError
from facts.readers import open_all, open_announcement
from tests.facts.readers.making import BODY, feed, read_one

BOMB = "<!DOCTYPE x [<!ENTITY a 'offtake'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_each_entry_of_a_feed_is_an_announcement_with_title_day_and_publisher() -> None:
    data = feed(("Acme &amp; Beta sign", f"<p>{BODY}</p><script>secret</script><p>Second.</p>"), ("Gamma", "Nothing."))
    first, second = open_all(data, "feed.xml")
    assert first.text == f"Acme & Beta sign\n\n{BODY}\n\nSecond."
    assert (first.name, second.name) == ("feed.xml#1", "feed.xml#2")
    assert (first.title, first.publisher) == ("Acme & Beta sign", "Mining Wire")
    assert (first.published, first.url) == (dt.date(2026, 5, 4), "https://news.example/1")
    assert first.sha256 == second.sha256
    assert first.text_sha256 != second.text_sha256


def test_atom_gives_the_longer_of_summary_and_content() -> None:
    data = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title>Acme</title><summary>Short.</summary>"
        f"<updated>2026-05-04T23:00:00-07:00</updated><content type='html'>&lt;p&gt;{BODY}&lt;/p&gt;</content>"
        "<source><title>The Source</title></source></entry></feed>"
    ).encode()
    found = read_one(data, "feed.atom")
    assert found.text == f"Acme\n\n{BODY}"
    assert (found.published, found.publisher) == (dt.date(2026, 5, 4), "The Source")


def test_a_feed_of_several_is_no_single_announcement() -> None:
    with pytest.raises(FactsError, match="holds several; `caveat rate` takes them all"):
        open_announcement(feed(("a", "b"), ("c", "d")), "feed.xml")


def test_an_entity_bomb_and_an_outside_entity_expand_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    assert len(read_one(feed(("Title &j;", "Text."), before=BOMB + "]>"), "feed.xml").text) < 100
    outside = f'<!DOCTYPE x [<!ENTITY j SYSTEM "file://{tmp_path}/secret.txt">]>'
    assert "secret" not in read_one(feed(("Title &j;", "Text."), before=outside), "feed.xml").text


def test_bytes_that_are_the_name_of_a_file_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(feed(("a", "b")))
    assert read_one(str(tmp_path / "feed.xml").encode(), "x.xml").text == str(tmp_path / "feed.xml")


def test_a_feed_in_its_declared_encoding_is_read() -> None:
    text = "<?xml version='1.0' encoding='windows-1252'?><rss version='2.0'><channel><item><title>Café</title></item>"
    assert read_one((text + "</channel></rss>").encode("cp1252"), "feed.xml").text == "Café"


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (b"<note>Offtake</note>", "XML that is neither RSS nor Atom"),
        (feed(), "a feed without entries"),
        (feed(*[("a", "b")] * 5_001), "5,001 entries; a feed has at most 5,000"),
    ],
    ids=["note", "empty", "long"],
)
def test_what_is_no_feed_is_one_clear_error(data: bytes, because: str) -> None:
    with pytest.raises(FactsError, match=because):
        list(open_all(data, "feed.xml"))
