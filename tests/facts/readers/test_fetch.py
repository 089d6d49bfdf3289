"""Addresses: what the guard refuses, and what a server can do to us. Nothing leaves the loopback interface."""

import gzip
import socket
from collections.abc import Callable

import pytest

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, fetch, files, open_all, open_each
from facts.readers.address import checked
from facts.readers.child import CHILD
from tests.facts.readers.making import BODY, feed, page
from tests.facts.readers.server import Script, answer, redirect, serving

ZEROS = b"0" * 1_000_000


def _open(url: str) -> Announcement:
    (found,) = open_all(url, allow_private=True)
    return found


def _resolver(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


def test_a_page_is_fetched_with_its_article_its_name_and_its_address() -> None:
    with serving(answer(page(), "text/html; charset=utf-8")) as server:
        found = _open(server.at("/news/acme-offtake.html?ref=home#top"))
    assert found.text.startswith("Acme signs offtake\n\nAcme Lithium has signed a binding offtake")
    assert (found.name, found.publisher) == ("acme-offtake.html", "Example News")
    assert found.url == server.at("/news/acme-offtake.html?ref=home")
    assert server.requests[0].startswith(b"GET /news/acme-offtake.html?ref=home HTTP/1.1\r\n")


def test_a_feed_is_fetched_as_its_entries_and_a_bare_host_names_the_document() -> None:
    with serving(answer(feed(("One", "First."), ("Two", "Second.")), "application/rss+xml")) as server:
        found = list(open_all(server.at(), allow_private=True))
    assert [each.name for each in found] == ["127.0.0.1#1", "127.0.0.1#2"]
    assert [each.text for each in found] == ["One\n\nFirst.", "Two\n\nSecond."]


def test_the_encoding_that_the_server_declares_counts() -> None:
    with serving(answer("Złoże litu".encode("iso8859-2"), "text/plain; charset=iso-8859-2")) as server:
        assert _open(server.at("/a.txt")).text == "Złoże litu"


def test_a_gzipped_answer_is_unpacked() -> None:
    with serving(answer(gzip.compress(BODY.encode()), more="Content-Encoding: gzip\r\n")) as server:
        assert _open(server.at("/a.txt")).text == BODY


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "fec0::1", "2001:db8::1", "100::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::1", "2001:0:1::1", "not an address"),
    ],
)
def test_an_address_outside_the_public_internet_is_refused(address: str) -> None:
    with pytest.raises(FactsError, match="--allow-private if you mean it"):
        checked("news.example", 443, False, _resolver(address))
    assert checked("news.example", 443, True, _resolver(address)) == [address]


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::1"])
def test_a_public_address_passes(address: str) -> None:
    assert checked("news.example", 443, False, _resolver(address)) == [address]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FactsError, match=r"news\.example \(10\.0\.0\.1\): a private address"):
        checked("news.example", 443, False, _resolver("8.8.8.8", "10.0.0.1"))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0x7f000001", "127.0.0.1.", "1.2.3"])
def test_odd_forms_of_an_address_are_refused_even_where_private_ones_are_not(host: str) -> None:
    with pytest.raises(FactsError, match="four decimal numbers"):
        checked(host, 80, True, _resolver("8.8.8.8"))


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("http://127.0.0.1:9/", "an address of this machine; --allow-private if you mean it"),
        ("http://[::1]:9/", "an address of this machine"),
        ("http://[::ffff:127.0.0.1]:9/", "in the clothes of IPv6"),
        ("http://localhost:9/", "an address of this machine"),
        ("http://news.example:9/", r"news\.example \(127\.0\.0\.1\): an address of this machine"),
        ("http://user:word@news.example/", "user name or password is not fetched"),
        ("http://2130706433/", "four decimal numbers"),
        ("http://[oops/", "not a web address"),
        ("http:///nothing", "names no host"),
        ("http://a\\@127.0.0.1/", "user name or password"),
        ("http://%31%32%37.0.0.1/", "not a web address"),
        ("http://a b/", "not a web address"),
        ("http://a/\x00", "not a web address"),
        ("ftp://news.example/a.txt", "only http and https addresses are fetched"),
        ("file:///etc/passwd", "only http and https addresses are fetched"),
    ],
)
def test_an_address_that_must_not_be_asked_is_refused_in_one_line(url: str, because: str) -> None:
    with pytest.raises(FactsError, match=because):
        fetch.fetch(url, False, _resolver("127.0.0.1"))


def test_what_is_no_web_address_and_what_leads_home_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(FactsError, match="only http and https addresses are fetched"):
        list(open_all("gopher://news.example/"))
    with serving(answer(b"Secret.")) as server, pytest.raises(FactsError, match="an address of this machine"):
        list(open_all(server.at("/a.txt")))
    assert server.requests == []


@pytest.mark.parametrize(
    "url", ["http://user:secret@news.example/", "http://user:secret@[oops/", "http://a:secret@\x00"]
)
def test_the_password_in_an_address_is_not_repeated(url: str) -> None:
    (found,) = open_each(url)
    assert isinstance(found, Unread)
    assert found.error.title == "Not an address"
    assert "secret" not in found.name + found.error.message


