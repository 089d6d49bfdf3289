"""Feeds of more entries than a reader takes at once: cut into their entries, whatever stands in these."""

from pathlib import Path

import pytest

from rules.batch import dump
from tests.facts.readers.making import feed
from tests.rules.batch.making import rated, texts


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every feed of more than three entries is a dump."""
    monkeypatch.setattr(dump, "MOST_ENTRIES", 3)
    monkeypatch.setattr(dump, "LEAST_BYTES", 1)
    monkeypatch.setattr(dump, "TOGETHER", 2)


def _feed(count: int) -> bytes:
    return feed(*((f"News {number}", text) for number, text in enumerate(texts(count).values(), 1)))


def test_every_entry_is_rated_once_in_order_whatever_the_size_of_a_shard(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_bytes(_feed(7))
    found = rated(path, out=tmp_path / "three", size=3)
    assert [row["place"] for row in found] == [f"news.xml#{number}" for number in range(1, 8)]
    assert [row["source"]["published"] for row in found] == ["2026-05-04"] * 7
    assert len({row["source"]["sha256"] for row in found}) == 7
    assert rated(path, out=tmp_path / "seven", size=7) == found


def test_a_feed_that_a_reader_takes_as_it_is_gives_the_same_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.xml"
    path.write_bytes(_feed(5))
    cut = rated(path, out=tmp_path / "cut")
    monkeypatch.setattr(dump, "MOST_ENTRIES", 5)
    whole = rated(path, out=tmp_path / "whole")
    for row in (*cut, *whole):
        row["source"].pop("sha256")
    assert cut == whole


def test_markup_that_looks_like_an_entry_is_none(tmp_path: Path) -> None:
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><!-- <entry> -->
<entry><title>One</title><content><![CDATA[Acme</entry><entry>]]></content></entry><entry id="2"><title>Two</title>
<summary>Lithium.</summary></entry><entry><title>Three</title></entry><entry><title>Four</title></entry>
<entry><title>Cut off"""
    (tmp_path / "wire.atom").write_text(atom)
    found = rated(tmp_path / "wire.atom", out=tmp_path / "out")
    assert [row["place"] for row in found] == [f"wire.atom#{number}" for number in (1, 2, 3, 4)]


def test_an_entry_that_gives_nothing_costs_only_itself(tmp_path: Path) -> None:
    entries = [b"<item><title>News %d</title></item>" % number for number in range(4)]
    entries[2] = b"<item></item></channel></rss><item></item>"
    path = tmp_path / "news.rss"
    path.write_bytes(b"<rss version='2.0'><channel>" + b"".join(entries) + b"</channel></rss>")
    found = rated(path, out=tmp_path / "out")
    assert [row["place"] for row in found] == [f"news.rss#{number}" for number in range(1, 6)]
    assert all("error" not in found[number] for number in (0, 1, 4))


def test_what_stands_before_the_first_entry_may_not_be_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "_MOST_HEAD", 50)
    path = tmp_path / "news.rss"
    path.write_bytes(b"<rss version='2.0'><channel>" + b"<x/>" * 30 + b"<item></item>" * 4 + b"</channel></rss>")
    (row,) = rated(path, out=tmp_path / "out")
    assert row["error"]["message"] == "news.rss: 50 bytes before the first entry; is it a feed?"
