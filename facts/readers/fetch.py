"""http(s) addresses: guarded at every step, bounded in size; the child's clock bounds the time. Runs in the child."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from facts.errors import FactsError
from facts.readers.address import Resolver, checked, resolve
from facts.readers.sniff import by_media_type

MOST_BYTES = 20_000_000
MOST_REDIRECTS = 5
#: For one step on the socket. All steps together end with the process.
_STEP_SECONDS = 10.0
_CHUNK = 65_536
_HEADERS = {
    "User-Agent": "caveat",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
#: A user name and a password are not repeated in errors.
_USER = re.compile(r"//[^/@]*@")
_PORTS = {"http": 80, "https": 443}
#: Headers of an answer that make the next question conditional, and how they are asked back.
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_ASKED = tuple(_VALIDATORS.values())


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server gave: `data` is None where it says that nothing has changed since the conditions that it was sent.

    `hint` is the media type and `charset` the encoding that it states, `validators` the conditions to send next time.
    """

    url: str
    data: bytes | None = None
    hint: str | None = None
    charset: str | None = None
    validators: Mapping[str, str] = field(default_factory=dict)


class RefusalError(FactsError):
    """A server's answer that is no document; `wait` are the seconds that it asks to be left alone."""

    def __init__(self, title: str, message: str, wait: int) -> None:
        super().__init__(title, message)
        self.wait = wait


def answer(data: bytes, name: str, url: str, allow_private: bool) -> tuple[dict[str, Any], bytes]:
    """The child's task: the final address, media type and encoding of a document, and its bytes."""
    return fetch(url, allow_private)


def answer_if_new(
    data: bytes, name: str, url: str, allow_private: bool, validators: dict[str, str]
) -> tuple[dict[str, Any], bytes]:
    """The child's other task: the same under conditions; a refusal with the seconds to wait."""
    try:
        reply = retrieve(url, allow_private, conditions=validators)
    except RefusalError as refusal:
        return {"refused": [refusal.title, refusal.message], "wait": refusal.wait}, b""
    told = {"url": reply.url, "hint": reply.hint, "charset": reply.charset, "validators": dict(reply.validators)}
    return {**told, "new": reply.data is not None}, reply.data or b""


def fetch(url: str, allow_private: bool, resolver: Resolver = resolve) -> tuple[dict[str, Any], bytes]:
    """Fetch one document: what the server said of it, and its bytes. Raises FactsError."""
    reply = retrieve(url, allow_private, resolver)
    assert reply.data is not None  # nothing was asked under a condition
    return {"url": reply.url, "hint": reply.hint, "charset": reply.charset}, reply.data


def retrieve(
    url: str, allow_private: bool, resolver: Resolver = resolve, conditions: Mapping[str, str] | None = None
) -> Reply:
    """Ask for one document, following at most `MOST_REDIRECTS` redirects, each checked like the first address.

    `conditions` are the `validators` of an earlier reply. Raises FactsError for all that is refused or fails,
    `RefusalError` where it is the server that refuses.
    """
    asked, headers = url, {**_HEADERS, **(conditions or {})}
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=_STEP_SECONDS, headers=headers) as client:
        for _ in range(MOST_REDIRECTS + 1):
            found = _step(client, _parsed(url), allow_private, resolver)
            if isinstance(found, Reply):
                return found if found.data is not None else Reply(found.url, validators=dict(conditions or {}))
            url = str(found)
    raise FactsError("Too many redirects", f"{asked}: more than {MOST_REDIRECTS} redirects; give the final address")


def _parsed(url: str) -> httpx.URL:
    shown = _USER.sub("//", url)
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise FactsError("Not an address", f"{shown}: not a web address") from None
    if parsed.scheme not in _PORTS:
        raise FactsError("Not an address", f"{shown}: only http and https addresses are fetched")
    if parsed.userinfo:
        raise FactsError("Not an address", f"{parsed.host}: an address with a user name or password is not fetched")
    if parsed.host and not _HOST.fullmatch(parsed.raw_host):
        raise FactsError("Not an address", f"{shown}: not a web address")
    if not parsed.host:
        raise FactsError("Not an address", f"{shown}: names no host")
    return parsed


