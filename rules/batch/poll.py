"""Asking an address again and again, politely: only for what is new, through the guard that every address passes."""

from collections.abc import Mapping
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field

import httpx

from facts.errors import FactsError
from facts.readers import fetch
from facts.readers.address import resolve
from facts.readers.files import FETCH_SECONDS
from rules.batch.local import Local

#: Headers of an answer that make the next question conditional.
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


@dataclass(frozen=True)
class Answer:
    """What an address answered. `data` is None where nothing is new (`error` empty) or nothing came.

    `validators` are the headers to ask with next time, `wait` the seconds that the server asks to be left alone.
    """

    data: bytes | None = None
    url: str = ""
    hint: str | None = None
    charset: str | None = None
    validators: Mapping[str, str] = field(default_factory=dict)
    wait: int = 0
    error: tuple[str, str] | None = None


def ask(url: str, validators: Mapping[str, str], allow_private: bool) -> Answer:
    """The answer of an address, from a process of its own that ends when it takes too long. Raises FactsError."""
    try:
        with Local(1) as worker:
            answer: Answer = worker.submit(conditional, url, dict(validators), allow_private).result(FETCH_SECONDS)
    except TooLate:
        raise FactsError("Too slow", f"{url}: no whole answer in {FETCH_SECONDS:g} seconds") from None
    return answer


def conditional(url: str, validators: Mapping[str, str], allow_private: bool) -> Answer:
    """One question, its redirects followed and checked like the address itself. Errors are part of the answer."""
    last: list[httpx.Response] = []
    try:
        with httpx.Client(
            trust_env=False, follow_redirects=False, timeout=fetch._STEP_SECONDS,
            headers={**fetch._HEADERS, **validators}, event_hooks={"response": [last.append]},
        ) as client:  # fmt: skip
            found, data = _followed(client, url, allow_private)
    except FactsError as error:
        if last and last[-1].status_code == httpx.codes.NOT_MODIFIED:
            return Answer(url=url, validators=validators)
        return Answer(url=url, validators=validators, wait=_wait(last), error=(error.title, error.message))
    heard = last[-1].headers
    given = {asked: heard[name] for name, asked in _VALIDATORS.items() if name in heard}
    return Answer(data, str(found["url"]), found["hint"], found["charset"], given)


def _followed(client: httpx.Client, url: str, allow_private: bool) -> tuple[dict[str, str | None], bytes]:
    asked = url
    for _ in range(fetch.MOST_REDIRECTS + 1):
        found = fetch._step(client, fetch._parsed(url), allow_private, resolve)
        if not isinstance(found, httpx.URL):
            return found
        url = str(found)
    raise FactsError("Too many redirects", f"{asked}: more than {fetch.MOST_REDIRECTS} redirects")


def _wait(answers: list[httpx.Response]) -> int:
    """Retry-After in seconds; a date there is left to the backoff."""
    told = answers[-1].headers.get("retry-after", "") if answers else ""
    return int(told) if told.isdecimal() and len(told) < 7 else 0
