"""The child process: what a document can do to it, and what is left of it afterwards."""

import datetime as dt
import json
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

import pytest

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import child, document, open_each, worker
from facts.readers.child import CHILD, Child
from facts.readers.draft import Draft
from tests.facts.readers.making import mail, page, pdf

#: Only what never ends by itself is given little time: the rest must not be given up where the machine is slow.
QUESTION: dict[str, Any] = {"name": "a.pdf", "seconds": 60.0, "more": {}}


def _loops(data: bytes, name: str) -> NoReturn:
    while True:
        pass


def _sleeps(data: bytes, name: str) -> NoReturn:
    while True:
        time.sleep(60)


def _hoards(data: bytes, name: str) -> list[Draft]:
    return [Draft("a" * worker.MOST_MEMORY)]


def _crashes(data: bytes, name: str) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _fails(data: bytes, name: str) -> NoReturn:
    raise ZeroDivisionError


def _refuses(data: bytes, name: str) -> NoReturn:
    raise FactsError("Broken", f"{name}: {len(data)} bytes")


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        (_refuses, {"error": ["Broken", "a.pdf: 3 bytes"]}),
        (_loops, {"died": -signal.SIGALRM}),
        (_sleeps, {"died": -signal.SIGALRM}),
        (_hoards, {"died": "memory"}),
        (_crashes, {"died": -signal.SIGKILL}),
        (_fails, {"died": 1}),
    ],
)
def test_a_document_can_cost_its_own_process_and_no_more(read: Callable[..., Any], answer: dict[str, Any]) -> None:
    seconds = 0.5 if read in (_loops, _sleeps) else QUESTION["seconds"]
    assert json.loads(worker._forked(read, QUESTION | {"seconds": seconds}, b"abc")) == answer


def test_what_a_reader_draws_from_a_document_comes_back_whole() -> None:
    draft = Draft("Signed.", "Title", dt.date(2026, 5, 4), "Wire", "https://news.example", (0, 7), ("a.pdf",), "name")
    answer = json.loads(worker._forked(lambda data, name: [draft], QUESTION, b"abc"))
    assert [Draft.from_json(each) for each in answer["drafts"]] == [draft]


@pytest.mark.parametrize(
    ("died", "title"),
    [(-signal.SIGALRM, "Too slow"), ("memory", "Too large"), (-signal.SIGKILL, "Too large"), (1, "Not readable")],
)
def test_each_death_has_its_own_words(died: object, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Child()
    monkeypatch.setattr(asked, "_asked", lambda question, deadline: json.dumps({"died": died}).encode())
    with pytest.raises(FactsError, match=r"a\.pdf: ") as raised:
        asked.ask("pdf", b"", "a.pdf", 1.0)
    assert raised.value.title == title


def test_one_process_reads_many_documents_and_another_takes_over_when_it_dies() -> None:
    asked = Child()
    try:
        first, again, after = (_pid_after(asked, kill) for kill in (False, True, False))
    finally:
        asked.close()
    assert first == again != after


def _pid_after(asked: Child, kill: bool) -> int:
    found, _ = asked.ask("html", page(), "page.html", 20.0, charset=None)
    assert found["drafts"][0]["title"] == "Acme signs offtake"
    assert asked._process is not None
    pid = asked._process.pid
    if kill:
        os.kill(pid, signal.SIGKILL)
        asked._process.wait()
    return pid


def test_a_child_that_answers_nothing_is_given_up_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_GRACE", 0.2)
    asked = Child()
    try:
        os.kill(_pid_after(asked, False), signal.SIGSTOP)
        with pytest.raises(FactsError, match=r"Too slow: a\.html: took more than 0\.1 seconds"):
            asked.ask("html", page(), "a.html", 0.1, charset=None)
        _pid_after(asked, False)
    finally:
        asked.close()


def test_a_page_that_takes_too_long_is_given_up_by_the_child_itself() -> None:
    asked = Child()
    try:
        pid = _pid_after(asked, False)
        with pytest.raises(FactsError, match=r"Too slow: a\.html"):
            asked.ask("html", page() + b"<div>" * 100_000, "a.html", 0.01, charset=None)
        assert _pid_after(asked, False) == pid
    finally:
        asked.close()


#: Each takes its reader to the limit of time, memory or depth, or would without one.
EXHAUSTING = {
    "comments.html": b"<html>" + b"<!--" * 1_000_000,
    "tags.html": b"<html>" + b"<a " * 1_000_000,
    "sections.html": b"<html>" + b"<![CDATA[" * 500_000,
    "attributes.html": b"<html><p " + b"a='1' " * 1_000_000,
    "items.xml": b"<rss version='2.0'><channel>" + b"<item>" * 500_000,
    "bold.xml": b"<rss version='2.0'><channel><item><title>" + b"<b>" * 500_000,
    "senders.eml": mail().replace(b"From: ", b"From: " + b'"a" <a@b.example>, ' * 100_000),
    "brackets.eml": mail().replace(b"From: ", b"From: " + b"(" * 100_000),
    "words.eml": mail().replace(b"Subject: ", b"Subject: " + b"=?utf-8?q?a?= " * 100_000),
    "loop.pdf": pdf(["A line."]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
}


@pytest.mark.parametrize("name", EXHAUSTING)
def test_a_document_made_to_exhaust_its_reader_is_read_or_given_up_in_time(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "READ_SECONDS", 0.5)
    pid = _pid_after(child.CHILD, False)
    (found,) = open_each(EXHAUSTING[name], name)
    assert _pid_after(child.CHILD, False) == pid, "given up by itself, and not by who waits for it"
    assert isinstance(found, Announcement) or found.error.message.startswith(f"{name}: ")


def test_threads_that_ask_at_once_get_their_own_answers() -> None:
    asked = Child()
    titles = [f"Offtake {number}" for number in range(8)]
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(
                pool.map(lambda title: asked.ask("html", page(title=title), "a.html", 20.0, charset=None)[0], titles)
            )
    finally:
        asked.close()
    assert [each["drafts"][0]["title"] for each in found] == titles


def test_after_a_fork_each_process_has_a_child_of_its_own() -> None:
    ours = _pid_after(CHILD, False)
    reading, writing = os.pipe()
    if (forked := os.fork()) == 0:
        try:
            os.write(writing, b"%d" % _pid_after(CHILD, False))
            CHILD.close()
        finally:
            os._exit(0)
    os.waitpid(forked, 0)
    theirs = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    assert theirs != ours
    assert _pid_after(CHILD, False) == ours