def _step(client: httpx.Client, url: httpx.URL, allow_private: bool, resolver: Resolver) -> httpx.URL | Reply:
    """A document, or where a redirect leads."""
    host = url.raw_host.decode("ascii")
    addresses = checked(host, url.port or _PORTS[url.scheme], allow_private, resolver)
    for number, address in enumerate(addresses, 1):
        try:
            return _asked(client, url, host, address)
        except httpx.ConnectError as error:
            if number == len(addresses):
                raise FactsError("No connection", f"{url}: {str(error) or 'refused'}") from None
        except httpx.TimeoutException:
            raise FactsError("Too slow", f"{url}: no answer in {_STEP_SECONDS:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FactsError("No answer", f"{url}: {str(error) or type(error).__name__}") from None
    raise FactsError("No such host", f"{host}: no address is known for it; check the name")


def _asked(client: httpx.Client, url: httpx.URL, host: str, address: str) -> httpx.URL | Reply:
    """Ask the address that was checked, under the name that was given: a second look-up might say something else."""
    request = client.build_request(
        "GET",
        url.copy_with(host=address, fragment=None),
        headers={"Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": host},
    )
    response = client.send(request, stream=True)
    try:
        if response.has_redirect_location:
            return url.join(response.headers["location"])
        return _reply(response, url)
    finally:
        response.close()


def _reply(response: httpx.Response, url: httpx.URL) -> Reply:
    final, heard = str(url.copy_with(fragment=None)), response.headers
    if response.status_code == httpx.codes.NOT_MODIFIED and any(name in response.request.headers for name in _ASKED):
        return Reply(final)
    if response.status_code != httpx.codes.OK:
        told = f"{url}: the server answers {response.status_code} {response.reason_phrase[:60]}"
        raise RefusalError("No document", told, _wait(heard))
    given = heard.get("content-type", "")
    hint, readable = by_media_type(given)
    if not readable:
        raise FactsError("Wrong type", f"{url}: {given.partition(';')[0]} is nothing that can be read")
    validators = {asked: heard[name] for name, asked in _VALIDATORS.items() if name in heard}
    return Reply(final, _body(response, str(url)), hint, response.charset_encoding, validators)


def _wait(heard: httpx.Headers) -> int:
    """Retry-After in seconds; where it is a day and hour, by the clock of the server that says so."""
    told = heard.get("retry-after", "").strip()
    if told.isdecimal():
        return int(told[:7])
    try:
        until, now = (parsedate_to_datetime(each) for each in (told, heard.get("date", "")))
        return max(0, round((until - now).total_seconds()))
    except (ValueError, TypeError, OverflowError):  # TypeError: one with a time zone and one without
        return 0


def _body(response: httpx.Response, url: str) -> bytes:
    """The body, unpacked; refused as soon as it is too long, whatever its length was said to be."""
    body = bytearray()
    for piece in _unpacked(response, url):
        body += piece
        if len(body) > MOST_BYTES:
            raise FactsError("Too large", f"{url}: more than {MOST_BYTES:,} bytes; an announcement has fewer")
    return bytes(body)


def _unpacked(response: httpx.Response, url: str) -> Iterator[bytes]:
    """The body in pieces of bounded size: httpx alone would unpack 64 KB to 64 MB at a stroke."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from response.iter_raw(_CHUNK)
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FactsError("Wrong encoding", f"{url}: packed as {encoding}, which was not asked for")
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        for raw in response.iter_raw(_CHUNK):
            yield unpack.decompress(raw, _CHUNK)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, _CHUNK)
    except zlib.error:
        raise FactsError("Broken answer", f"{url}: its packing is damaged") from None
    if not unpack.eof:
        raise FactsError("Broken answer", f"{url}: breaks off early")
