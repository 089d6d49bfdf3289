"""Asking again: under the conditions of the last answer, and no sooner than the server wishes."""

import pytest

from facts.errors import FactsError
from facts.readers.poll import poll
from tests.facts.readers.server import answer, redirect, serving

_SAID = 'ETag: "v1"\r\nLast-Modified: Mon, 04 May 2026 10:00:00 GMT\r\n'
_ASKED = {"If-None-Match": '"v1"', "If-Modified-Since": "Mon, 04 May 2026 10:00:00 GMT"}


def test_what_the_server_says_of_its_answer_is_asked_back() -> None:
    scripts = [answer(b"News.", more=_SAID), answer(b"", status="304 Not Modified")]
    with serving(lambda request, connection: scripts.pop(0)(request, connection)) as server:
        first = poll(server.at("/a.txt"), {}, allow_private=True)
        second = poll(server.at("/a.txt"), first.validators, allow_private=True)
    assert (first.data, first.hint, first.validators) == (b"News.", "text/plain", _ASKED)
    assert (second.data, second.error, second.validators) == (None, None, _ASKED)
    assert b"If-None-Match" not in server.requests[0]
    assert b'If-None-Match: "v1"' in server.requests[1]
    assert b"If-Modified-Since: Mon, 04 May 2026 10:00:00 GMT" in server.requests[1]


def test_not_modified_is_no_answer_to_one_who_has_nothing() -> None:
    with serving(answer(b"", status="304 Not Modified")) as server:
        found = poll(server.at(), {}, allow_private=True)
    assert found.error is not None
    assert "the server answers 304" in found.error.message


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ("Retry-After: 120\r\n", 120),
        ("Date: Mon, 04 May 2026 10:00:00 GMT\r\nRetry-After: Mon, 04 May 2026 10:05:00 GMT\r\n", 300),
        ("Date: Mon, 04 May 2026 10:00:00 GMT\r\nRetry-After: Mon, 04 May 2026 09:00:00 GMT\r\n", 0),
        ("Retry-After: Mon, 04 May 2026 10:05:00 GMT\r\n", 0),
        ("Retry-After: soon\r\n", 0),
        ("Retry-After: -5\r\n", 0),
        ("", 0),
    ],
)
def test_a_server_that_is_busy_says_for_how_long(more: str, seconds: int) -> None:
    with serving(answer(b"", status="503 Busy", more=more)) as server:
        found = poll(server.at(), _ASKED, allow_private=True)
    assert found.error is not None
    assert found.error.title == "No document"
    assert (found.data, found.wait, found.validators) == (None, seconds, _ASKED)


def test_an_address_that_is_asked_again_passes_the_guard() -> None:
    with serving(answer(b"Secret.")) as server, pytest.raises(FactsError, match="an address of this machine"):
        poll(server.at(), {})
    assert server.requests == []
    with pytest.raises(FactsError, match="only http and https addresses are fetched"):
        poll("file:///etc/passwd", {})


def test_a_redirect_is_followed_and_the_last_answer_counts() -> None:
    scripts = [redirect("/b.txt"), answer(b"News.", more=_SAID)]
    with serving(lambda request, connection: scripts.pop(0)(request, connection)) as server:
        found = poll(server.at("/a.txt"), {}, allow_private=True)
    assert (found.data, found.url, found.validators) == (b"News.", server.at("/b.txt"), _ASKED)
