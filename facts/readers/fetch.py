"""http(s) addresses: guarded at every step, bounded in size; the child's clock bounds the time. Runs in the child."""

import re
import zlib
from collections.abc import Iterator
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


def answer(data: bytes, name: str, url: str, allow_private: bool) -> tuple[dict[str, Any], bytes]:
    """The child's task: the final address, media type and encoding of a document, and its bytes."""
    return fetch(url, allow_private)


def fetch(url: str, allow_private: bool, resolver: Resolver = resolve) -> tuple[dict[str, Any], bytes]:
    """Fetch one document, following at most `MOST_REDIRECTS` redirects, each checked like the first address.

    Raises FactsError for all that is refused or fails.
    """
    asked = url
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=_STEP_SECONDS, headers=_HEADERS) as client:
        for _ in range(MOST_REDIRECTS + 1):
            found = _step(client, _parsed(url), allow_private, resolver)
            if not isinstance(found, httpx.URL):
                return found
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


def _step(
    client: httpx.Client, url: httpx.URL, allow_private: bool, resolver: Resolver
) -> httpx.URL | tuple[dict[str, Any], bytes]:
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


def _asked(client: httpx.Client, url: httpx.URL, host: str, address: str) -> httpx.URL | tuple[dict[str, Any], bytes]:
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
        if response.status_code != httpx.codes.OK:
            raise FactsError("No document", f"{url}: the server answers {response.status_code} {_phrase(response)}")
        given = response.headers.get("content-type", "")
        hint, readable = by_media_type(given)
        if not readable:
            raise FactsError("Wrong type", f"{url}: {given.partition(';')[0]} is nothing that can be read")
        data = _body(response, str(url))
    finally:
        response.close()
    final = str(url.copy_with(fragment=None))
    return {"url": final, "hint": hint, "charset": response.charset_encoding}, data


def _phrase(response: httpx.Response) -> str:
    return response.reason_phrase[:60]


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