def test_the_address_that_was_checked_is_the_one_that_is_asked_under_the_name_that_was_given() -> None:
    looked_up = []

    def once(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    with serving(answer(b"Offtake signed.")) as server:
        found, data = fetch.fetch(server.at("/a.txt", host="news.example"), True, once)
    assert data == b"Offtake signed."
    assert looked_up == ["news.example"]
    assert f"Host: news.example:{server.port}\r\n".encode() in server.requests[0]
    assert found["url"] == f"http://news.example:{server.port}/a.txt"


def test_tls_greets_the_name_and_not_the_address() -> None:
    with serving(lambda _, connection: None) as server, pytest.raises(FactsError, match=r"https://news\.example"):
        fetch.fetch(f"https://news.example:{server.port}/", True, _resolver("127.0.0.1"))
    assert b"news.example" in server.requests[0]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with serving(answer(b"Offtake signed.")) as server:
        _, data = fetch.fetch(server.at(host="news.example"), True, _resolver("127.0.0.2", "127.0.0.1"))
    assert data == b"Offtake signed."


def test_a_redirect_into_a_private_network_is_refused_although_the_first_address_was_public() -> None:
    def resolver(host: str, port: int) -> list[str]:
        return {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}[host]

    def public(address: str) -> bool:
        return address == "127.0.0.1"

    with serving(redirect("http://inside.example/secret")) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("facts.readers.address._private", lambda text: None if public(text) else "a private address")
        with pytest.raises(FactsError, match=r"inside\.example \(10\.0\.0\.1\): a private address"):
            fetch.fetch(server.at(host="news.example"), False, resolver)
    assert len(server.requests) == 1


def test_a_redirect_is_followed_relative_to_where_it_stands() -> None:
    def script(request: bytes, connection: socket.socket) -> None:
        (redirect("../b.txt") if b"/x/a.txt" in request else answer(b"Moved."))(request, connection)

    with serving(script) as server:
        found = _open(server.at("/x/a.txt"))
    assert (found.text, found.name, found.url) == ("Moved.", "a.txt", server.at("/b.txt"))


@pytest.mark.parametrize(
    ("script", "because"),
    [
        (redirect("/again"), "more than 5 redirects; give the final address"),
        (redirect("file:///etc/passwd"), "only http and https addresses are fetched"),
        (redirect("http://127.1/"), "four decimal numbers"),
        (redirect("http://[/"), "."),
        (answer(b"gone", status="404 Not Found"), "the server answers 404 Not Found"),
        (answer(b"no", status="500 Oops"), "the server answers 500 Oops"),
        (answer(b"\x89PNG", "image/png"), "image/png is nothing that can be read"),
        (answer(gzip.compress(b"x"), "application/octet-stream"), "a gzip archive; unpack it"),
        (answer(b"x", more="Content-Encoding: br\r\n"), "packed as br, which was not asked for"),
        (answer(b"no gzip", more="Content-Encoding: gzip\r\n"), "its packing is damaged"),
        (answer(gzip.compress(BODY.encode())[:60], more="Content-Encoding: gzip\r\n"), "breaks off early"),
        (answer(gzip.compress(ZEROS * 100, 9), more="Content-Encoding: gzip\r\n"), "more than 20,000,000 bytes"),
        (lambda _, connection: connection.sendall(b"nonsense\r\n\r\n"), "127.0.0.1"),
        (lambda _, connection: None, "127.0.0.1"),
        (answer(b"short", more="Content-Length: 900\r\n"), "127.0.0.1"),
    ],
)
def test_a_server_that_misbehaves_gets_one_clear_error(script: Script, because: str) -> None:
    with serving(script) as server, pytest.raises(FactsError, match=because):
        _open(server.at("/a.txt"))


def test_an_endless_body_is_given_up_at_the_limit_of_size() -> None:
    def endless(_: bytes, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            connection.sendall(ZEROS)

    with serving(endless) as server, pytest.raises(FactsError, match="more than 20,000,000 bytes"):
        _open(server.at("/a.txt"))


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_a_drip_of_bytes_is_given_up_at_the_deadline_in_the_head_and_in_the_body(
    greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answer(b"Offtake signed.")) as prompt:
        _open(prompt.at("/a.txt"))
    asked = CHILD._process
    monkeypatch.setattr(files, "FETCH_SECONDS", 1.0)

    def drip(_: bytes, connection: socket.socket) -> None:
        connection.sendall(greeting)
        connection.settimeout(0.1)
        while True:
            connection.sendall(b"a")
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue

    with serving(drip) as server, pytest.raises(FactsError, match="took more than 1 seconds"):
        _open(server.at("/a.txt"))
    assert CHILD._process is asked, "given up by itself, and not by who waits for it"


def test_proxies_and_credentials_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with serving(answer(b"Offtake signed.")) as server:
        _, data = fetch.fetch(server.at(), True)
    assert data == b"Offtake signed."
    assert b"authorization" not in server.requests[0].lower()
    assert b"cookie" not in server.requests[0].lower()
